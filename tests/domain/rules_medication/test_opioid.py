"""Morphine equivalents by the factors of 2022, against vectors and the cases of the CDC's own repository."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from coordinator_app.domain.facts import Coding, FactKind
from coordinator_app.domain.outreach.ledger import ledger_row
from coordinator_app.domain.outreach.priority import tier_of
from coordinator_app.domain.reasons import Tier
from coordinator_app.domain.rules.drug_courses import courses_of
from coordinator_app.domain.rules.opioid import morphine_equivalent
from tests.domain.charts import TODAY, bundle, chart, condition, day, fact, fill, shipped, terms
from tests.domain.rules_medication.medicines import drug, of_rule, product, reasons

RULE = "medication.opioid_dose"
CASES = Path(__file__).parents[4] / "shared" / "data" / "opioid"


def daily(*facts):
    """Return the sum of all supplies at hand on the first day of the last one."""
    courses = courses_of(chart(*facts), shipped().medicines)
    spans = [span for some in courses.values() for course in some for span in course.spans]
    told = [morphine_equivalent(span, shipped().medicines.opioids) for span in spans]
    return round(sum(one for one in told if one is not None), 2)


def opioid(name, mg, a_day, *, on="2026-11-10", days=30, unit="mg"):
    return fill(on, product(drug(name), mg, unit), days, quantity=a_day * days)


@pytest.mark.parametrize(
    ("name", "mg", "a_day", "mme"),
    [
        ("oxycodone", 20.0, 4, 120),
        ("hydromorphone", 4.0, 4, 80),
        ("methadone", 10.0, 3, 141),
        ("tramadol", 50.0, 4, 40),
        ("codeine", 30.0, 6, 27),
        ("tapentadol", 100.0, 2, 80),
        ("oxymorphone", 10.0, 2, 60),
    ],
)
def test_vectors_of_the_factors_of_2022(name, mg, a_day, mme):
    assert daily(opioid(name, mg, a_day)) == mme


def test_a_patch_counts_by_its_rate_and_not_by_what_it_holds():
    assert daily(opioid("fentanyl", 0.025, 1 / 3, unit="mg/h")) == 60


def test_buprenorphine_has_no_factor():
    assert daily(fill("2026-11-10", "351265", 28, quantity=56)) == 0
    assert of_rule(reasons(fill("2026-11-10", "351265", 28, quantity=560)), RULE) == []


def test_a_combination_counts_only_its_opioid():
    codes = [code for code, parts in bundle()["products"]["products"].items() if ["5489", 10.0, "mg"] in parts]
    assert daily(fill("2026-11-10", codes[0], 30, quantity=180)) == 60


@pytest.mark.parametrize(
    ("a_day", "severity", "tier"),
    [(1, None, None), (2, "serious", Tier.HIGH), (3, "severe", Tier.SAFETY)],
)
def test_fifty_is_watched_and_ninety_is_a_matter_of_safety(a_day, severity, tier):
    found = of_rule(reasons(opioid("oxycodone", 20.0, a_day, on="2026-11-20")), RULE)
    assert bool(found) is (severity is not None)
    for row in found:
        assert row.arguments["drug_class"] == f"medication_{severity}"
        assert tier_of(ledger_row(row), TODAY, terms().priority) is tier


def test_two_opioids_add_up_and_an_early_refill_does_not():
    both = [opioid("oxycodone", 10.0, 2, on="2026-11-10"), opioid("hydrocodone", 20.0, 2, on="2026-11-15")]
    if not bundle()["products"]["products"]:
        pytest.fail("no products")
    (found,) = of_rule(reasons(*both), RULE)
    assert (found.arguments["mme"], found.opens_on) == (70, day("2026-11-15"))
    early = [opioid("oxycodone", 10.0, 2, on="2026-11-01"), opioid("oxycodone", 10.0, 2, on="2026-11-20")]
    assert of_rule(reasons(*early), RULE) == []


def test_the_worse_dose_is_the_evidence_so_that_it_wakes_an_answered_row():
    first = opioid("oxycodone", 20.0, 2, on="2026-11-01", days=60)
    (before,) = of_rule(reasons(first), RULE)
    (after,) = of_rule(reasons(first, opioid("hydromorphone", 4.0, 2, on="2026-11-20")), RULE)
    assert after.id == before.id
    assert (before.evidence_on, after.evidence_on) == (day("2026-11-01"), day("2026-11-20"))


@pytest.mark.parametrize("code", ["C34.1", "D57.1", "Z51.5"])
def test_cancer_sickle_cell_and_palliative_care_are_left_alone(code):
    strong = opioid("oxycodone", 20.0, 4)
    assert of_rule(reasons(strong), RULE)
    assert of_rule(reasons(strong, condition("2026-01-01", code)), RULE) == []


def test_a_row_does_not_move_with_the_day():
    strong = opioid("oxycodone", 20.0, 4)
    (first,) = of_rule(reasons(strong), RULE)
    for days in range(1, 15):
        (row,) = of_rule(reasons(strong, today=TODAY + timedelta(days)), RULE)
        assert row == first


def _order(resource):
    """Return an order as the FHIR reader makes it."""
    told = resource["dosageInstruction"][0]
    repeat, dose = told.get("timing", {}).get("repeat", {}), told.get("doseAndRate", [{}])[0].get("doseQuantity", {})
    hours = {"d": 24.0, "h": 1.0}.get(repeat.get("periodUnit"), 24.0) * repeat.get("period", 1.0)
    times = len(repeat["timeOfDay"]) if "timeOfDay" in repeat else repeat.get("frequency", 1) * 24 / hours
    codes = [
        Coding("rxnorm", one["code"])
        for one in resource["medicationCodeableConcept"]["coding"]
        if "rxnorm" in one["system"]
    ]
    return fact(
        FactKind.DRUG_ORDER,
        "2026-11-01",
        status="active",
        intent="order",
        per_day=times * dose.get("value", 1),
        value_unit=dose.get("unit", ""),
    ), codes


@pytest.mark.data
@pytest.mark.parametrize(
    "name", ["patient-mme-greater-than-fifty", "patient-mme-less-than-fifty", "patient-mme-with-timeofday"]
)
def test_the_public_cases_come_out_as_expected(name):
    if not CASES.is_dir():
        pytest.skip("the shared data is not here")
    from dataclasses import replace

    cases = {one["case"]: one for one in json.loads((CASES / "mme_calculator_cases.json").read_text("utf-8"))}
    facts = []
    for resource in cases[name]["resources"]:
        if resource["resourceType"] == "MedicationRequest":
            order, codes = _order(resource)
            facts.append(replace(order, codings=tuple(codes)))
    assert facts
    assert daily(*facts) == pytest.approx(cases[name]["expected"]["TotalMME"]["value"])


@pytest.mark.data
def test_our_factors_are_those_of_the_public_code_system():
    if not CASES.is_dir():
        pytest.skip("the shared data is not here")
    told = json.loads((CASES / "codesystem-CDCMMEClinicalConversionFactors.json").read_text("utf-8"))
    public = {
        concept["code"]: one["valueDecimal"]
        for concept in told["concept"]
        for one in concept.get("property", ())
        if one["code"] == "conversion-factor"
    }
    ours = shipped().medicines.opioids.factors
    assert {code: public[code] for code in ours if code in public} == ours
    assert set(public) - set(ours) <= {"4337", "1819", "1841", "7238", "23088", "3290", "6754", "7894", "6761", "5489"}


def hands(many_prescribers, many_pharmacies, months=(5, 7, 8, 9, 10)):
    return [
        fill(
            f"2026-{month:02d}-05",
            product(drug("oxycodone"), 5.0),
            5,
            clinician_id=f"doctor {place % many_prescribers}",
            place=f"pharmacy {place % many_pharmacies}",
        )
        for place, month in enumerate(months)
    ]


def test_four_prescribers_and_four_pharmacies_in_half_a_year_are_asked_about():
    (found,) = of_rule(reasons(*hands(4, 4, (6, 7, 8, 9))), "medication.opioid_prescribers")
    assert (found.opens_on, found.ends_on) == (day("2026-09-05"), day("2027-03-04"))
    assert (found.arguments["prescribers"], found.arguments["pharmacies"]) == (4, 4)


@pytest.mark.parametrize(("prescribers", "pharmacies"), [(3, 4), (4, 3), (1, 1)])
def test_fewer_hands_are_no_question(prescribers, pharmacies):
    assert of_rule(reasons(*hands(prescribers, pharmacies)), "medication.opioid_prescribers") == []


def test_hands_further_apart_or_in_cancer_are_no_question():
    assert of_rule(reasons(*hands(4, 4, (1, 4, 7, 10))), "medication.opioid_prescribers") == []
    assert of_rule(reasons(*hands(4, 4), condition("2020-01-01", "C50.911")), "medication.opioid_prescribers") == []


def test_a_fifth_fill_does_not_make_it_a_new_matter():
    (four,) = of_rule(reasons(*hands(4, 4, (6, 7, 8, 9))), "medication.opioid_prescribers")
    (five,) = of_rule(reasons(*hands(4, 4, (6, 7, 8, 9, 10))), "medication.opioid_prescribers")
    assert (four.id, four.evidence_on) == (five.id, five.evidence_on)


def first_opioid(days, *before):
    known = fill("2026-01-05", "861007", 30)
    return of_rule(
        reasons(known, *before, fill("2026-11-20", product(drug("oxycodone"), 5.0), days)), "medication.opioid_first"
    )


def test_a_first_opioid_for_more_than_a_week_is_asked_about():
    (found,) = first_opioid(10)
    assert (found.opens_on, found.ends_on) == (day("2026-11-20"), day("2026-11-30"))
    assert first_opioid(7) == []
    assert first_opioid(10, fill("2026-09-20", product(drug("tramadol"), 50.0), 5)) == []
