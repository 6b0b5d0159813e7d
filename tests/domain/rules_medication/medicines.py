"""Small medicine cabinets for the tests: fills by the name of a product, and the reasons of one family."""

from functools import cache

from coordinator_app.domain.facts import Fact, FactKind
from coordinator_app.domain.reasons import Reason, ReasonKind
from tests.domain.charts import TODAY, bundle, chart, fact, fill, judged, shipped


@cache
def product(rxcui: str, amount: float, unit: str = "mg") -> str:
    """Return the first product that holds just this ingredient in this strength."""
    for code, parts in bundle()["products"]["products"].items():
        if parts == [[rxcui, amount, unit]]:
            return str(code)
    raise LookupError(f"no product of {rxcui} with {amount} {unit}")


def drug(name: str) -> str:
    """Return the RxCUI of an ingredient by its name."""
    (found,) = [one.rxcui for one in shipped().medicines.table.drugs.values() if one.name == name]
    return str(found)


def takes(name: str, on: str, days: int | None = 30, **told) -> Fact:
    """Return a fill of a bare ingredient."""
    return fill(on, drug(name), days, **told)


def order(name: str, on: str, **told) -> Fact:
    told = {"status": "active", "intent": "order", **told}
    return fact(FactKind.DRUG_ORDER, on, f"rxnorm {drug(name)}", **told)


def lab(loinc: str, on: str, value: float, unit: str) -> Fact:
    return fact(FactKind.OBSERVATION, on, f"loinc {loinc}", status="final", value_number=value, value_unit=unit)


def reasons(*facts: Fact, today=TODAY, born="1980-01-01", **person) -> list[Reason]:
    """Return the medication reasons that are not over, by rule."""
    found = judged(chart(*facts, born=born, **person), today)
    return [r for r in found if r.kind is ReasonKind.MEDICATION and (r.ends_on is None or r.ends_on > today)]


def of_rule(found: list[Reason], rule: str) -> list[Reason]:
    return [reason for reason in found if reason.rule == rule]
