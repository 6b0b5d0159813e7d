"""HOSPITAL, the limits by age, and the clocks after the first two days."""

import pytest

from coordinator_app.domain.facts import Coding, FactKind
from coordinator_app.domain.outreach.ledger import ledger_row
from coordinator_app.domain.outreach.priority import tier_of
from coordinator_app.domain.outreach.wording import sentence
from coordinator_app.domain.reasons import Tier
from coordinator_app.domain.rules.hospital_score import HospitalBand, hospital_score
from coordinator_app.domain.sensitivity import Sensitivity
from tests.domain.charts import (
    TODAY,
    Words,
    chart,
    condition,
    day,
    fact,
    history,
    judged,
    none,
    only,
    shipped,
    stay,
    terms,
)

KNOWN = {"hemoglobin": 13.0, "sodium": 140.0, "is_oncology": False, "has_procedure": False, "is_acute": False,
         "admissions": 0, "days": 2}  # fmt: skip


def said(reason):
    return sentence(Words("en"), reason.sentence, reason.arguments, TODAY)


def score(**told):
    return hospital_score(shipped().stays.hospital, **{**KNOWN, **told})


@pytest.mark.parametrize(
    ("told", "points"),
    [
        ({}, 0), ({"hemoglobin": 11.9}, 1), ({"hemoglobin": 12.0}, 0), ({"sodium": 134.9}, 1), ({"sodium": 135.0}, 0),
        ({"is_oncology": True}, 2), ({"has_procedure": True}, 1), ({"is_acute": True}, 1), ({"days": 4}, 0),
        ({"days": 5}, 2), ({"admissions": 1}, 0), ({"admissions": 2}, 2), ({"admissions": 5}, 2),
        ({"admissions": 6}, 5),
        ({"hemoglobin": 9, "sodium": 130, "is_oncology": True, "has_procedure": True, "is_acute": True, "days": 9,
          "admissions": 7}, 13),
    ],
)  # fmt: skip
def test_each_part_has_its_points(told, points):
    assert (score(**told).least, score(**told).most) == (points, points)


def test_what_is_missing_makes_a_range_that_ranks_by_its_upper_end():
    found = score(hemoglobin=None, sodium=None, is_acute=True, days=5)
    assert (found.least, found.most, found.missing) == (3, 5, ("hemoglobin", "sodium"))
    assert found.band is HospitalBand.INTERMEDIATE
    assert score(admissions=6, days=5).band is HospitalBand.HIGH


def test_the_simplified_form_has_no_procedure_and_ends_at_twelve():
    worst = score(hemoglobin=9, sodium=130, is_oncology=True, has_procedure=True, is_acute=True, days=9, admissions=7,
                  is_simplified=True)  # fmt: skip
    assert worst.most == 12


HOME = stay("2026-11-10", "2026-11-20", "I50.9", priority="EM")


def result(on, loinc, value):
    return fact(FactKind.OBSERVATION, on, f"loinc {loinc}", status="final", value_number=value)


def test_the_score_reads_the_last_results_of_the_stay():
    sure = chart(history(), HOME, result("2026-11-12", "718-7", 13.1), result("2026-11-19", "718-7", 11.0),
                 result("2026-11-19", "2951-2", 133))  # fmt: skip
    told = only(judged(sure), "discharge.contact").arguments
    assert (told["hospital_least"], told["hospital_most"], told["hospital_missing"]) == (5, 5, "")
    unsure = only(judged(chart(history(), HOME)), "discharge.contact").arguments
    assert (unsure["hospital_least"], unsure["hospital_most"]) == (3, 5)


def tier(reason):
    return tier_of(ledger_row(reason), TODAY, terms().priority)


def test_a_visit_is_owed_in_seven_days_at_high_risk_and_in_fourteen_otherwise():
    high = only(judged(chart(history(), HOME, condition("2020-01-01", "E11.22"))), "discharge.visit")
    assert (high.opens_on, high.due_on, tier(high)) == (day("2026-11-25"), day("2026-11-27"), Tier.DATED)
    low = stay("2026-11-19", "2026-11-20", "K35.80", priority="EL")
    found = only(judged(chart(history(), low, condition("2020-01-01", "M17.9"))), "discharge.visit")
    assert found.due_on == day("2026-12-04")


def test_a_visit_on_a_later_day_ends_it_and_one_on_the_day_does_not():
    def seen(on):
        return fact(FactKind.ENCOUNTER, on, class_code="AMB", status="finished")

    assert none(judged(chart(history(), HOME, seen("2026-11-23"))), "discharge.visit")
    assert not none(judged(chart(history(), HOME, seen("2026-11-20"))), "discharge.visit")
    assert only(judged(chart(history(), HOME)), "discharge.medicines").due_on == day("2026-12-20")


def test_a_facility_and_a_death_start_no_clock():
    for place in ("03", "20"):
        gone = stay("2026-11-10", "2026-11-20", "I50.9", disposition=place)
        found = {r.rule for r in judged(chart(history(), gone)) if r.kind.value == "discharge"}
        assert found == ({"discharge.facility"} if place == "03" else set())


