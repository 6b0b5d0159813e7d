from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from coordinator_app.domain.trouble import Trouble
from coordinator_app.storage.local.arrival import driver_of
from tests.storage.local.conftest import killed_at
from tests.sync.conftest import Centre, DeskForTests, MakeDesk


@pytest.fixture
def panel(centre: Centre) -> str:
    return centre.panel("East")


@pytest.fixture
def rosa(centre: Centre, panel: str, desk_of: MakeDesk) -> Callable[[], DeskForTests]:
    return lambda: desk_of("rosa", centre.staff("rosa", "coordinator", panel))


def test_a_first_copy_brings_the_panel_and_nothing_else(
    centre: Centre, panel: str, rosa: Callable[[], DeskForTests]
) -> None:
    members = centre.people(panel, 30)
    centre.people(centre.panel("West"), 5)
    desk = rosa()
    received = desk.sync()
    assert desk.held() == set(members)
    assert (received.members, received.rows) == (30, 30 * 5 + 10)
    assert desk.side.places()[0].is_complete
    assert desk.exchange.verify() == 0
    assert {member for page in desk.ranked for member in page} == set(members)


def test_what_arrives_is_what_the_centre_holds_to_the_microsecond(
    centre: Centre, panel: str, rosa: Callable[[], DeskForTests]
) -> None:
    centre.people(panel, 1, facts=1)
    desk = rosa()
    desk.sync()
    moment = datetime(2026, 10, 1, 12, 34, 56, 789012, tzinfo=UTC)
    fact = desk.sql("SELECT starts_on, starts_at, reasons, negated, ends_at FROM fact")
    assert fact == [("2026-10-01", round(moment.timestamp() * 1_000_000), '[["icd10cm", "E11.9"]]', 0, None)]


def test_those_to_be_called_first_come_first(centre: Centre, panel: str, rosa: Callable[[], DeskForTests]) -> None:
    centre.people(panel, 40)
    due = centre.sql("SELECT member_id FROM outreach.reason ORDER BY due_on, member_id").splitlines()
    desk = rosa()
    desk.sync()
    assert list(desk.ranked[0])[: len(due)] == due


def test_progress_is_told_page_by_page(centre: Centre, panel: str, rosa: Callable[[], DeskForTests]) -> None:
    centre.people(panel, 120, facts=1)
    told: list[tuple[int, int]] = []
    rosa().exchange.round(progress=lambda done, of: told.append((done, of)))
    assert told[0] == (50, 120)
    assert told[-1] == (120, 120)
    assert [done for done, _ in told] == sorted({done for done, _ in told})


def test_a_first_copy_stopped_anywhere_goes_on_from_there(
    centre: Centre, panel: str, rosa: Callable[[], DeskForTests]
) -> None:
    members = centre.people(panel, 120, facts=1)
    desk = rosa()
    pages = 0

    def after_one_page() -> bool:
        return pages == 1

    def count(*_: int) -> None:
        nonlocal pages
        pages += 1

    desk.exchange.round(after_one_page, count)
    assert len(desk.held()) == 50
    assert not desk.side.places()[0].is_complete
    assert desk.sync().members == 70
    assert desk.held() == set(members)


def test_a_kill_between_any_two_statements_of_a_page_costs_at_most_the_page(
    centre: Centre, panel: str, rosa: Callable[[], DeskForTests]
) -> None:
    members = centre.people(panel, 12, facts=1)
    desk = rosa()
    desk.exchange.round(lambda: bool(desk.side.places()))
    place = desk.side.places()[0]
    hello_epoch = desk.sql("SELECT value FROM profile WHERE key = 'epoch'")[0][0]
    assert isinstance(hello_epoch, str)
    with desk.hub.session() as session:
        session.hello(desk.side.device_id())
        listing = session.listing(panel)
        page = session.copy_page(panel, "full", listing.members)
    desk.side.begin_copy(panel, hello_epoch.strip('"'), listing)
    place = desk.side.places()[0]
    nth, died = 0, True
    while died:
        nth += 1
        desk.close()
        died = killed_at(nth, lambda: desk.side.take_copy(place, page))
        held, owed = desk.held(), desk.side.places()[0].to_copy
        assert (held, owed) in [(set(), 12), (set(members), 0)]
    assert held == set(members)
    assert nth > 5


def test_a_page_and_its_place_are_one(centre: Centre, panel: str, rosa: Callable[[], DeskForTests]) -> None:
    centre.people(panel, 3)
    desk = rosa()
    desk.sync()
    before = desk.side.places()[0]
    centre.sql("UPDATE care.member SET city = 'Holyoke'")
    with desk.hub.session() as session:
        session.hello(desk.side.device_id())
        page = session.feed_page(before, 50, desk.side.unknown)
    desk.side.take_feed(before, page, datetime.now(UTC))
    after = desk.side.places()[0]
    assert after.s_old == page.target != before.s_old
    # A second window that read from the same place is turned away whole.
    with desk.store.receiving() as connection:
        driver_of(connection).execute("UPDATE member SET city = 'Chicopee'")
        connection.commit()
    with pytest.raises(Trouble, match="Another window"):
        desk.side.take_feed(before, page, datetime.now(UTC))
    assert desk.sql("SELECT DISTINCT city FROM member") == [("Chicopee",)]


def test_a_supervisor_reviews_without_the_facts(centre: Centre, panel: str, desk_of: MakeDesk) -> None:
    members = centre.people(panel, 4)
    centre.people(centre.panel("West"), 2)
    desk = desk_of("sam", centre.staff("sam", "supervisor"))
    desk.sync()
    assert len(desk.held()) == 6
    assert desk.held() > set(members)
    assert desk.sql("SELECT count(*) FROM fact") == [(0,)]
    assert desk.sql("SELECT count(*) FROM contact_point") == [(6,)]
    assert desk.exchange.verify() == 0


def test_everybody_is_found_by_name_number_birth_and_phone(
    centre: Centre, panel: str, rosa: Callable[[], DeskForTests]
) -> None:
    (member,) = centre.people(panel, 1)
    centre.sql("UPDATE care.member SET family = 'Núñez', member_number = 'DEMO-77'")
    desk = rosa()
    desk.sync()
    for word in ("nunez", "nún*", "77", "1950", '"01/01/1950"', "555"):
        found = desk.sql(
            "SELECT n.member_id FROM people_search AS s JOIN person_no AS n ON n.no = s.rowid "
            f"WHERE people_search MATCH '{word}'"
        )
        assert found == [(member,)], word


def test_the_reference_bundle_comes_before_the_people(
    centre: Centre, panel: str, rosa: Callable[[], DeskForTests]
) -> None:
    centre.people(panel, 1)
    desk = rosa()
    assert desk.sync().bundles == 1
    kinds = {kind for (kind,) in desk.sql("SELECT DISTINCT kind FROM reference")}
    assert {"initiative", "staff"} <= kinds
    assert desk.sync().bundles == 0
    centre.sql(
        "INSERT INTO org.reference (initiative_id, kind, key, content) "
        f"VALUES ('{centre.initiative}', 'program', 'dm', '{{\"name\": \"Diabetes\"}}')"
    )
    assert desk.sync().bundles == 1
    assert desk.sql("SELECT content FROM reference WHERE kind = 'program'") == [('{"name": "Diabetes"}',)]
