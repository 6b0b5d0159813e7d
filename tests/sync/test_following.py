from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from coordinator_app.domain.ids import new_id
from tests.sync.conftest import Centre, DeskForTests, MakeDesk


@pytest.fixture
def panel(centre: Centre) -> str:
    return centre.panel("East")


@pytest.fixture
def rosa(centre: Centre, panel: str, desk_of: MakeDesk) -> DeskForTests:
    centre.people(panel, 6)
    desk = desk_of("rosa", centre.staff("rosa", "coordinator", panel))
    desk.sync()
    return desk


def test_a_quiet_round_brings_nothing(rosa: DeskForTests) -> None:
    received = rosa.sync()
    assert (received.members, received.rows, received.changed_anything) == (0, 0, False)
    assert received.as_of is not None


def test_only_the_tables_that_changed_travel(centre: Centre, rosa: DeskForTests) -> None:
    member = sorted(rosa.held())[0]
    centre.sql(f"UPDATE care.contact_point SET value = '413-555-0199' WHERE member_id = '{member}'")
    received = rosa.sync()
    assert (received.members, received.rows) == (1, 1)
    assert rosa.sql(f"SELECT value, row_version FROM contact_point WHERE member_id = '{member}'") == [
        ("413-555-0199", 2)
    ]
    assert rosa.exchange.verify() == 0


def test_a_writer_that_commits_late_is_not_missed(centre: Centre, rosa: DeskForTests) -> None:
    first, second = sorted(rosa.held())[:2]
    place = centre.database
    with psycopg.connect(
        host="127.0.0.1", port=place.server.port, dbname=place.name, user="postgres", passfile=str(place.passfile)
    ) as slow:
        slow.execute("UPDATE care.member SET city = 'Late' WHERE id = %s", (first,))
        centre.sql(f"UPDATE care.member SET city = 'Early' WHERE id = '{second}'")
        assert rosa.sync().members == 1
        slow.commit()
    assert rosa.sync().members == 1
    assert rosa.sync().members == 0
    assert rosa.sql(f"SELECT city FROM member WHERE id = '{first}'") == [("Late",)]


def test_what_was_rolled_back_never_comes(centre: Centre, rosa: DeskForTests) -> None:
    centre.sql("BEGIN; SAVEPOINT a; UPDATE care.member SET city = 'Nowhere'; ROLLBACK TO a; COMMIT")
    assert rosa.sync().members == 0


def test_someone_who_enters_comes_whole_and_someone_who_leaves_goes_whole(
    centre: Centre, panel: str, rosa: DeskForTests
) -> None:
    west = centre.panel("West")
    (joiner,) = centre.people(west, 1)
    leaver = sorted(rosa.held())[0]
    centre.move(joiner, panel)
    centre.move(leaver, west)
    received = rosa.sync()
    assert received.left == 1
    assert received.purged == 1
    assert leaver not in rosa.held()
    assert joiner in rosa.held()
    assert rosa.sql(f"SELECT count(*) FROM fact WHERE member_id = '{leaver}'") == [(0,)]
    assert rosa.sql(f"SELECT count(*) FROM fact WHERE member_id = '{joiner}'") == [(3,)]
    assert leaver.encode() not in rosa.path.read_bytes() + rosa.path.with_name(f"{rosa.path.name}-wal").read_bytes()
    assert rosa.exchange.verify() == 0


def test_out_and_back_between_two_rounds_leaves_nothing_double(centre: Centre, panel: str, rosa: DeskForTests) -> None:
    west = centre.panel("West")
    member = sorted(rosa.held())[0]
    centre.move(member, west)
    centre.move(member, panel)
    rosa.sync()
    assert rosa.sql(f"SELECT count(*) FROM fact WHERE member_id = '{member}'") == [(3,)]
    assert rosa.exchange.verify() == 0


def test_a_move_between_two_panels_of_one_nurse_keeps_the_person(centre: Centre, panel: str, desk_of: MakeDesk) -> None:
    west = centre.panel("West")
    (member,) = centre.people(panel, 1)
    desk = desk_of("wanda", centre.staff("wanda", "coordinator", panel, west))
    desk.sync()
    for target in (west, panel, west):
        centre.move(member, target)
        desk.sync()
        assert desk.held() == {member}
        assert desk.sql("SELECT panel_id FROM member") == [(target,)]
        assert desk.sql("SELECT DISTINCT panel_id FROM fact") == [(target,)]
        assert desk.exchange.verify() == 0


def test_a_lost_panel_goes_with_the_next_hello(centre: Centre, panel: str, rosa: DeskForTests) -> None:
    assert rosa.held()
    centre.sql(f"UPDATE sec.staff_panel SET valid = tstzrange(lower(valid), now()) WHERE panel_id = '{panel}'")
    received = rosa.sync()
    assert received.left == 6
    assert rosa.held() == set()
    assert rosa.side.places() == ()


