"""Who takes what and when: fills and orders as spans, and spans of one drug as courses."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from coordinator_app.domain.facts import TOLD, Chart, Fact, FactKind
from coordinator_app.domain.rules.drug_table import Drug, Strength
from coordinator_app.domain.rules.medication_data import MedicineTerms
from coordinator_app.domain.rules.supply import chained

_NOT_ORDERED = frozenset({"proposal", "plan", "option"})
_OVER = frozenset({"stopped", "completed", "ended"})
_Product = tuple[tuple[str, float | None, str], ...]
_DAY = timedelta(1)


@dataclass(frozen=True, slots=True)
class Span:
    """Days on which a drug is at hand: from a fill by its supply, or from an order nobody reported a fill of."""

    drug: Drug
    strength: Strength
    begins_on: date
    lasts_until: date
    fact: Fact
    days: int

    @property
    def is_fill(self) -> bool:
        """Say whether a pharmacy reported it."""
        return self.fact.kind is FactKind.DISPENSE

    @property
    def units_a_day(self) -> float | None:
        """Return units (tablets, patches, milliliters) a day, None where nobody said how many."""
        fact = self.fact
        if self.is_fill and fact.quantity:
            return fact.quantity / self.days
        return fact.per_day

    @property
    def mg_a_day(self) -> float | None:
        """Return milligrams a day, None where the strength or the number is not known."""
        if not self.is_fill and self.fact.value_unit == "mg":
            return self.fact.per_day
        if self.strength.amount is None or self.strength.unit not in {"mg", "mg/mL"}:
            return None
        units = self.units_a_day
        return None if units is None else units * self.strength.amount


@dataclass(frozen=True, slots=True)
class Course:
    """Spans of one drug that follow each other with short gaps only."""

    drug: Drug
    spans: tuple[Span, ...]

    @property
    def begins_on(self) -> date:
        """The first day."""
        return self.spans[0].begins_on

    @property
    def lasts_until(self) -> date:
        """The last covered day as far as it is known."""
        return max(span.lasts_until for span in self.spans)

    @property
    def first(self) -> Fact:
        """What began it."""
        return self.spans[0].fact


Courses = Mapping[str, tuple[Course, ...]]


def courses_of(chart: Chart, terms: MedicineTerms) -> Courses:
    """Return the courses of every known drug by RxCUI, in order of time; the day that is judged plays no part."""
    spans: dict[str, list[Span]] = {}
    stops = stops_told(chart, terms)
    for span in _spans(chart, terms, stops):
        kept = _up_to(span, stops.get(span.drug.rxcui))
        if kept is not None:
            spans.setdefault(span.drug.rxcui, []).append(kept)
    gap = timedelta(terms.days["gap_days"] + 1)
    return {rxcui: tuple(_courses(found, gap, stops.get(rxcui))) for rxcui, found in sorted(spans.items())}


def stops_told(chart: Chart, terms: MedicineTerms) -> dict[str, date]:
    """Return since when drugs are not taken any more, by RxCUI, as a nurse was told; later fills count again."""
    found: dict[str, date] = {}
    for fact in chart.of(FactKind.DRUG_ORDER):
        if _is_stop(fact) and fact.starts_on is not None:
            for one in terms.table.held_by(fact):
                found[one.drug.rxcui] = max(fact.starts_on, found.get(one.drug.rxcui, fact.starts_on))
    return found


def both(one: Course, other: Course, longer: Mapping[str, int]) -> tuple[date, date] | None:
    """Return the first and the last day on which both are at hand; ``longer`` adds days of wash-out by drug."""
    days = [
        (begins, ends)
        for a in one.spans
        for b in other.spans
        if (begins := max(a.begins_on, b.begins_on)) <= (ends := min(_until(a, longer), _until(b, longer)))
    ]
    return (min(days)[0], max(ends for _, ends in days)) if days else None


def _until(span: Span, longer: Mapping[str, int]) -> date:
    return span.lasts_until + timedelta(longer.get(span.drug.rxcui, 0))


def _is_stop(fact: Fact) -> bool:
    return fact.source == TOLD and fact.status == "stopped"


def _up_to(span: Span, stop: date | None) -> Span | None:
    """Return the span as far as it counts: what was filled or ordered before a stop counts to the day before it."""
    if stop is None or (span.fact.starts_on or span.fact.authored_on or stop) > stop or span.lasts_until < stop:
        return span
    return replace(span, lasts_until=stop - _DAY) if span.begins_on < stop else None


def _spans(chart: Chart, terms: MedicineTerms, stops: Mapping[str, date]) -> Iterator[Span]:
    """Yield fills, each product's laid end to end, and orders of drugs that no fill was ever reported of.

    Supply from before a stop moves no fill after it. What a nurse was told is taken counts beside the fills.
    """
    by_product: dict[tuple[_Product, bool], list[Fact]] = {}
    held: dict[_Product, tuple[Strength, ...]] = {}
    for fact in chart.of(FactKind.DISPENSE):
        if fact.starts_on is not None and (told := terms.table.held_by(fact)):
            key = tuple((one.drug.rxcui, one.amount, one.unit) for one in told)
            is_again = any(fact.starts_on > stops.get(one.drug.rxcui, date.max) for one in told)
            by_product.setdefault((key, is_again), []).append(fact)
            held[key] = told
    filled = {one.drug.rxcui for told in held.values() for one in told}
    for (key, _), facts in by_product.items():
        for fill in chained(facts, (), terms.days["assumed_supply"], terms.days["most_supply"]):
            for one in held[key]:
                yield Span(one.drug, one, fill.begins_on, fill.lasts_until, fill.fact, fill.days)
    for fact in sorted(chart.of(FactKind.DRUG_ORDER), key=lambda f: f.id):
        if fact.intent in _NOT_ORDERED or _is_stop(fact):
            continue
        for one in terms.table.held_by(fact):
            if (fact.source == TOLD or one.drug.rxcui not in filled) and (
                span := _ordered(one, fact, terms)
            ) is not None:
                yield span


def _ordered(strength: Strength, fact: Fact, terms: MedicineTerms) -> Span | None:
    begins = fact.starts_on or fact.authored_on
    if begins is None:
        return None
    supply = fact.days_supply if fact.days_supply and fact.days_supply >= 1 else None
    if fact.ends_on is not None:
        ends = fact.ends_on
    elif supply is not None:
        ends = begins + timedelta(supply * (1 + (fact.refills or 0)) - 1)
    elif fact.status in _OVER:
        ends = begins
    else:
        ends = begins + timedelta(terms.days["order_days"] - 1)
    ends = min(ends, begins + timedelta(10 * terms.days["order_days"]))
    return Span(strength.drug, strength, begins, ends, fact, (ends - begins).days + 1) if ends >= begins else None


def _courses(spans: Iterable[Span], gap: timedelta, stop: date | None) -> Iterator[Course]:
    run: list[Span] = []
    reached = date.min
    for span in sorted(spans, key=lambda s: (s.begins_on, s.lasts_until, s.fact.id)):
        is_again = stop is not None and bool(run) and run[-1].begins_on < stop <= span.begins_on
        if run and (span.begins_on > reached + gap or is_again):
            yield Course(span.drug, tuple(run))
            run = []
        run.append(span)
        reached = max(reached, span.lasts_until) if len(run) > 1 else span.lasts_until
    if run:
        yield Course(run[0].drug, tuple(run))


def facts_of(spans: Sequence[Span], since: date, until: date) -> Iterator[Fact]:
    """Yield the fills and orders that are at hand on some day from ``since`` to ``until``."""
    return (span.fact for span in spans if span.begins_on <= until and span.lasts_until >= since)
