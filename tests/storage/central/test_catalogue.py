"""What the database's own catalogue must say, whatever later migrations add."""

import re

import pytest

from coordinator_app.storage.central.roles import GROUPS
from coordinator_app.storage.tables import PULLED

pytestmark = pytest.mark.server

OURS = "nspname NOT LIKE 'pg\\_%' AND nspname NOT IN ('information_schema', 'public')"


def lines(centre, sql):
    return centre.value(sql).splitlines()


def test_row_security_is_forced_on_every_table_and_partition(centre):
    tables = f"FROM pg_class JOIN pg_namespace AS n ON n.oid = relnamespace WHERE {OURS} AND relkind IN ('r', 'p')"
    assert int(centre.value(f"SELECT count(*) {tables}")) > 50
    assert (
        lines(centre, f"SELECT pg_class.oid::regclass {tables} AND NOT (relrowsecurity AND relforcerowsecurity)") == []
    )


def test_no_view_shows_rows_its_reader_may_not_see(centre):
    views = f"SELECT pg_class.oid::regclass FROM pg_class JOIN pg_namespace AS n ON n.oid = relnamespace WHERE {OURS} "
    invoker = "coalesce(reloptions::text, '') ~ 'security_invoker=(true|on)'"
    assert lines(centre, f"{views} AND (relkind = 'm' OR (relkind = 'v' AND NOT {invoker}))") == []


def test_every_function_with_more_rights_than_its_caller_has_a_fixed_search_path(centre):
    definers = f"FROM pg_proc JOIN pg_namespace AS n ON n.oid = pronamespace WHERE {OURS} AND prosecdef"
    assert int(centre.value(f"SELECT count(*) {definers}")) > 30
    unfixed = f"{definers} AND NOT coalesce(proconfig, '{{}}') @> ARRAY['search_path=pg_catalog, pg_temp']"
    assert lines(centre, f"SELECT pg_proc.oid::regprocedure {unfixed}") == []


def test_functions_with_more_rights_belong_to_roles_nobody_logs_in_as(centre):
    roles = centre.address.roles
    owners = lines(
        centre,
        "SELECT pg_proc.oid::regprocedure || ' ' || proowner::regrole FROM pg_proc "
        f"JOIN pg_namespace AS n ON n.oid = pronamespace WHERE {OURS} AND prosecdef "
        f"AND proowner::regrole::text NOT IN ('{roles.definer}', '{roles.keeper}')",
    )
    months = ("sync.drop_closed_months()", "sync.keep_partitions(integer)")
    assert sorted(owners) == [f"{each} {roles.owner}" for each in months]
    assert (
        centre.value(
            f"SELECT string_agg(rolname, ' ') FROM pg_roles WHERE rolcanlogin AND rolname IN "
            f"('{roles.definer}', '{roles.keeper}', '{roles.owner}')"
        )
        == ""
    )


@pytest.mark.parametrize(
    ("things", "schema", "acl"),
    [
        ("pg_class", "relnamespace", "coalesce(relacl, acldefault('r', relowner))"),
        ("pg_proc", "pronamespace", "coalesce(proacl, acldefault('f', proowner))"),
    ],
)
def test_nothing_of_ours_is_granted_to_everybody(centre, things, schema, acl):
    granted = (
        f"SELECT {things}.oid FROM {things} JOIN pg_namespace AS n ON n.oid = {schema}, "
        f"aclexplode({acl}) AS g WHERE {OURS} AND g.grantee = 0"
    )
    assert lines(centre, granted) == []


def test_neither_database_nor_schemas_are_open_to_everybody(centre):
    open_places = (
        "SELECT nspname FROM pg_namespace AS n, aclexplode(coalesce(nspacl, acldefault('n', nspowner))) AS g "
        f"WHERE ({OURS} OR nspname = 'public') AND g.grantee = 0 UNION ALL "
        "SELECT datname FROM pg_database, aclexplode(coalesce(datacl, acldefault('d', datdba))) AS g "
        "WHERE datname = current_database() AND g.grantee = 0"
    )
    assert lines(centre, open_places) == []


def test_nobody_but_the_owner_may_delete_or_empty(centre):
    roles = centre.address.roles
    may = (
        "SELECT DISTINCT g.grantee::regrole FROM pg_class JOIN pg_namespace AS n ON n.oid = relnamespace, "
        f"aclexplode(relacl) AS g WHERE {OURS} AND g.privilege_type IN ('DELETE', 'TRUNCATE', 'TRIGGER') "
        f"AND g.grantee::regrole::text <> '{roles.owner}'"
    )
    assert lines(centre, may) == []


def test_no_person_writes_a_table_but_through_functions(centre):
    people = ", ".join(f"'{centre.role('cc_' + kind)}'" for kind in (*GROUPS, "person", "administrator"))
    may = (
        "SELECT DISTINCT pg_class.oid::regclass FROM pg_class, aclexplode(relacl) AS g "
        f"WHERE g.grantee::regrole::text IN ({people}) AND g.privilege_type <> 'SELECT'"
    )
    assert lines(centre, may) == []
    reads = (
        "SELECT count(DISTINCT pg_class.oid) FROM pg_class, aclexplode(relacl) AS g WHERE g.privilege_type = 'SELECT' "
    )
    assert int(centre.value(f"{reads} AND g.grantee::regrole::text IN ({people})")) > 20


