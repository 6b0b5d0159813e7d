"""A cupboard of facts from which any person can be made up, so that every rule has something to say."""

from coordinator_app.domain.facts import Fact, FactKind
from coordinator_app.domain.ids import FactId
from tests.domain.charts import condition, emergency, fact, fill, history, stay
from tests.domain.rules_medication.medicines import lab, order, product, takes


def visit(on: str, *reasons: str, **told) -> Fact:
    return stay(on, on, *reasons, class_code="AMB", disposition="", **told)


ELDER = (
    history("2019-02-01"),
    visit("2026-03-02"),
    condition("2019-01-01", "I50.22"),
    condition("2019-01-01", "E11.9"),
    condition("2019-01-01", "I10"),
    condition("2019-01-01", "J44.9"),
    condition("2024-05-01", "N18.31"),
    condition("2026-10-20", "F17.210"),
    condition("2026-09-15", "C50.911"),
    stay("2026-06-01", "2026-06-04", "J44.1", priority="EM"),
    stay("2026-11-10", "2026-11-14", "I50.23", priority="EM"),
    emergency("2026-09-20"),
    emergency("2026-10-08"),
    emergency("2026-11-20"),
    fact(FactKind.PROCEDURE, "2016-10-01", "hcpcs G0121", status="completed"),
    fact(FactKind.OBSERVATION, "2025-12-20", "loinc 14563-1", status="final", value_text="negative"),
    lab("4548-4", "2026-02-01", 7.4, "%"),
    lab("4548-4", "2026-10-20", 9.6, "%"),
    lab("2823-3", "2026-11-20", 6.1, "mmol/L"),
    lab("98979-8", "2026-01-10", 52, "mL/min/{1.73_m2}"),
    lab("98979-8", "2026-11-02", 36, "mL/min/{1.73_m2}"),
    lab("9318-7", "2026-01-10", 40, "mg/g"),
    lab("9318-7", "2026-11-02", 95, "mg/g"),
    lab("8480-6", "2026-11-03", 182, "mm[Hg]"),
    lab("8462-4", "2026-11-03", 104, "mm[Hg]"),
    lab("29463-7", "2026-11-20", 81.0, "kg"),
    lab("29463-7", "2026-11-21", 83.0, "kg"),
    lab("44261-6", "2026-10-30", 14, "{score}"),
    lab("6301-6", "2026-10-01", 4.4, "{INR}"),
    lab("10535-3", "2026-11-20", 2.2, "ng/mL"),
    takes("warfarin", "2026-09-01", 90),
    takes("amiodarone", "2026-10-01", 90),
    takes("ibuprofen", "2026-11-10", 20),
    fill("2026-06-01", "314077", 90),
    fill("2026-08-28", "314077", 60),
    fill("2025-06-05", "861007", 60),
    fill("2026-08-05", product("4603", 40.0), 60, quantity=60.0),
    fill("2026-10-05", product("4603", 40.0), 90, quantity=180.0),
    takes("insulin glargine", "2026-10-12"),
    lab("2345-7", "2026-11-12", 62, "mg/dL"),
    lab("13457-7", "2026-04-12", 140, "mg/dL"),
    lab("13457-7", "2026-08-12", 141, "mg/dL"),
    condition("2026-10-02", "R63.4"),
    takes("zolpidem", "2026-10-01"),
    takes("zolpidem", "2026-11-01"),
    takes("atorvastatin", "2026-03-01", 90),
    takes("atorvastatin", "2026-06-01", 90),
    order("simvastatin", "2026-08-01"),
    takes("digoxin", "2026-11-15"),
    fact(FactKind.DISPENSE, "2026-11-05", "rxnorm 857002", days_supply=10, quantity=60.0, status="completed"),
    takes("lorazepam", "2026-11-06"),
    fact(FactKind.ALLERGY, "2020-01-01", "rxnorm 723", display="Amoxicillin", status="active"),
    takes("amoxicillin", "2026-11-18", 10),
    fact(FactKind.COVERAGE, "2026-01-01", status="active", place="Cigna", display="Open Access Plus"),
)

YOUNG = (
    history("2022-02-01"),
    visit("2026-05-02"),
    condition("2026-10-01", "Z34.90"),
    condition("2020-01-01", "J45.40"),
    condition("2020-01-01", "I10"),
    condition("2025-01-01", "E66.9"),
    condition("2026-09-01", "F43.22"),
    condition("2026-08-01", "F32.1"),
    emergency("2026-09-20"),
    stay("2026-11-02", "2026-11-09", "F32.2"),
    lab("44261-6", "2026-06-30", 6, "{score}"),
    lab("44261-6", "2026-11-15", 16, "{score}"),
    lab("44260-8", "2026-11-15", 1, "{score}"),
    lab("39156-5", "2026-10-15", 31, "kg/m2"),
    fill("2025-10-25", "861007", 90),
    fill("2026-05-10", "861007", 150),
    fill("2026-02-01", "745679", 25),
    fill("2026-05-01", "745679", 25),
    fill("2026-08-01", "745679", 25),
    takes("fluticasone", "2026-03-01"),
    fill("2026-04-01", "312617", 5),
    fill("2026-09-10", "312617", 5),
    takes("lisinopril", "2026-10-10", 90),
    takes("topiramate", "2026-10-10", 90),
    condition("2026-11-12", "O03.9"),
    condition("2026-11-10", "Z37.0"),
)

CHILD = (
    visit("2025-07-01", "Z00.110"),
    visit("2026-01-05", "Z00.129"),
    visit("2026-04-05", "Z00.129"),
    fact(FactKind.IMMUNIZATION, "2025-08-25", "cvx 120", status="completed"),
    fact(FactKind.IMMUNIZATION, "2025-10-25", "cvx 120", status="completed"),
    fact(FactKind.IMMUNIZATION, "2025-08-25", "cvx 133", status="completed"),
    fact(FactKind.IMMUNIZATION, "2026-07-05", "cvx 03", status="completed"),
)

CARED = (
    fact(FactKind.PROCEDURE, "2026-08-15", "hcpcs J9355", status="completed"),
    condition("2026-06-15", "C50.911"),
    lab("39156-5", "2026-10-15", 34, "kg/m2"),
    fact(FactKind.PROCEDURE, "2026-01-15", "hcpcs G9473", status="completed"),
    condition("2026-02-15", "Z51.5"),
    *ELDER[:12],
)
"""Somebody in hospice: much ends, and it lapses after a year."""

PEOPLE = {
    "elder": (ELDER, "1950-01-01", "female"),
    "young": (YOUNG, "1996-06-15", "female"),
    "cared": (CARED, "1950-01-01", "female"),
    "child": (CHILD, "2025-06-20", "male"),
}

UNRELATED = (
    condition("2026-07-01", "H52.4"),
    lab("5905-5", "2026-08-01", 6.0, "%"),
    fact(FactKind.PROCEDURE, "2026-08-02", "hcpcs V2020", status="completed"),
    fact(FactKind.IMMUNIZATION, "2026-09-30", "cvx 999", status="completed"),
    fact(FactKind.DISPENSE, "2026-08-02", "ndc 99999-9999-99", days_supply=30, status="completed"),
    fact(FactKind.SERVICE_ORDER, "2026-10-02", "snomed 1", status="active", id=FactId("zzz")),
)
"""Facts that no rule asks about, none of them the first on record: how far a record reaches back does matter."""
