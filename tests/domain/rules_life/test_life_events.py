"""Loss, birth and cancer treatment: what ends at once, what is asked with care, what is quiet for a while."""

from coordinator_app.domain.facts import FactKind
from coordinator_app.domain.outreach.ledger import ledger_row
from coordinator_app.domain.outreach.priority import tier_of
from coordinator_app.domain.outreach.wording import sentence
from coordinator_app.domain.reasons import Tier
from coordinator_app.domain.rules.pregnancies import pregnancies_of
from coordinator_app.domain.sensitivity import Sensitivity
from tests.domain.charts import (
    TODAY,
    Words,
    case,
    chart,
    condition,
    day,
    fact,
    history,
    judged,
    none,
    only,
    stay,
    terms,
)
from tests.domain.rules_medication.medicines import lab

ENGLISH, SPANISH = Words("en"), Words("es")


def mother(*facts, **told):
    return judged(chart(history(), *facts, born="1994-01-01", sex="female"), **told)


PREGNANT = condition("2026-05-01", "Z34.00")


def test_a_loss_ends_maternity_at_once_and_asks_for_care():
    found = mother(PREGNANT, condition("2026-11-20", "O03.9"))
    assert none(found, "program.maternity")
    loss = only(found, "life.loss")
    assert loss.sensitivity is Sensitivity.CONFIDENTIAL
    assert tier_of(ledger_row(loss), TODAY, terms().priority) is Tier.DATED
    assert sentence(ENGLISH, loss.sentence, loss.arguments, TODAY).startswith("Sensitive: a loss on record 20-Nov")
    assert sentence(SPANISH, loss.sentence, loss.arguments, TODAY).startswith("Delicado: una pérdida")
    assert none(found, "life.birth_mood")


def test_a_stillbirth_is_a_loss_and_no_birth():
    found = mother(PREGNANT, condition("2026-11-10", "O80"), condition("2026-11-10", "Z37.1"))
    assert only(found, "life.loss")
    assert none(found, "life.birth_pressure")
    assert none(found, "life.birth_mood")


def test_an_infant_death_ends_the_childs_own_reasons():
    child = chart(stay("2026-05-01", "2026-05-01", "Z00.129", class_code="AMB"), born="2026-04-01",
                  deceased_on=day("2026-11-01"))  # fmt: skip
    assert none(judged(child), "screening.well_child")
    assert none(judged(child), "screening.child_vaccines")


def test_a_birth_asks_for_blood_pressure_and_mood():
    found = mother(PREGNANT, condition("2026-11-05", "Z37.0"))
    pressure, mood = only(found, "life.birth_pressure"), only(found, "life.birth_mood")
    assert (pressure.due_on, mood.due_on) == (day("2026-11-15"), day("2026-12-31"))
    assert {pressure.sensitivity, mood.sensitivity} == {Sensitivity.CONFIDENTIAL}
    assert none(found, "program.maternity")
    assert none(found, "life.loss")


def test_what_was_measured_after_the_birth_ends_it():
    measured = (lab("8480-6", "2026-11-12", 118, "mm[Hg]"), lab("44261-6", "2026-11-20", 3, "{score}"))
    found = mother(PREGNANT, condition("2026-11-05", "Z37.0"), *measured)
    assert none(found, "life.birth_pressure")
    assert none(found, "life.birth_mood")


def test_a_second_pregnancy_is_offered_the_program_again():
    first = (condition("2022-03-01", "Z34.00"), condition("2022-10-01", "Z37.0"))
    found = only(mother(*first, condition("2026-10-20", "Z34.80")), "program.maternity")
    assert found.opens_on == day("2026-10-20")


def test_a_pregnancy_told_as_over_ends_the_program_and_says_neither_birth_nor_loss():
    found = mother(condition("2026-05-01", "Z34.00", ends_on=day("2026-11-12"), status="resolved"))
    assert none(found, "program.maternity")
    assert none(found, "life.loss")
    assert none(found, "life.birth_pressure")
    told = mother(
        condition("2026-05-01", "Z34.00", ends_on=day("2026-11-12"), status="resolved"),
        condition("2026-11-12", "Z37.0"),
    )
    assert only(told, "life.birth_pressure")


def test_codes_of_the_weeks_after_a_birth_are_no_new_pregnancy():
    facts = (PREGNANT, condition("2026-10-05", "Z37.0"), condition("2026-10-20", "O13.5"))
    (one,) = pregnancies_of(case(chart(history(), *facts, born="1994-01-01", sex="female")))
    assert (one.begins_on, one.ends_on, one.ended_by) == (day("2026-05-01"), day("2026-10-05"), "birth")


CANCER = condition("2024-03-01", "C50.911")


def treated(on):
    return fact(FactKind.PROCEDURE, on, "hcpcs J9355", status="completed")


def test_cancer_treatment_quiets_screening_and_weight_until_it_is_over():
    heavy = lab("39156-5", "2026-10-15", 34, "kg/m2")
    before = judged(chart(history(), CANCER, heavy, born="1966-01-01", sex="female"))
    during = judged(chart(history(), CANCER, heavy, treated("2026-10-01"), born="1966-01-01", sex="female"))
    for rule in ("screening.colorectal", "screening.cervical", "program.weight"):
        assert only(before, rule).opens_on <= TODAY
    assert none(during, "screening.colorectal")
    assert none(during, "screening.cervical")
    assert not [r for r in during if r.rule == "program.weight" and r.opens_on <= TODAY]
    later = judged(
        chart(history(), CANCER, heavy, treated("2026-10-01"), born="1966-01-01", sex="female"), day("2027-04-01")
    )
    assert only(later, "screening.colorectal", day("2027-04-01"))


def test_cancer_of_years_ago_quiets_nothing():
    assert only(judged(chart(history(), CANCER, born="1966-01-01")), "screening.colorectal")
