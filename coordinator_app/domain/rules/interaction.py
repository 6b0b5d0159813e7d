"""Drugs at hand on the same days that one asks about: pairs, trios, and two of one kind."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import combinations

from coordinator_app.domain.facts import Fact, FactKind
from coordinator_app.domain.reasons import Reason
from coordinator_app.domain.rules.drug_courses import Course, both, facts_of
from coordinator_app.domain.rules.interaction_terms import DuplicateRule, PairRule, TrioRule
from coordinator_app.domain.rules.medication import ASK, Taken
from coordinator_app.domain.terminology import RXNORM

PAIR, TRIO, DUPLICATE = "medication.pair", "medication.trio", "medication.duplicate"
_DAY = timedelta(1)


def pair_reasons(taken: Taken) -> Iterator[Reason]:
    """Yield a row for each listed pair, from the first day both are at hand to the last known one.

    A row keeps its first day as episode and evidence, so a refill of what was talked over wakes nothing; a new course
    after a gap is a new episode.
    """
    for first, second in combinations(sorted(taken.courses), 2):
        rule = taken.terms.pairs.get((min(first, second), max(first, second)))
        if rule is None:
            continue
        for one in taken.courses[first]:
            for other in taken.courses[second]:
                days = _pair_days(taken, rule, one, other)
                if days is not None:
                    yield from _pair(taken, rule, one, other, days)


def trio_reasons(taken: Taken) -> Iterator[Reason]:
    """Yield one row a trio and stretch of days, for the drugs that came first."""
    for rule in taken.terms.trios:
        yield from _trio(taken, rule)


def duplicate_reasons(taken: Taken) -> Iterator[Reason]:
    """Yield a row for two different drugs of one kind at hand together long enough; one drug twice is no duplicate."""
    for rule in taken.terms.duplicates:
        courses = [_of_products(course, rule) for course in taken.of(rule.drugs)]
        for one, other in combinations([course for course in courses if course.spans], 2):
            if one.drug is not other.drug:
                yield from _duplicate(taken, rule, one, other)


def _pair_days(taken: Taken, rule: PairRule, one: Course, other: Course) -> tuple[date, date] | None:
    if not rule.over_rxcui:
        return both(one, other, _washout(taken, rule))
    course = one if one.drug.rxcui == rule.over_rxcui else other
    above = tuple(s for s in course.spans if (dose := s.mg_a_day) is not None and dose > rule.over_mg)
    if not above:
        return None
    kept = Course(course.drug, above)
    return both(kept, other, {}) if course is one else both(one, kept, {})


def _washout(taken: Taken, rule: PairRule) -> dict[str, int]:
    """Return the days a drug still counts after its supply; only rules of the list of inhibitors of MAO have such."""
    return dict(taken.terms.washout) if rule.has_washout else {}


def _pair(taken: Taken, rule: PairRule, one: Course, other: Course, days: tuple[date, date]) -> Iterator[Reason]:
    begins, ends = days
    drugs = sorted((one.drug, other.drug), key=lambda drug: (drug.name, drug.rxcui))
    actions = (*ASK, "offer_naloxone") if rule.is_opioid and not _has_naloxone(taken, begins) else ASK
    yield from taken.reason(
        PAIR,
        f"{rule.name}:{min(one.drug.rxcui, other.drug.rxcui)}+{max(one.drug.rxcui, other.drug.rxcui)}",
        begins.isoformat(),
        rule.severity,
        drugs=drugs,
        opens_on=begins,
        ends_on=ends + _DAY,
        end_cause="not_together",
        facts=_facts((one, other), begins, ends),
        evidence_on=begins,
        arguments={"since_on": begins.isoformat(), "until_on": ends.isoformat(), "pair": rule.name},
        actions=actions,
    )


def _trio(taken: Taken, rule: TrioRule) -> Iterator[Reason]:
    sides = [tuple(taken.of(side)) for side in rule.sides]
    found: list[tuple[date, date, tuple[Course, ...]]] = []
    for a in sides[0]:
        for b in sides[1]:
            days = both(a, b, {})
            if days is None or a.drug is b.drug:
                continue
            for c in sides[2]:
                begins, ends = max(days[0], c.begins_on), min(days[1], c.lasts_until)
                if begins <= ends:
                    found.append((begins, ends, (a, b, c)))
    reached = date.min
    for begins, ends, courses in sorted(found, key=lambda one: (one[0], one[1], [c.drug.rxcui for c in one[2]])):
        if begins <= reached:
            continue
        reached = ends
        yield from taken.reason(
            TRIO,
            rule.name,
            begins.isoformat(),
            rule.severity,
            drugs=[course.drug for course in courses],
            opens_on=begins,
            ends_on=ends + _DAY,
            end_cause="not_together",
            facts=_facts(courses, begins, ends),
            evidence_on=begins,
            arguments={"since_on": begins.isoformat(), "until_on": ends.isoformat(), "trio": rule.name},
        )


def _of_products(course: Course, rule: DuplicateRule) -> Course:
    """Return the course as far as the rule's products go."""
    if not rule.products:
        return course
    kept = (s for s in course.spans if any(c.system == RXNORM and c.code in rule.products for c in s.fact.codings))
    return Course(course.drug, tuple(kept))


def _duplicate(taken: Taken, rule: DuplicateRule, one: Course, other: Course) -> Iterator[Reason]:
    days = both(one, other, {})
    if days is None or (days[1] - days[0]).days + 1 < rule.days:
        return
    begins, ends = days
    drugs = sorted((one.drug, other.drug), key=lambda drug: (drug.name, drug.rxcui))
    yield from taken.reason(
        DUPLICATE,
        f"{rule.name}:{drugs[0].rxcui}+{drugs[1].rxcui}",
        begins.isoformat(),
        rule.severity,
        drugs=drugs,
        opens_on=begins + timedelta(rule.days - 1),
        ends_on=ends + _DAY,
        end_cause="not_together",
        facts=_facts((one, other), begins, ends),
        evidence_on=begins,
        arguments={"since_on": begins.isoformat(), "until_on": ends.isoformat(), "kind": rule.name},
    )


def _facts(courses: Iterable[Course], begins: date, ends: date) -> list[Fact]:
    return [fact for course in courses for fact in facts_of(course.spans, begins, ends)]


def _has_naloxone(taken: Taken, on: date) -> bool:
    since = on - timedelta(taken.terms.opioids.naloxone_days)
    naloxone = taken.terms.table.group("naloxone")
    return any(
        span.begins_on >= since
        for course in taken.of(naloxone)
        for span in course.spans
        if span.fact.kind in {FactKind.DISPENSE, FactKind.DRUG_ORDER}
    )