def test_no_role_of_ours_stands_above_row_security(centre):
    mighty = "SELECT rolname FROM pg_roles WHERE starts_with(rolname, '{0}_') AND ({1})"
    prefix = centre.address.roles.prefix
    assert lines(centre, mighty.format(prefix, "rolsuper OR rolbypassrls OR rolreplication OR rolcreatedb")) == []
    assert lines(centre, mighty.format(prefix, "rolcreaterole")) == [centre.address.roles.keeper]


def test_policies_name_no_role_but_the_definer(centre):
    named = "SELECT DISTINCT unnest(roles) FROM pg_policies"
    assert set(lines(centre, named)) == {"public", centre.address.roles.definer}


def test_acts_never_follow_a_setting_a_client_can_make(centre):
    words = "SELECT pg_proc.oid::regprocedure FROM pg_proc JOIN pg_namespace AS n ON n.oid = pronamespace "
    assert lines(centre, words + f"WHERE {OURS} AND prosrc LIKE '%current_setting%'") == []


READERS = ("nurse1", "boss_a", "auditor_a", "loader", "evaluator", "administrator")
ASKERS = ("my_panels", "my_initiatives", "my_ceiling", "my_role", "my_staff_id")


@pytest.mark.parametrize("login", READERS)
def test_row_security_asks_once_for_each_statement_and_not_for_each_row(centre, login):
    may_read = (
        "SELECT pg_class.oid::regclass FROM pg_class JOIN pg_namespace AS n ON n.oid = relnamespace "
        f"WHERE {OURS} AND relkind IN ('r', 'p') AND NOT relispartition "
        f"AND has_any_column_privilege('{centre.role(login)}', pg_class.oid, 'SELECT')"
    )
    tables = lines(centre, may_read)
    assert tables
    for table in tables:
        plan = centre.psql(login, f"EXPLAIN (VERBOSE) SELECT count(*) FROM {table}").stdout
        assert "InitPlan" in plan, table
        assert "SubPlan" not in plan, table
        filters = [line for line in plan.splitlines() if "Filter:" in line or "Cond:" in line]
        assert [line for line in filters if any(name in line for name in ASKERS)] == [], table


def test_no_policy_calls_a_function_of_ours_but_once_for_a_statement(centre):
    policies = (
        "SELECT polrelid::regclass || ' ' || polname || ': ' || expression FROM pg_policy, LATERAL (VALUES "
        "(pg_get_expr(polqual, polrelid)), (pg_get_expr(polwithcheck, polrelid))) AS e (expression) "
        "WHERE expression IS NOT NULL AND expression <> 'true'"
    )
    told = lines(centre, policies)
    assert len(told) > 60
    bare = [line for line in told if "my_" in re.sub(r"\( SELECT sec\.my_\w+\(\) AS my_\w+\)", "", line)]
    assert bare == []


def test_the_feeds_table_numbers_are_the_order_of_the_shared_tables(centre):
    numbers = lines(
        centre,
        "SELECT tgrelid::regclass || ' ' || encode(tgargs, 'escape') FROM pg_trigger WHERE tgname = 'feed_insert'",
    )
    told = {line.split(" ")[0]: int(line.split(" ")[1].removesuffix("\\000")) for line in numbers}
    assert told == {table.fullname: number for number, table in enumerate(PULLED)}


def test_what_the_centre_writes_of_an_act_is_every_column_the_act_has(centre):
    known = (
        "SELECT c.relname FROM pg_class AS c WHERE c.relnamespace = 'activity'::regnamespace AND c.relkind = 'r' "
        "AND c.relname <> 'slot' AND sync.columns_of(c.relname) IS DISTINCT FROM ("
        "SELECT array_agg(a.attname::text ORDER BY a.attnum) FROM pg_attribute AS a "
        "WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped)"
    )
    assert lines(centre, known) == []
    written = centre.value("SELECT prosrc FROM pg_proc WHERE oid = 'sync.insert_act(text, jsonb)'::regprocedure")
    acts = [table for table in PULLED if table.schema == "activity"]
    assert len(acts) > 9
    for table in acts:
        assert f"INSERT INTO activity.{table.name} (" in written
    missing = [
        f"{table.name}.{column.name}"
        for table in acts
        for column in table.columns
        if column.name != "row_version" and f"r.{column.name}" not in written
    ]
    assert missing == []


def test_no_login_holds_others_up_or_keeps_things_the_server_does_not_know(centre):
    names = "pg_(try_)?advisory_.*|lo_.*|lowrite|loread|pg_sleep.*|pg_notify|pg_logical_emit_message|pg_export_snapshot"
    may = (
        "SELECT p.oid::regprocedure FROM pg_proc AS p WHERE p.pronamespace = 'pg_catalog'::regnamespace "
        f"AND p.proname ~ '^({names})$' "
    )
    assert len(lines(centre, may)) > 30
    for login in ("nurse2", "boss_b", "payer_a", "auditor_a", "loader", "evaluator", "administrator"):
        assert lines(centre, f"{may} AND has_function_privilege('{centre.role(login)}', p.oid, 'EXECUTE')") == [], login


def test_every_person_has_one_kind_of_right(centre):
    prefix = centre.address.roles.prefix
    kinds = (
        "SELECT m.member::regrole, count(*) FROM pg_auth_members AS m JOIN pg_roles AS g ON g.oid = m.roleid "
        f"JOIN pg_roles AS p ON p.oid = m.member WHERE starts_with(g.rolname, '{prefix}_cc_') AND p.rolcanlogin "
        f"AND g.rolname <> '{prefix}_cc_person' GROUP BY 1 HAVING count(DISTINCT g.oid) <> 1"
    )
    assert lines(centre, kinds) == []
