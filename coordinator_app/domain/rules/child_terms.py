"""What the rules of children are told: vaccines by age, and how often a child is to be seen."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Schedule:
    """A vaccine: its CVX codes and the months of age at which its doses are due; after ``until_months`` none is.

    Doses before ``floor_days`` and ``floor_months`` of age do not count. With one of ``longer_codes`` among them
    ``longer_months`` are the ages. ``season`` are the first and the last month of the year in which it can be had.
    """

    name: str
    codes: frozenset[str]
    months: tuple[int, ...]
    until_months: int
    floor_days: int = 0
    floor_months: int = 0
    longer_codes: frozenset[str] = frozenset()
    longer_months: tuple[int, ...] = ()
    season: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class ChildTerms:
    """Vaccines and visits of children; ``gaps`` are (months of age, days after a visit at which the next is due)."""

    late_days: int = 0
    until_months: int = 0
    schedules: tuple[Schedule, ...] = ()
    not_for: tuple[str, ...] = ()
    visit_reasons: tuple[str, ...] = ()
    to_age: int = 0
    gaps: tuple[tuple[int, int], ...] = ()


def child_terms(document: Mapping[str, Any]) -> ChildTerms:
    """Build the terms from the parsed ``child-care.json``."""
    if not document:
        return ChildTerms()
    until, visits = int(document["until_months"]["value"]), document["well_child"]
    return ChildTerms(
        late_days=int(document["late_days"]["value"]),
        until_months=until,
        schedules=tuple(
            Schedule(
                name,
                frozenset(one["cvx"]),
                tuple(one["months"]),
                int(one.get("until_months", until)),
                int(one.get("floor_days", 0)),
                int(one.get("floor_months", 0)),
                frozenset(one.get("longer", {}).get("cvx", ())),
                tuple(one.get("longer", {}).get("months", ())),
                (one["season"][0], one["season"][1]) if "season" in one else None,
            )
            for name, one in document["vaccines"].items()
        ),
        not_for=tuple(document["not_for"]),
        visit_reasons=tuple(visits["reasons"]),
        to_age=int(visits["to_age"]["value"]),
        gaps=tuple((int(age), int(days)) for age, days in visits["gaps"]),
    )
