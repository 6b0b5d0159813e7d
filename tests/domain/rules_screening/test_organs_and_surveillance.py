"""Organs before sex, two sides of a pair, sooner rounds after polyps, and questions for a prescriber asked aside."""

import pytest

from coordinator_app.domain.facts import FactKind
from coordinator_app.domain.outreach.ledger import ledger_row
from coordinator_app.domain.outreach.priority import ASIDE, tier_of
from coordinator_app.domain.outreach.wording import caveats
from coordinator_app.domain.reasons import Tier
from tests.domain.charts import (
    TODAY,
    Words,
    chart,
    colonoscopy,
    condition,
    day,
    fact,
    fill,
    history,
    judged,
    none,
    only,
    terms,
)

WOMAN = {"born": "1970-05-05", "sex": "female"}


def organ(code):
    return fact(FactKind.OBSERVATION, "2026-01-01", f"local {code}", status="final", value_text="yes")


def woman(*facts):
    return judged(chart(history(), *facts, **WOMAN))


def man(*facts):
    return judged(chart(history(), *facts, born="1970-05-05", sex="male"))


@pytest.mark.parametrize("codes", [("Z90.13",), ("Z90.11", "Z90.12")])
def test_no_breast_left_is_no_screening(codes):
    assert none(woman(*(condition("2024-01-01", code) for code in codes)), "screening.breast")


@pytest.mark.parametrize("code", ["Z90.11", "Z90.12"])
def test_one_breast_left_is_still_screened(code):
    assert only(woman(condition("2024-01-01", code)), "screening.breast")


def test_two_operations_of_one_side_each_are_both_sides():
    one = fact(FactKind.PROCEDURE, "2020-01-01", "icd10pcs 0HTT0ZZ", status="completed")
    other = fact(FactKind.PROCEDURE, "2022-01-01", "icd10pcs 0HTU0ZZ", status="completed")
    assert only(woman(one), "screening.breast")
    ended = [r for r in woman(one, other) if r.rule == "screening.breast"]
    assert [(r.ends_on, r.end_cause) for r in ended] in ([], [(day("2022-01-01"), "mastectomy")])


def test_an_organ_on_record_counts_before_the_sex():
    assert only(man(organ("organ-cervix")), "screening.cervical")
    assert only(man(organ("organ-breast")), "screening.breast")
    assert none(man(), "screening.cervical")
    assert none(woman(organ("organ-no-cervix")), "screening.cervical")
    assert only(woman(organ("organ-no-cervix")), "screening.breast")


def test_a_pap_test_on_record_tells_of_a_cervix_and_a_mammogram_of_nothing():
    pap = fact(FactKind.OBSERVATION, "2021-01-01", "loinc 10524-7", status="final", value_text="normal")
    assert only(man(pap), "screening.cervical")
    picture = fact(FactKind.IMAGING, "2021-01-01", "loinc 24606-6", status="available")
    assert none(man(picture), "screening.breast")


def test_polyps_bring_the_next_colonoscopy_sooner_and_say_that_the_years_are_not_sure():
    last = colonoscopy("2020-06-01")
    assert none(woman(last), "screening.colorectal")
    found = only(woman(last, condition("2020-06-01", "Z86.010")), "screening.colorectal")
    assert found.opens_on == day("2025-06-01")
    assert "5 years after polyps" in " ".join(caveats(Words("en"), found.arguments, TODAY))
    plain = only(woman(colonoscopy("2014-06-01")), "screening.colorectal")
    assert "unconfirmed" not in plain.arguments


def test_the_day_an_order_names_leads():
    order = fact(FactKind.SERVICE_ORDER, "2026-11-01", "hcpcs G0105", status="active", intent="order")
    found = only(woman(colonoscopy("2023-11-01"), order), "screening.colorectal")
    assert found.opens_on == day("2026-11-01")
    done = woman(colonoscopy("2023-11-01"), order, colonoscopy("2026-11-10"))
    assert none(done, "screening.colorectal")


def test_a_heart_attack_without_a_beta_blocker_is_a_question_asked_aside():
    attack = condition("2026-02-01", "I21.4")
    found = only(woman(attack), "screening.beta_blocker_heart_attack")
    assert tier_of(ledger_row(found), TODAY, terms().priority) is Tier.ROUTINE
    assert ledger_row(found).tag == ASIDE
    assert found.actions == ("prescriber",)
    assert none(woman(attack, fill("2026-08-01", "20352", 90)), "screening.beta_blocker_heart_attack")
    assert none(woman(attack, condition("2020-01-01", "J45.40")), "screening.beta_blocker_heart_attack")
    assert none(woman(condition("2022-02-01", "I21.4")), "screening.beta_blocker_heart_attack")


def test_a_weak_heart_without_its_drugs_is_a_question_asked_aside():
    found = woman(condition("2026-02-01", "I50.22"))
    assert only(found, "screening.beta_blocker_heart_failure")
    assert only(found, "screening.ras_heart_failure")
    treated = woman(condition("2026-02-01", "I50.22"), fill("2026-08-01", "52175", 90))
    assert none(treated, "screening.ras_heart_failure")
