"""How much opioid a day, in oral morphine equivalents (CDC 2022): to watch, never to convert one into another."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise

from coordinator_app.domain.reasons import Reason
from coordinator_app.domain.rules.drug_courses import Span
from coordinator_app.domain.rules.medication import ASK, Taken
from coordinator_app.domain.rules.opioid_terms import OpioidTerms

RULE = "medication.opioid_dose"
_DAY = timedelta(1)
_EXEMPT = frozenset({"hospice", "palliative"})


def morphine_equivalent(span: Span, terms: OpioidTerms) -> float | None:
    """Return morphine milligrams a day of one supply.

    None where there is no factor (buprenorphine) or strength or number are not known; a patch is worn for
    ``patch_hours``, so its rate counts and not what it holds.
    """
    rxcui = span.drug.rxcui
    if span.strength.unit == "mg/h":
        units, rate = span.units_a_day, span.strength.amount
        if units is None or rate is None or rxcui not in terms.patches:
            return None
        worn = units * terms.patch_hours / 24
        return worn * rate * 1000 * terms.patches[rxcui]
    mg, factor = span.mg_a_day, terms.factors.get(rxcui)
    return None if mg is None or factor is None else mg * factor


def dose_reasons(taken: Taken) -> Iterator[Reason]:
    """Yield one row for each stretch of days at or above the lower mark; not in cancer, sickle cell, hospice."""
    terms = taken.terms.opioids
    spans = [span for course in taken.of({*terms.factors, *terms.patches}) for span in course.spans]
    counted = [(span, mme) for span in spans if (mme := morphine_equivalent(span, terms)) is not None]
    for run in _runs(counted, terms):
        yield from _dose(taken, run, [span for span, _ in counted])


def total_on(counted: Iterable[tuple[Span, float]], day: date) -> float:
    """Return the day's total, rounded to a hundredth."""
    return round(sum(mme for span, mme in counted if span.begins_on <= day <= span.lasts_until), 2)


def _runs(counted: Sequence[tuple[Span, float]], terms: OpioidTerms) -> Iterator[list[tuple[date, date, float]]]:
    """Yield stretches at or above the lower mark as steps of one total each; short gaps do not part them."""
    edges = sorted({s.begins_on for s, _ in counted} | {s.lasts_until + _DAY for s, _ in counted})
    run: list[tuple[date, date, float]] = []
    for begins, after in pairwise(edges):
        total = total_on(counted, begins)
        if total < terms.watch:
            continue
        if run and (begins - run[-1][1]).days > terms.run_gap_days + 1:
            yield run
            run = []
        run.append((begins, after - _DAY, total))
    if run:
        yield run


def _dose(taken: Taken, run: Sequence[tuple[date, date, float]], spans: Iterable[Span]) -> Iterator[Reason]:
    terms = taken.terms.opioids
    begins, ends = run[0][0], run[-1][1]
    if is_exempt(taken, ends):
        return
    high = next((step for step in run if step[2] >= terms.high), None)
    at_hand = [span for span in spans if span.begins_on <= ends and span.lasts_until >= begins]
    drugs = sorted({span.drug.rxcui: span.drug for span in at_hand}.values(), key=lambda drug: drug.name)
    since = high[0] if high else begins
    offered = any(
        span.begins_on >= begins - timedelta(terms.naloxone_days)
        for course in taken.of(taken.terms.table.group("naloxone"))
        for span in course.spans
    )
    # Severe rows rest on the higher mark alone.
    told = "" if high else taken.terms.unconfirmed.get("watch", "")
    unsure = {"unconfirmed": told} if told else {}
    yield from taken.reason(
        RULE,
        "opioids",
        begins.isoformat(),
        "severe" if high else "serious",
        drugs=drugs[:1],
        opens_on=begins,
        ends_on=ends + _DAY,
        end_cause="supply_over",
        facts=[span.fact for span in at_hand],
        evidence_on=since,
        arguments={
            **unsure,
            "mme": round(max(step[2] for step in run)),
            "since_on": since.isoformat(),
            "until_on": ends.isoformat(),
        },
        actions=ASK if offered else (*ASK, "offer_naloxone"),
    )


def is_exempt(taken: Taken, until: date) -> bool:
    """Say whether cancer, sickle cell disease, hospice or palliative care was known by the end of the stretch."""
    case = taken.case
    if any(day <= until for name in _EXEMPT for day, _ in case.meant.get(name, ())):
        return True
    return any(day <= until for day, _ in taken.conditions("opioid_exempt"))
