"""The migrations: they make what the tables say, go up and down, keep roles, refuse what is newer."""

import shutil
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import MetaData
from sqlalchemy.dialects.postgresql.base import ischema_names

from coordinator_app.bootstrap.central import initiatives, migrating, run, staffing
from coordinator_app.central import passfile
from coordinator_app.storage.central.engine import open_engine, open_service, transaction
from coordinator_app.storage.central.schema import CentralSchema
from coordinator_app.storage.tables.central import TransactionNumber, central_only
from coordinator_app.storage.tables.registry import shared
from coordinator_app.workstation.resources import migrations_folder

pytestmark = pytest.mark.server

# Keys from a shared table to one of the centre alone cannot be said in the shared definitions.
ONLY_AT_THE_CENTRE = {"fk_member_panel", "fk_reference_initiative"}


def is_compared(_object, name, kind, _reflected, _other):
    is_partition = kind == "table" and name.startswith(("change_", "event_"))
    return not is_partition and name not in ONLY_AT_THE_CENTRE


def is_ours(name, kind, _parents):
    return kind != "schema" or name not in (None, "public")


def test_the_migrations_make_what_the_tables_say(empty_centre, monkeypatch):
    monkeypatch.setitem(ischema_names, "xid8", TransactionNumber)
    said = MetaData(naming_convention=shared.naming_convention)
    for table in (*shared.tables.values(), *central_only.tables.values()):
        table.to_metadata(said)
    options = {
        "include_schemas": True,
        "include_object": is_compared,
        "include_name": is_ours,
        "compare_type": True,
        "version_table_schema": "public",
    }
    with transaction(open_engine(empty_centre.address, "postgres", may_be_superuser=True)) as connection:
        differences = compare_metadata(MigrationContext.configure(connection, opts=options), said)
    assert [difference for difference in differences if not is_only_an_index(difference)] == []


def is_only_an_index(difference):
    """Indexes serve queries and may be added for one without changing what a table means."""
    return isinstance(difference, tuple) and difference[0] == "remove_index"


def test_a_second_run_changes_nothing(empty_centre):
    before, words = empty_centre.state(), empty_centre.passfile.read_text()
    done = migrating(empty_centre.url).run()
    assert done.before == done.after
    assert not done.is_first
    assert empty_centre.state() == before
    assert empty_centre.passfile.read_text() == words


def test_the_schema_goes_down_and_up_again_and_people_stay_known(empty_centre):
    initiatives(empty_centre.url).create("Alpha", "America/New_York", "US-MA", "08:00-17:00")
    staffing(empty_centre.url).add("ana", "Ana", "coordinator")
    CentralSchema(empty_centre.address, migrations_folder("central")).downgrade("base")
    left = "SELECT count(*) FROM pg_namespace WHERE nspname !~ '^(pg_|information_schema|public|roles)'"
    assert empty_centre.value(left) == "0"

    assert migrating(empty_centre.url).run().before == ""
    initiatives(empty_centre.url).create("Alpha", "America/New_York", "US-MA", "08:00-17:00")
    again = staffing(empty_centre.url).add("ana", "Ana", "supervisor")
    former = empty_centre.role("cc_coordinator")
    kept = f"SELECT pg_has_role('{again.role_name}', '{former}', 'member')"
    assert empty_centre.value(kept) == "f", "a role that outlived its schema keeps no right of its former life"


def test_a_database_made_anew_under_an_old_name_gets_its_groundwork_again(empty_centre):
    server, name = empty_centre.server, empty_centre.name
    server.sql(f'DROP DATABASE "{name}" WITH (FORCE)')
    server.sql(f'CREATE DATABASE "{name}" TEMPLATE template0')
    done = migrating(empty_centre.url).run()
    assert done.is_first
    assert initiatives(empty_centre.url).all() == []


def test_a_database_newer_than_the_program_is_refused_with_a_sentence(empty_centre, capsys):
    empty_centre.value("UPDATE public.alembic_version SET version_num = '9999'")
    before = empty_centre.state()
    assert run(["migrate", "--url", empty_centre.url]) == 3
    assert "newer than this program" in capsys.readouterr().err
    assert empty_centre.state() == before


