"""What was given up, restored, closed or too old: nothing of a nurse's is lost by it (sync 6, rows 16-18, 36)."""

import psycopg
import pytest

from coordinator_app.domain.trouble import Refusal
from coordinator_app.storage.central.engine import open_service
from coordinator_app.storage.central.upkeep import Housekeeping
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


@pytest.fixture
def house(centre: Centre) -> Housekeeping:
    return Housekeeping(open_service(centre.service_address, "administrator"))


def age_the_feed(centre: Centre) -> None:
    """Put everything the feed holds into a month long past, as if it had been written then."""
    centre.sql(
        "CREATE TABLE sync.change_2026_01 PARTITION OF sync.change "
        "FOR VALUES FROM ('2026-01-01+00') TO ('2026-02-01+00');"
        "ALTER TABLE sync.change_2026_01 ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;"
        "UPDATE sync.change SET at = '2026-01-15'"
    )


def test_a_cursor_older_than_the_feed_copies_again_and_leaves_the_outbox_alone(
    centre: Centre, rosa: DeskForTests, house: Housekeeping
) -> None:
    gone, changed, *_ = sorted(rosa.held())
    rosa.call(changed)
    centre.sql(f"UPDATE care.member SET city = 'Holyoke' WHERE id = '{changed}'")
    centre.sql(f"DELETE FROM care.fact WHERE member_id = '{gone}' AND display LIKE '%1'")
    age_the_feed(centre)
    assert house.prune_feed() == 0, "the floor is raised first; what lies below goes with a later round"
    assert centre.sql("SELECT count(*) FROM sync.change_2026_01") != "0"
    centre.sql("UPDATE sync.feed_floor SET closed_at = now() - interval '2 hours'")
    assert house.prune_feed() == 1
    assert centre.sql("SELECT to_regclass('sync.change_2026_01') IS NULL") == "t"

    waiting = rosa.sql("SELECT op_id, payload, hash FROM outbox")
    rosa.exchange.round(lambda: rosa.side.places()[0].s_old is None)
    assert rosa.sql("SELECT op_id, payload, hash FROM outbox") == waiting
    received = rosa.sync()
    assert received.members == 6
    assert rosa.sql(f"SELECT city FROM member WHERE id = '{changed}'") == [("Holyoke",)]
    assert rosa.sql(f"SELECT count(*) FROM fact WHERE member_id = '{gone}'") == [(2,)]
    assert centre.sql("SELECT count(*) FROM activity.contact") == "1"
    assert rosa.exchange.verify() == 0


def test_a_workstation_that_came_after_the_floor_goes_on_as_ever(
    centre: Centre, rosa: DeskForTests, house: Housekeeping
) -> None:
    age_the_feed(centre)
    rosa.sync()
    house.prune_feed()
    centre.sql("UPDATE sync.feed_floor SET closed_at = now() - interval '2 hours'")
    house.prune_feed()
    centre.sql(f"UPDATE care.member SET city = 'Late' WHERE id = '{sorted(rosa.held())[0]}'")
    assert rosa.sync().members == 1


def test_a_floor_of_another_history_expires_nobody(centre: Centre, rosa: DeskForTests, house: Housekeeping) -> None:
    age_the_feed(centre)
    house.prune_feed()
    # As after a restore: the numbers are those of a cluster that is no more.
    centre.sql("UPDATE sync.feed_floor SET history = 'another', floor = '9223372036854775807'")
    centre.sql(f"UPDATE care.member SET city = 'Late' WHERE id = '{sorted(rosa.held())[0]}'")
    assert rosa.sync().members == 1


