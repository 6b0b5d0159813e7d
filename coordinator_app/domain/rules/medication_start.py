"""What is measured soon after a drug is begun, alone or beside another, and a creatinine that rose since."""

from collections.abc import Iterator
from datetime import date, timedelta

from coordinator_app.domain.facts import Fact, FactKind
from coordinator_app.domain.reasons import Reason
from coordinator_app.domain.rules.case import day_of
from coordinator_app.domain.rules.drug_courses import Course, both
from coordinator_app.domain.rules.medication import Taken
from coordinator_app.domain.rules.medication_start_terms import RiseRule, StartRule
from coordinator_app.domain.rules.monitoring_terms import LAB_SET

SOON, RISE = "medication.soon", "medication.rise"
_MEASURED = frozenset({FactKind.OBSERVATION, FactKind.REPORT, FactKind.PROCEDURE, FactKind.CLAIM})
_ACTIONS = ("ask_prescriber", "book", "done_elsewhere", "stopped", "wrong")


def soon_reasons(taken: Taken) -> Iterator[Reason]:
    """Yield the tests that are due soon after a drug was begun, alone or beside another, until they are done."""
    for rule in taken.terms.starts.soon:
        beside = taken.terms.table.named(rule.beside) if rule.beside else frozenset[str]()
        for course, begins in _begun(taken, rule, beside):
            yield from _soon(taken, rule, course, begins)


def rise_reasons(taken: Taken) -> Iterator[Reason]:
    """Yield a creatinine that rose against the last one before a drug was begun, until a later one is lower."""
    for rule in taken.terms.starts.rises:
        for begins, course in _starts(taken, rule.groups):
            yield from _rise(taken, rule, course, begins)


def _begun(taken: Taken, rule: StartRule, beside: frozenset[str]) -> Iterator[tuple[Course, date]]:
    if not beside:
        yield from ((course, begins) for begins, course in _starts(taken, rule.groups))
        return
    for course in taken.of(taken.terms.table.named(rule.groups)):
        for other in taken.of(beside):
            days = both(course, other, {})
            if days is not None:
                yield course, days[0]


def _starts(taken: Taken, groups: tuple[str, ...]) -> Iterator[tuple[date, Course]]:
    """Yield the days on which one of some groups was begun anew; a change within them is no start."""
    courses = sorted(taken.of(taken.terms.table.named(groups)), key=lambda one: (one.begins_on, one.drug.rxcui))
    if not courses:
        return
    free = timedelta(taken.terms.days["new_free_days"])
    oldest = min((day for day in map(day_of, taken.case.chart.facts) if day > date.min), default=date.max)
    reached: date | None = None
    for course in courses:
        begins = course.begins_on
        if oldest + free <= begins and (reached is None or reached + free < begins):
            yield begins, course
        reached = course.lasts_until if reached is None else max(reached, course.lasts_until)


def _soon(taken: Taken, rule: StartRule, course: Course, begins: date) -> Iterator[Reason]:
    done = {
        lab: min((day for day, _ in taken.case.events(_MEASURED, LAB_SET + lab) if day > begins), default=None)
        for lab in rule.labs
    }
    missing = [lab for lab, day in done.items() if day is None]
    ends_on, cause = begins + timedelta(rule.until_days), "given_up"
    days = [day for day in done.values() if day is not None]
    if not missing and max(days) < ends_on:
        ends_on, cause = max(days), "done"
    told = taken.terms.unconfirmed.get(rule.name, "")
    yield from taken.reason(
        SOON,
        f"{rule.name}:{course.drug.rxcui}",
        begins.isoformat(),
        rule.severity,
        drugs=(course.drug,),
        opens_on=begins + timedelta(rule.from_days),
        due_on=begins + timedelta(rule.due_days),
        ends_on=ends_on,
        end_cause=cause,
        facts=(course.first,),
        evidence_on=begins,
        sentence=f"{SOON}.{'beside' if rule.beside else 'alone'}",
        arguments={
            "lab": missing[0] if missing else rule.labs[0],
            "started_on": begins.isoformat(),
            **({"unconfirmed": told} if told else {}),
        },
        actions=_ACTIONS,
    )


def _rise(taken: Taken, rule: RiseRule, course: Course, begins: date) -> Iterator[Reason]:
    told = sorted(
        ((day, fact) for day, fact in taken.case.events(_MEASURED, LAB_SET + rule.lab) if fact.value_number),
        key=lambda one: (one[0], one[1].id),
    )
    before = [one for one in told if begins - timedelta(rule.before_days) <= one[0] <= begins]
    after = [one for one in told if begins < one[0] <= begins + timedelta(rule.after_days)]
    if not before:
        return
    base = before[-1][1]
    for place, (day, fact) in enumerate(after):
        if not _rose(base, fact, rule.percent):
            continue
        later = [on for on, each in after[place + 1 :] if not _rose(base, each, rule.percent)]
        given_up = day + timedelta(taken.terms.days["result_days"])
        ends_on = min([*later, given_up])
        yield from taken.reason(
            RISE,
            rule.name,
            begins.isoformat(),
            rule.severity,
            drugs=(course.drug,),
            opens_on=day,
            ends_on=ends_on,
            end_cause="newer_result" if ends_on < given_up else "given_up",
            facts=(base, fact, course.first),
            evidence_on=day,
            arguments={
                "lab": rule.lab,
                "value": f"{fact.value_number:g}",
                "earlier_value": f"{base.value_number:g}",
                "measured_date": day.isoformat(),
                "started_on": begins.isoformat(),
                "fresh_days": taken.case.data.worsening.fresh_days,
            },
            actions=("ask_prescriber", "answered", "wrong"),
        )
        return


def _rose(base: Fact, fact: Fact, percent: float) -> bool:
    """Say whether a value is so much above another of the same test in the same unit."""
    if base.value_number is None or fact.value_number is None or base.value_unit != fact.value_unit:
        return False
    return fact.value_number > base.value_number * (1 + percent / 100)
