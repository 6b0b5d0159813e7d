"""Programs: something new speaks for them, the benefit is to be checked, a referral quiets them."""

from datetime import UTC, datetime

import pytest

from coordinator_app.domain.activity import LetterPrinted
from coordinator_app.domain.facts import Coding, FactKind
from coordinator_app.domain.outreach.ledger import ledger_row
from coordinator_app.domain.outreach.member_standing import member_standing
from coordinator_app.domain.outreach.priority import tier_of
from coordinator_app.domain.outreach.queue import place
from coordinator_app.domain.outreach.wording import caveats, sentence
from coordinator_app.domain.reasons import ReasonKind, Tier
from coordinator_app.domain.rules.data import rule_data
from coordinator_app.domain.sensitivity import Sensitivity
from tests.domain.charts import (
    ROSA,
    TODAY,
    Words,
    bundle,
    chart,
    condition,
    day,
    fact,
    history,
    judged,
    none,
    now,
    only,
    shipped,
    stay,
    terms,
)

AT = datetime(2026, 11, 20, 15, tzinfo=UTC)
DIABETES = condition("2022-01-01", "E11.9")


def a1c(on, value):
    return fact(FactKind.OBSERVATION, on, "loinc 4548-4", status="final", value_number=value, value_unit="%")


def test_a_high_a1c_suggests_the_diabetes_program_and_says_why():
    found = only(judged(chart(DIABETES, a1c("2026-11-12", 8.4))), "program.diabetes")
    assert tier_of(ledger_row(found), TODAY, terms().priority) is Tier.ROUTINE
    assert sentence(Words("en"), found.sentence, found.arguments, TODAY) == (
        "Diabetes program: A1c 8.4 on 12-Nov; check benefit"
    )
    assert "check the benefit" in caveats(Words("en"), found.arguments, TODAY)[0]
    assert len(found.evidence) == 2


def test_a_diagnosis_of_years_ago_alone_suggests_nothing():
    assert none(judged(chart(DIABETES)), "program.diabetes")
    assert none(judged(chart(DIABETES, a1c("2026-11-12", 7.9))), "program.diabetes")
    assert none(judged(chart(a1c("2026-11-12", 8.4))), "program.diabetes")
    assert not none(judged(chart(condition("2026-10-01", "E11.9"))), "program.diabetes")


def test_a_better_result_takes_the_word_back():
    assert none(judged(chart(DIABETES, a1c("2026-06-12", 8.4), a1c("2026-11-12", 7.2))), "program.diabetes")


@pytest.mark.parametrize(
    ("code", "on", "program"),
    [("F17.210", "2026-05-01", "tobacco"), ("E66.9", "2026-08-01", "weight"), ("F43.9", "2026-09-01", "stress"),
     ("O09.91", "2026-09-01", "maternity"), ("C50.911", "2026-09-01", "cancer"), ("J44.9", "2026-10-01", "copd"),
     ("I25.10", "2026-10-01", "heart")],
)  # fmt: skip
def test_a_new_diagnosis_suggests_its_program(code, on, program):
    found = only(judged(chart(condition(on, code), born="1985-01-01")), f"program.{program}")
    assert found.opens_on == day(on)


def test_a_visit_to_the_hospital_suggests_the_program_of_its_illness():
    visit = fact(FactKind.ENCOUNTER, "2026-10-20", class_code="EMER", status="finished",
                 reasons=(Coding("icd10cm", "J45.901"),))  # fmt: skip
    asthma = condition("2020-01-01", "J45.909")
    assert only(judged(chart(asthma, visit)), "program.asthma").arguments["why"] == "visit"


def test_two_stays_in_a_year_suggest_case_management():
    stays = (stay("2026-03-01", "2026-03-04", "J18.9"), stay("2026-11-01", "2026-11-04", "L03.115"))
    assert not none(judged(chart(*stays)), "program.case_management")
    assert none(judged(chart(stays[0])), "program.case_management")


def test_a_lost_pregnancy_ends_the_maternity_program_at_once():
    expecting = condition("2026-08-01", "Z34.90")
    lost = condition("2026-11-15", "O03.9")
    assert (
        only(judged(chart(expecting, born="1993-01-01")), "program.maternity").sensitivity is Sensitivity.CONFIDENTIAL
    )
    assert none(judged(chart(expecting, lost, born="1993-01-01")), "program.maternity")


def test_cancer_treatment_quiets_weight():
    heavy = condition("2026-08-01", "E66.9")
    assert none(judged(chart(heavy, condition("2026-06-01", "C50.911"), born="1970-01-01")), "program.weight")


