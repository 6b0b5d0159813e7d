"""Screenings beyond colorectal, by the clinical due date."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coordinator_app.domain.facts import FactKind
from coordinator_app.domain.outreach.ledger import ledger_row
from coordinator_app.domain.outreach.priority import tier_of
from coordinator_app.domain.outreach.wording import sentence
from coordinator_app.domain.reasons import ReasonKind, Tier
from coordinator_app.domain.sensitivity import Sensitivity
from tests.domain.charts import (
    TODAY,
    Words,
    bundle,
    chart,
    condition,
    day,
    fact,
    fill,
    judged,
    none,
    only,
    shipped,
    stay,
    terms,
)


def seen(on):
    return fact(FactKind.ENCOUNTER, on, class_code="AMB", status="finished")


def measured(on, loinc, value=1.0):
    return fact(FactKind.OBSERVATION, on, f"loinc {loinc}", status="final", value_number=value)


MAMMOGRAM = "24606-6"


def imaging(on):
    return fact(FactKind.IMAGING, on, f"loinc {MAMMOGRAM}", status="final")


def test_a_mammogram_lasts_two_years_and_the_measure_is_kept_beside_it():
    woman = {"born": "1970-05-05", "sex": "female"}
    found = only(judged(chart(imaging("2024-10-15"), **woman)), "screening.breast")
    assert (found.opens_on, found.ends_on) == (day("2026-10-15"), day("2045-05-05"))
    assert sentence(Words("en"), found.sentence, found.arguments, TODAY) == (
        "A mammogram: last 15-Oct-2024; none later on record"
    )
    none_yet = only(judged(chart(**woman)), "screening.breast")
    assert sentence(Words("en"), none_yet.sentence, none_yet.arguments, TODAY) == "No record of a mammogram"
    assert none(judged(chart(imaging("2024-10-15"), born="1970-05-05", sex="male")), "screening.breast")
    assert none(judged(chart(imaging("2025-10-15"), **woman)), "screening.breast")


@pytest.mark.parametrize(("born", "opens"), [("1986-11-25", False), ("1986-11-24", True), ("1951-11-24", False)])
def test_breast_screening_is_for_40_to_74(born, opens):
    rows = [r for r in judged(chart(born=born, sex="female")) if r.rule == "screening.breast"]
    assert any(r.opens_on <= TODAY < r.ends_on for r in rows) is opens


def test_anatomy_outranks_the_flag():
    woman = {"born": "1980-05-05", "sex": "female"}
    assert none(judged(chart(condition("2015-01-01", "Z90.710"), **woman)), "screening.cervical")
    assert none(judged(chart(condition("2015-01-01", "Z90.13"), **woman)), "screening.breast")


@pytest.mark.parametrize(
    ("loinc", "on", "born", "due"),
    [
        ("10524-7", "2023-12-01", "1980-05-05", "2026-12-01"),
        ("21440-3", "2022-01-01", "1980-05-05", "2027-01-01"),
        ("21440-3", "2025-01-10", "1996-05-05", "2017-05-05"),
    ],
)
def test_cytology_lasts_three_years_and_hpv_five_from_30(loinc, on, born, due):
    found = only(judged(chart(measured(on, loinc), born=born, sex="female")), "screening.cervical")
    assert found.opens_on == day(due)


DIABETES = condition("2022-01-01", "E11.9")


def test_a1c_is_due_in_six_months_at_goal_and_in_three_off_it():
    def opens(value):
        rows = judged(chart(DIABETES, measured("2026-08-01", "4548-4", value), born="1960-01-01"), day("2027-01-25"))
        return only(rows, "screening.a1c", day("2027-01-25")).opens_on

    assert opens(6.9) == day("2027-02-01")
    assert opens(9.5) == day("2026-11-01")
    assert none(judged(chart(born="1960-01-01")), "screening.a1c")


def test_the_kidney_needs_both_tests():
    both = [DIABETES, measured("2026-06-01", "98979-8", 70.0), measured("2026-08-01", "9318-7", 20.0)]
    assert none(judged(chart(*both, born="1960-01-01")), "screening.kidney")
    assert not none(judged(chart(*both[:2], born="1960-01-01")), "screening.kidney")
    later = only(judged(chart(*both, born="1960-01-01"), day("2027-05-01")), "screening.kidney", day("2027-05-01"))
    assert later.opens_on == day("2027-06-01")


def test_a_statin_is_seen_in_fills_and_orders():
    heart = condition("2020-01-01", "I25.10")
    assert not none(judged(chart(heart, born="1960-01-01")), "screening.statin_heart")
    assert none(judged(chart(heart, fill("2026-08-01", "617311", 90), born="1960-01-01")), "screening.statin_heart")
    assert none(judged(chart(heart, DIABETES, born="1960-01-01")), "screening.statin_diabetes")
    harmed = condition("2024-01-01", "M62.82")
    assert none(judged(chart(heart, harmed, born="1960-01-01")), "screening.statin_heart")


@pytest.mark.parametrize("rule", ["depression", "tobacco", "body_mass", "falls", "hepatitis_c"])
def test_what_is_done_at_visits_is_asked_only_of_those_who_come(rule):
    person = {"born": "1955-01-01"}
    assert none(judged(chart(DIABETES, **person)), f"screening.{rule}")
    assert not none(judged(chart(seen("2026-03-01"), **person)), f"screening.{rule}")
    assert none(judged(chart(seen("2024-11-01"), **person)), f"screening.{rule}")
    soon = only(judged(chart(seen("2026-10-01"), **person)), f"screening.{rule}")
    assert soon.opens_on == (day("2026-10-01") if rule == "hepatitis_c" else day("2026-12-30"))


@pytest.mark.parametrize("rule", ["chlamydia", "hiv"])
def test_what_may_harm_a_person_if_heard_is_confidential(rule):
    woman = chart(seen("2026-01-01"), condition("2026-01-01", "Z30.011"), born="2006-01-01", sex="female")
    assert only(judged(woman), f"screening.{rule}").sensitivity is Sensitivity.CONFIDENTIAL


def test_lung_screening_is_a_question():
    smoker = chart(condition("2020-01-01", "F17.210"), born="1966-01-01")
    found = only(judged(smoker), "screening.lung")
    assert sentence(Words("en"), found.sentence, found.arguments, TODAY).startswith("Ask about years of smoking")
    assert none(judged(chart(born="1966-01-01")), "screening.lung")


def test_hospice_ends_every_screening():
    gone = stay("2026-11-10", "2026-11-20", "C34.90", disposition="50")
    person = chart(gone, DIABETES, seen("2026-02-01"), born="1955-01-01", sex="female")
    assert [r for r in judged(person) if r.kind is ReasonKind.SCREENING and not r.ends_on <= TODAY] == []


def test_routine_gaps_stay_in_the_lowest_tiers():
    person = chart(DIABETES, seen("2026-02-01"), born="1960-01-01", sex="female")
    rows = [r for r in judged(person) if r.kind is ReasonKind.SCREENING]
    assert len(rows) > 8
    assert {tier_of(ledger_row(r), TODAY, terms().priority) for r in rows} <= {Tier.DATED, Tier.ROUTINE}


@given(st.dates(date(2026, 1, 1), date(2028, 1, 1)), st.dates(date(2024, 1, 1), date(2025, 12, 31)))
@settings(max_examples=30)
def test_rows_open_and_close_only_at_their_stated_days(today, last):
    person = chart(imaging(last.isoformat()), DIABETES, seen("2025-12-01"), born="1960-01-01", sex="female")
    first = {r.id: r for r in judged(person, today)}
    for row in judged(person, today + timedelta(20)):
        assert first.get(row.id, row) == row


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_topic_has_words(language):
    words = Words(language)
    for screening in shipped().screenings[1:]:
        assert words.has(f"reasons.topic.{screening.name}")
    for name in bundle()["child-care"]["vaccines"]:
        assert words.has(f"reasons.vaccine.{name}")