def test_the_first_migration_is_quick(fresh_database):
    database = fresh_database()
    begun = time.monotonic()
    migrating(database.url).run()
    assert time.monotonic() - begun < 3


def test_passwords_go_to_the_passfile_alone(empty_centre, capsys):
    run(["migrate", "--url", empty_centre.url])
    told = capsys.readouterr()
    text = empty_centre.passfile.read_text()
    for login in empty_centre.address.roles.logins:
        assert f":{login}:" in text
        assert empty_centre.password(login) not in told.out + told.err
    assert empty_centre.passfile.stat().st_mode & 0o077 == 0


def test_two_databases_of_one_server_share_no_role(empty_centre, fresh_database_on):
    other = fresh_database_on(empty_centre.server)
    migrating(other.url).run()
    stranger = empty_centre.server.psql(
        "SELECT 1", other.name, empty_centre.role("loader"), empty_centre.password("loader")
    )
    assert stranger.returncode != 0
    assert "permission denied for database" in stranger.stderr


def test_a_lost_passfile_line_is_made_good_with_a_new_password(empty_centre):
    lost = [entry for entry in passfile.read(empty_centre.passfile) if entry.login != empty_centre.role("loader")]
    kept = next(entry for entry in lost if entry.login == empty_centre.role("administrator"))
    migrator = empty_centre.role("migrator")
    empty_centre.passfile.unlink()
    passfile.put(empty_centre.passfile, [entry for entry in lost if entry.login != migrator])
    assert migrating(empty_centre.url).run().is_first
    assert kept in passfile.read(empty_centre.passfile)
    with transaction(open_service(empty_centre.address, "loader")) as connection:
        assert connection.exec_driver_sql("SELECT 1").scalar() == 1


def test_without_a_superusers_line_the_first_migration_is_refused(fresh_database, capsys):
    database = fresh_database()
    database.passfile.write_text("127.0.0.1:*:elsewhere:somebody:word\n")
    assert run(["migrate", "--url", database.url]) == 3
    assert "superuser" in capsys.readouterr().err


def test_two_migrations_at_once_wait_for_each_other(fresh_database):
    database = fresh_database()
    with ThreadPoolExecutor(2) as both:
        done = list(both.map(lambda _: migrating(database.url).run(), range(2)))
    assert len({one.after for one in done}) == 1
    assert sorted(one.before == "" for one in done) == [False, True]
    assert migrating(database.url).run().before == done[0].after


LATER = """
from coordinator_app.storage.central.migrating import Migration

revision, down_revision, branch_labels, depends_on = "later", "{head}", None, None


def upgrade():
    run = Migration(revision)
    with run.rows_of("care.contact_point"):
        run.say("UPDATE care.contact_point SET kind = 'home'")
        run.say("DO $$ BEGIN ASSERT (SELECT count(*) FROM care.contact_point WHERE kind = 'home') = 4; END $$")


def downgrade():
    pass
"""


def test_a_migration_of_rows_reaches_them_all_and_leaves_row_security_forced(own_centre, tmp_path, capsys):
    folder = tmp_path / "central"
    shutil.copytree(migrations_folder("central"), folder)
    head = own_centre.value("SELECT version_num FROM public.alembic_version")
    (folder / "versions" / "later.py").write_text(LATER.replace("{head}", head))
    assert CentralSchema(own_centre.address, folder).upgrade(None) == (head, "later")

    assert own_centre.value("SELECT DISTINCT kind FROM care.contact_point") == "home"
    assert (
        own_centre.value("SELECT relforcerowsecurity FROM pg_class WHERE oid = 'care.contact_point'::regclass") == "t"
    )
    assert own_centre.psql("nurse1", "SELECT count(*) FROM care.contact_point").stdout.strip() == "2"
    assert run(["migrate", "--url", own_centre.url]) == 3
    assert "newer than this program" in capsys.readouterr().err