def test_a_large_part_of_a_panel_is_deleted_only_when_the_next_hello_says_so_too(
    centre: Centre, panel: str, rosa: DeskForTests
) -> None:
    centre.people(panel, 40, facts=1)
    rosa.sync()
    before = rosa.held()
    west = centre.panel("West")
    centre.sql(f"UPDATE care.member SET panel_id = '{west}'")
    received = rosa.sync()
    assert (received.left, received.purged) == (46, 0)
    assert rosa.sql("SELECT count(*) FROM people_search") == [(0,)]
    assert [state.members for state in rosa.side.panels()] == [0]
    # The mistake is mended before the next round: nothing has to be fetched that is here already.
    centre.sql(f"UPDATE care.member SET panel_id = '{panel}'")
    assert rosa.sync().purged == 0
    assert rosa.held() == before
    assert rosa.sql("SELECT count(*) FROM people_search") == [(46,)]
    centre.sql(f"UPDATE care.member SET panel_id = '{west}'")
    assert rosa.sync().purged == 0
    assert rosa.sync().purged == 46
    assert rosa.held() == set()


def test_unsent_work_keeps_a_leaver_hidden_until_it_is_delivered(
    centre: Centre, panel: str, rosa: DeskForTests
) -> None:
    member = sorted(rosa.held())[0]
    rosa.sync()
    place = rosa.side.places()[0]
    centre.move(member, centre.panel("West"))
    with rosa.hub.session() as session:
        session.hello(rosa.side.device_id())
        page = session.feed_page(place, 50, rosa.side.unknown)
    # The nurse saves a call while the page that takes the person away is on its way.
    rosa.call(member)
    rosa.side.take_feed(place, page, rosa.now())
    assert rosa.side.purge() == 0
    assert member in rosa.held()
    found = "SELECT count(*) FROM people_search AS s JOIN person_no AS n ON n.no = s.rowid WHERE n.member_id = "
    assert rosa.sql(f"{found}'{member}'") == [(0,)]
    with rosa.store.saving() as connection:
        connection.exec_driver_sql(
            "INSERT INTO rank (member_id, tier, computed_for, shown) SELECT id, 5, '2026-11-20', '{}' FROM member"
        )
        connection.commit()
    ranked = {str(row[0]) for row in rosa.sql("SELECT member_id FROM rank")}
    assert ranked == rosa.held() - {member}
    assert rosa.sync().purged == 1
    assert member not in rosa.held()
    assert centre.sql(f"SELECT count(*) FROM activity.contact WHERE member_id = '{member}'") == "1"


def test_names_are_compared_once_for_all_panels_and_again_only_where_they_changed(
    centre: Centre, panel: str, desk_of: MakeDesk
) -> None:
    west = centre.panel("West")
    members = [*centre.people(panel, 3), *centre.people(west, 3)]
    desk = desk_of("wanda", centre.staff("wanda", "coordinator", panel, west))
    desk.sync()
    assert desk.compared == 1
    centre.sql(f"UPDATE care.fact SET display = 'another' WHERE member_id = '{members[0]}'")
    desk.sync()
    assert desk.compared == 1
    centre.sql(f"UPDATE care.member SET family = 'Another' WHERE id = '{members[0]}'")
    desk.sync()
    assert desk.compared == 2
    centre.move(members[0], centre.panel("North"))
    desk.sync()
    assert desk.compared == 3


def test_rows_removed_at_the_centre_are_removed_here(centre: Centre, rosa: DeskForTests) -> None:
    member = sorted(rosa.held())[0]
    centre.sql(f"DELETE FROM care.fact WHERE member_id = '{member}' AND display LIKE '%1'")
    rosa.sync()
    assert rosa.sql(f"SELECT count(*) FROM fact WHERE member_id = '{member}'") == [(2,)]
    assert rosa.exchange.verify() == 0


def test_rows_that_turn_out_to_be_about_somebody_else_are_held_once(centre: Centre, rosa: DeskForTests) -> None:
    one, other = sorted(rosa.held())[:2]
    centre.sql(f"UPDATE care.fact SET member_id = '{other}' WHERE member_id = '{one}' AND display LIKE '%1'")
    rosa.sync()
    assert rosa.sql(f"SELECT count(*) FROM fact WHERE member_id = '{one}'") == [(2,)]
    assert rosa.sql(f"SELECT count(*) FROM fact WHERE member_id = '{other}'") == [(4,)]
    assert rosa.exchange.verify() == 0


def test_a_store_that_lost_rows_is_mended(rosa: DeskForTests) -> None:
    with rosa.store.receiving() as connection:
        connection.exec_driver_sql("DELETE FROM fact WHERE display LIKE '%2'")
        connection.exec_driver_sql("UPDATE member SET row_version = 7 WHERE rowid = 1")
        connection.commit()
    assert rosa.exchange.verify() == 6
    rosa.sync()
    assert rosa.exchange.verify() == 0
    assert rosa.sql("SELECT count(*) FROM fact") == [(18,)]


