"""What a write leaves behind by itself: feed entries, versions, intervals, audit."""

import json
import uuid

import pytest
from sqlalchemy import text

from coordinator_app.storage.central.engine import open_service, transaction

pytestmark = pytest.mark.server


@pytest.fixture
def loader(own_centre):
    return open_service(own_centre.address, "loader")


def run(engine, centre, sql):
    with transaction(engine) as connection:
        return connection.execute(text(centre.fill(sql)))


def entries(centre, since):
    """Return what the feed says since a number of entries, as {(panel, member, table, op)}."""
    names = {value: name for name, value in centre.ids.items()}
    told = centre.value(
        f"SELECT panel_id, member_id, tbl, op FROM sync.change WHERE txid >= '{since}'::xid8"
    ).splitlines()
    return sorted((names[p], names.get(m, "new"), int(t), op) for p, m, t, op in (line.split("|") for line in told))


@pytest.fixture
def since(own_centre):
    return own_centre.value("SELECT pg_current_xact_id()")


def test_a_statement_leaves_one_entry_for_each_panel_member_and_table(own_centre, loader, since):
    run(loader, own_centre, "UPDATE care.fact SET display = 'x' WHERE member_id IN ('{ann}', '{bob}')")
    many = (
        "INSERT INTO care.fact (id, member_id, panel_id, kind) SELECT gen_random_uuid(), '{ann}', '{A1}', 'condition' "
    )
    run(loader, own_centre, many + "FROM generate_series(1, 20)")
    expected = [("A1", "ann", 7, "U"), ("A1", "ann", 7, "U"), ("A2", "bob", 7, "U")]
    assert entries(own_centre, since) == expected


def test_a_row_that_turns_out_to_be_about_somebody_else_is_told_of_both(own_centre, loader, since):
    theirs = "(SELECT panel_id FROM care.member WHERE id = '{bob}')"
    moved = "UPDATE care.fact SET member_id = '{bob}', panel_id = " + theirs + " WHERE member_id = '{ann}'"
    run(loader, own_centre, moved)
    assert entries(own_centre, since) == [("A1", "ann", 7, "D"), ("A2", "bob", 7, "U")]


def test_writing_what_is_there_already_leaves_nothing(own_centre, loader, since):
    before = own_centre.state()
    run(loader, own_centre, "UPDATE care.fact SET display = display")
    run(loader, own_centre, "UPDATE care.member SET family = family")
    assert entries(own_centre, since) == []
    assert own_centre.state() == before
    assert own_centre.value("SELECT DISTINCT row_version FROM care.fact") == "1"


def test_a_changed_row_counts_its_version_up(own_centre, loader):
    for word in ("x", "y"):
        run(loader, own_centre, f"UPDATE care.fact SET display = '{word}' WHERE member_id = '{{ann}}'")
    assert own_centre.value("SELECT row_version FROM care.fact WHERE member_id = '{ann}'") == "3"
    assert own_centre.value("SELECT row_version FROM care.fact WHERE member_id = '{bob}'") == "1"


def test_a_move_says_left_and_entered_and_nothing_of_the_rows_that_followed(own_centre, since):
    assert (
        own_centre.psql(
            "boss_a", "SELECT sec.move_members('{A2}', '{{ann}}')".replace("{{ann}}", '{"{ann}"}')
        ).stdout.strip()
        == "1"
    )
    assert entries(own_centre, since) == [("A1", "ann", 0, "L"), ("A2", "ann", 0, "E")]
    strays = (
        "SELECT count(*) FROM care.fact AS f JOIN care.member AS m ON m.id = f.member_id WHERE f.panel_id <> m.panel_id"
    )
    assert own_centre.value(strays) == "0"
    assert own_centre.value("SELECT panel_id FROM activity.note WHERE member_id = '{ann}'") == own_centre.ids["A2"]


def test_moves_leave_intervals_that_meet_without_gap_or_overlap(own_centre):
    for panel in ("A2", "A1", "A2"):
        own_centre.psql("boss_a", f"SELECT sec.move_members('{{{panel}}}', '{{\"{{ann}}\"}}')")
    names = {value: name for name, value in own_centre.ids.items()}
    rows = own_centre.value(
        "SELECT panel_id, lower(valid), upper(valid) FROM sec.assignment WHERE member_id = '{ann}' ORDER BY valid"
    ).splitlines()
    spans = [line.split("|") for line in rows]
    assert [names[panel] for panel, _, _ in spans] == ["A1", "A2", "A1", "A2"]
    assert [end for _, _, end in spans[:-1]] == [begin for _, begin, _ in spans[1:]]
    assert spans[-1][2] == ""


