"""A row that cannot be taken in holds nobody up: it is kept as it was written, and its person is marked (row 34)."""

import json

import pytest

from tests.sync.conftest import Centre, DeskForTests, MakeDesk


@pytest.fixture
def panel(centre: Centre) -> str:
    return centre.panel("East")


@pytest.fixture
def rosa(centre: Centre, panel: str, desk_of: MakeDesk) -> DeskForTests:
    centre.people(panel, 5)
    return desk_of("rosa", centre.staff("rosa", "coordinator", panel))


def marked(desk: DeskForTests) -> list[tuple[object, ...]]:
    return desk.sql("SELECT member_id FROM needs_you WHERE kind = 'unreadable' AND closed_at IS NULL")


def hurt_one(centre: Centre, how: str) -> tuple[str, str]:
    """Change one fact of one person so that no workstation can take it in; return the fact and the person."""
    fact, member = centre.sql("SELECT id, member_id FROM care.fact ORDER BY id LIMIT 1").split("|")
    centre.sql(f"UPDATE care.fact SET {how} WHERE id = '{fact}'")
    return fact, member


@pytest.mark.parametrize("how", ["starts_at = 'infinity'", "authored_on = NULL, ends_at = '-infinity'"])
def test_a_first_copy_goes_past_a_row_the_line_cannot_bring(centre: Centre, rosa: DeskForTests, how: str) -> None:
    fact, member = hurt_one(centre, how)
    received = rosa.sync()
    assert received.members == 5
    assert rosa.side.places()[0].is_complete
    assert rosa.sql("SELECT count(*) FROM fact") == [(14,)]
    assert marked(rosa) == [(member,)]
    table, row_id, raw = rosa.sql("SELECT table_name, row_id, raw FROM unread_row")[0]
    assert (table, row_id) == ("fact", fact)
    assert json.loads(str(raw))["display"].startswith("Type 2 diabetes")


def test_the_feed_goes_past_it_and_the_mark_falls_when_the_row_is_mended(centre: Centre, rosa: DeskForTests) -> None:
    rosa.sync()
    fact, member = hurt_one(centre, "starts_at = 'infinity'")
    centre.sql(f"UPDATE care.member SET city = 'Holyoke' WHERE id <> '{member}'")
    before = rosa.side.places()[0].s_old
    rosa.sync()
    assert rosa.side.places()[0].s_old != before
    assert rosa.sql("SELECT count(*) FROM member WHERE city = 'Holyoke'") == [(4,)]
    assert marked(rosa) == [(member,)]
    centre.sql(f"UPDATE care.contact_point SET value = '413-555-0100' WHERE member_id = '{member}'")
    rosa.sync()
    assert marked(rosa) == [(member,)], "another table's news mends nothing"
    centre.sql(f"UPDATE care.fact SET starts_at = '2026-10-02' WHERE id = '{fact}'")
    rosa.sync()
    assert marked(rosa) == []
    assert rosa.sql("SELECT count(*) FROM unread_row") == [(0,)]
    assert rosa.exchange.verify() == 0


def test_a_row_the_store_refuses_is_kept_beside_it(
    centre: Centre, rosa: DeskForTests, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As after a release in which a column may not be empty here that may be at the centre.
    with rosa.store.receiving() as connection:
        connection.exec_driver_sql(
            "CREATE TRIGGER picky BEFORE INSERT ON fact WHEN NEW.display LIKE '%2' "
            "BEGIN SELECT RAISE(ABORT, 'not here'); END"
        )
        connection.commit()
    rosa.sync()
    assert rosa.sql("SELECT count(*) FROM fact") == [(10,)]
    assert rosa.sql("SELECT count(*) FROM unread_row WHERE table_name = 'fact'") == [(5,)]
    assert len(marked(rosa)) == 5
    assert rosa.side.places()[0].is_complete


def test_a_person_whose_rows_cannot_be_judged_keeps_no_other_from_the_list(
    centre: Centre, rosa: DeskForTests, monkeypatch: pytest.MonkeyPatch
) -> None:
    odd = centre.sql("SELECT id FROM care.member ORDER BY id LIMIT 1")
    usual = rosa._rank

    def rank(connection: object, members: object) -> None:
        if odd in members:  # type: ignore[operator]
            raise ValueError("a date of no calendar")
        usual(connection, members)  # type: ignore[arg-type]

    rosa.side._arrival._on_members = rank  # type: ignore[assignment]
    rosa.sync()
    assert {member for page in rosa.ranked for member in page} == rosa.held() - {odd}
    assert marked(rosa) == [(odd,)]
    assert rosa.side.places()[0].is_complete
    # The next time she is read without trouble, the mark falls.
    rosa.side._arrival._on_members = usual
    centre.sql(f"UPDATE care.member SET city = 'Holyoke' WHERE id = '{odd}'")
    rosa.sync()
    assert marked(rosa) == []


def test_what_was_kept_raw_goes_with_its_person(centre: Centre, rosa: DeskForTests) -> None:
    _, member = hurt_one(centre, "starts_at = 'infinity'")
    rosa.sync()
    centre.move(member, centre.panel("West"))
    rosa.sync()
    assert rosa.sql("SELECT count(*) FROM unread_row") == [(0,)]