def test_after_a_new_epoch_everything_is_compared_and_sent_again(
    centre: Centre, panel: str, rosa: DeskForTests
) -> None:
    member = sorted(rosa.held())[0]
    rosa.call(member)
    rosa.sync()
    # A restore from before the call: the acts and the ledger are gone, the history is another.
    centre.sql(
        "SET session_replication_role = replica; DELETE FROM activity.contact; DELETE FROM sync.op; "
        "UPDATE sync.device SET last_seq = 0, last_hash = ''; TRUNCATE sync.change; "
        "UPDATE sync.epoch SET feed_epoch = feed_epoch + 1"
    )
    received = rosa.sync()
    assert received.outcomes == {"applied": 1}
    assert centre.sql("SELECT count(*) FROM activity.contact") == "1"
    assert rosa.exchange.verify() == 0
    assert rosa.side.places()[0].is_complete


def test_rows_a_restored_centre_never_had_are_not_shown_as_its_own(centre: Centre, rosa: DeskForTests) -> None:
    member = sorted(rosa.held())[0]
    centre.sql(
        "SET session_replication_role = replica;"
        f"DELETE FROM care.fact WHERE id = (SELECT min(id::text)::uuid FROM care.fact WHERE member_id = '{member}');"
        "TRUNCATE sync.change; UPDATE sync.epoch SET feed_epoch = feed_epoch + 1"
    )
    rosa.sync()
    assert rosa.sql(f"SELECT count(*) FROM fact WHERE member_id = '{member}'") == [(2,)]
    assert rosa.exchange.verify() == 0


def test_whoever_comes_back_before_being_deleted_comes_back_as_the_centre_has_them(
    centre: Centre, panel: str, rosa: DeskForTests
) -> None:
    member = sorted(rosa.held())[0]
    with rosa.store.saving() as connection:
        connection.exec_driver_sql(f"INSERT INTO draft VALUES ('d', '{member}', 'call', '{{}}', 1)")
        connection.commit()
    centre.move(member, centre.panel("West"))
    assert rosa.sync().purged == 0
    # A row goes while the person is in a panel whose feed this workstation does not read.
    centre.sql(f"DELETE FROM care.fact WHERE member_id = '{member}' AND display LIKE '%1'")
    centre.move(member, panel)
    rosa.sync()
    assert rosa.sql(f"SELECT count(*) FROM fact WHERE member_id = '{member}'") == [(2,)]
    assert rosa.exchange.verify() == 0


def test_whoever_was_about_to_be_deleted_and_is_ours_in_a_new_history_stays(
    centre: Centre, panel: str, rosa: DeskForTests
) -> None:
    centre.people(panel, 40, facts=1)
    rosa.sync()
    members = rosa.held()
    west = centre.panel("West")
    centre.sql(f"UPDATE care.member SET panel_id = '{west}'")
    assert rosa.sync().purged == 0
    # The centre goes back to last night's copy: everybody is as before, to the version, and no feed tells of it.
    tables = ("care.contact_point", "care.fact", "outreach.reason", "care.member")
    back = f"SET panel_id = '{panel}', row_version = row_version - 1 WHERE panel_id = '{west}'"
    centre.sql(
        "SET session_replication_role = replica;"
        + "".join(f"UPDATE {table} {back};" for table in tables)
        + "TRUNCATE sync.change; UPDATE sync.epoch SET feed_epoch = feed_epoch + 1"
    )
    rosa.sync()
    rosa.sync()
    assert rosa.held() == members
    assert rosa.sql("SELECT count(*) FROM leaving") == [(0,)]
    assert rosa.sql("SELECT count(*) FROM people_search") == [(46,)]


def test_a_clock_set_back_does_not_keep_a_lost_panel_on_the_disk(
    centre: Centre, panel: str, rosa: DeskForTests
) -> None:
    centre.people(panel, 40, facts=1)
    rosa.sync()
    west = centre.panel("West")
    centre.sql(f"UPDATE care.member SET panel_id = '{west}'")
    assert rosa.sync().purged == 0
    rosa.moment = datetime.now(UTC) - timedelta(days=1)
    assert rosa.sync().purged == 46


def test_another_panels_feed_is_not_to_be_had(centre: Centre, rosa: DeskForTests) -> None:
    west = centre.panel("West")
    (stranger,) = centre.people(west, 1)
    with rosa.hub.session() as session:
        session.hello(rosa.side.device_id())
        with pytest.raises(Exception, match="no longer yours"):
            session.listing(west)
        with pytest.raises(Exception, match="no longer yours"):
            session.copy_page(west, "full", [stranger])


def test_a_page_names_who_was_read_in_the_audit(centre: Centre, rosa: DeskForTests) -> None:
    kinds = centre.sql("SELECT kind, facts ->> 'members' FROM audit.event WHERE kind IN ('copy', 'pull') ORDER BY at")
    assert kinds == "copy|6"
    centre.sql(f"UPDATE care.member SET city = 'Holyoke' WHERE id = '{sorted(rosa.held())[0]}'")
    rosa.sync()
    assert centre.sql("SELECT facts ->> 'members' FROM audit.event WHERE kind = 'pull'") == "1"
    assert new_id()
