"""Children: the vaccines of the first years dose by dose, and well-child visits."""

from collections.abc import Iterator
from datetime import date, timedelta

from coordinator_app.domain.calendar import birthday, months_after
from coordinator_app.domain.facts import Fact, FactKind
from coordinator_app.domain.reasons import Reason, ReasonKind
from coordinator_app.domain.rules.case import Case, diagnosis_codes
from coordinator_app.domain.rules.child_terms import ChildTerms
from coordinator_app.domain.rules.exclusions import hospice_since
from coordinator_app.domain.terminology import CVX

_ACTIONS = ("call_parent", "book", "teach")
_TOGETHER = timedelta(31)
"""Vaccines due within a month of the first one missing are told in the same row [D]."""


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
    missing: list[tuple[date, str, int]] = []
    given: list[Fact] = []
    for schedule in terms.schedules:
        days: dict[date, Fact] = {}
        for fact in case.chart.of(FactKind.IMMUNIZATION):
            if fact.starts_on and any(c.system == CVX and c.code in schedule.codes for c in fact.codings):
                days.setdefault(fact.starts_on, fact)
        given += days.values()
        if len(days) < len(schedule.months):
            due = months_after(born, schedule.months[len(days)]) + late
            if due < months_after(born, schedule.until_months):
                missing.append((due, schedule.name, len(days) + 1))
    if not missing:
        return
    opens_on, first, dose = min(missing)
    together = sorted((name, number) for due, name, number in missing if due <= opens_on + _TOGETHER)
    yield case.reason(
        ReasonKind.SCREENING,
        "screening.child_vaccines",
        "vaccines",
        f"{first}-{dose}",
        sentence="child.vaccines",
        opens_on=opens_on,
        due_on=months_after(born, 24) if opens_on < months_after(born, 24) else None,
        ends_on=months_after(born, terms.until_months),
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


def _visit(case: Case, terms: ChildTerms, born: date) -> Iterator[Reason]:
    """Yield the visit that is due after the last one on record, and the one before it with its end."""
    visits: dict[date, Fact] = {}
    for fact in case.chart.of(FactKind.ENCOUNTER):
        codes = diagnosis_codes(fact.reasons)
        if fact.starts_on is not None and any(code.startswith(terms.visit_reasons) for code in codes):
            visits.setdefault(fact.starts_on, fact)
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
