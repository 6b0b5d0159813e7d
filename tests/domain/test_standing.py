"""Whether a reason is open for me: answers, quiet times, waking."""

from datetime import timedelta

import pytest

from coordinator_app.domain.activity import Contact, FollowUp, Outcome, Response, ResponseKind, Retraction
from coordinator_app.domain.calendar import moment
from coordinator_app.domain.ids import new_id
from coordinator_app.domain.outreach.ledger import (
    Answer,
    LedgerRow,
    answer,
    ledger_row,
    open_promise,
    standing_acts,
)
from coordinator_app.domain.outreach.member_standing import member_standing
from coordinator_app.domain.outreach.standing import open_for_me
from coordinator_app.domain.reasons import ReasonKind, Tier
from coordinator_app.domain.sensitivity import Sensitivity
from tests.domain.charts import ROSA, TODAY, at, calendar, chart, day, fill, judged, now, only, terms

REFILL = LedgerRow("r1", ReasonKind.REFILL, 35, day("2026-11-01"), day("2026-11-15"), None, day("2026-09-20"), "statin")
HOME = LedgerRow(
    "d1", ReasonKind.DISCHARGE, 80, day("2026-11-20"), day("2026-11-25"), day("2026-12-20"), day("2026-11-20")
)


def told(kind, on=TODAY, row=REFILL, **more):
    return Answer(row.id, kind, on, at("10:00", on), **more)


def standing(row, *answers, today=TODAY, tier=Tier.DATED):
    return open_for_me(row, answers, today, terms().standing, tier)


def test_it_is_open_from_the_day_it_opens_up_to_the_day_it_ends():
    assert standing(HOME, today=day("2026-11-19")).why == "not_yet"
    assert standing(HOME, today=day("2026-11-20")).is_open
    assert standing(HOME, today=day("2026-12-19")).is_open
    assert standing(HOME, today=day("2026-12-20")).why == "ended"


@pytest.mark.parametrize("kind", [ResponseKind.ANSWERED, ResponseKind.WRONG, ResponseKind.STOPPED])
def test_a_final_answer_closes_the_episode(kind):
    found = standing(REFILL, told(kind), today=TODAY + timedelta(500))
    assert (found.is_open, found.why) == (False, kind.value)


def test_an_attempt_closes_nothing():
    assert standing(REFILL, told(ResponseKind.ATTEMPTED)).is_open


@pytest.mark.parametrize(
    ("kind", "days"),
    [
        (ResponseKind.HAS_IT, 30),
        (ResponseKind.PAID_CASH, 30),
        (ResponseKind.SAMPLES, 30),
        (ResponseKind.DISCUSSED, 14),
        (ResponseKind.DECLINED, 365),
        (ResponseKind.DONE_ELSEWHERE, 365),
    ],
)
def test_other_answers_are_quiet_for_their_days(kind, days):
    assert not standing(REFILL, told(kind), today=TODAY + timedelta(days - 1)).is_open
    assert standing(REFILL, told(kind), today=TODAY + timedelta(days)).is_open


def test_talking_about_it_does_not_quiet_an_urgent_reason():
    assert standing(HOME, told(ResponseKind.DISCUSSED, row=HOME), tier=Tier.DISCHARGE).is_open
    assert not standing(REFILL, told(ResponseKind.DISCUSSED)).is_open


def test_talk_about_what_is_not_due_yet_quiets_it_up_to_its_deadline_and_no_longer():
    spoken = told(ResponseKind.DISCUSSED, day("2026-11-21"), row=HOME)
    assert not standing(HOME, spoken, today=day("2026-11-24")).is_open
    assert standing(HOME, spoken, today=day("2026-11-25")).is_open


def test_a_test_the_patient_tells_of_lasts_as_long_as_such_a_test():
    said = told(ResponseKind.DONE_ELSEWHERE, cause="colonoscopy", evidence_on=day("2022-05-01"))
    row = LedgerRow("r1", ReasonKind.SCREENING, 40, day("2011-01-01"))
    assert not standing(row, said, today=day("2032-04-30")).is_open
    assert standing(row, said, today=day("2032-05-01")).is_open


def test_no_snooze_is_longer_than_thirty_days():
    far = told(ResponseKind.SNOOZED, until=TODAY + timedelta(90))
    assert standing(REFILL, far).until == TODAY + timedelta(30)
    near = told(ResponseKind.SNOOZED, until=TODAY + timedelta(3))
    assert standing(REFILL, near).until == TODAY + timedelta(3)