def test_a_server_set_back_to_an_older_image_is_noticed_though_it_says_the_same_epoch(
    centre: Centre, rosa: DeskForTests
) -> None:
    member = sorted(rosa.held())[0]
    rosa.call(member)
    rosa.sync()
    centre.sql(
        "SET session_replication_role = replica; DELETE FROM activity.contact; DELETE FROM sync.op; "
        "UPDATE sync.device SET last_seq = 0, last_hash = ''"
    )
    with rosa.store.receiving() as connection:
        # The log of the server she spoke to last had come further than this one has.
        connection.exec_driver_sql("UPDATE profile SET value = '99999999999999' WHERE key = 'log_end'")
        connection.commit()
    assert rosa.sync().outcomes == {"applied": 1}
    assert centre.sql("SELECT count(*) FROM activity.contact") == "1"
    assert rosa.exchange.verify() == 0
    assert rosa.sync().outcomes == {}


def test_an_epoch_an_administrator_raises_has_everything_compared_and_sent_again(
    centre: Centre, rosa: DeskForTests
) -> None:
    rosa.call(sorted(rosa.held())[0])
    rosa.sync()
    with open_service(centre.service_address, "administrator").begin() as connection:
        assert connection.exec_driver_sql("SELECT sync.new_epoch()").scalar() == 2
    assert rosa.sync().outcomes == {"duplicate": 1}
    assert centre.sql("SELECT count(*) FROM audit.event WHERE kind = 'new_epoch'") == "1"
    assert rosa.sync().outcomes == {}


def test_a_protocol_past_its_day_may_send_and_is_told_when_it_ends(
    centre: Centre, rosa: DeskForTests, panel: str
) -> None:
    centre.sql("UPDATE sync.protocol SET pull_until = current_date + 30")
    received = rosa.sync()
    assert received.may_pull
    assert str(received.pull_until) == centre.sql("SELECT current_date + 30")

    centre.sql("UPDATE sync.protocol SET pull_until = current_date - 1")
    member = sorted(rosa.held())[0]
    rosa.call(member)
    centre.sql("UPDATE care.member SET city = 'Unseen'")
    received = rosa.sync()
    assert not received.may_pull
    assert received.outcomes == {"applied": 1}
    assert (received.members, received.as_of) == (0, None)
    assert rosa.sql("SELECT DISTINCT city FROM member") == [("",)]
    # Not a courtesy of the program: the centre itself hands such a protocol nothing.
    with rosa.hub.session() as session:
        session.hello(rosa.side.device_id())
        for ask in (lambda: session.listing(panel), lambda: session.copy_page(panel, "full", [member])):
            with pytest.raises(Refusal, match="too old"):
                ask()


def test_fields_of_a_newer_program_are_kept_with_the_act(centre: Centre, rosa: DeskForTests) -> None:
    rosa.call(sorted(rosa.held())[0])
    with rosa.store.saving() as connection:
        connection.exec_driver_sql(
            'UPDATE outbox SET payload = replace(payload, \'"outcome"\', \'"mood":"calm","outcome"\')'
        )
        connection.commit()
    assert rosa.sync().outcomes == {"applied": 1}
    kept = centre.sql("SELECT result -> 'unread', payload ->> 'payload' LIKE '%calm%' FROM sync.op")
    assert kept == '["contact.mood"]|t'


def test_a_panel_is_compared_once_a_week_and_only_those_who_differ_come_again(
    centre: Centre, rosa: DeskForTests
) -> None:
    assert rosa.side.places()[0].verified_at is None
    assert rosa.sync().differed == 0
    assert rosa.side.places()[0].verified_at is not None
    hurt = sorted(rosa.held())[0]
    with rosa.store.receiving() as connection:
        connection.exec_driver_sql(f"DELETE FROM fact WHERE member_id = '{hurt}'")
        connection.commit()
    assert rosa.sync().differed == 0, "compared today; the next time is in a week"
    with rosa.store.receiving() as connection:
        connection.exec_driver_sql("UPDATE feed_place SET verified_at = verified_at - 8 * 86400000000")
        connection.commit()
    received = rosa.sync()
    assert (received.differed, received.members) == (1, 1)
    assert rosa.sql(f"SELECT count(*) FROM fact WHERE member_id = '{hurt}'") == [(3,)]


