"""Results that are dangerous or get worse."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coordinator_app.domain.facts import FactKind
from coordinator_app.domain.outreach.ledger import ledger_row
from coordinator_app.domain.outreach.priority import points_of, tier_of
from coordinator_app.domain.outreach.wording import caveats, sentence
from coordinator_app.domain.reasons import ReasonKind, Tier
from coordinator_app.domain.sensitivity import Sensitivity
from tests.domain.charts import (
    TODAY,
    Words,
    chart,
    condition,
    day,
    fact,
    fill,
    history,
    judged,
    none,
    only,
    stay,
    terms,
)

ENGLISH, SPANISH = Words("en"), Words("es")
UNITS = {"2823-3": "mmol/L", "4548-4": "%", "98979-8": "mL/min/{1.73_m2}", "29463-7": "kg", "44261-6": "{score}",
         "44260-8": "{score}", "8480-6": "mm[Hg]", "8462-4": "mm[Hg]"}  # fmt: skip


def result(on, loinc, value, **told):
    told = {"status": "final", "value_unit": UNITS[loinc], **told}
    return fact(FactKind.OBSERVATION, on, f"loinc {loinc}", value_number=value, **told)


def potassium(on, value, **told):
    return result(on, "2823-3", value, **told)


TAKES = (fill("2026-10-20", "314077", 90), fill("2026-10-20", "313096", 90))


def tier(reason, on=TODAY):
    return tier_of(ledger_row(reason), on, terms().priority)


def said(reason, on=TODAY, words=ENGLISH):
    return sentence(words, reason.sentence, reason.arguments, on)


def test_a_dangerous_potassium_is_a_matter_of_safety_with_the_drugs_that_raise_it():
    found = only(judged(chart(potassium("2026-11-23", 6.1), *TAKES)), "worsening.potassium_high")
    assert tier(found) is Tier.SAFETY
    assert said(found) == "Potassium 6.1 on 23-Nov; takes lisinopril and spironolactone"
    assert said(found, words=SPANISH) == "Potasio 6.1 el 23-nov; toma lisinopril y espironolactona"
    assert (found.opens_on, found.due_on) == (day("2026-11-23"), day("2026-11-23"))


def test_an_old_danger_asks_whether_it_was_handled():
    found = only(judged(chart(potassium("2026-11-03", 6.1))), "worsening.potassium_high")
    on = day("2026-11-21")
    assert tier(found, day("2026-11-10")) is Tier.SAFETY
    assert tier(found, day("2026-11-11")) is Tier.HIGH
    assert said(found, on) == "Potassium 6.1 on 3-Nov, 18 days ago; check that it was handled"
    assert said(found, on, SPANISH).endswith("hace 18 días; compruebe si se atendió")
    assert said(found, day("2026-11-10")) == "Potassium 6.1 on 3-Nov"


def test_a_later_visit_answers_a_danger_and_a_later_result_ends_it():
    seen = fact(FactKind.ENCOUNTER, "2026-11-24", class_code="AMB", status="finished")
    answered = only(judged(chart(potassium("2026-11-23", 6.1), seen)), "worsening.potassium_high")
    assert tier(answered) is Tier.HIGH
    better = judged(chart(potassium("2026-11-23", 6.1), potassium("2026-11-24", 4.8)))
    assert none(better, "worsening.potassium_high")
    ended = next(r for r in better if r.rule == "worsening.potassium_high")
    assert (ended.ends_on, ended.end_cause) == (day("2026-11-24"), "newer_result")


def test_a_worse_result_is_a_new_episode():
    first = only(judged(chart(potassium("2026-11-20", 6.0))), "worsening.potassium_high")
    both = judged(chart(potassium("2026-11-20", 6.0), potassium("2026-11-23", 6.4)))
    second = only(both, "worsening.potassium_high")
    assert first.id != second.id
    assert second.evidence_on == day("2026-11-23")


@given(st.floats(6.0, 9.0), st.floats(0.0, 3.0))
@settings(max_examples=40)
def test_a_worse_value_never_ranks_lower(value, more):
    def points(of):
        found = only(judged(chart(potassium("2026-11-23", round(of, 1)))), "worsening.potassium_high")
        return points_of(ledger_row(found), TODAY, terms().priority)

    assert points(value + more) >= points(value)


def test_a_unit_we_cannot_read_makes_no_number():
    strange = potassium("2026-11-23", 6.1, value_unit="mg/dL")
    assert judged(chart(strange)) == judged(chart())


@pytest.mark.parametrize("status", ["entered-in-error", "cancelled", "preliminary", "registered"])
def test_a_result_that_is_not_final_says_nothing(status):
    assert none(judged(chart(potassium("2026-11-23", 6.1, status=status))), "worsening.potassium_high")


def test_raised_potassium_matters_with_a_drug_that_raises_it():
    assert none(judged(chart(potassium("2026-11-23", 5.7))), "worsening.potassium_raised")
    found = only(judged(chart(potassium("2026-11-23", 5.7), *TAKES)), "worsening.potassium_raised")
    assert tier(found) is Tier.HIGH


DIABETES = condition("2022-01-01", "E11.9")


def test_a_rising_a1c_tells_both_values_and_days():
    person = chart(DIABETES, result("2026-05-03", "4548-4", 7.6), result("2026-11-12", "4548-4", 8.2))
    found = only(judged(person), "worsening.a1c_rising")
    assert tier(found) is Tier.HIGH
    assert said(found) == "A1c 8.2 on 12-Nov, up from 7.6 on 3-May"
    assert len(found.evidence) == 2
    assert none(judged(chart(result("2026-05-03", "4548-4", 7.6), result("2026-11-12", "4548-4", 8.2))),
                "worsening.a1c_rising")  # fmt: skip


@pytest.mark.parametrize(("before", "opens"), [("2026-09-14", False), ("2026-09-13", True), ("2025-11-11", False)])
def test_a_rise_is_sought_60_to_365_days_back(before, opens):
    person = chart(DIABETES, result(before, "4548-4", 7.0), result("2026-11-12", "4548-4", 7.5))
    assert none(judged(person), "worsening.a1c_rising") is not opens


def test_over_nine_is_said_once_and_not_as_a_rise_too():
    person = chart(DIABETES, result("2026-05-03", "4548-4", 8.4), result("2026-11-12", "4548-4", 9.8))
    assert said(only(judged(person), "worsening.a1c_high")) == "A1c 9.8 on 12-Nov; 8.4 on 3-May"
    assert none(judged(person), "worsening.a1c_rising")
    assert none(judged(chart(DIABETES, result("2026-11-12", "4548-4", 9.0))), "worsening.a1c_high")


def test_kidney_function_falls_over_twenty_percent_and_three_months():
    def eye(before, value):
        return judged(chart(result(before, "98979-8", 60), result("2026-11-12", "98979-8", value)))

    assert not none(eye("2026-05-01", 47), "worsening.egfr_falling")
    assert none(eye("2026-05-01", 49), "worsening.egfr_falling")
    assert none(eye("2026-09-15", 40), "worsening.egfr_falling")


def test_values_of_a_hospital_stay_are_no_trend():
    person = chart(
        stay("2026-11-10", "2026-11-15", "N17.9"),
        result("2026-05-01", "98979-8", 60),
        result("2026-11-12", "98979-8", 30),
    )
    assert none(judged(person), "worsening.egfr_falling")


def test_weight_counts_in_heart_failure_by_the_day_and_the_week():
    heart = condition("2022-01-01", "I50.9")
    week = chart(heart, result("2026-11-17", "29463-7", 80), result("2026-11-23", "29463-7", 82.4))
    assert said(only(judged(week), "worsening.weight_week")) == "Weight 82.4 kg on 23-Nov, up 2.4 kg within a week"
    overnight = chart(heart, result("2026-11-22", "29463-7", 80), result("2026-11-23", "29463-7", 81.4))
    assert not none(judged(overnight), "worsening.weight_day")
    pounds = chart(heart, *(replace(f, value_unit="[lb_av]") for f in week.facts[1:]))
    assert none(judged(pounds), "worsening.weight_week")


def test_two_high_pressures_are_needed_and_one_severe_is_enough():
    def pressure(on, top, low):
        return [result(on, "8480-6", top, part=1), result(on, "8462-4", low, part=2)]

    high = condition("2020-01-01", "I10")
    once = chart(high, *pressure("2026-11-20", 150, 80))
    twice = chart(high, *pressure("2026-08-20", 138, 91), *pressure("2026-11-20", 150, 80))
    severe = chart(*pressure("2026-11-20", 150, 121))
    assert none(judged(once), "worsening.pressure_high")
    assert said(only(judged(twice), "worsening.pressure_high")).startswith("Blood pressure 150/80 on 20-Nov")
    assert tier(only(judged(severe), "worsening.pressure_severe")) is Tier.SAFETY


def test_the_evidence_of_a_blood_pressure_is_one_reading():
    found = only(
        judged(chart(result("2026-11-20", "8480-6", 182), result("2026-11-20", "8462-4", 104))),
        "worsening.pressure_severe",
    )
    assert [(each.what, each.on) for each in found.evidence] == [("182/104 mm[Hg]", day("2026-11-20"))]
    assert said(found).startswith("Blood pressure 182/104 on 20-Nov")


def test_answers_about_depression_are_confidential():
    found = judged(chart(result("2026-11-20", "44261-6", 14), result("2026-11-20", "44260-8", 1)))
    for rule in ("worsening.phq_high", "worsening.self_harm"):
        assert only(found, rule).sensitivity is Sensitivity.CONFIDENTIAL
    assert tier(only(found, "worsening.self_harm")) is Tier.SAFETY


BUSY = (
    history(), DIABETES, condition("2022-01-01", "I50.9"), condition("2021-01-01", "I10"), *TAKES,
    potassium("2026-11-20", 6.2), potassium("2026-10-02", 5.0), result("2026-11-12", "4548-4", 9.8),
    result("2026-05-03", "4548-4", 8.4), result("2026-05-03", "98979-8", 60), result("2026-11-12", "98979-8", 41),
    result("2026-11-17", "29463-7", 80), result("2026-11-23", "29463-7", 83), result("2026-11-20", "44261-6", 14),
)  # fmt: skip


def worsening(of, today=TODAY):
    return [r for r in judged(of, today) if r.kind is ReasonKind.WORSENING]


@given(st.permutations(BUSY), st.lists(st.sampled_from(BUSY), max_size=6))
@settings(max_examples=30)
def test_the_order_and_number_of_tellings_change_nothing(shuffled, again):
    assert worsening(chart(*shuffled, *again)) == worsening(chart(*BUSY))


def test_what_has_nothing_to_do_with_it_changes_nothing():
    other = fact(FactKind.OBSERVATION, "2026-11-20", "loinc 2085-9", value_number=50, value_unit="mg/dL")
    assert worsening(chart(*BUSY, other, condition("2020-01-01", "M17.9"))) == worsening(chart(*BUSY))


def test_rows_move_only_at_their_stated_days():
    first = {r.id: r for r in worsening(chart(*BUSY))}
    assert len(first) >= 5
    for days in range(1, 200, 7):
        for row in worsening(chart(*BUSY), TODAY + timedelta(days)):
            assert first[row.id] == row


@pytest.mark.parametrize("words", [ENGLISH, SPANISH])
def test_every_sign_has_words(words):
    for row in worsening(chart(*BUSY)):
        assert "{" not in said(row, words=words)
        for name in row.arguments:
            assert not name.startswith("points.") or words.has(f"reasons.{name}")
        assert words.has(f"reasons.end.{row.end_cause}")


def test_a_limit_nobody_confirmed_is_shown_as_such():
    unsure = only(judged(chart(potassium("2026-11-23", 6.1))), "worsening.potassium_high")
    sure = only(judged(chart(DIABETES, result("2026-11-12", "4548-4", 9.8))), "worsening.a1c_high")
    assert caveats(ENGLISH, unsure.arguments, TODAY) == (
        "High potassium: we count from 6; no source has confirmed this limit yet",
    )
    assert caveats(ENGLISH, sure.arguments, TODAY) == ()
