"""A visit is wanted, asked, confirmed, told and kept; sync alone never confirms."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from coordinator_app.domain.activity import ResponseKind, Visit, VisitState
from coordinator_app.domain.trouble import Refusal
from coordinator_app.services.answering import Answering
from coordinator_app.services.booking import Booking, VisitForm
from tests.services.fakes import PEDRO, PENA, ROSA, FakeDesk, Someone, discharge, member, refill

FRIDAY = datetime(2026, 11, 27, 19, 0, tzinfo=UTC)
MONDAY = datetime(2026, 11, 30, 19, 0, tzinfo=UTC)


@pytest.fixture
def desk() -> FakeDesk:
    made = FakeDesk()
    made.world.add(member(), discharge(), refill())
    made.world.add(member(PEDRO, family="Silva", given="Pedro"))
    made.world.reference["clinician"] = {PENA: {"name": "Dr. Inés Peña", "practice": "Springfield North"}}
    made.rank_all()
    return made


@pytest.fixture
def booking(desk: FakeDesk) -> Booking:
    return Booking(desk.open_book, desk.open_shelves, desk.clock, Someone(), desk.ledger)


def form(state: VisitState = VisitState.WANTED, **more: Any) -> VisitForm:
    told = {"visit_type": "pcp_after_hospital", "clinician_id": PENA, "starts_at": FRIDAY, **more}
    return VisitForm(told.pop("member_id", ROSA), told.pop("visit_type"), state, **told)


def confirmed(**more: Any) -> VisitForm:
    return form(VisitState.CONFIRMED, confirmed_by="Dana at the desk", **more)


def test_a_visit_after_hospital_has_a_deadline_seven_days_after_the_discharge(booking: Booking) -> None:
    assert booking.ask(form()).visit.deadline_on == date(2026, 11, 29)
    assert booking.deadline(ROSA, "pcp") is None


def test_the_call_that_answered_a_discharge_does_not_end_the_deadline_of_its_visit(
    desk: FakeDesk, booking: Booking
) -> None:
    answering = Answering(desk.open_book, desk.clock, Someone(), desk.ledger)
    answering.answer(ROSA, discharge().id, ResponseKind.ANSWERED)
    assert booking.deadline(ROSA, "pcp_after_hospital") == date(2026, 11, 29)


def test_a_wanted_visit_without_a_time_is_listed_on_every_day_until_it_has_one(booking: Booking) -> None:
    wanted = booking.ask(form(starts_at=None)).visit
    day = booking.day(date(2026, 11, 27))
    assert [(each.what, each.member_name) for each in day.untimed] == [("wanted", "GARCÍA LÓPEZ, María José")]
    booking.move_on(wanted.visit_id, form(state=VisitState.ASKED, how_asked="phone", starts_at=FRIDAY))
    assert booking.day(date(2026, 11, 27)).untimed == ()


@pytest.mark.parametrize(("at", "is_late"), [(FRIDAY, False), (MONDAY, True)])
def test_a_time_past_the_deadline_is_allowed_and_marked(booking: Booking, at: datetime, is_late: bool) -> None:
    assert booking.ask(form(starts_at=at)).is_late is is_late


def test_a_confirmed_visit_says_by_whom_and_when(booking: Booking) -> None:
    for broken, code in ((form(VisitState.CONFIRMED), "confirmed_by_whom"), (confirmed(starts_at=None), "time_needed")):
        with pytest.raises(Refusal) as refused:
            booking.ask(broken)
        assert refused.value.code == code
    assert booking.ask(confirmed()).visit.state is VisitState.CONFIRMED


@pytest.mark.parametrize(
    "steps",
    [
        (VisitState.WANTED, VisitState.ASKED, VisitState.CONFIRMED, VisitState.TOLD, VisitState.KEPT),
        (VisitState.ASKED, VisitState.CANCELLED, VisitState.WANTED),
        (VisitState.CONFIRMED, VisitState.NO_SHOW, VisitState.WANTED),
    ],
)
def test_a_visit_goes_its_way_as_revisions_of_one_chain(
    desk: FakeDesk, booking: Booking, steps: tuple[VisitState, ...]
) -> None:
    first = booking.ask(form(steps[0], confirmed_by="Dana")).visit
    for state in steps[1:]:
        booking.move_on(first.visit_id, form(state, confirmed_by="Dana"))
    chain = [act for act in desk.world.acts if isinstance(act, Visit)]
    assert [each.state for each in chain] == list(steps)
    assert [each.base_id for each in chain] == [None, *(each.id for each in chain[:-1])]
    assert [each.state for each in booking.of(ROSA)] == [steps[-1]]


@pytest.mark.parametrize(
    ("before", "after"), [(VisitState.WANTED, VisitState.TOLD), (VisitState.ASKED, VisitState.KEPT)]
)
def test_no_step_is_skipped(booking: Booking, before: VisitState, after: VisitState) -> None:
    visit = booking.ask(form(before)).visit
    with pytest.raises(Refusal) as refused:
        booking.move_on(visit.visit_id, form(after))
    assert refused.value.code == "not_next"


def test_two_visits_of_one_clinician_at_one_time_clash_and_both_are_kept(booking: Booking) -> None:
    first = booking.ask(confirmed()).visit
    second = booking.ask(confirmed(member_id=PEDRO, visit_type="pcp"))
    assert [each.visit_id for each in second.clashes] == [first.visit_id]
    assert len(booking.of(PEDRO)) == 1


def test_a_patient_cannot_be_in_two_places_at_one_time(booking: Booking) -> None:
    booking.ask(form())
    assert booking.ask(form(visit_type="lab", clinician_id=None)).clashes


@pytest.mark.parametrize("gone", [VisitState.CANCELLED, VisitState.NO_SHOW])
def test_what_is_over_clashes_with_nothing(booking: Booking, gone: VisitState) -> None:
    visit = booking.ask(confirmed()).visit
    booking.move_on(visit.visit_id, form(gone))
    assert booking.ask(confirmed(member_id=PEDRO, visit_type="pcp")).clashes == ()


def test_visits_that_touch_do_not_clash(booking: Booking) -> None:
    booking.ask(form())
    later = datetime(2026, 11, 27, 19, 30, tzinfo=UTC)
    assert booking.ask(form(member_id=PEDRO, visit_type="pcp", starts_at=later)).clashes == ()


def test_a_holiday_is_named(booking: Booking) -> None:
    assert booking.ask(form(starts_at=datetime(2026, 11, 26, 19, 0, tzinfo=UTC))).closed_for == "Thanksgiving Day"


def test_suggested_times_are_office_hours_that_clash_with_nothing_and_say_how_late_they_are(booking: Booking) -> None:
    booking.ask(confirmed(member_id=PEDRO, visit_type="pcp"))
    times = booking.suggest(ROSA, "pcp_after_hospital", PENA, count=6)
    local = [f"{each.starts_at:%d %H:%M}" for each in times]
    assert local == ["25 14:30", "25 19:00", "25 21:30", "27 14:30", "27 21:30", "30 14:30"]
    assert [each.days_late for each in times] == [0, 0, 0, 0, 0, 1]


def test_three_times_are_of_different_days_as_far_as_the_deadline_lets(booking: Booking) -> None:
    free = [f"{each.starts_at:%d %H:%M}" for each in booking.suggest(ROSA, "pcp", PENA)]
    pressed = [f"{each.starts_at:%d %H:%M}" for each in booking.suggest(ROSA, "pcp_after_hospital", PENA)]
    assert free == ["25 14:30", "27 14:30", "30 14:30"]
    assert pressed == ["25 14:30", "25 19:00", "27 14:30"]


def test_the_day_lists_visits_and_promised_calls_and_names_its_holiday(desk: FakeDesk, booking: Booking) -> None:
    booking.ask(confirmed())
    day = booking.day(date(2026, 11, 27))
    assert [(entry.kind, entry.member_name, entry.clinician) for entry in day.entries] == [
        ("visit", "GARCÍA LÓPEZ, María José", "Dr. Inés Peña")
    ]
    assert booking.day(date(2026, 11, 26)).closed_for == "Thanksgiving Day"
    assert desk.world.ops == [("visit", ROSA)]


@pytest.mark.parametrize(
    ("broken", "code"),
    [
        (form(visit_type="haircut"), "unknown_type"),
        (form(clinician_id="nobody"), "unknown_clinician"),
        (form(starts_at=datetime(2026, 11, 20, 14, tzinfo=UTC)), "in_the_past"),
        (form(VisitState.KEPT), "not_a_start"),
        (form(member_id="stranger"), "unknown_member"),
    ],
)
def test_what_cannot_be_is_refused(desk: FakeDesk, booking: Booking, broken: VisitForm, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        booking.ask(broken)
    assert refused.value.code == code
    assert desk.world.acts == []


def test_without_a_directory_a_name_is_taken_as_it_is_said(desk: FakeDesk, booking: Booking) -> None:
    desk.world.reference["clinician"] = {}
    found = booking.clinician("Dr. Nobody")
    assert (found.id, found.name) == ("", "Dr. Nobody")


def test_a_clinician_is_found_by_id_or_by_a_name_only_one_has(desk: FakeDesk, booking: Booking) -> None:
    assert booking.clinician("peña").id == booking.clinician(PENA).id == PENA
    desk.world.reference["clinician"]["second"] = {"name": "Dr. Luis Peña"}
    with pytest.raises(Refusal) as refused:
        booking.clinician("peña")
    assert refused.value.code == "two_clinicians"
