"""A reason is put off within limits, or said to be wrong with a cause."""

from datetime import date

import pytest

from coordinator_app.domain.activity import ResponseKind
from coordinator_app.domain.ids import ReasonId
from coordinator_app.domain.ranked import Tab
from coordinator_app.domain.reasons import ReasonKind, Tier
from coordinator_app.domain.trouble import Refusal
from coordinator_app.services.answering import WRONG_CAUSES, Answering
from tests.services.fakes import ROSA, FakeDesk, Someone, discharge, member, refill

HOME, FILL = discharge().id, refill().id


@pytest.fixture
def desk() -> FakeDesk:
    made = FakeDesk()
    made.world.add(member(), discharge(), refill())
    made.rank_all()
    return made


@pytest.fixture
def answering(desk: FakeDesk) -> Answering:
    return Answering(desk.open_book, desk.clock, Someone(), desk.ledger)


@pytest.mark.parametrize(
    ("reason", "until", "code"),
    [
        (FILL, date(2026, 11, 24), "snooze_in_the_past"),
        (FILL, date(2026, 12, 25), "snooze_too_long"),
        (HOME, date(2026, 11, 25), "snooze_past_due"),
        (ReasonId("nothing"), date(2026, 11, 25), "unknown_reason"),
    ],
)
def test_nothing_is_put_off_too_far(answering: Answering, reason: ReasonId, until: date, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        answering.snooze(ROSA, reason, until, "other")
    assert refused.value.code == code


def test_a_routine_reason_is_put_off_and_the_row_keeps_the_others(desk: FakeDesk, answering: Answering) -> None:
    answering.snooze(ROSA, FILL, date(2026, 12, 24), "patient_asked")
    row = desk.world.rank[ROSA]
    assert (row.tab, row.shown.kinds) == (Tab.CALL_TODAY, (discharge().kind,))


@pytest.mark.parametrize("cause", WRONG_CAUSES)
def test_a_wrong_reason_is_quiet_with_its_cause(answering: Answering, desk: FakeDesk, cause: str) -> None:
    response = answering.say_wrong(ROSA, FILL, cause).response
    assert (response.response, response.cause) == (ResponseKind.WRONG, cause)
    assert desk.world.rank[ROSA].shown.kinds == (discharge().kind,)


def test_a_cause_nobody_knows_is_refused(answering: Answering) -> None:
    with pytest.raises(Refusal) as refused:
        answering.say_wrong(ROSA, FILL, "dunno")
    assert refused.value.code == "unknown_cause"


def test_what_became_known_without_a_call_is_kept(answering: Answering) -> None:
    assert answering.answer(ROSA, FILL, ResponseKind.STOPPED, "told by the practice").response.contact_id is None


def test_a_snooze_without_a_cause_is_refused(answering: Answering) -> None:
    with pytest.raises(Refusal) as refused:
        answering.snooze(ROSA, FILL, date(2026, 12, 1), "")
    assert refused.value.code == "unknown_cause"


def test_a_raised_reason_lifts_the_row_and_both_tiers_are_kept(desk: FakeDesk, answering: Answering) -> None:
    answering.move(ROSA, HOME, ResponseKind.RAISED, date(2026, 11, 30), "family_worried")
    row = desk.world.rank[ROSA]
    assert (row.tier, row.shown.ruled_tier, row.shown.moved) == (Tier.SAFETY, Tier.DISCHARGE, "raised")
    assert row.shown.moved_until == date(2026, 11, 30)
    with desk.open_shelves() as shelves:
        [shown, *_] = desk.ledger.open_now(shelves, ROSA)
    assert (shown.tier, shown.move.ruled if shown.move else None) == (Tier.SAFETY, Tier.DISCHARGE)


@pytest.mark.parametrize(
    ("how", "until", "code"),
    [
        (ResponseKind.LOWERED, date(2026, 11, 30), "cannot_move"),
        (ResponseKind.RAISED, date(2026, 11, 30), "cannot_move"),
        (ResponseKind.RAISED, date(2026, 11, 24), "move_in_the_past"),
        (ResponseKind.RAISED, date(2026, 12, 25), "move_too_long"),
    ],
)
def test_nothing_is_lowered_out_of_safety_or_moved_without_an_end(
    desk: FakeDesk, answering: Answering, how: ResponseKind, until: date, code: str
) -> None:
    urgent = refill(
        id=ReasonId("k"), kind=ReasonKind.WORSENING, evidence_on=date(2026, 11, 23), arguments={"urgency": "safety"}
    )
    desk.world.reasons.append(urgent)
    with pytest.raises(Refusal) as refused:
        answering.move(ROSA, urgent.id, how, until, "stable")
    assert refused.value.code == code


def test_a_lowered_discharge_still_cannot_be_put_off_past_its_day(answering: Answering) -> None:
    answering.move(ROSA, HOME, ResponseKind.LOWERED, date(2026, 11, 30), "stable")
    with pytest.raises(Refusal) as refused:
        answering.snooze(ROSA, HOME, date(2026, 11, 26), "other")
    assert refused.value.code == "snooze_past_due"
