"""Small charts and value sets for the tests of the measures: codes of our own making, dates of 2026."""

from dataclasses import replace
from datetime import date
from itertools import count
from typing import Any

from coordinator_app.domain.facts import Chart, Coding, Fact, FactKind, Person
from coordinator_app.domain.ids import FactId, MemberId
from coordinator_app.domain.measures import oids
from coordinator_app.domain.measures.catalogue import measure_for
from coordinator_app.domain.measures.lens import ValueSets, lens
from coordinator_app.domain.measures.measure import Measure
from coordinator_app.domain.measures.view import Period

YEAR_2026 = Period(date(2026, 1, 1), date(2026, 12, 31))
YEAR_2025 = Period(date(2025, 1, 1), date(2025, 12, 31))

_numbers = count(1)


def invented(measure: Measure) -> ValueSets:
    """Return one code for every value set of a measure: its own OID."""
    return {
        oid: (Coding("made-up", oid),) for members in measure.sets.values() for oid in members if isinstance(oid, str)
    }


def coded(member: str | Coding) -> Coding:
    return member if isinstance(member, Coding) else Coding("made-up", member)


def fact(kind: FactKind, member: str | Coding, on: str = "", **told: Any) -> Fact:
    day = date.fromisoformat(on) if on else None
    made = Fact(FactId(f"f{next(_numbers)}"), kind, (coded(member),), starts_on=day, authored_on=day)
    return replace(made, **told)


def visit(member: str | Coding = oids.OFFICE, on: str = "2026-03-02", **told: Any) -> Fact:
    told = {"status": "finished", "ends_on": date.fromisoformat(on), **told}
    return fact(FactKind.ENCOUNTER, member, on, **told)


def result(member: str | Coding, on: str, **told: Any) -> Fact:
    return fact(FactKind.OBSERVATION, member, on, **{"status": "final", "value_text": "given", **told})


def done(member: str | Coding, on: str, **told: Any) -> Fact:
    return fact(FactKind.PROCEDURE, member, on, **{"status": "completed", **told})


def vaccine(member: str | Coding, on: str, **told: Any) -> Fact:
    return fact(FactKind.IMMUNIZATION, member, on, **{"status": "completed", **told})


def condition(member: str | Coding, on: str = "", **told: Any) -> Fact:
    return fact(FactKind.CONDITION, member, on, **{"status": "active", **told})


def order(kind: FactKind, member: str | Coding, on: str, **told: Any) -> Fact:
    return fact(kind, member, on, **{"status": "active", "intent": "order", **told})


def counts(
    measure_id: str, *facts: Fact, born: str, sex: str = "female", period: Period = YEAR_2026, **person: Any
) -> dict[str, dict[str, int]]:
    """Judge one person by one measure with invented value sets."""
    measure = measure_for(measure_id, period.end.year)
    assert measure is not None
    known = Person(MemberId("rosa"), date.fromisoformat(born), sex, **person)
    return lens(measure, invented(measure)).counts(Chart(known, facts), period)


def place(measure_id: str, *facts: Fact, group: str = "Group_1", **told: Any) -> str:
    """Say in one word where a person stands."""
    found = counts(measure_id, *facts, **told)[group]
    for name, word in (
        ("numerator", "met"),
        ("denominator-exclusion", "excluded"),
        ("denominator-exception", "excepted"),
        ("denominator", "unmet"),
        ("initial-population", "outside"),
    ):
        if found[name]:
            return word
    return "nobody"
