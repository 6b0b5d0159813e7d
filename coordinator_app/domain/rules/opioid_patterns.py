"""How opioids are filled: by many prescribers and pharmacies, or first for long (after PQA's public descriptions)."""

from collections.abc import Iterator
from datetime import date, timedelta

from coordinator_app.domain.reasons import Reason
from coordinator_app.domain.rules.drug_courses import Span
from coordinator_app.domain.rules.medication import ASK, Taken
from coordinator_app.domain.rules.opioid import is_exempt

PRESCRIBERS, FIRST = "medication.opioid_prescribers", "medication.opioid_first"
_DAY = timedelta(1)


def pattern_reasons(taken: Taken) -> Iterator[Reason]:
    """Yield opioids of many hands, and a first fill for long; nobody is asked about who is exempt from the dose."""
    spans = sorted(
        (span for course in taken.of(taken.terms.table.group("opioid")) for span in course.spans if span.is_fill),
        key=lambda span: (_filled(span), span.fact.id),
    )
    if spans:
        yield from _many_hands(taken, spans)
        yield from _first_for_long(taken, spans)


def _many_hands(taken: Taken, spans: list[Span]) -> Iterator[Reason]:
    """Yield the newest window in which both prescribers and pharmacies are too many; unnamed ones count for nobody."""
    terms = taken.terms.opioids
    longest = timedelta(terms.hands_days - 1)
    met: list[tuple[date, list[Span]]] = []
    for place, last in enumerate(spans):
        window = [span for span in spans[: place + 1] if _filled(last) - _filled(span) <= longest]
        prescribers = {span.fact.clinician_id for span in window if span.fact.clinician_id}
        pharmacies = {span.fact.place for span in window if span.fact.place}
        if len(prescribers) >= terms.hands and len(pharmacies) >= terms.hands:
            met.append((_filled(last), window))
    if not met or is_exempt(taken, met[-1][0]):
        return
    first = met[-1][0]
    for day, _ in reversed(met[:-1]):
        # Fills that go on showing the same do not make it a new matter.
        if first - day > longest:
            break
        first = day
    last_day, window = met[-1]
    yield from taken.reason(
        PRESCRIBERS,
        "opioids",
        first.isoformat(),
        "serious",
        drugs=(window[-1].drug,),
        opens_on=first,
        ends_on=last_day + longest + _DAY,
        end_cause="window_over",
        facts=[span.fact for span in window],
        evidence_on=first,
        arguments={
            "prescribers": len({span.fact.clinician_id for span in window if span.fact.clinician_id}),
            "pharmacies": len({span.fact.place for span in window if span.fact.place}),
            "since_on": _filled(window[0]).isoformat(),
        },
        actions=ASK,
    )


def _first_for_long(taken: Taken, spans: list[Span]) -> Iterator[Reason]:
    terms = taken.terms.opioids
    free = timedelta(terms.first_free_days)
    fills = [_filled(span) for course in taken.all() for span in course.spans if span.is_fill]
    oldest, before = min(fills), None
    for span in spans:
        day = _filled(span)
        is_first = oldest <= day - free and (before is None or before < day - free)
        before = day if before is None else max(before, day)
        if is_first and span.days > terms.first_days and not is_exempt(taken, day):
            yield from taken.reason(
                FIRST,
                span.drug.rxcui,
                day.isoformat(),
                "caution",
                drugs=(span.drug,),
                opens_on=day,
                ends_on=span.lasts_until + _DAY,
                end_cause="supply_over",
                facts=(span.fact,),
                evidence_on=day,
                arguments={"days": span.days, "started_on": day.isoformat(), **_unsure(taken)},
                actions=ASK,
            )


def _unsure(taken: Taken) -> dict[str, str]:
    told = taken.terms.unconfirmed.get("first_free_days", "")
    return {"unconfirmed": told} if told else {}


def _filled(span: Span) -> date:
    return span.fact.starts_on or span.begins_on