def test_who_was_deleted_here_is_told_as_a_number_without_names(centre: Centre, rosa: DeskForTests) -> None:
    leaver = sorted(rosa.held())[0]
    centre.move(leaver, centre.panel("West"))
    assert rosa.sync().purged == 1
    told = centre.sql(
        "SELECT facts ->> 'members', length(facts ->> 'digest'), device_id FROM audit.event WHERE kind = 'purged'"
    )
    assert told == f"1|32|{rosa.side.device_id()}"
    assert rosa.side.receipts() == ()
    assert leaver not in centre.sql("SELECT facts FROM audit.event WHERE kind = 'purged'")


def test_a_receipt_the_line_swallowed_is_told_the_next_time(centre: Centre, rosa: DeskForTests) -> None:
    centre.move(sorted(rosa.held())[0], centre.panel("West"))
    place = rosa.side.places()[0]
    with rosa.hub.session() as session:
        session.hello(rosa.side.device_id())
        rosa.side.take_feed(place, session.feed_page(place, 50, rosa.side.unknown), rosa.now())
    assert rosa.side.purge() == 1
    assert len(rosa.side.receipts()) == 1
    rosa.sync()
    assert centre.sql("SELECT count(*) FROM audit.event WHERE kind = 'purged'") == "1"


def test_nobody_else_may_give_months_up_or_raise_the_epoch(centre: Centre, rosa: DeskForTests) -> None:
    from coordinator_app.storage.central.conversation import connected

    with connected(rosa.address, "rosa", centre.logins["rosa"]) as driver:
        for call in ("close_months()", "drop_closed_months()", "new_epoch()", "try_unknown_again()", "closed_months()"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                driver.execute(f"SELECT sync.{call}")


def test_a_table_a_newer_program_reads_is_fetched_alone_for_everybody_held(centre: Centre, rosa: DeskForTests) -> None:
    from coordinator_app.storage.local import filling

    rosa.sync()
    changed, other, *_ = sorted(rosa.held())
    # As after an upgrade that made the column anew: nobody's version moved, so no digest differs.
    with rosa.store.receiving() as connection:
        connection.exec_driver_sql("UPDATE fact SET display = ''")
        filling.ask(connection, ["fact"])
        connection.commit()
    assert rosa.exchange.verify() == 0
    rosa.call(changed)
    centre.sql(f"UPDATE care.contact_point SET value = '413-555-0123' WHERE member_id = '{other}'")
    before = rosa.side.places()[0].s_old
    stopped = rosa.exchange.round(lambda: rosa.side.places()[0].is_filling)
    assert stopped.outcomes == {"applied": 1}
    assert (rosa.side.places()[0].s_old, rosa.side.places()[0].is_complete) == (before, True)
    received = rosa.sync()
    assert rosa.sql("SELECT count(*) FROM fact WHERE display LIKE 'Type 2%'") == [(18,)]
    # The facts, and by the feed what changed meanwhile in other tables.
    assert received.rows == 18 + 2
    assert rosa.sql(f"SELECT value FROM contact_point WHERE member_id = '{other}'") == [("413-555-0123",)]
    assert rosa.side.places()[0].tables == ()
    assert rosa.exchange.verify() == 0
    assert rosa.sync().rows == 0


def test_a_first_copy_brings_what_a_newer_program_reads_by_itself(
    centre: Centre, panel: str, desk_of: MakeDesk
) -> None:
    from coordinator_app.storage.local import filling

    centre.people(panel, 3)
    desk = desk_of("rosa", centre.staff("rosa", "coordinator", panel))
    desk.exchange.round(lambda: bool(desk.side.places()))
    with desk.store.receiving() as connection:
        filling.ask(connection, ["fact"])
        connection.commit()
    desk.sync()
    assert desk.side.places()[0].tables == ()
    assert desk.sql("SELECT count(*) FROM fact") == [(9,)]
    assert desk.exchange.verify() == 0
