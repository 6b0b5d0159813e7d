"""Test results as a course over days: one family of codes, one unit, one value a day, none of a hospital stay."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from coordinator_app.domain.facts import Fact, FactKind
from coordinator_app.domain.rules.case import Case
from coordinator_app.domain.rules.worsening_terms import LabTerms

PREFIX = "lab."
"""How a test's codes are named among the value sets."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The value of one day, in the test's own unit."""

    on: date
    value: float
    fact: Fact


def readings_of(case: Case, lab: LabTerms, *, with_stays: bool = False) -> tuple[Reading, ...]:
    """Return a test's values in order of days.

    Of several values of a day the test says which counts (lowest, highest, or the last told). A unit we cannot read
    makes the value unreadable, never another number. Values of hospital stays say little about a chronic course and
    are left out, unless ``with_stays``.
    """
    days: dict[date, list[Reading]] = {}
    for day, fact in case.meant.get(PREFIX + lab.name, ()):
        factor = lab.units.get(fact.value_unit)
        if fact.kind is FactKind.OBSERVATION and fact.value_number is not None and factor is not None:
            days.setdefault(day, []).append(Reading(day, round(fact.value_number * factor, 2), fact))
    if not days:
        return ()
    stays = () if with_stays else case.stays
    return tuple(_of_the_day(days[day], lab.day) for day in sorted(days) if not any(stay.holds(day) for stay in stays))


def _of_the_day(told: Iterable[Reading], which: str) -> Reading:
    if which == "lowest":
        return min(told, key=lambda reading: (reading.value, reading.fact.id))
    if which == "highest":
        return max(told, key=lambda reading: (reading.value, reading.fact.id))
    return max(told, key=lambda reading: (str(reading.fact.starts_at or ""), reading.fact.id))