def test_moving_somebody_where_she_is_does_nothing(own_centre, since):
    assert own_centre.psql("boss_a", "SELECT sec.move_members('{A1}', '{\"{ann}\"}')").stdout.strip() == "0"
    assert entries(own_centre, since) == []


def test_one_unknown_member_and_nobody_moves(own_centre, since):
    stranger = str(uuid.uuid4())
    done = own_centre.psql("boss_a", f"SELECT sec.move_members('{{A2}}', '{{\"{{ann}}\",\"{stranger}\"}}')")
    assert done.returncode != 0
    assert entries(own_centre, since) == []


def test_a_new_person_enters_the_panel_and_is_held_from_then_on(own_centre, loader, since):
    run(
        loader,
        own_centre,
        "INSERT INTO care.member (id, panel_id, initiative_id, person_key, birth_date) "
        "VALUES (gen_random_uuid(), '{A1}', '{Alpha}', gen_random_uuid(), '1950-01-01')",
    )
    assert entries(own_centre, since) == [("A1", "new", 0, "E")]
    assert own_centre.value("SELECT count(*) FROM sec.assignment WHERE upper_inf(valid)") == "5"


def test_a_person_cannot_be_put_into_a_panel_of_another_initiative(own_centre):
    done = own_centre.psql("loader", "UPDATE care.member SET panel_id = '{B1}' WHERE id = '{ann}'")
    assert "23503" in done.stderr


def test_a_change_is_audited_from_what_to_what_by_whom(own_centre, loader):
    run(loader, own_centre, "UPDATE care.contact_point SET value = '413-555-0100' WHERE member_id = '{ann}'")
    row = own_centre.value(
        "SELECT login, initiative_id, member_id, facts FROM audit.event WHERE table_name = 'care.contact_point'"
    ).split("|")
    assert row[:3] == [own_centre.role("loader"), own_centre.ids["Alpha"], own_centre.ids["ann"]]
    assert json.loads(row[3]) == {"value": ["", "413-555-0100"]}


def test_a_move_is_audited_once_with_both_panels(own_centre):
    own_centre.psql("boss_a", "SELECT sec.move_members('{A2}', '{\"{ann}\"}')")
    rows = own_centre.value(
        "SELECT login, table_name, facts FROM audit.event WHERE kind = 'update' AND member_id = '{ann}'"
    )
    login, table, facts = rows.split("|")
    assert (login, table) == (own_centre.role("boss_a"), "care.member")
    assert json.loads(facts) == {"panel_id": [own_centre.ids["A1"], own_centre.ids["A2"]]}


def test_a_new_login_is_audited_without_its_password(own_centre):
    told = own_centre.value("SELECT facts FROM audit.event WHERE table_name = 'sec.staff'")
    assert "nurse1" in told
    assert "SCRAM" not in told


def test_a_changed_reference_gives_its_initiative_another_bundle(own_centre, loader):
    ask = "SELECT name, reference_version FROM org.initiative ORDER BY 1"
    before = dict(line.split("|") for line in own_centre.value(ask).splitlines())
    run(loader, own_centre, "UPDATE org.reference SET content = '[1]' WHERE initiative_id = '{Alpha}'")
    after = dict(line.split("|") for line in own_centre.value(ask).splitlines())
    assert int(after["Alpha"]) == int(before["Alpha"]) + 1
    assert after["Beta"] == before["Beta"]


def test_two_visits_cannot_hold_one_slot_and_neighbours_can(own_centre):
    own_centre.value("INSERT INTO org.resource (initiative_id, name) VALUES ('{Alpha}', 'room')")
    book = (
        "INSERT INTO activity.slot (member_id, panel_id, visit_id, resource_no, slot) "
        "SELECT '{ann}', '{A1}', gen_random_uuid(), resource_no, '[2026-03-02 10:%s, 2026-03-02 10:%s)' "
        "FROM org.resource"
    )
    own_centre.value(book % ("00", "30"))
    own_centre.value(book % ("30", "45"))
    taken = own_centre.psql("postgres", book % ("15", "40"))
    assert "23P01" in taken.stderr
    own_centre.value("UPDATE activity.slot SET released_at = now()")
    own_centre.value(book % ("15", "40"))


def test_the_feed_has_a_partition_for_each_coming_month_and_one_for_the_rest(own_centre):
    parts = own_centre.value("SELECT inhrelid::regclass FROM pg_inherits WHERE inhparent = 'sync.change'::regclass")
    assert len(parts.splitlines()) == 5
    assert own_centre.psql("loader", "SELECT sync.keep_partitions(3)").stdout.strip() == "0"
    assert own_centre.psql("loader", "SELECT sync.keep_partitions(5)").stdout.strip() == "4"
