"""What waits at the centre, who decides about it, and what is not taken today (sync 4.6; rows 28, 32, 35)."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from coordinator_app.domain.ids import new_id
from coordinator_app.domain.trouble import Refusal
from coordinator_app.storage.central.engine import open_service
from coordinator_app.storage.central.upkeep import Housekeeping
from coordinator_app.storage.local.book import Bookkeeping, nothing_derived
from tests.sync.conftest import Centre, DeskForTests, MakeDesk


@pytest.fixture
def panel(centre: Centre) -> str:
    return centre.panel("East")


@pytest.fixture
def rosa(centre: Centre, panel: str, desk_of: MakeDesk) -> DeskForTests:
    centre.people(panel, 3)
    desk = desk_of("rosa", centre.staff("rosa", "coordinator", panel))
    desk.sync()
    return desk


@pytest.fixture
def member(rosa: DeskForTests) -> str:
    return sorted(rosa.held())[0]


@pytest.fixture
def sam(centre: Centre, rosa: DeskForTests, desk_of: MakeDesk) -> DeskForTests:
    desk = desk_of("sam", centre.staff("sam", "supervisor"))
    desk.sync()
    return desk


def moved_long_ago(centre: Centre, member: str) -> None:
    centre.move(member, centre.panel("West"))
    centre.sql("UPDATE sec.assignment SET valid = tstzrange('2026-01-01', '2026-02-01') WHERE NOT upper_inf(valid)")


def open_items(desk: DeskForTests) -> list[tuple[object, ...]]:
    return desk.sql("SELECT kind FROM needs_you WHERE closed_at IS NULL ORDER BY kind")


class TestASupervisor:
    @pytest.fixture
    def op(self, centre: Centre, rosa: DeskForTests, member: str) -> str:
        saved = rosa.call(member)
        with Bookkeeping(rosa.store, rosa.now, nothing_derived).open_book() as book:
            book.add("note", {"member_id": member, "text": "and she sounds better"})
            book.send("note", member, depends_on=saved.op_id)
            book.commit()
        moved_long_ago(centre, member)
        assert rosa.sync().outcomes == {"quarantined": 2}
        return saved.op_id

    def decide(self, desk: DeskForTests, op: str, comment: str, *, accept: bool) -> str:
        return desk.hub.decide(desk.side.device_id(), op, comment, accept=accept).outcome

    def test_finds_what_waits_and_takes_it_up_as_its_author_wrote_it(
        self, centre: Centre, rosa: DeskForTests, sam: DeskForTests, op: str
    ) -> None:
        sam.sync()
        assert open_items(sam) == [("to_decide",), ("to_decide",)]
        assert self.decide(sam, op, "she had promised the call", accept=True) == "applied"
        # What rested on it came with it.
        assert centre.sql("SELECT author_id FROM activity.contact UNION ALL SELECT author_id FROM activity.note") == (
            f"{rosa.person}\n{rosa.person}"
        )
        sam.sync()
        assert open_items(sam) == []
        rosa.sync()
        assert open_items(rosa) == []
        assert rosa.sql("SELECT DISTINCT state, outcome FROM outbox") == [("acked", "applied")]

    def test_who_takes_it_not_up_says_why_and_the_author_reads_it(
        self, centre: Centre, rosa: DeskForTests, sam: DeskForTests, op: str
    ) -> None:
        with pytest.raises(Refusal, match="Say why"):
            self.decide(sam, op, "  ", accept=False)
        assert self.decide(sam, op, "it is in the note of Olga already", accept=False) == "quarantined"
        assert centre.sql("SELECT count(*) FROM activity.contact") == "0"
        rosa.sync()
        said = rosa.sql("SELECT arguments FROM needs_you WHERE kind = 'refused' AND op_id = '" + op + "'")
        assert "it is in the note of Olga already" in str(said)
        assert "Sam" in str(said)
        assert centre.sql("SELECT payload IS NOT NULL FROM sync.op WHERE op_id = '" + op + "'") == "t"
        with pytest.raises(Refusal, match="quicker"):
            self.decide(sam, op, "", accept=True)

    def test_a_coordinator_decides_nothing(self, rosa: DeskForTests, op: str) -> None:
        with pytest.raises(Refusal, match="rights"):
            self.decide(rosa, op, "", accept=True)
        with rosa.hub.session() as session, pytest.raises(Refusal, match="rights"):
            session.waiting()

    def test_of_another_initiative_sees_and_decides_nothing(self, centre: Centre, desk_of: MakeDesk, op: str) -> None:
        centre.sql(f"INSERT INTO org.initiative (id, name) VALUES ('{new_id()}', 'other')")
        elsewhere = replace(centre, initiative=centre.sql("SELECT id FROM org.initiative WHERE name = 'other'"))
        boss = desk_of("boss", elsewhere.staff("boss", "supervisor"))
        boss.sync()
        assert open_items(boss) == []
        with pytest.raises(Refusal, match="quicker"):
            self.decide(boss, op, "", accept=True)


def test_an_act_of_a_kind_the_centre_did_not_know_is_taken_up_after_its_upgrade(
    centre: Centre, rosa: DeskForTests, member: str
) -> None:
    newer = centre.sql("SELECT pg_get_functiondef('sync.apply_act'::regproc)")
    older = newer.replace("referral,note,retraction", "referral,retraction")
    assert older != newer
    centre.sql(older)
    rosa.act("note", {"member_id": member, "text": "of tomorrow's kind"})
    rosa.call(member)
    assert rosa.sync().outcomes == {"quarantined": 1, "applied": 1}
    house = Housekeeping(open_service(centre.service_address, "administrator"))
    assert house.try_unknown_again() == 0
    centre.sql(newer)
    assert house.try_unknown_again() == 1
    assert centre.sql("SELECT text, author_id FROM activity.note") == f"of tomorrow's kind|{rosa.person}"
    rosa.sync()
    assert open_items(rosa) == []
    assert rosa.sql("SELECT row_version FROM note") == [(1,)]
    assert house.try_unknown_again() == 0


def test_a_flood_of_a_workstation_is_refused_aloud_and_nothing_of_it_is_lost(
    centre: Centre, rosa: DeskForTests, member: str
) -> None:
    centre.sql("UPDATE sync.allowance SET number = 3 WHERE kind = 'ops_per_device_day'")
    for _ in range(5):
        rosa.call(member)
    centre.sql("UPDATE care.member SET city = 'Holyoke'")
    received = rosa.sync()
    assert (received.sent, received.held_back) == (3, "too_many_ops")
    # It goes on to receive.
    assert received.members == 3
    assert rosa.side.waiting_count() == 2
    assert centre.sql("SELECT facts FROM audit.event WHERE kind = 'too_many_ops'") == '{"taken": 3, "allowed": 3}'
    rosa.sync()
    assert centre.sql("SELECT count(*) FROM audit.event WHERE kind = 'too_many_ops'") == "1"
    # The next day.
    centre.sql("UPDATE sync.device_day SET day = day - 1")
    assert rosa.sync().outcomes == {"applied": 2}
    assert centre.sql("SELECT count(*) FROM activity.contact") == "5"
    assert centre.sql("SELECT count(*) FROM audit.event WHERE kind IN ('outbox_gap', 'chain_broken')") == "0"


def test_pages_other_than_those_that_were_signed_are_not_kept(centre: Centre, rosa: DeskForTests, member: str) -> None:
    letter = rosa.act("letter", {"member_id": member, "program": "dm", "pdf_sha256": "0" * 64})
    rosa.act("letter_file", {"member_id": member, "letter_id": letter, "content": b"%PDF other"})
    assert rosa.sync().outcomes == {"applied": 1, "quarantined": 1}
    assert centre.sql("SELECT result ->> 'cause' FROM sync.op WHERE outcome = 'quarantined'") == "other_pages"


class TestASlot:
    """A time in a schedule of ours follows the visit's standing revision, whatever is added or taken back."""

    @pytest.fixture
    def doctor(self, centre: Centre) -> str:
        doctor = new_id()
        centre.sql(
            f"INSERT INTO org.clinician (id, initiative_id, family) VALUES ('{doctor}', '{centre.initiative}', 'Doe');"
            f"INSERT INTO org.resource (initiative_id, clinician_id) VALUES ('{centre.initiative}', '{doctor}')"
        )
        return doctor

    @pytest.fixture
    def visit(self, member: str, doctor: str) -> dict[str, object]:
        return {
            "member_id": member,
            "visit_id": new_id(),
            "state": "confirmed",
            "confirmed_by": "front desk",
            "visit_type": "pcp",
            "clinician_id": doctor,
            "starts_at": datetime(2026, 12, 1, 15, tzinfo=UTC),
        }

    def held(self, centre: Centre) -> str:
        return centre.sql("SELECT lower(slot) AT TIME ZONE 'UTC' FROM activity.slot WHERE released_at IS NULL")

    def test_an_old_revision_taken_back_frees_nothing_a_newer_one_holds(
        self, centre: Centre, rosa: DeskForTests, visit: dict[str, object]
    ) -> None:
        first = rosa.act("visit", visit)
        moved = {**visit, "base_id": first, "starts_at": datetime(2026, 12, 2, 15, tzinfo=UTC)}
        second = rosa.act("visit", moved)
        rosa.act("retraction", {"member_id": visit["member_id"], "target_kind": "visit", "target_id": first})
        assert rosa.sync().outcomes == {"applied": 3}
        assert self.held(centre) == "2026-12-02 15:00:00"
        rosa.act("retraction", {"member_id": visit["member_id"], "target_kind": "visit", "target_id": second})
        rosa.sync()
        assert self.held(centre) == ""

    def test_a_move_taken_back_gives_the_earlier_time_back(
        self, centre: Centre, rosa: DeskForTests, visit: dict[str, object]
    ) -> None:
        first = rosa.act("visit", visit)
        second = rosa.act("visit", {**visit, "base_id": first, "starts_at": datetime(2026, 12, 2, 15, tzinfo=UTC)})
        rosa.act("retraction", {"member_id": visit["member_id"], "target_kind": "visit", "target_id": second})
        assert rosa.sync().outcomes == {"applied": 3}
        assert self.held(centre) == "2026-12-01 15:00:00"

    def test_a_move_that_was_merged_moves_the_slot_too(
        self, centre: Centre, panel: str, rosa: DeskForTests, visit: dict[str, object], desk_of: MakeDesk
    ) -> None:
        olga = desk_of("olga", centre.staff("olga", "coordinator", panel))
        first = rosa.act("visit", visit)
        rosa.sync()
        olga.sync()
        rosa.act("visit", {**visit, "base_id": first, "note": "needs a ride"})
        olga.act("visit", {**visit, "base_id": first, "starts_at": datetime(2026, 12, 2, 15, tzinfo=UTC)})
        rosa.sync()
        assert olga.sync().outcomes == {"merged": 1}
        assert self.held(centre) == "2026-12-02 15:00:00"

    def test_whoever_comes_second_is_told_the_next_free_times(
        self, centre: Centre, panel: str, rosa: DeskForTests, visit: dict[str, object], desk_of: MakeDesk
    ) -> None:
        olga = desk_of("olga", centre.staff("olga", "coordinator", panel))
        olga.sync()
        rosa.act("visit", visit)
        olga.act("visit", {**visit, "visit_id": new_id()})
        rosa.sync()
        assert olga.sync().outcomes == {"conflict": 1}
        free = centre.sql(
            "SELECT result -> 'free' ->> 0, jsonb_array_length(result -> 'free') FROM sync.op "
            "WHERE outcome = 'conflict'"
        )
        assert free == "2026-12-01T15:30:00+00:00|3"
