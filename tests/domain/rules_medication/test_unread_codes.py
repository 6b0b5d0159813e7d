"""Codes nobody can read are counted."""

from coordinator_app.domain.facts import Coding, FactKind
from coordinator_app.domain.rules.data import rule_data
from coordinator_app.domain.rules.unread import unread_diagnoses, unread_drugs
from tests.domain.charts import bundle, chart, fact, fill, shipped
from tests.domain.rules_medication.medicines import takes

STRANGE = (
    fact(FactKind.DISPENSE, "2026-01-01", "ndc 00056017270"),
    fact(FactKind.DISPENSE, "2026-01-02", "rxnorm 999999999"),
    fact(FactKind.DRUG_ORDER, "2026-01-03", "ndc 00000000000"),
    fact(FactKind.DRUG_ORDER, "2026-01-04"),
)


def test_codes_no_table_knows_are_counted_by_system():
    told = unread_drugs(chart(*STRANGE, takes("warfarin", "2026-01-01"), fill("2026-01-01", "485032")), shipped())
    assert told == {"ndc": 2, "rxnorm": 1, "none": 1}


def test_a_sites_own_table_makes_a_code_readable():
    site = rule_data(bundle(), {"product.855332": [Coding("ndc", "0056-0172-70")]})
    assert unread_drugs(chart(*STRANGE), site) == {"ndc": 1, "rxnorm": 1, "none": 1}


DIAGNOSES = (
    fact(FactKind.CONDITION, "2026-01-01", "snomed 84114007"),
    fact(FactKind.CONDITION, "2026-01-02", "icd9cm 4280"),
    fact(FactKind.CONDITION, "2026-01-03", "icd10cm I50.9"),
    fact(FactKind.CONDITION, "2026-01-04", "snomed 1", "icd10cm Q99.9"),
    fact(FactKind.CONDITION, "2026-01-05"),
)


def test_diagnoses_nobody_gave_a_meaning_are_counted_by_system():
    assert unread_diagnoses(chart(*DIAGNOSES), shipped()) == {"snomed": 1, "icd9cm": 1, "none": 1}


def test_a_sites_own_codes_make_a_diagnosis_readable():
    site = rule_data(bundle(), {"2.16.840.1.113883.3.526.3.376": [Coding("snomed", "84114007")]})
    assert unread_diagnoses(chart(*DIAGNOSES), site) == {"icd9cm": 1, "none": 1}


def test_rules_that_see_less_without_the_sites_file_are_named_until_it_is_loaded():
    waiting = shipped().waiting
    assert waiting["screening.eye"] == ("eye_exam",)
    assert "advanced_illness" in waiting["exclusions"]
    assert "screening.blood_pressure" not in waiting
    by_oid = rule_data(bundle(), {"2.16.840.1.113883.3.464.1003.115.12.1088": [Coding("cpt", "92014")]})
    by_name = rule_data(bundle(), {"set.eye_exam": [Coding("cpt", "92014")]})
    assert "screening.eye" not in by_oid.waiting
    assert "screening.eye" not in by_name.waiting
