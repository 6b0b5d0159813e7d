"""Days covered: PQA's public examples, the trap of unchained shifts, hospital days, and what a lost target changes."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator_app.domain.outreach.ledger import ledger_row
from coordinator_app.domain.outreach.priority import points_of, tier_of
from coordinator_app.domain.outreach.wording import caveats
from coordinator_app.domain.rules.adherence import adherence, reach_until
from coordinator_app.domain.rules.adherence_terms import AdherenceTerms
from coordinator_app.domain.rules.stays import stays_of
from coordinator_app.domain.rules.supply import chained, covered
from tests.domain.charts import TODAY, Words, chart, condition, day, fill, judged, only, stay, terms

TARGET = AdherenceTerms("any", frozenset({"statin"}), frozenset())
FIRST, LAST = date(2018, 1, 1), date(2018, 12, 31)


def chains(*told, stays=()):
    """Return chains from words such as ``A 01-01 90``: ingredient, day of 2018, days of supply."""
    found = {}
    for one in told:
        name, on, days = one.split()
        found.setdefault(name, []).append(fill(f"2018-{on}", name, int(days)))
    return [chained(facts, stays, 30, 365) for facts in found.values()]


@pytest.mark.parametrize(
    ("told", "days", "period", "percent"),
    [
        (("A 01-01 90", "B 04-01 90"), 180, 365, 49.32),
        (("A 01-01 90", "B 01-01 90"), 90, 365, 24.66),
        (("A 03-25 90", "A 07-05 90", "A 09-25 90"), 270, 282, 95.74),
        (("A 01-01 90", "A 03-25 90", "A 07-05 90", "A 10-15 90"), 348, 365, 95.34),
    ],
)
def test_the_public_examples_come_out(told, days, period, percent):
    found = adherence(chains(*told), FIRST, LAST, TARGET)
    assert (found.covered, found.days) == (days, period)
    assert round(100 * found.covered / found.days, 2) == percent


def test_who_begins_in_the_last_quarter_is_not_counted():
    late = adherence(chains("A 10-04 30", "A 11-01 30", "A 12-15 30"), FIRST, LAST, TARGET)
    assert (late.days, late.is_counted) == (89, False)
    assert adherence(chains("A 10-01 30", "A 11-01 30"), FIRST, LAST, TARGET).is_counted
    assert not adherence(chains("A 10-02 30", "A 11-01 30"), FIRST, LAST, TARGET).is_counted


def test_two_fills_on_one_day_are_not_two_fill_dates():
    found = adherence(chains("A 01-01 90", "B 01-01 90"), FIRST, LAST, TARGET)
    assert not found.is_counted


def test_shifts_are_chained():
    (chain,) = chains("A 01-01 30", "A 01-20 30", "A 02-09 30")
    assert covered(chain, FIRST, LAST) == 90
    assert chain[-1].lasts_until == date(2018, 3, 31)


def test_exactly_eighty_percent_is_enough_and_a_day_less_is_not():
    year = adherence(chains("A 01-01 146", "A 08-08 146"), FIRST, LAST, TARGET)
    assert (year.covered, year.days, year.is_met) == (292, 365, True)
    assert not adherence(chains("A 01-01 145", "A 08-08 146"), FIRST, LAST, TARGET).is_met


def test_hospital_days_leave_the_count_where_the_switch_is_on():
    away = stays_of([stay("2018-02-01", "2018-02-11")], date(2019, 1, 1))
    told = ("A 01-01 90", "A 04-11 90")
    base = adherence(chains(*told), FIRST, LAST, TARGET)
    plan = adherence(chains(*told, stays=away), FIRST, LAST, TARGET, away)
    assert (base.covered, base.days) == (180, 365)
    assert (plan.covered, plan.days) == (180, 355)


def test_a_target_is_in_reach_until_the_allowed_days_are_used_up():
    until, year = reach_until(chains("A 01-01 90", "A 04-01 90"), date(2018, 6, 29), TARGET)
    assert (year.allowed, until) == (73, date(2018, 9, 10))
    lost, _ = reach_until(chains("A 01-01 30", "A 06-01 30"), date(2018, 6, 30), TARGET)
    assert lost is None


def late(*fills):
    return only(judged(chart(*fills, born="1960-01-01")), "refill.late")


def test_a_lost_target_is_told_and_changes_neither_tier_nor_points():
    kept = late(fill("2026-01-01", "617311", 150), fill("2026-06-01", "617311", 150))
    lost = late(fill("2026-01-01", "617311", 30), fill("2026-10-01", "617311", 28))
    assert kept.arguments["target_until"] == "2026-12-31"
    assert lost.arguments["target_until"] == "lost"
    priority = terms().priority
    assert tier_of(ledger_row(kept), TODAY, priority) is tier_of(ledger_row(lost), TODAY, priority)
    assert kept.severity == lost.severity
    assert points_of(ledger_row(lost), TODAY, terms().priority) >= lost.severity
    assert "no longer be reached" in caveats(Words("en"), lost.arguments, TODAY)[0]


def test_insulin_and_kidney_failure_leave_the_target_and_not_the_reason():
    fills = (fill("2026-01-01", "861007", 90), fill("2026-06-01", "861007", 150))
    assert "target" in late(*fills).arguments
    with_insulin = judged(chart(*fills, fill("2026-11-01", "847230", 90), born="1960-01-01"))
    (tablets,) = [r for r in with_insulin if r.subject == "rxnorm:6809" and r.ends_on > TODAY]
    assert "target" not in tablets.arguments
    failed = only(judged(chart(*fills, condition("2025-01-01", "N18.6"), born="1960-01-01")), "refill.late")
    assert "target" not in failed.arguments


@given(st.permutations(["A 01-01 90", "A 03-25 90", "A 07-05 90", "B 10-15 90"]))
def test_the_order_of_fills_changes_nothing(told):
    found = adherence(chains(*told), FIRST, LAST, TARGET)
    assert found == adherence(chains(*sorted(told)), FIRST, LAST, TARGET)


def test_no_fill_is_no_share():
    assert adherence([], FIRST, LAST, TARGET) is None
    assert day("2018-01-01") == FIRST


def test_antiretrovirals_need_ninety_percent_and_say_so():
    fills = (fill("2026-01-01", "1433868", 150), fill("2026-05-31", "1433868", 150))
    found = late(*fills)
    assert (found.arguments["target"], found.arguments["target_percent"]) == ("antiretrovirals", 90)
    told = " ".join(caveats(Words("en"), found.arguments, TODAY))
    assert "90 percent of this year's days" in told or "90 percent of days" in told