def test_an_emergency_visit_asks_for_a_follow_up_within_seven_days():
    visit = fact(FactKind.ENCOUNTER, "2026-11-22", class_code="EMER", status="finished",
                 reasons=(Coding("icd10cm", "R10.9"),))  # fmt: skip
    found = only(judged(chart(visit)), "discharge.emergency")
    assert (found.due_on, tier(found)) == (day("2026-11-29"), Tier.DATED)
    ill = [condition("2020-01-01", "J44.9"), condition("2020-01-01", "N18.31")]
    assert only(judged(chart(visit, *ill)), "discharge.emergency").severity > found.severity
    inside = stay("2026-11-22", "2026-11-23", "R10.9")
    assert none(judged(chart(visit, inside)), "discharge.emergency")


def test_a_private_reason_of_an_emergency_visit_stays_private():
    visit = fact(FactKind.ENCOUNTER, "2026-11-22", class_code="EMER", status="finished",
                 reasons=(Coding("icd10cm", "F32.9"),))  # fmt: skip
    assert only(judged(chart(visit)), "discharge.emergency").sensitivity is Sensitivity.CONFIDENTIAL


def test_leaving_against_advice_and_the_limit_of_ones_age_weigh():
    plain = only(judged(chart(history(), HOME)), "discharge.contact")
    left = stay("2026-11-10", "2026-11-20", "I50.9", priority="EM", disposition="07")
    assert only(judged(chart(history(), left)), "discharge.contact").severity == plain.severity + 5
    young = stay("2026-11-15", "2026-11-20", "K35.80", priority="EM")
    told = only(judged(chart(history(), young, condition("2020-01-01", "M17.9"), born="1985-01-01")),
                "discharge.contact").arguments  # fmt: skip
    assert (told["lace"], told["lace_band"], told["lace_over_age_limit"]) == (7, "moderate", 1)


def test_a_planned_stay_is_no_unplanned_return():
    first = stay("2026-10-20", "2026-10-28", "I50.9", priority="EM")
    knee = stay("2026-11-10", "2026-11-12", "M17.11")
    done = fact(FactKind.PROCEDURE, "2026-11-10", "icd10pcs 0SRC0J9", status="completed")
    planned = only(judged(chart(history(), first, knee, done)), "discharge.contact").arguments
    back = only(judged(chart(history(), first, stay("2026-11-10", "2026-11-12", "J18.9", priority="EM"))),
                "discharge.contact").arguments  # fmt: skip
    assert (planned["planned"], planned["back_after_days"]) == ("yes", "")
    assert back["back_after_days"] == 13


def test_who_left_for_a_facility_is_asked_after_until_somebody_sees_them():
    gone = stay("2026-11-10", "2026-11-20", "I50.9", disposition="03")
    found = only(judged(chart(history(), gone)), "discharge.facility")
    assert (found.opens_on, found.due_on) == (day("2026-11-23"), None)
    assert said(found) == "Left hospital for a facility Friday; ask whether home by now"
    visit = stay("2026-11-22", "2026-11-22", class_code="AMB")
    assert none(judged(chart(history(), gone, visit)), "discharge.facility")
    home = stay("2026-11-20", "2026-11-23", class_code="SNF", disposition="01")
    whole = judged(chart(history(), gone, home))
    assert none(whole, "discharge.facility")
    assert only(whole, "discharge.contact").arguments["discharged_on"] == "2026-11-23"


MENTAL = stay("2026-11-02", "2026-11-12", "F32.2")


def test_after_a_mental_health_stay_only_a_mental_health_visit_counts():
    found = only(judged(chart(history(), MENTAL, born="2000-01-01")), "discharge.mental")
    assert (found.due_on, found.ends_on) == (day("2026-11-19"), day("2026-12-12"))
    assert found.sensitivity is Sensitivity.CONFIDENTIAL
    assert none(judged(chart(history(), MENTAL, born="2000-01-01")), "discharge.visit")
    other = stay("2026-11-16", "2026-11-16", "J06.9", class_code="AMB")
    assert only(judged(chart(history(), MENTAL, other, born="2000-01-01")), "discharge.mental")
    right = stay("2026-11-16", "2026-11-16", "F32.2", class_code="AMB")
    assert none(judged(chart(history(), MENTAL, right, born="2000-01-01")), "discharge.mental")


def test_an_emergency_visit_for_self_harm_asks_for_a_mental_health_visit():
    harmed = stay("2026-11-20", "2026-11-20", "T14.91XA", class_code="EMER", disposition="01")
    found = only(judged(chart(history(), harmed, born="2000-01-01")), "discharge.emergency")
    assert found.sensitivity is Sensitivity.CONFIDENTIAL
    assert said(found) == "Emergency visit on 20-Nov, home again; mental health visit in 7 days"
    other = stay("2026-11-22", "2026-11-22", "J06.9", class_code="AMB")
    assert only(judged(chart(history(), harmed, other, born="2000-01-01")), "discharge.emergency")


def test_a_young_child_is_not_counted():
    child = judged(chart(history("2022-01-01"), MENTAL, born="2021-11-01"))
    assert none(child, "discharge.mental")
