"""Codes on a chart that lead to nothing we know; they are counted and shown, never dropped in silence."""

from collections import Counter

from coordinator_app.domain.facts import Chart, Coding, FactKind
from coordinator_app.domain.rules.data import RuleData
from coordinator_app.domain.terminology import ICD10CM


def unread_drugs(chart: Chart, data: RuleData) -> Counter[str]:
    """Return how many fills and orders no table could read, by the system of their first code ("none" without one).

    A drug no rule asks about is unread as well: the count says how much of the record the rules do not see.
    """
    found: Counter[str] = Counter()
    for kind in (FactKind.DISPENSE, FactKind.DRUG_ORDER):
        for fact in chart.of(kind):
            if not data.medicines.table.held_by(fact) and not data.drugs.ingredients(fact):
                found[fact.codings[0].system if fact.codings else "none"] += 1
    return found


def unread_diagnoses(chart: Chart, data: RuleData) -> Counter[str]:
    """Return how many diagnoses are in a system that neither we nor the site gave a meaning, by that system.

    ICD-10-CM is read whether a rule asks about the code or not; ICD-9-CM is kept apart and read by nobody.
    """
    found: Counter[str] = Counter()
    for fact in chart.of(FactKind.CONDITION):
        if not any(_is_read(coding, data) for coding in fact.codings):
            found[fact.codings[0].system if fact.codings else "none"] += 1
    return found


def _is_read(coding: Coding, data: RuleData) -> bool:
    if coding.system == ICD10CM or coding in data.site_illnesses or coding in data.medicines.site_conditions:
        return True
    return bool(data.sets.names(coding)) or any(coding in codes for codes in data.lace.site_codes.values())
