"""Worsening as medicines tell it, and the risk of kidney failure."""

import pytest

from coordinator_app.domain.facts import FactKind
from coordinator_app.domain.outreach.wording import sentence
from coordinator_app.domain.rules.kidney_risk_terms import kidney_failure_risk
from tests.domain.charts import TODAY, Words, chart, condition, fact, fill, history, judged, none, only, shipped, stay
from tests.domain.rules_medication.medicines import lab, product, takes

ENGLISH, SPANISH = Words("en"), Words("es")
HEART_FAILURE, DIABETES, ASTHMA = (
    condition("2020-01-01", "I50.9"),
    condition("2020-01-01", "E11.9"),
    condition("2020-01-01", "J45.40"),
)
FUROSEMIDE = "4603"


def said(reason, words=ENGLISH):
    return sentence(words, reason.sentence, reason.arguments, TODAY)


def diuretic(on, mg, days=30, tablets=None):
    return fill(on, product(FUROSEMIDE, mg), days, quantity=tablets)


def test_a_diuretic_raised_in_heart_failure_is_a_sign():
    fills = (diuretic("2026-10-01", 40.0, tablets=30.0), diuretic("2026-11-02", 40.0, tablets=60.0))
    found = only(judged(chart(HEART_FAILURE, *fills)), "worsening.loop_diuretic_up")
    assert said(found) == "Furosemide 80 mg a day since 2-Nov, up from 40; heart failure"
    assert said(found, SPANISH).startswith("Furosemida 80 mg al día desde el 2-nov, antes 40")
    assert none(judged(chart(*fills)), "worsening.loop_diuretic_up")


def test_strengths_are_compared_where_nobody_told_a_number():
    found = only(
        judged(chart(HEART_FAILURE, diuretic("2026-10-01", 20.0), diuretic("2026-11-02", 40.0))),
        "worsening.loop_diuretic_up",
    )
    assert said(found) == "Furosemide 40 mg tablets since 2-Nov, 20 mg before; heart failure"


@pytest.mark.parametrize("second", [40.0, 20.0])
def test_the_same_or_a_lower_dose_is_no_sign(second):
    fills = (diuretic("2026-10-01", 40.0, tablets=30.0), diuretic("2026-11-02", second, tablets=30.0))
    assert none(judged(chart(HEART_FAILURE, *fills)), "worsening.loop_diuretic_up")


def test_a_dose_taken_back_ends_the_sign():
    fills = (
        diuretic("2026-10-01", 40.0, tablets=30.0),
        diuretic("2026-11-02", 80.0, tablets=30.0),
        diuretic("2026-11-20", 40.0, tablets=30.0),
    )
    assert none(judged(chart(HEART_FAILURE, *fills)), "worsening.loop_diuretic_up")


def test_a_first_insulin_after_a_year_of_other_fills_is_a_sign():
    other = [fill(on, "861007", 90) for on in ("2025-06-01", "2026-01-01", "2026-06-01")]
    found = only(judged(chart(DIABETES, *other, takes("insulin glargine", "2026-11-10"))), "worsening.insulin_first")
    assert said(found) == "First insulin on record, filled on 10-Nov; diabetes"


def test_insulin_at_the_beginning_of_the_record_is_not_first():
    few = [fill(on, "861007", 90) for on in ("2026-06-01", "2026-09-01")]
    assert none(judged(chart(DIABETES, *few, takes("insulin glargine", "2026-11-10"))), "worsening.insulin_first")
    other = [fill(on, "861007", 90) for on in ("2025-06-01", "2026-01-01")]
    before = takes("insulin lispro", "2026-02-01")
    again = judged(chart(DIABETES, *other, before, takes("insulin glargine", "2026-11-10")))
    assert none(again, "worsening.insulin_first")


def asthma(relievers, controllers, born="1990-01-01", *more):
    fills = [takes("albuterol", f"2026-{month:02d}-05") for month in range(7, 7 + relievers)]
    fills += [takes("fluticasone", f"2026-{month:02d}-07") for month in range(7, 7 + controllers)]
    return judged(chart(ASTHMA, history(), *fills, *more, born=born))


def test_relievers_without_controllers_are_a_sign():
    found = only(asthma(4, 1), "worsening.asthma_ratio")
    assert said(found) == "Asthma: 4 quick-relief fills and 1 controller fills in the year to 5-Oct"


@pytest.mark.parametrize(("relievers", "controllers"), [(2, 2), (3, 3), (2, 0)])
def test_half_or_more_controllers_and_few_fills_are_no_sign(relievers, controllers):
    assert none(asthma(relievers, controllers), "worsening.asthma_ratio")