def test_a_referral_that_left_quiets_the_suggestion_and_nothing_else():
    person = chart(DIABETES, a1c("2026-11-12", 8.4), born="2000-01-01")
    rows = judged(person)
    letter = LetterPrinted(
        id="l1", member_id=ROSA, author_id="nurse", occurred_at=AT, recorded_at=AT, sensitivity=Sensitivity.ORDINARY,
        program="diabetes", recipient="payer", copy_for="", language="en", template="program",
        template_version="1", pdf_sha256="0", pages=1,
    )  # fmt: skip

    def shown(*acts):
        item = place(member_standing(ROSA, rows, acts, now()), now(), terms())
        return {rated.row.kind for rated in item.reasons} if item else set()

    assert ReasonKind.PROGRAM in shown()
    assert ReasonKind.PROGRAM not in shown(letter)
    assert shown(letter) | {ReasonKind.PROGRAM} == shown()


def test_a_site_that_knows_its_benefits_says_so():
    told = {**bundle()["programs"], "benefits": {"Plan A": {"diabetes": "yes"}}}
    insured = fact(FactKind.COVERAGE, "2020-01-01", place="Plan A", status="active")
    rows = judged(chart(DIABETES, insured, a1c("2026-11-12", 8.4)), data=rule_data({**bundle(), "programs": told}))
    found = only(rows, "program.diabetes")
    assert (found.arguments["payer"], found.arguments["benefit"]) == ("Plan A", "yes")
    assert caveats(Words("en"), found.arguments, TODAY) == ()


def benefits(table, *coverages):
    told = {**bundle()["programs"], "benefits": table}
    insured = [fact(FactKind.COVERAGE, on, place=payer, display=plan, status="active") for on, payer, plan in coverages]
    rows = judged(chart(DIABETES, *insured, a1c("2026-11-12", 8.4)), data=rule_data({**bundle(), "programs": told}))
    return {row.rule: row.arguments for row in rows if row.kind is ReasonKind.PROGRAM}


def test_a_plan_may_differ_from_its_payer():
    table = {"Payer A": {"diabetes": "yes", "plans": {"Bronze": {"diabetes": "no"}}}}
    assert benefits(table, ("2026-01-01", "Payer A", "Gold"))["program.diabetes"]["benefit"] == "yes"
    assert "program.diabetes" not in benefits(table, ("2026-01-01", "Payer A", "Bronze"))
    unknown = benefits(table, ("2026-01-01", "Payer B", "Bronze"))["program.diabetes"]
    assert (unknown["payer"], unknown["plan"], unknown["benefit"]) == ("Payer B", "Bronze", "check")


def test_with_two_payers_the_one_that_has_the_program_is_named():
    table = {"Payer A": {"diabetes": "yes"}, "Payer B": {"diabetes": "no"}}
    both = (("2025-01-01", "Payer A", ""), ("2026-01-01", "Payer B", ""))
    assert benefits(table, *both)["program.diabetes"]["payer"] == "Payer A"


def smoking(on, answer, system="loinc"):
    return fact(FactKind.OBSERVATION, on, "loinc 72166-2", status="final", value_coding=Coding(system, answer))


def test_the_last_answer_about_smoking_speaks_for_the_tobacco_program():
    smokes = smoking("2026-10-01", "LA18976-3")
    assert only(judged(chart(smokes, born="1970-01-01")), "program.tobacco").opens_on == day("2026-10-01")
    stopped = judged(chart(smokes, smoking("2026-11-01", "LA15920-4"), born="1970-01-01"))
    assert none(stopped, "program.tobacco")
    assert only(stopped, "screening.lung")
    assert none(judged(chart(smoking("2026-10-01", "LA18978-9"), born="1970-01-01")), "program.tobacco")


def test_a_sites_own_answer_is_understood():
    data = rule_data(bundle(), {"2.16.840.1.113883.3.526.3.1170": [Coding("snomed", "449868002")]})
    person = chart(smoking("2026-10-01", "449868002", "snomed"), born="1970-01-01")
    assert only(judged(person, data=data), "program.tobacco")
    assert none(judged(person), "program.tobacco")


def bmi(value):
    return fact(FactKind.OBSERVATION, "2026-10-15", "loinc 39156-5", status="final", value_number=value,
                value_unit="kg/m2")  # fmt: skip


def test_a_body_mass_of_25_speaks_for_the_weight_program_beside_an_illness_only():
    ill = judged(chart(DIABETES, bmi(26), born="1970-01-01"))
    assert only(ill, "program.weight").arguments["value"] == "26"
    assert none(judged(chart(bmi(26), born="1970-01-01")), "program.weight")
    assert only(judged(chart(bmi(30), born="1970-01-01")), "program.weight")


def test_a_stay_with_a_high_risk_speaks_for_case_management():
    grave = stay("2026-11-01", "2026-11-16", "I50.9", priority="EM")
    found = only(judged(chart(history(), grave, born="1950-01-01")), "program.case_management")
    assert found.arguments["why"] == "risk"
    assert int(found.arguments["value"]) >= 10
    light = stay("2026-11-01", "2026-11-02", "K35.80", priority="EL")
    assert none(judged(chart(history(), light, born="1980-01-01")), "program.case_management")


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_program_has_words(language):
    words = Words(language)
    for program in shipped().programs.programs:
        assert words.has(f"reasons.program_name.{program.name}")
        assert words.has(f"reasons.points.program_{program.name}")
