"""Worsening as medicines tell it: a diuretic raised, insulin begun, relievers without controllers (clinical.md 7)."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import pairwise

from coordinator_app.domain.calendar import birthday
from coordinator_app.domain.facts import Fact
from coordinator_app.domain.ids import FactId
from coordinator_app.domain.reasons import Reason, ReasonKind
from coordinator_app.domain.rules.drug_courses import Span
from coordinator_app.domain.rules.drug_table import Drug
from coordinator_app.domain.rules.medication import Taken
from coordinator_app.domain.rules.worsening_drug_terms import DoseSign, DrugSign, FirstSign, ShareSign

_ACTIONS = ("call", "prescriber", "book", "refer")


def drug_sign_reasons(taken: Taken) -> Iterator[Reason]:
    """Yield the signs that fills tell of; each needs its illness on record."""
    terms, held = taken.case.data.worsening.drug_signs, taken.case.held
    for dose in terms.doses:
        if dose.sign.needs in held:
            yield from _raised(taken, dose)
    for first in terms.firsts:
        if first.sign.needs in held:
            yield from _begun(taken, first)
    for share in terms.shares:
        if share.sign.needs in held:
            yield from _too_few(taken, share)


def _raised(taken: Taken, terms: DoseSign) -> Iterator[Reason]:
    """Yield the raise of a drug's dose until a fill takes it back; strengths are compared where no number is told."""
    longest = timedelta(terms.within_days)
    for rxcui in sorted(_drugs(taken, terms.sign.groups) & taken.courses.keys()):
        spans = sorted(
            (span for course in taken.courses[rxcui] for span in course.spans if span.is_fill),
            key=lambda span: (_filled(span), span.fact.id),
        )
        for place, (before, span) in enumerate(pairwise(spans)):
            was, now, is_strength = _doses(before, span)
            if not was or now is None or _filled(span) - _filled(before) > longest:
                continue
            if now < was * (1 + terms.percent / 100):
                continue
            lower = (
                _filled(later)
                for later in spans[place + 2 :]
                if (dose := _doses(before, later)[1]) is not None and dose <= was
            )
            yield from _row(
                taken,
                terms.sign,
                rxcui,
                _filled(span),
                drug=span.drug,
                facts=(before.fact, span.fact),
                ends=((day, "no_longer") for day in lower),
                sentence=f"worsening.{terms.sign.name}.{'strength' if is_strength else 'dose'}",
                said={"value": f"{now:g}", "earlier_value": f"{was:g}", "filled_date": _filled(before).isoformat()},
            )


def _begun(taken: Taken, terms: FirstSign) -> Iterator[Reason]:
    spans = sorted(_spans(taken, terms.sign.groups), key=lambda span: (_filled(span), span.fact.id))
    free = timedelta(terms.free_days)
    fills = [day for course in taken.all() for span in course.spans if span.is_fill for day in (_filled(span),)]
    oldest = min(fills, default=date.max)
    before: date | None = None
    for span in spans:
        day = _filled(span)
        if oldest <= day - free and (before is None or before < day - free):
            yield from _row(taken, terms.sign, "first", day, drug=span.drug, facts=(span.fact,), ends=(), said={})
        before = day


def _too_few(taken: Taken, terms: ShareSign) -> Iterator[Reason]:
    """Yield the stretch of fills whose year showed too few of the groups; it ends with the first fill that does not."""
    born = taken.case.person.birth_date
    since, until = birthday(born, terms.from_age), birthday(born, terms.to_age + 1)
    ours = {span.fact.id: span for span in _spans(taken, terms.sign.groups)}
    told = {span.fact.id: span for span in _spans(taken, terms.beside)} | ours
    days = sorted({_filled(span) for span in told.values() if since <= _filled(span) < until})
    run: list[tuple[date, int, int]] = []
    for day in days:
        first = day - timedelta(terms.days)
        counted = [key for key, span in told.items() if first < _filled(span) <= day]
        part = sum(key in ours for key in counted)
        if len(counted) >= terms.least and part * 100 < terms.under * len(counted):
            run.append((day, part, len(counted) - part))
            continue
        if run:
            yield from _share_row(taken, terms, run, told, ended_on=day)
        run = []
    if run:
        yield from _share_row(taken, terms, run, told, ended_on=None)


def _share_row(
    taken: Taken, terms: ShareSign, run: list[tuple[date, int, int]], told: Mapping[FactId, Span], ended_on: date | None
) -> Iterator[Reason]:
    first, (last, part, others) = run[0][0], run[-1]
    back = last - timedelta(terms.days)
    yield from _row(
        taken,
        terms.sign,
        "share",
        first,
        drug=None,
        facts=(span.fact for span in told.values() if back < _filled(span) <= last),
        ends=((ended_on, "no_longer"),) if ended_on else (),
        said={"count": others, "controllers": part, "last_date": last.isoformat()},
        kept_from=last,
    )


def _row(
    taken: Taken,
    sign: DrugSign,
    subject: str,
    on: date,
    *,
    drug: Drug | None,
    facts: Iterable[Fact],
    ends: Iterable[tuple[date, str]],
    said: Mapping[str, str | int | float],
    sentence: str = "",
    kept_from: date | None = None,
) -> Iterator[Reason]:
    ends_on, cause = min([*ends, ((kept_from or on) + timedelta(sign.keep_days), "old")])
    evidence = tuple(facts)
    known = [taken.case.calendar.day_of(fact.known_at) for fact in evidence[-1:] if fact.known_at]
    opens_on = max([on, *known])
    if opens_on >= ends_on or taken.is_past(ends_on):
        return
    yield taken.case.reason(
        ReasonKind.WORSENING,
        f"worsening.{sign.name}",
        subject,
        on.isoformat(),
        sentence=sentence or f"worsening.{sign.name}",
        opens_on=opens_on,
        due_on=opens_on + timedelta(7),
        ends_on=ends_on,
        end_cause=cause,
        points={f"worsening_{sign.name}": sign.points},
        arguments={
            **({"rxcui": drug.rxcui, "drug": drug.name} if drug else {}),
            **said,
            "urgency": sign.urgency,
            "measured_date": on.isoformat(),
        },
        facts=evidence,
        evidence_on=on,
        actions=_ACTIONS,
    )


def _drugs(taken: Taken, groups: Iterable[str]) -> frozenset[str]:
    return taken.terms.table.named(groups)


def _spans(taken: Taken, groups: Iterable[str]) -> Iterator[Span]:
    return (span for course in taken.of(_drugs(taken, groups)) for span in course.spans if span.is_fill)


def _doses(before: Span, span: Span) -> tuple[float | None, float | None, bool]:
    """Return what was taken a day before and what is now, else the two strengths."""
    was, now = before.mg_a_day, span.mg_a_day
    if was is not None and now is not None:
        return was, now, False
    return before.strength.amount, span.strength.amount, True


def _filled(span: Span) -> date:
    return span.fact.starts_on or span.begins_on
