"""What is to be measured while a drug is taken, and results that ask for a question."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from coordinator_app.domain.facts import Fact, FactKind
from coordinator_app.domain.reasons import Reason
from coordinator_app.domain.rules.drug_courses import Course
from coordinator_app.domain.rules.medication import Taken
from coordinator_app.domain.rules.monitoring_terms import LAB_SET, MonitoringRule, ResultRule

OVERDUE, RESULT = "medication.monitoring", "medication.result"
_DAY = timedelta(1)
_MEASURED = frozenset({FactKind.OBSERVATION, FactKind.REPORT, FactKind.PROCEDURE, FactKind.CLAIM})
"""A claim for a test says that it was done; its value is not known then."""
_ACTIONS = ("ask_prescriber", "book", "done_elsewhere", "stopped", "wrong")
_DUE_DAYS = 14


def monitoring_reasons(taken: Taken) -> Iterator[Reason]:
    """Yield for each course the measurement that is due, and the one the last result answered."""
    for rule in taken.terms.monitoring:
        courses = list(taken.of(rule.drugs))
        if courses:
            days = {lab: sorted(_days(taken, lab)) for lab in rule.labs}
            for group in _joined(courses, taken.terms.days["gap_days"]):
                yield from _due(taken, rule, group, days)


def result_reasons(taken: Taken) -> Iterator[Reason]:
    """Yield a row for each grave result while a drug is at hand, until a later one of its kind."""
    for rule in taken.terms.results:
        courses = list(taken.of(rule.drugs))
        if courses:
            yield from _results(taken, rule, courses)


def _days(taken: Taken, lab: str) -> Iterator[date]:
    return (day for day, _ in _measured(taken, lab))


def _measured(taken: Taken, lab: str) -> Iterator[tuple[date, Fact]]:
    return taken.case.events(_MEASURED, LAB_SET + lab)


def _joined(courses: Iterable[Course], gap: int) -> Iterator[list[Course]]:
    """Yield courses of one kind that follow each other, so that a change of drug within it starts nothing anew."""
    run: list[Course] = []
    for course in sorted(courses, key=lambda c: (c.begins_on, c.drug.rxcui)):
        if run and course.begins_on > max(one.lasts_until for one in run) + timedelta(gap + 1):
            yield run
            run = []
        run.append(course)
    if run:
        yield run


def _due(taken: Taken, rule: MonitoringRule, run: list[Course], days: dict[str, list[date]]) -> Iterator[Reason]:
    """Yield the open stretch and the one before the last result.

    Every laboratory test of the rule must be there; the one that was due first is named, so that one row asks for all.
    A result of up to the rule's interval before the drug began counts.
    """
    begins = run[0].begins_on
    over = max(course.lasts_until for course in run) + timedelta(taken.terms.days["monitoring_tail_days"])
    interval, first = timedelta(rule.days), timedelta(rule.first_days)
    rounds: list[tuple[date, date, str, date | None]] = []
    for lab in rule.labs:
        before: date | None = None
        open_from = begins + first
        for day in [each for each in days[lab] if begins - interval <= each < over]:
            rounds.append((open_from, day, lab, before))
            before, open_from = day, max(day + interval, begins + first)
        rounds.append((open_from, over, lab, before))
    open_now = min((one for one in rounds if one[1] == over), key=lambda r: (r[0], r[2]))
    by_episode: dict[str, tuple[date, date, str, date | None]] = {}
    for one in sorted(rounds, key=lambda r: (r[1], r[2])):
        if one[0] < one[1] < over:
            by_episode[(one[3] or begins).isoformat()] = one
    by_episode[(open_now[3] or begins).isoformat()] = open_now
    for episode, (opens, ends, lab, before) in by_episode.items():
        yield from taken.reason(
            OVERDUE,
            rule.name,
            episode,
            rule.severity,
            drugs=(run[-1].drug,),
            opens_on=opens,
            due_on=opens + timedelta(_DUE_DAYS),
            ends_on=min(ends, over),
            end_cause="done" if ends < over else "supply_over",
            facts=[run[-1].spans[-1].fact, *(f for d, f in _measured(taken, lab) if d == before)],
            evidence_on=before or begins,
            sentence=f"{OVERDUE}.{'again' if before else 'none'}",
            arguments={"lab": lab, "since_on": begins.isoformat()}
            | ({"last_on": before.isoformat()} if before else {}),
            actions=_ACTIONS,
        )


def _results(taken: Taken, rule: ResultRule, courses: list[Course]) -> Iterator[Reason]:
    told = sorted(_measured(taken, rule.lab), key=lambda one: (one[0], one[1].id))
    valued = [(day, fact, fact.value_number) for day, fact in told if fact.value_number is not None]
    for place, (day, fact, value) in enumerate(valued):
        at_hand = [c for c in courses if c.begins_on <= day <= c.lasts_until + _DAY]
        if not at_hand or not rule.is_met_by(value, fact.value_unit):
            continue
        later = next((other for other, _, _ in valued[place + 1 :] if other > day), None)
        given_up = day + timedelta(taken.terms.days["result_days"])
        yield from taken.reason(
            RESULT,
            rule.name,
            day.isoformat(),
            rule.severity,
            drugs=(at_hand[0].drug,),
            opens_on=day,
            ends_on=min(later or given_up, given_up),
            end_cause="done" if later is not None and later < given_up else "given_up",
            facts=[fact, *(c.spans[-1].fact for c in at_hand)],
            evidence_on=day,
            arguments={
                "lab": rule.lab,
                "value": f"{value:g}",
                "unit": fact.value_unit,
                "measured_date": day.isoformat(),
                "fresh_days": taken.case.data.worsening.fresh_days,
            },
            actions=("ask_prescriber", "ask_pharmacist", "answered", "wrong"),
        )
