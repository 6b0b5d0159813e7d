"""Children: the vaccines of the first years dose by dose, and well-child visits."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from coordinator_app.domain.calendar import birthday, months_after
from coordinator_app.domain.facts import Fact, FactKind
from coordinator_app.domain.reasons import Reason, ReasonKind
from coordinator_app.domain.rules.case import Case, diagnosis_codes
from coordinator_app.domain.rules.child_terms import ChildTerms, Schedule
from coordinator_app.domain.rules.exclusions import hospice_since
from coordinator_app.domain.terminology import CVX

_ACTIONS = ("call_parent", "book", "teach")
_VISITS = (FactKind.ENCOUNTER, FactKind.PROCEDURE, FactKind.CLAIM)
_TOGETHER = timedelta(31)
"""Vaccines due within a month of the first one missing are told in the same row [D]."""


@dataclass(frozen=True, slots=True)
class _Missing:
    """A dose that is not on record: when it is due, which it is, and until what day it can be given."""

    due: date
    name: str
    dose: int
    until: date


def child_reasons(case: Case) -> Iterator[Reason]:
    """Yield the vaccines that are missing, and the well-child visit that is due; nothing of the kind in hospice."""
    terms, born = case.data.children, case.person.birth_date
    if not terms.schedules or case.today > birthday(born, terms.to_age) or hospice_since(case) is not None:
        return
    if case.today <= months_after(born, terms.until_months):
        yield from _vaccines(case, terms, born)
    yield from _visit(case, terms, born)


def _vaccines(case: Case, terms: ChildTerms, born: date) -> Iterator[Reason]:
    if any(name in case.held for name in terms.not_for):
        return
    late = timedelta(terms.late_days)
    missing: list[_Missing] = []
    given: list[Fact] = []
    for schedule in terms.schedules:
        days = _doses(case, schedule, born)
        given += days.values()
        is_longer = any(c.code in schedule.longer_codes for fact in days.values() for c in fact.codings)
        months = schedule.longer_months if is_longer else schedule.months
        if len(days) < len(months):
            due = _in_season(months_after(born, months[len(days)]) + late, schedule.season)
            if due < months_after(born, schedule.until_months):
                missing.append(_Missing(due, schedule.name, len(days) + 1, months_after(born, schedule.until_months)))
    since = born
    while missing:
        first = min(missing, key=lambda one: (one.due, one.until, one.name))
        opens_on = max(first.due, since)
        if opens_on < first.until:
            yield _missing_row(case, missing, first, opens_on, given=given)
        # What can be given no longer gives its place to what still can.
        missing = [one for one in missing if one.until > first.until]
        since = first.until


def _missing_row(
    case: Case, missing: Sequence[_Missing], first: _Missing, opens_on: date, *, given: Sequence[Fact]
) -> Reason:
    born = case.person.birth_date
    told = [one for one in missing if one.due <= opens_on + _TOGETHER and one.until >= first.until]
    together = sorted((one.name, one.dose) for one in told)
    return case.reason(
        ReasonKind.SCREENING,
        "screening.child_vaccines",
        "vaccines",
        f"{first.name}-{first.dose}",
        sentence="child.vaccines",
        opens_on=opens_on,
        due_on=months_after(born, 24) if opens_on < months_after(born, 24) else None,
        ends_on=first.until,
        end_cause="age",
        points={"child_vaccines": 30, "more_vaccines": min(15, 3 * (len(together) - 1))},
        arguments={
            "screening": "child_vaccines",
            "count": len(together),
            "vaccines": " ".join(name for name, _ in together),
            "doses": " ".join(f"{name}-{number}" for name, number in together),
        },
        facts=given,
        evidence_on=max((fact.starts_on for fact in given if fact.starts_on), default=None),
        actions=_ACTIONS,
    )


def _doses(case: Case, schedule: Schedule, born: date) -> dict[date, Fact]:
    """Return the doses that count, one a day: none that was given too young."""
    floor = max(born + timedelta(schedule.floor_days), months_after(born, schedule.floor_months))
    days: dict[date, Fact] = {}
    for fact in case.chart.of(FactKind.IMMUNIZATION):
        codes = {c.code for c in fact.codings if c.system == CVX}
        if fact.starts_on and fact.starts_on >= floor and not codes.isdisjoint(schedule.codes):
            days.setdefault(fact.starts_on, fact)
    return days


def _in_season(day: date, season: tuple[int, int] | None) -> date:
    """Return the day itself, or the first one after it on which the vaccine can be had."""
    if season is None or day.month >= season[0] or day.month <= season[1]:
        return day
    return date(day.year, season[0], 1)


def _visit(case: Case, terms: ChildTerms, born: date) -> Iterator[Reason]:
    """Yield the visit that is due after the last one on record, and the one before it with its end."""
    visits: dict[date, Fact] = {}
    for fact in case.chart.of(FactKind.ENCOUNTER):
        codes = diagnosis_codes(fact.reasons)
        if fact.starts_on is not None and any(code.startswith(terms.visit_reasons) for code in codes):
            visits.setdefault(fact.starts_on, fact)
    for day, fact in case.events(_VISITS, "well_child_visit"):
        visits.setdefault(day, fact)
    days = sorted(visits)
    over = birthday(born, terms.to_age + 1)
    for number in range(max(0, len(days) - 1), len(days) + 1):
        last = days[number - 1] if number else None
        since = last or born
        opens_on = since + timedelta(max(days for age, days in terms.gaps if since >= months_after(born, age)))
        if last is None and not case.chart.facts:
            return
        ends_on = min(days[number], over) if number < len(days) else over
        if opens_on >= ends_on:
            continue
        yield case.reason(
            ReasonKind.SCREENING,
            "screening.well_child",
            "visit",
            last.isoformat() if last else "none",
            sentence=f"child.visit.{'again' if last else 'none'}",
            opens_on=opens_on,
            ends_on=ends_on,
            end_cause="seen" if number < len(days) else "age",
            points={"well_child": 15},
            arguments={"screening": "well_child", "last_on": last.isoformat() if last else ""},
            facts=[visits[last]] if last else [],
            evidence_on=last,
            actions=_ACTIONS,
        )
