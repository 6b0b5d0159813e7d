"""Medicines that are new: after a stay, what changed against before; after a first fill, how it is going."""

from collections.abc import Iterator
from datetime import date, timedelta

from coordinator_app.domain.facts import Fact, FactKind
from coordinator_app.domain.reasons import Reason
from coordinator_app.domain.rules.case import day_of
from coordinator_app.domain.rules.drug_courses import Span
from coordinator_app.domain.rules.medication import ASK, Taken
from coordinator_app.domain.rules.stays import Stay, stays_of
from coordinator_app.domain.sensitivity import strictest

AFTER_STAY, STARTED = "medication.after_stay", "medication.started"


def after_stay_reasons(taken: Taken) -> Iterator[Reason]:
    """Yield a row for a stay after which medicines were started, stopped by an order, or filled in another strength."""
    encounters = taken.case.chart.of(FactKind.ENCOUNTER)
    if not taken.courses or not encounters:
        return
    window = timedelta(taken.terms.days["stay_window_days"])
    for stay in stays_of(encounters, taken.case.today):
        if stay.discharged_on is not None and not taken.is_past(stay.discharged_on + window):
            yield from _after(taken, stay, stay.discharged_on, stay.discharged_on + window)


def started_reasons(taken: Taken) -> Iterator[Reason]:
    """Yield a row 7 to 14 days after the first fill of a high-risk drug, where the record reaches back far enough."""
    if not taken.has_any(taken.terms.started):
        return
    days = taken.terms.days
    free = timedelta(days["new_free_days"])
    oldest = _reaches_back_to(taken)
    for course in taken.of(taken.terms.started):
        begins = course.begins_on
        before = [other for other in taken.courses[course.drug.rxcui] if other.lasts_until < begins]
        is_new = all(other.lasts_until + free < begins for other in before)
        if not is_new or oldest + free > begins or not course.spans[0].is_fill:
            continue
        yield from taken.reason(
            STARTED,
            course.drug.rxcui,
            begins.isoformat(),
            "caution",
            drugs=(course.drug,),
            opens_on=begins + timedelta(days["check_from_days"]),
            due_on=begins + timedelta(days["check_until_days"]),
            ends_on=begins + timedelta(days["check_end_days"]),
            end_cause="given_up",
            facts=(course.first,),
            evidence_on=begins,
            arguments={"started_on": begins.isoformat()},
            actions=("call", "teach", *ASK),
        )


def _after(taken: Taken, stay: Stay, home_on: date, ends_on: date) -> Iterator[Reason]:
    until = home_on + timedelta(taken.terms.days["stay_after_days"])
    since = stay.admitted_on - timedelta(taken.terms.days["stay_before_days"])
    if _reaches_back_to(taken) > since:
        return
    started: dict[str, Span] = {}
    dosed: dict[str, Span] = {}
    for course in taken.all():
        after = [s for s in course.spans if stay.admitted_on <= _taken_up(s) <= until]
        if not after:
            continue
        before = [
            s
            for other in taken.courses[course.drug.rxcui]
            for s in other.spans
            if _taken_up(s) < stay.admitted_on and s.lasts_until >= since
        ]
        if not before:
            started[course.drug.rxcui] = after[0]
        elif after[0].strength.amount != before[-1].strength.amount and after[0].is_fill == before[-1].is_fill:
            dosed[course.drug.rxcui] = after[0]
    stopped = {rx: fact for rx, fact in _stopped(taken, stay, until) if rx not in started and rx not in dosed}
    facts = [s.fact for s in (*started.values(), *dosed.values())] + list(stopped.values())
    if not facts:
        return
    known = max(home_on, min(day_of(fact) for fact in facts))
    named = [taken.terms.table.drugs[rx] for rx in sorted((*started, *dosed, *stopped))]
    yield from taken.reason(
        AFTER_STAY,
        "stay",
        stay.admitted_on.isoformat(),
        "caution",
        drugs=named[:1],
        opens_on=known,
        ends_on=ends_on,
        end_cause="window_over",
        facts=[*facts, *stay.encounters],
        evidence_on=max(day_of(fact) for fact in facts),
        arguments={
            "discharged_on": home_on.isoformat(),
            "started": " ".join(sorted(started)),
            "stopped": " ".join(sorted(stopped)),
            "dosed": " ".join(sorted(dosed)),
            "count": len(facts),
        },
        sensitivity=strictest(drug.sensitivity for drug in named),
        actions=("reconcile", *ASK),
    )


def _stopped(taken: Taken, stay: Stay, until: date) -> Iterator[tuple[str, Fact]]:
    """Yield orders that ended between admission and shortly after coming home; a missing fill is no proof."""
    for fact in taken.case.chart.of(FactKind.DRUG_ORDER):
        began, over = fact.starts_on or fact.authored_on, fact.ends_on
        if fact.status != "stopped" or began is None or over is None or began >= stay.admitted_on:
            continue
        if stay.admitted_on <= over <= until:
            for one in taken.terms.table.held_by(fact):
                yield one.drug.rxcui, fact


def _taken_up(span: Span) -> date:
    return span.fact.starts_on or span.begins_on


def _reaches_back_to(taken: Taken) -> date:
    """Return the oldest day on record: what began before it cannot be told from what is new."""
    return min((day for fact in taken.case.chart.facts if (day := day_of(fact)) > date.min), default=date.max)
