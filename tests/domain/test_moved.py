"""A nurse's word on the rank, and what passing days, snoozes and rows sent again may not do (practice 1, 2, 7)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coordinator_app.domain.activity import ResponseKind
from coordinator_app.domain.outreach.ledger import Answer, LedgerRow, MemberStanding
from coordinator_app.domain.outreach.moved import move_of, moved_to
from coordinator_app.domain.outreach.priority import points_of, tier_of
from coordinator_app.domain.outreach.queue import RowState, place
from coordinator_app.domain.outreach.standing import open_for_me
from coordinator_app.domain.reasons import ReasonKind, Tier
from tests.domain.charts import TODAY, at, day, now, terms

PRIORITY, STANDING = terms().priority, terms().standing
RAISED, LOWERED, SNOOZED = ResponseKind.RAISED, ResponseKind.LOWERED, ResponseKind.SNOOZED
GAP = LedgerRow("g", ReasonKind.REFILL, 35, day("2026-11-01"), day("2026-12-15"), None, day("2026-09-20"), "statin")
HOME = LedgerRow("d", ReasonKind.DISCHARGE, 60, day("2026-11-22"), day("2026-11-25"), None, day("2026-11-22"))
POTASSIUM = LedgerRow("k", ReasonKind.WORSENING, 60, day("2026-11-23"), None, None, day("2026-11-23"), "safety")

days = st.integers(-40, 60).map(lambda n: TODAY + timedelta(n))
rows_of = st.builds(
    LedgerRow,
    id=st.just("r"),
    kind=st.sampled_from(list(ReasonKind)),
    severity=st.integers(0, 100),
    opens_on=st.integers(0, 40).map(lambda n: TODAY - timedelta(n)),
    due_on=st.none() | days,
    evidence_on=st.none() | st.integers(0, 40).map(lambda n: TODAY - timedelta(n)),
    tag=st.sampled_from(["", "statin", "anticoagulant", "safety", "high", "dated", "aside", "medication_severe"]),
)


def said(how, row=GAP, until=TODAY + timedelta(7), on=TODAY, **more):
    return Answer(row.id, how, on, at("10:00", on), until, "other", **{"evidence_on": row.evidence_on, **more})


def standing(row, *answers):
    return MemberStanding("m", (row,), answers=answers)


def test_a_raised_row_stands_a_tier_higher_and_keeps_the_tier_by_rule_beside_it():
    item = place(standing(GAP, said(RAISED)), now(), terms())
    assert (item.tier, item.ruled_tier, item.reasons[0].move.cause) == (Tier.HIGH, Tier.DATED, "other")
    assert item.state is RowState.CALL_TODAY


def test_a_lowered_row_stands_a_tier_lower_until_the_word_lapses():
    word = said(LOWERED)
    assert place(standing(GAP, word), now(), terms()).tier is Tier.ROUTINE
    assert place(standing(GAP, word), now(day=TODAY + timedelta(6)), terms()).tier is Tier.ROUTINE
    assert place(standing(GAP, word), now(day=TODAY + timedelta(7)), terms()).tier is Tier.DATED


def test_nothing_is_lowered_out_of_tier_1():
    item = place(standing(POTASSIUM, said(LOWERED, POTASSIUM)), now(), terms())
    assert (item.tier, item.ruled_tier, item.reasons[0].move) == (Tier.SAFETY, Tier.SAFETY, None)


def test_newer_evidence_puts_a_lowered_row_back_the_same_day():
    worse = replace(GAP, evidence_on=TODAY)
    assert place(standing(worse, said(LOWERED)), now(), terms()).tier is Tier.DATED


def test_the_last_word_counts_and_none_holds_longer_than_a_month():
    earlier = said(RAISED, on=TODAY - timedelta(2))
    assert place(standing(GAP, earlier, said(LOWERED)), now(), terms()).tier is Tier.ROUTINE
    long = said(RAISED, until=TODAY + timedelta(300))
    assert place(standing(GAP, long), now(day=TODAY + timedelta(29)), terms()).reasons[0].move is not None
    assert place(standing(GAP, long), now(day=TODAY + timedelta(30)), terms()).reasons[0].move is None


@given(rows_of, st.sampled_from([RAISED, LOWERED]), days)
@settings(max_examples=200)
def test_a_word_moves_by_one_tier_at_most_and_never_down_out_of_safety(row, how, until):
    ruled = tier_of(row, TODAY, PRIORITY)
    move = move_of(row, ruled, [said(how, row, until)], TODAY, STANDING)
    tier = move.tier if move else ruled
    assert abs(tier - ruled) <= 1
    assert not (ruled is Tier.SAFETY and tier is not Tier.SAFETY)
    assert (moved_to(ruled, how) - ruled) * (1 if how is LOWERED else -1) >= 0


@given(rows_of, st.integers(0, 200))
@settings(max_examples=300)
def test_the_passing_of_days_lowers_no_row_that_stays_open_in_its_tier(row, later):
    then = TODAY + timedelta(later)
    if tier_of(row, then, PRIORITY) is tier_of(row, TODAY, PRIORITY) and not (
        row.kind is ReasonKind.DISCHARGE and row.evidence_on and (then - row.evidence_on).days > 30
    ):
        assert points_of(row, then, PRIORITY) >= points_of(row, TODAY, PRIORITY)


@given(rows_of, days, st.integers(0, 90))
@settings(max_examples=300)
def test_no_snooze_passes_the_deadline_in_tiers_1_and_2_or_thirty_days(row, until, later):
    then = TODAY + timedelta(later)
    tier = tier_of(row, TODAY, PRIORITY)
    found = open_for_me(row, [said(SNOOZED, row, until)], then, STANDING, tier)
    assert found.is_open or later < STANDING.longest_snooze_days
    if tier <= Tier.DISCHARGE and row.due_on is not None and then >= row.due_on:
        assert found.is_open


@given(rows_of, st.sampled_from([SNOOZED, ResponseKind.WRONG, ResponseKind.DECLINED, ResponseKind.ANSWERED]))
def test_a_row_that_is_sent_again_wakes_nothing_and_newer_evidence_does(row, how):
    told = said(how, row, TODAY + timedelta(5), evidence_on=row.evidence_on or TODAY)
    tier = tier_of(row, TODAY, PRIORITY)
    before = open_for_me(row, [told], TODAY, STANDING, tier)
    again = replace(row, severity=row.severity)
    assert open_for_me(again, [told], TODAY, STANDING, tier) == before
    newer = replace(row, evidence_on=TODAY + timedelta(1))
    woken = open_for_me(newer, [told], TODAY + timedelta(1), STANDING, tier)
    assert (woken.is_open, woken.why, woken.answered) == (True, "woken", how)


@pytest.mark.parametrize("hidden", [SNOOZED, LOWERED])
def test_an_urgent_row_stays_in_sight_whatever_is_said_of_it(hidden):
    late = replace(HOME, due_on=TODAY)
    item = place(standing(late, said(hidden, late)), now(), terms())
    assert (item.state, item.ruled_tier) == (RowState.CALL_TODAY, Tier.DISCHARGE)