@pytest.mark.parametrize("tier", [Tier.SAFETY, Tier.DISCHARGE])
def test_no_snooze_passes_the_deadline_of_an_urgent_reason(tier):
    away = told(ResponseKind.SNOOZED, row=HOME, until=TODAY + timedelta(9))
    assert standing(HOME, away, tier=tier).until == HOME.due_on
    assert standing(HOME, away, tier=tier, today=HOME.due_on).is_open
    assert standing(HOME, away, tier=Tier.DATED).until == TODAY + timedelta(9)


def test_newer_evidence_wakes_a_reason_the_same_day_and_an_old_one_sent_again_does_not():
    snoozed = told(ResponseKind.SNOOZED, on=day("2026-11-10"), until=day("2026-12-05"), evidence_on=day("2026-11-03"))
    lab = LedgerRow("r1", ReasonKind.MEDICATION, 90, day("2026-11-03"), evidence_on=day("2026-11-03"))
    worse = LedgerRow("r1", ReasonKind.MEDICATION, 95, day("2026-11-03"), evidence_on=day("2026-11-12"))
    assert not standing(lab, snoozed).is_open
    assert standing(worse, snoozed).is_open
    assert standing(worse, told(ResponseKind.WRONG, on=day("2026-11-10"))).is_open


def test_the_last_answer_wins():
    first = Answer("r1", ResponseKind.ANSWERED, TODAY, at("09:00"))
    later = Answer("r1", ResponseKind.SNOOZED, TODAY, at("11:00"), TODAY)
    assert standing(REFILL, first, later).is_open
    assert standing(REFILL, later, first).is_open
    again = Answer("r1", ResponseKind.ANSWERED, TODAY, at("12:00"))
    assert standing(REFILL, again, first, later).why == "answered"


def test_answers_to_other_reasons_do_not_count():
    assert standing(REFILL, told(ResponseKind.ANSWERED, row=HOME)).is_open


def test_whole_reasons_and_cut_down_rows_stand_alike():
    reason = only(judged(chart(fill("2026-08-01", "861007"), fill("2026-09-10", "861007"))), "refill.late")
    for kind in ResponseKind:
        given = Answer(reason.id, kind, TODAY, at("10:00"), until=TODAY + timedelta(5))
        for days in (0, 4, 5, 20, 40, 400):
            on = TODAY + timedelta(days)
            assert standing(reason, given, today=on) == standing(ledger_row(reason), given, today=on)


def act(kind, when, **more):
    common = {"author_id": "ana", "member_id": ROSA, "sensitivity": Sensitivity.ORDINARY}
    more.setdefault("id", new_id())
    return kind(**common, occurred_at=when, recorded_at=when, **more)


def test_an_act_taken_back_does_not_count():
    reason = only(judged(chart(fill("2026-08-01", "861007"), fill("2026-09-10", "861007"))), "refill.late")
    call = act(Contact, at("09:00"), outcome=Outcome.REACHED)
    said = act(Response, at("09:00"), reason_id=reason.id, response=ResponseKind.HAS_IT)
    undone = [act(Retraction, at("09:01"), target_kind=k, target_id=t.id) for k, t in (("contact", call), ("r", said))]
    assert standing_acts([*undone, said, call]) == ()
    before = member_standing(ROSA, [reason], [call, said], now())
    after = member_standing(ROSA, [reason], [call, said, *undone], now())
    assert (before.tries, before.tried_on, len(before.answers)) == (1, TODAY, 1)
    assert (after.tries, after.tried_on, after.answers) == (0, None, ())


def test_a_call_to_the_pharmacy_is_no_try_to_reach_the_patient():
    call = act(Contact, at("09:00"), outcome=Outcome.REACHED, party="pharmacy")
    assert member_standing(ROSA, [], [call], now()).tried_on is None


def test_a_promise_stands_until_the_next_contact():
    first = act(Contact, at("09:00"), outcome=Outcome.NO_ANSWER)
    promise = act(FollowUp, at("09:00"), due_at=at("14:00"), contact_id=first.id)
    assert open_promise([first, promise]) == promise
    second = act(Contact, at("14:05"), outcome=Outcome.REACHED)
    assert open_promise([first, promise, second]) is None
    sooner = act(FollowUp, at("09:00"), due_at=at("11:00"), contact_id=first.id)
    assert open_promise([promise, sooner, first]) == sooner


def test_on_a_frozen_day_work_of_today_counts_on_that_day():
    frozen = moment(calendar(), at("10:00"), day("2021-07-01"))
    said = act(Response, at("09:00"), reason_id="r1", response=ResponseKind.HAS_IT)
    assert answer(said, frozen).on == day("2021-07-01")
    assert answer(said, frozen).at == at("09:00")
