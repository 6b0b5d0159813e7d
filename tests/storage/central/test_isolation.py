"""Two initiatives and two panels in one database never see each other, table by table."""

import pytest

from coordinator_app.storage.tables import PULLED

pytestmark = pytest.mark.server

TABLES = [table.fullname for table in PULLED]


@pytest.mark.parametrize("table", TABLES)
def test_a_row_is_seen_by_its_own_side_alone(centre, table):
    key = "id" if table == "care.member" else "member_id"
    seen = {
        login: set(centre.psql(login, f"SELECT {key} FROM {table}").stdout.split())
        for login in ("nurse1", "nurse2", "boss_a", "nurse_b", "boss_b")
    }
    ids = centre.ids
    assert seen["nurse1"] == {ids["ann"], ids["dee"]}
    assert seen["nurse2"] == {ids["bob"]}
    assert seen["boss_a"] == {ids["ann"], ids["bob"], ids["dee"]}
    assert seen["nurse_b"] == seen["boss_b"] == {ids["cy"]}


@pytest.mark.parametrize("table", ["org.panel", "org.reference", "org.initiative"])
def test_an_initiatives_own_book_is_closed_to_the_other(centre, table):
    key = "id" if table == "org.initiative" else "initiative_id"
    ask = f"SELECT DISTINCT {key} FROM {table}"
    assert centre.psql("boss_a", ask).stdout.split() == [centre.ids["Alpha"]]
    assert centre.psql("nurse_b", ask).stdout.split() == [centre.ids["Beta"]]


def test_an_auditor_reads_her_own_initiatives_audit(centre):
    ask = "SELECT DISTINCT initiative_id FROM audit.event"
    assert centre.psql("auditor_a", ask).stdout.split() == [centre.ids["Alpha"]]
    assert centre.psql("auditor_b", ask).stdout.split() == [centre.ids["Beta"]]


def test_no_function_shows_a_case_manager_a_protected_row_even_if_it_forgets_to_ask(own_centre):
    definer = own_centre.address.roles.definer
    own_centre.value(
        "CREATE FUNCTION cm_v1.forgetful() RETURNS SETOF uuid LANGUAGE sql SECURITY DEFINER "
        "AS 'SELECT id FROM care.member'; GRANT EXECUTE ON FUNCTION cm_v1.forgetful() TO PUBLIC, CURRENT_USER; "
        f"GRANT CREATE ON SCHEMA cm_v1 TO {definer}; ALTER FUNCTION cm_v1.forgetful() OWNER TO {definer}"
    )
    seen = set(own_centre.psql("payer_a", "SELECT cm_v1.forgetful()").stdout.split())
    assert own_centre.ids["ann"] in seen
    assert own_centre.ids["dee"] not in seen
