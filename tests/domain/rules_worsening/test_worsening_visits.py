"""Emergency visits, stays and fills that come too often."""

from datetime import timedelta

from coordinator_app.domain.facts import FactKind
from coordinator_app.domain.outreach.ledger import ledger_row
from coordinator_app.domain.outreach.priority import tier_of
from coordinator_app.domain.reasons import Tier
from tests.domain.charts import TODAY, chart, condition, day, fact, fill, judged, none, only, stay, terms


def emergency(on, code):
    from coordinator_app.domain.facts import Coding

    return fact(FactKind.ENCOUNTER, on, class_code="EMER", status="finished", ends_on=day(on),
                reasons=(Coding("icd10cm", code),))  # fmt: skip


def test_two_visits_for_asthma_in_half_a_year_are_told_until_the_older_is_too_old():
    ill = condition("2020-01-01", "J45.909")
    one, two = emergency("2026-07-01", "J45.901"), emergency("2026-11-10", "J45.901")
    assert none(judged(chart(ill, two)), "worsening.asthma_visits")
    found = only(judged(chart(ill, one, two)), "worsening.asthma_visits")
    assert (found.opens_on, found.ends_on, found.arguments["count"]) == (day("2026-11-10"), day("2026-12-29"), 2)
    assert none(judged(chart(one, two)), "worsening.asthma_visits")


def test_the_same_visit_told_twice_is_one():
    ill = condition("2020-01-01", "J45.909")
    visit = emergency("2026-11-10", "J45.901")
    again = emergency("2026-11-10", "J45.901")
    assert none(judged(chart(ill, visit, again)), "worsening.asthma_visits")


def test_low_blood_sugar_in_an_emergency_room_is_a_matter_of_safety():
    found = only(judged(chart(emergency("2026-11-22", "E11.649"))), "worsening.hypoglycemia_visit")
    assert tier_of(ledger_row(found), TODAY, terms().priority) is Tier.SAFETY
    assert tier_of(ledger_row(found), TODAY + timedelta(9), terms().priority) is Tier.HIGH


def test_an_emergency_visit_that_ended_in_a_stay_is_not_counted_twice():
    visits = [emergency("2026-02-10", "R10.9"), emergency("2026-05-10", "R10.9"), emergency("2026-11-10", "R10.9")]
    assert not none(judged(chart(*visits)), "worsening.emergency_visits")
    assert none(judged(chart(*visits, stay("2026-11-10", "2026-11-12", "R10.9"))), "worsening.emergency_visits")


def test_relief_filled_three_times_a_year_in_asthma():
    ill = condition("2020-01-01", "J45.909")
    fills = [fill(on, "435") for on in ("2026-02-01", "2026-06-01", "2026-11-01")]
    assert not none(judged(chart(ill, *fills)), "worsening.reliever_often")
    assert none(judged(chart(ill, *fills[:2])), "worsening.reliever_often")
    assert none(judged(chart(*fills)), "worsening.reliever_often")
