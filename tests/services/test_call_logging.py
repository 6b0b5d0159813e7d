"""A call is kept whole or not at all, and what it means follows from how it ended."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from coordinator_app.domain.activity import Contact, FollowUp, Identifier, Outcome, Response, ResponseKind
from coordinator_app.domain.call import Answer
from coordinator_app.domain.draft import Draft
from coordinator_app.domain.ids import MemberId
from coordinator_app.domain.next_step import NO_STEP, Step
from coordinator_app.domain.ranked import Tab
from coordinator_app.domain.sensitivity import Sensitivity
from coordinator_app.domain.trouble import Refusal
from coordinator_app.services.call_logging import CallForm, CallLogging
from tests.services.fakes import ROSA, TUESDAY_MORNING, FakeDesk, Someone, discharge, member, refill, visit_owed

CONVERSATIONS = [outcome for outcome in Outcome if outcome.is_conversation]
OTHERS = [outcome for outcome in Outcome if not outcome.is_conversation]
TWO = (Identifier.BIRTH_DATE, Identifier.ZIP)


@pytest.fixture
def desk() -> FakeDesk:
    made = FakeDesk()
    made.world.add(member(), discharge(), refill())
    made.rank_all()
    return made


@pytest.fixture
def calls(desk: FakeDesk) -> CallLogging:
    return CallLogging(desk.open_book, desk.open_shelves, desk.clock, Someone(), desk.ledger)


@pytest.mark.parametrize("outcome", CONVERSATIONS)
@pytest.mark.parametrize("identity", [(), (Identifier.ZIP,), (Identifier.ZIP, Identifier.ZIP)])
def test_a_conversation_needs_two_different_identifiers(
    desk: FakeDesk, calls: CallLogging, outcome: Outcome, identity: tuple[Identifier, ...]
) -> None:
    with pytest.raises(Refusal) as refused:
        calls.record(CallForm(ROSA, outcome, identity))
    assert refused.value.code == "identity_needed"
    assert desk.world.acts == []


@pytest.mark.parametrize("outcome", OTHERS)
def test_every_other_outcome_is_saved_without_identity_and_the_row_is_done_for_today(
    desk: FakeDesk, calls: CallLogging, outcome: Outcome
) -> None:
    calls.record(CallForm(ROSA, outcome))
    assert [type(act) for act in desk.world.acts if isinstance(act, Contact)] == [Contact]
    assert desk.tab_of(ROSA) is (Tab.NOT_LISTED if outcome is Outcome.DECEASED else Tab.DONE_TODAY)
    assert desk.world.ops == [("call", ROSA)]


def test_a_call_nobody_answered_counts_as_a_try_for_every_open_reason(desk: FakeDesk, calls: CallLogging) -> None:
    recorded = calls.record(CallForm(ROSA, Outcome.NO_ANSWER))
    assert recorded.responses == {
        discharge().id: ResponseKind.ATTEMPTED,
        refill().id: ResponseKind.ATTEMPTED,
    }
    assert {each.contact_id for each in desk.world.acts if isinstance(each, Response)} == {recorded.contact.id}


def test_a_conversation_meets_the_discharge_clock_and_leaves_the_rest_with_its_date(calls: CallLogging) -> None:
    recorded = calls.record(CallForm(ROSA, Outcome.REACHED, TWO))
    assert recorded.responses == {discharge().id: ResponseKind.ANSWERED}
    assert recorded.left_open == (refill().id,)


def test_an_answer_given_to_a_reason_is_kept_with_the_evidence_it_spoke_of(desk: FakeDesk, calls: CallLogging) -> None:
    calls.record(
        CallForm(ROSA, Outcome.REACHED, TWO, answers={refill().id: Answer(ResponseKind.PAID_CASH, "other pharmacy")})
    )
    [answer] = [each for each in desk.world.acts if isinstance(each, Response) and each.reason_id == refill().id]
    assert (answer.response, answer.cause) == (ResponseKind.PAID_CASH, "other pharmacy")
    assert answer.evidence_on == date(2026, 8, 15)


def test_who_refuses_the_call_has_not_declined_what_it_was_about(calls: CallLogging) -> None:
    recorded = calls.record(CallForm(ROSA, Outcome.REFUSED))
    assert recorded.responses == {discharge().id: ResponseKind.ATTEMPTED, refill().id: ResponseKind.SNOOZED}
    assert recorded.next_step.what is Step.NOTHING


def test_a_death_told_on_the_phone_holds_everything_at_once(desk: FakeDesk, calls: CallLogging) -> None:
    recorded = calls.record(CallForm(ROSA, Outcome.DECEASED))
    assert recorded.responses == {}
    row = desk.world.rank[ROSA]
    assert (row.tab, row.shown.cause, row.shown.source) == (Tab.NOT_LISTED, "deceased", "staff")
    assert row.shown.on == date(2026, 11, 24)


def test_an_unanswered_call_is_tried_again_on_the_next_office_day_at_the_other_half_of_the_day(
    calls: CallLogging,
) -> None:
    step = calls.record(CallForm(ROSA, Outcome.NO_ANSWER)).next_step
    assert step.what is Step.CALL
    assert step.due_at == datetime(2026, 11, 25, 19, 0, tzinfo=UTC)


def test_the_next_try_goes_over_thanksgiving_and_the_weekend(desk: FakeDesk, calls: CallLogging) -> None:
    desk.clock.at = datetime(2026, 11, 25, 20, 0, tzinfo=UTC)
    step = calls.record(CallForm(ROSA, Outcome.NO_ANSWER)).next_step
    assert step.due_at == datetime(2026, 11, 27, 15, 0, tzinfo=UTC)


def test_the_time_a_patient_asked_for_is_kept(desk: FakeDesk, calls: CallLogging) -> None:
    asked = datetime(2026, 11, 24, 20, 30, tzinfo=UTC)
    recorded = calls.record(CallForm(ROSA, Outcome.CALL_BACK, call_back_at=asked))
    [promise] = [each for each in desk.world.acts if isinstance(each, FollowUp)]
    assert (promise.due_at, promise.what, promise.contact_id) == (asked, "call_back", recorded.contact.id)


def test_a_time_to_call_back_that_has_passed_is_refused(calls: CallLogging) -> None:
    with pytest.raises(Refusal) as refused:
        calls.record(CallForm(ROSA, Outcome.CALL_BACK, call_back_at=TUESDAY_MORNING - timedelta(days=1)))
    assert refused.value.code == "call_back_in_the_past"


def test_a_wrong_number_asks_for_a_new_one(calls: CallLogging) -> None:
    assert calls.record(CallForm(ROSA, Outcome.WRONG_NUMBER, number="+14135550142")).next_step.what is Step.FIND_NUMBER


def test_after_the_last_try_comes_a_letter_and_never_an_end(desk: FakeDesk, calls: CallLogging) -> None:
    steps = []
    for day, hour in ((23, 15), (23, 19), (24, 15), (24, 19)):
        desk.clock.at = datetime(2026, 11, day, hour, 0, tzinfo=UTC)
        steps.append(calls.record(CallForm(ROSA, Outcome.NO_ANSWER)).next_step.what)
    assert steps == [Step.CALL, Step.CALL, Step.CALL, Step.LETTER]


def test_somebody_reached_after_hospital_is_called_again_in_a_week(calls: CallLogging) -> None:
    step = calls.record(CallForm(ROSA, Outcome.REACHED, TWO)).next_step
    assert (step.what, step.due_at) == (Step.CALL, datetime(2026, 12, 1, 15, 0, tzinfo=UTC))


def test_the_coordinator_may_choose_no_next_step(desk: FakeDesk, calls: CallLogging) -> None:
    calls.record(CallForm(ROSA, Outcome.NO_ANSWER, next_step=NO_STEP))
    assert [each for each in desk.world.acts if isinstance(each, FollowUp)] == []


def test_a_proposal_is_the_step_the_save_would_take_and_saves_nothing(desk: FakeDesk, calls: CallLogging) -> None:
    proposed = calls.propose(ROSA, Outcome.NO_ANSWER)
    assert desk.world.acts == []
    assert calls.record(CallForm(ROSA, Outcome.NO_ANSWER)).next_step == proposed


def test_a_call_is_kept_at_its_true_time_and_not_in_the_future(desk: FakeDesk, calls: CallLogging) -> None:
    earlier = TUESDAY_MORNING - timedelta(hours=3)
    recorded = calls.record(CallForm(ROSA, Outcome.NO_ANSWER, started_at=earlier, seconds=40))
    assert (recorded.contact.occurred_at, recorded.contact.recorded_at) == (earlier, TUESDAY_MORNING)
    with pytest.raises(Refusal) as refused:
        calls.record(CallForm(ROSA, Outcome.NO_ANSWER, started_at=TUESDAY_MORNING + timedelta(hours=1)))
    assert refused.value.code == "in_the_future"
    assert len(desk.world.ops) == 1


def test_a_call_takes_the_care_of_the_strictest_reason_it_answered(desk: FakeDesk, calls: CallLogging) -> None:
    desk.world.reasons[1] = replace(refill(), sensitivity=Sensitivity.CONFIDENTIAL)
    assert calls.record(CallForm(ROSA, Outcome.NO_ANSWER)).contact.sensitivity is Sensitivity.CONFIDENTIAL


def test_saving_signs_the_draft_of_the_call_and_no_other(desk: FakeDesk, calls: CallLogging) -> None:
    desk.keep_draft(Draft(ROSA, "call", TUESDAY_MORNING, {"note": "Feels better"}))
    desk.keep_draft(Draft(ROSA, "letter", TUESDAY_MORNING, {}))
    calls.record(CallForm(ROSA, Outcome.NO_ANSWER, note="Feels better"))
    assert [draft.kind for draft in desk.world.drafts] == ["letter"]


def test_a_call_to_somebody_not_on_this_computer_is_refused(calls: CallLogging) -> None:
    with pytest.raises(Refusal) as refused:
        calls.record(CallForm(MemberId("stranger"), Outcome.NO_ANSWER))
    assert refused.value.code == "unknown_member"


def test_the_row_stays_done_after_the_call_is_sent(desk: FakeDesk, calls: CallLogging) -> None:
    recorded = calls.record(CallForm(ROSA, Outcome.NO_ANSWER))
    desk.world.sent.update(act.id for act in desk.world.acts)
    desk.rank_all()
    assert desk.tab_of(ROSA) is Tab.DONE_TODAY
    assert desk.world.rank[ROSA].shown.done_at == recorded.contact.occurred_at


def test_on_a_frozen_day_a_call_keeps_its_true_time_and_counts_for_the_frozen_day(
    desk: FakeDesk, calls: CallLogging
) -> None:
    desk.clock.frozen_on = date(2026, 11, 24)
    desk.clock.at = datetime(2027, 3, 2, 15, 0, tzinfo=UTC)
    recorded = calls.record(CallForm(ROSA, Outcome.NO_ANSWER))
    assert recorded.contact.occurred_at == desk.clock.at
    assert desk.tab_of(ROSA) is Tab.DONE_TODAY
    assert recorded.next_step.due_at == datetime(2026, 11, 25, 19, 0, tzinfo=UTC)


def test_a_day_frozen_ahead_of_the_calendar_counts_todays_call(desk: FakeDesk, calls: CallLogging) -> None:
    desk.clock.frozen_on = date(2026, 11, 24)
    desk.clock.at = datetime(2026, 11, 10, 15, 0, tzinfo=UTC)
    calls.record(CallForm(ROSA, Outcome.NO_ANSWER))
    assert desk.tab_of(ROSA) is Tab.DONE_TODAY


def test_a_conversation_answers_the_two_day_contact_and_not_the_visit_that_is_owed(
    desk: FakeDesk, calls: CallLogging
) -> None:
    desk.world.add(member(), discharge(), refill(), visit_owed())
    desk.rank_all()
    recorded = calls.record(CallForm(ROSA, Outcome.REACHED, TWO))
    assert recorded.responses.get(discharge().id) is ResponseKind.ANSWERED
    assert visit_owed().id not in recorded.responses
