"""Medicines to look at once more at 65 and older: filled twice, too long, or above a dose a day."""

from collections.abc import Iterator
from datetime import date, timedelta

from coordinator_app.domain.calendar import birthday
from coordinator_app.domain.reasons import Reason
from coordinator_app.domain.rules.drug_courses import Span
from coordinator_app.domain.rules.medication import Taken

RULE = "medication.older"
_DAY = timedelta(1)


def older_reasons(taken: Taken) -> Iterator[Reason]:
    """Yield a row for a group filled on two days within a year, at an age that opens on the birthday."""
    if not taken.courses:
        return
    terms = taken.terms.older
    aged_on = birthday(taken.case.person.birth_date, terms.from_age)
    if aged_on > taken.case.today + timedelta(taken.case.data.horizon_days):
        return
    for group in (name for name in terms.groups if taken.has_any(taken.terms.table.group(name))):
        yield from _twice(taken, group, aged_on)
    for group, condition in terms.unless.items():
        if not taken.has_any(taken.terms.table.group(group)):
            continue
        excused = min((day for day, _ in taken.conditions(condition)), default=date.max)
        yield from _twice(taken, group, aged_on, excused)
    for group, most in terms.supply_over.items():
        yield from _too_long(taken, group, most, aged_on)
    for rxcui, most_mg in terms.dose_over.items():
        yield from _too_much(taken, rxcui, most_mg, aged_on)


def _spans(taken: Taken, group: str) -> list[Span]:
    spans = [span for course in taken.of(taken.terms.table.group(group)) for span in course.spans]
    return sorted(spans, key=lambda span: (span.fact.starts_on or span.begins_on, span.fact.id))


def _runs(taken: Taken, spans: list[Span]) -> Iterator[list[Span]]:
    """Yield spans parted where nothing was at hand for longer than the tail."""
    run: list[Span] = []
    for span in spans:
        reached = max((one.lasts_until for one in run), default=span.begins_on)
        if run and (span.begins_on - reached).days > taken.terms.older.within_days:
            yield run
            run = []
        run.append(span)
    if run:
        yield run


def _twice(taken: Taken, group: str, aged_on: date, excused_on: date = date.max) -> Iterator[Reason]:
    terms = taken.terms.older
    for run in _runs(taken, _spans(taken, group)):
        first = run[0]
        again = next((s for s in run[1:] if _filled(s) > _filled(first)), None)
        if again is None and not first.is_fill and first.fact.refills:
            again = first
        if again is None or (_filled(again) - _filled(first)).days > terms.within_days:
            continue
        ends = max(span.lasts_until for span in run) + timedelta(terms.tail_days)
        cause = "supply_over"
        if excused_on < ends:
            ends, cause = excused_on, "condition_known"
        yield from _row(taken, group, run, again, opens_on=max(_filled(again), aged_on), ends_on=ends, cause=cause)


def _too_long(taken: Taken, group: str, most: int, aged_on: date) -> Iterator[Reason]:
    for run in _runs(taken, _spans(taken, group)):
        total = 0
        for span in run:
            total += span.days
            if total > most:
                ends = max(one.lasts_until for one in run) + timedelta(taken.terms.older.tail_days)
                yield from _row(taken, group, run, span, opens_on=max(_filled(span), aged_on), ends_on=ends)
                break


def _too_much(taken: Taken, rxcui: str, most_mg: float, aged_on: date) -> Iterator[Reason]:
    for course in taken.of({rxcui}):
        above = [span for span in course.spans if (dose := span.mg_a_day) is not None and dose > most_mg + 1e-9]
        if above:
            ends = above[-1].lasts_until + _DAY
            yield from _row(taken, rxcui, above, above[0], opens_on=max(_filled(above[0]), aged_on), ends_on=ends)


def _row(
    taken: Taken,
    subject: str,
    run: list[Span],
    last: Span,
    *,
    opens_on: date,
    ends_on: date,
    cause: str = "supply_over",
) -> Iterator[Reason]:
    yield from taken.reason(
        RULE,
        subject,
        _filled(run[0]).isoformat(),
        taken.terms.older.severity,
        drugs=(last.drug,),
        opens_on=opens_on,
        ends_on=ends_on,
        end_cause=cause,
        facts=[span.fact for span in run],
        evidence_on=_filled(last),
        arguments={"group": subject, "last_on": _filled(last).isoformat()},
    )


def _filled(span: Span) -> date:
    return span.fact.starts_on or span.begins_on
