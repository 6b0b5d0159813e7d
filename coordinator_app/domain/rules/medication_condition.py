"""Drugs one asks about because of what else is known: a condition, an allergy, a pregnancy."""

from collections.abc import Iterator
from datetime import date, timedelta

from coordinator_app.domain.facts import Fact, FactKind
from coordinator_app.domain.reasons import Reason
from coordinator_app.domain.rules.case import start_of, what
from coordinator_app.domain.rules.drug_courses import Course, facts_of
from coordinator_app.domain.rules.medication import Taken
from coordinator_app.domain.sensitivity import Sensitivity

CONDITION, ALLERGY, PREGNANCY = "medication.condition", "medication.allergy", "medication.pregnancy"
_DAY = timedelta(1)
_LEAST_LETTERS = 5


def condition_reasons(taken: Taken) -> Iterator[Reason]:
    """Yield a row for a course of a drug that goes badly with a condition known and not ended."""
    for rule in taken.terms.with_condition:
        courses = list(taken.of(rule.drugs))
        known = sorted(((d, f) for d, f in taken.conditions(rule.condition)), key=lambda one: (one[0], one[1].id))
        if not courses or not known:
            continue
        day, fact = known[0]
        over = None if any(f.ends_on is None for _, f in known) else max(f.ends_on for _, f in known if f.ends_on)
        for course in courses:
            ends = course.lasts_until + _DAY
            yield from taken.reason(
                CONDITION,
                f"{rule.name}:{course.drug.rxcui}",
                course.begins_on.isoformat(),
                rule.severity,
                drugs=(course.drug,),
                opens_on=max(course.begins_on, day),
                ends_on=ends if over is None else min(ends, over),
                end_cause="supply_over" if over is None or ends <= over else "condition_over",
                facts=[fact, *facts_of(course.spans, day, course.lasts_until)],
                evidence_on=max(course.begins_on, day),
                arguments={"problem": rule.condition, "since_on": max(course.begins_on, day).isoformat()},
            )


def allergy_reasons(taken: Taken) -> Iterator[Reason]:
    """Yield a row for a drug filled after an allergy to it, or to its kind, was recorded."""
    for fact in taken.case.chart.of(FactKind.ALLERGY):
        day = start_of(fact)
        if day is None or fact.status in {"inactive", "resolved"}:
            continue
        drugs = _allergens(taken, fact)
        for course in taken.of(drugs) if drugs else ():
            spans = [span for span in course.spans if span.lasts_until >= day]
            if spans:
                yield from _allergy(taken, fact, day, Course(course.drug, tuple(spans)))


def pregnancy_reasons(taken: Taken) -> Iterator[Reason]:
    """Yield a confidential row for a drug to avoid in pregnancy, until a birth or a loss or 280 days."""
    rule, length = taken.terms.pregnancy, timedelta(taken.terms.days["pregnancy_days"])
    if not taken.has_any(rule.drugs):
        return
    told = sorted(taken.conditions(rule.condition), key=lambda one: (one[0], one[1].id))
    if not told or taken.case.person.sex == "male":
        return
    over = sorted(day for day, _ in taken.conditions("pregnancy_over"))
    reached = date.min
    for day, fact in told:
        if day <= reached:
            continue
        reached = min((end for end in over if end >= day), default=day + length)
        reached = min(reached, day + length)
        for course in taken.of(rule.drugs):
            begins, ends = max(course.begins_on, day), min(course.lasts_until + _DAY, reached)
            if begins >= ends:
                continue
            yield from taken.reason(
                PREGNANCY,
                course.drug.rxcui,
                day.isoformat(),
                rule.severity,
                drugs=(course.drug,),
                opens_on=begins,
                ends_on=ends,
                end_cause="pregnancy_over" if ends == reached else "supply_over",
                facts=[fact, *facts_of(course.spans, day, reached)],
                evidence_on=begins,
                arguments={"since_on": begins.isoformat()},
                sensitivity=Sensitivity.CONFIDENTIAL,
                actions=("ask_prescriber", "wrong"),
            )


def _allergens(taken: Taken, fact: Fact) -> frozenset[str]:
    """Return the drugs an allergy speaks of: by code, by the name of a drug, or by the name of a kind."""
    coded = {one.drug.rxcui for one in taken.terms.table.held_by(fact)}
    words = fact.display.casefold().replace(",", " ").replace("(", " ").split()
    plain = {word.removesuffix("s") for word in words} | set(words)
    for rxcui, drug in taken.terms.table.drugs.items():
        if rxcui in taken.courses and len(drug.name) >= _LEAST_LETTERS and drug.name.casefold() in plain:
            coded.add(rxcui)
    for kind, drugs in taken.terms.allergy_groups.items():
        if kind in plain or not coded.isdisjoint(drugs):
            coded |= drugs
    return frozenset(coded)


def _allergy(taken: Taken, fact: Fact, day: date, course: Course) -> Iterator[Reason]:
    opens = max(course.begins_on, day)
    yield from taken.reason(
        ALLERGY,
        f"{course.drug.rxcui}:{fact.code or fact.display.casefold()}",
        course.begins_on.isoformat(),
        "caution" if "intolerance" in fact.category.casefold() else "severe",
        drugs=(course.drug,),
        opens_on=opens,
        ends_on=course.lasts_until + timedelta(taken.terms.days["allergy_end_days"]),
        end_cause="supply_over",
        facts=[fact, *(span.fact for span in course.spans)],
        evidence_on=opens,
        arguments={"allergen": what(fact), "since_on": opens.isoformat()},
    )
