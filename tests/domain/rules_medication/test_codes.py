"""Drug codes in all their spellings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator_app.domain.codes.ndc import ndc_forms
from coordinator_app.domain.facts import Coding, FactKind
from coordinator_app.domain.rules.data import rule_data
from tests.domain.charts import bundle, case, chart, day, fact, judged, none, only, shipped
from tests.domain.rules_medication.medicines import takes


@pytest.mark.parametrize(
    ("written", "eleven"),
    [
        ("0777-3105-02", "00777310502"),
        ("50242-040-62", "50242004062"),
        ("60574-4114-1", "60574411401"),
        ("00777-3105-02", "00777310502"),
        ("00777310502", "00777310502"),
        (" 50242004062 ", "50242004062"),
    ],
)
def test_an_ndc_is_one_code_however_it_is_written(written, eleven):
    assert ndc_forms(written) == (eleven,)


def test_ten_digits_without_hyphens_may_be_three_codes():
    assert ndc_forms("0777310502") == ("00777310502", "07773010502", "07773105002")


@pytest.mark.parametrize("written", ["", "12345", "0777-31-0502", "ABCDE-1234-12", "1-2-3", "007773105021"])
def test_what_is_no_ndc_stands_for_nothing(written):
    assert ndc_forms(written) == ()


@given(st.integers(0, 99999), st.integers(0, 9999), st.integers(0, 99))
def test_hyphens_or_not_eleven_digits_are_the_same(labeler, product, package):
    assert ndc_forms(f"{labeler:05}-{product:04}-{package:02}") == ndc_forms(f"{labeler:05}{product:04}{package:02}")


def with_site():
    site = {"product.855332": [Coding("ndc", "00056017270"), Coding("ndc", "0056-0172-75")]}
    return rule_data(bundle(), site).medicines.table


@pytest.mark.parametrize("code", ["00056017270", "0056-0172-70", "0056017270", "00056-0172-75"])
def test_a_sites_own_table_leads_from_ndc_to_ingredient_and_strength(code):
    (held,) = with_site().held_by(fact(FactKind.DISPENSE, "2026-01-01", f"ndc {code}"))
    assert (held.drug.name, held.amount, held.unit) == ("warfarin", 5.0, "mg")


def test_without_a_sites_table_an_ndc_is_nothing_we_know():
    assert shipped().medicines.table.held_by(fact(FactKind.DISPENSE, "2026-01-01", "ndc 00056017270")) == ()


def test_a_product_is_read_before_the_bare_ingredient_beside_it():
    both = fact(FactKind.DISPENSE, "2026-01-01", "rxnorm 11289", "rxnorm 855332")
    (held,) = shipped().medicines.table.held_by(both)
    assert held.amount == 5.0


def test_a_combination_holds_each_of_its_drugs():
    held = shipped().medicines.table.held_by(fact(FactKind.DISPENSE, "2026-01-01", "rxnorm 198335"))
    assert {(one.drug.name, one.amount) for one in held} == {("sulfamethoxazole", 800.0), ("trimethoprim", 160.0)}


def test_the_same_number_in_another_system_is_another_code():
    assert shipped().medicines.table.held_by(fact(FactKind.DISPENSE, "2026-01-01", "ndc 11289")) == ()
    assert shipped().medicines.table.held_by(fact(FactKind.DISPENSE, "2026-01-01", "cvx 11289")) == ()


def test_drugs_watched_for_refills_have_the_same_ingredients_here():
    ours = {one.name: one.rxcui for one in shipped().medicines.table.drugs.values()}
    for entry in bundle()["drugs"]["ingredients"]:
        assert ours.get(entry["name"], entry["rxcui"]) == entry["rxcui"]


def test_a_condition_in_a_code_of_the_site_counts_like_ours():
    heart_failure = Coding("snomed", "84114007")
    data = rule_data(bundle(), {"2.16.840.1.113883.3.526.3.376": [heart_failure]})
    facts = [
        fact(FactKind.CONDITION, "2020-01-01", "snomed 84114007"),
        takes("ibuprofen", "2026-11-10"),
    ]
    assert only(judged(chart(*facts), data=data), "medication.condition").arguments["problem"] == "heart_failure"
    assert none(judged(chart(*facts)), "medication.condition")
    assert "heart_failure" in case(chart(*facts), data=data).held


def test_a_claim_for_a_test_in_a_code_of_the_site_answers_its_question():
    warfarin = takes("warfarin", "2026-06-01", 300)
    claim = fact(FactKind.PROCEDURE, "2026-11-01", "cpt 85610", status="completed")
    data = rule_data(bundle(), {"set.monitored.inr": [Coding("cpt", "85610")]})
    assert only(judged(chart(warfarin, claim)), "medication.monitoring")
    assert not [
        row
        for row in judged(chart(warfarin, claim), data=data)
        if row.rule == "medication.monitoring" and row.opens_on <= day("2026-11-24") < row.ends_on
    ]