def test_the_ratio_is_asked_at_the_ages_of_its_description():
    assert none(asthma(4, 0, "1955-01-01"), "worsening.asthma_ratio")


def test_controllers_that_catch_up_end_the_sign():
    more = [takes("montelukast", on) for on in ("2026-10-10", "2026-10-30", "2026-11-15")]
    assert none(asthma(4, 1, "1990-01-01", *more), "worsening.asthma_ratio")


@pytest.mark.parametrize(
    ("age", "is_male", "egfr", "acr", "percent"),
    [(60, True, 30, 300, 24.56), (70, False, 50, 20, 0.56), (50, True, 20, 1000, 84.13)],
)
def test_the_equation_of_kidney_failure_comes_out(age, is_male, egfr, acr, percent):
    found = kidney_failure_risk(shipped().worsening.kidney_risk, age=age, is_male=is_male, egfr=egfr, acr=acr)
    assert found == pytest.approx(percent, abs=0.05)


def kidneys(egfr, acr, sex="male", on="2026-11-01"):
    tests = (lab("98979-8", on, egfr, "mL/min/{1.73_m2}"), lab("9318-7", "2026-06-01", acr, "mg/g"))
    return judged(chart(history(), *tests, born="1966-05-01", sex=sex))


def test_a_high_risk_of_kidney_failure_is_told_with_its_number():
    found = only(kidneys(30, 300), "worsening.kidney_risk")
    assert said(found) == "Kidney failure risk 25 percent in five years by tests of 1-Nov"
    assert len(found.evidence) == 2


def test_a_low_risk_a_good_kidney_and_an_unknown_sex_are_none():
    assert none(kidneys(55, 20), "worsening.kidney_risk")
    assert none(kidneys(70, 3000), "worsening.kidney_risk")
    assert none(kidneys(30, 300, "unknown"), "worsening.kidney_risk")


def test_kidneys_that_lose_more_than_five_a_year_are_a_sign():
    course = [
        lab("98979-8", on, value, "mL/min/{1.73_m2}")
        for on, value in (("2024-11-01", 80), ("2025-11-01", 74), ("2026-11-01", 67))
    ]
    found = only(judged(chart(history(), *course)), "worsening.egfr_steady_fall")
    assert said(found) == "Kidney function (eGFR) 67 on 1-Nov, falling 6.5 a year since 1-Nov-2024"
    assert none(judged(chart(history(), *course[1:])), "worsening.egfr_steady_fall")


def test_weight_loss_on_record_is_a_sign_unless_cancer_explains_it():
    loss = condition("2026-11-01", "R63.4")
    assert only(judged(chart(history(), loss)), "worsening.weight_loss")
    assert none(judged(chart(history(), loss, condition("2026-05-01", "C34.90"))), "worsening.weight_loss")


def test_low_sugar_of_the_first_level_is_dated_and_the_second_is_safety():
    def sugar(value):
        return judged(
            chart(DIABETES, takes("insulin glargine", "2026-11-01"), lab("2345-7", "2026-11-20", value, "mg/dL"))
        )

    assert only(sugar(62), "worsening.glucose_lowish").arguments["urgency"] == "dated"
    assert none(sugar(50), "worsening.glucose_lowish")
    assert only(sugar(50), "worsening.glucose_low").arguments["urgency"] == "safety"
    assert none(sugar(70), "worsening.glucose_lowish")


def test_an_ldl_that_does_not_fall_on_a_statin_is_told():
    course = (lab("13457-7", "2026-03-01", 140, "mg/dL"), lab("13457-7", "2026-11-01", 142, "mg/dL"))
    statin = [fill(on, "83367", 120) for on in ("2026-02-01", "2026-06-01", "2026-10-01")]
    assert only(judged(chart(history(), *course, *statin)), "worsening.ldl_not_falling")
    assert none(judged(chart(history(), *course)), "worsening.ldl_not_falling")


def test_two_emergency_visits_in_half_a_year_are_routine():
    visits = [fact(FactKind.ENCOUNTER, on, class_code="EMER", status="finished") for on in ("2026-07-01", "2026-11-01")]
    found = only(judged(chart(history(), *visits)), "worsening.emergency_half_year")
    assert found.arguments["urgency"] == "routine"


def test_a_dose_raised_in_a_stay_is_told_once():
    fills = (diuretic("2026-10-01", 40.0, tablets=30.0), diuretic("2026-11-02", 40.0, tablets=60.0))
    away = stay("2026-10-20", "2026-10-25", "I50.9")
    (found,) = [r for r in judged(chart(HEART_FAILURE, away, *fills)) if r.rule == "worsening.loop_diuretic_up"]
    assert found.evidence_on.isoformat() == "2026-11-02"
