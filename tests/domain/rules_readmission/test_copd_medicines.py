"""Steroid tablets and an inhaler after COPD in hospital or emergency."""

import pytest

from coordinator_app.domain.outreach.ledger import ledger_row
from coordinator_app.domain.outreach.priority import tier_of
from coordinator_app.domain.outreach.wording import sentence
from coordinator_app.domain.reasons import Tier
from tests.domain.charts import TODAY, Words, chart, condition, day, history, judged, none, only, stay, terms
from tests.domain.rules_medication.medicines import takes

RULE = "discharge.copd_medicines"
COPD = condition("2020-01-01", "J44.9")
FLARE = stay("2026-11-08", "2026-11-14", "J44.1", priority="EM")
OTHER = takes("levothyroxine", "2026-09-01", 90)
STEROID, OPENER = takes("prednisone", "2026-11-14", 5), takes("tiotropium", "2026-11-15", 30)


def after(*facts, born="1950-01-01"):
    return judged(chart(history(), COPD, OTHER, *facts, born=born))


def test_what_is_not_on_record_is_asked_for_with_its_own_day():
    found = only(after(FLARE), RULE)
    assert (found.opens_on, found.due_on, found.ends_on) == (day("2026-11-17"), day("2026-11-28"), day("2026-12-14"))
    assert sentence(Words("en"), found.sentence, found.arguments, TODAY) == (
        "COPD, home 14-Nov: no record of steroid tablets; ask prescriber"
    )
    assert tier_of(ledger_row(found), TODAY, terms().priority) is Tier.DATED
    assert only(after(FLARE, STEROID), RULE).due_on == day("2026-12-14")


def test_both_drugs_end_it_and_an_inhaler_from_before_counts():
    assert none(after(FLARE, STEROID, OPENER), RULE)
    before = takes("albuterol", "2026-10-20", 30)
    assert none(after(FLARE, STEROID, before), RULE)


@pytest.mark.parametrize(
    "facts",
    [
        (stay("2026-11-08", "2026-11-14", "I50.9"),),
        (stay("2026-11-08", "2026-11-14", "J44.1", disposition="20"),),
        (stay("2026-08-08", "2026-08-14", "J44.1"),),
    ],
)
def test_other_stays_deaths_and_old_ones_ask_for_nothing(facts):
    assert none(after(*facts), RULE)


def test_nobody_under_forty_is_asked_for():
    assert none(after(FLARE, born="1990-01-01"), RULE)


def test_an_emergency_visit_counts_like_a_stay():
    visit = stay("2026-11-18", "2026-11-18", "J44.1", class_code="EMER")
    assert only(after(visit), RULE).due_on == day("2026-12-02")
