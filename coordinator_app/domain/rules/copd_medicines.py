"""After COPD in hospital or emergency: steroid tablets within 14 days, an inhaler that opens within 30."""

from collections.abc import Iterator
from datetime import date, timedelta

from coordinator_app.domain.calendar import age_on
from coordinator_app.domain.facts import Fact, FactKind
from coordinator_app.domain.reasons import Reason, ReasonKind
from coordinator_app.domain.rules.case import Case, diagnosis_codes
from coordinator_app.domain.rules.medication import Taken
from coordinator_app.domain.rules.stays import WentTo, emergency_days, is_emergency

RULE = "discharge.copd_medicines"
_HOME = frozenset({WentTo.HOME, WentTo.AGAINST_ADVICE, WentTo.UNKNOWN})


def copd_reasons(taken: Taken) -> Iterator[Reason]:
    """Yield one row an event for the drug that is not on record; what was at hand from before counts."""
    terms, case = taken.case.data.stays.copd, taken.case
    if not terms or "copd" not in case.held:
        return
    for came, left, facts in _events(case):
        ends = left + timedelta(terms["until_days"])
        if age_on(case.person.birth_date, came) < terms["from_age"] or taken.is_past(ends):
            continue
        missing = [
            (left + timedelta(terms[f"{name}_days"]), name, done)
            for name, groups in (("steroid", ("oral_steroid",)), ("opener", ("bronchodilator", "reliever")))
            for done in (_at_hand(taken, groups, came, ends),)
        ]
        open_ones = [(due, name) for due, name, done in missing if done is None]
        last = max((done for _, _, done in missing if done is not None), default=ends)
        ends_on = ends if open_ones else last
        opens_on = left + timedelta(terms["from_days"])
        if opens_on >= ends_on:
            continue
        due_on, lacking = min(open_ones or [(due, name) for due, name, _ in missing])
        yield case.reason(
            ReasonKind.DISCHARGE,
            RULE,
            "copd",
            came.isoformat(),
            sentence=f"{RULE}.{lacking}",
            opens_on=opens_on,
            due_on=due_on,
            ends_on=ends_on,
            end_cause="window_over" if open_ones else "filled",
            points={"copd_medicines": case.data.stays.points["copd_medicines"]},
            arguments={"left_on": left.isoformat(), "urgency": "dated"},
            facts=facts,
            evidence_on=left,
            actions=("ask_prescriber", "pharmacy", "call"),
        )


def _events(case: Case) -> Iterator[tuple[date, date, tuple[Fact, ...]]]:
    """Yield when somebody came and left for COPD, going home: stays, and emergency visits that were none."""
    for stay in case.stays:
        if stay.discharged_on and stay.went_to in _HOME and any(_is_copd(case, fact) for fact in stay.encounters):
            yield stay.admitted_on, stay.discharged_on, stay.encounters
    encounters = case.chart.of(FactKind.ENCOUNTER)
    alone = set(emergency_days(encounters, case.stays))
    seen: set[date] = set()
    for fact in encounters:
        day = fact.starts_on
        if day is not None and day in alone and day not in seen and is_emergency(fact) and _is_copd(case, fact):
            seen.add(day)
            yield day, day, (fact,)


def _is_copd(case: Case, fact: Fact) -> bool:
    return any("copd" in case.data.illnesses.names(code) for code in diagnosis_codes(fact.reasons[:1]))


def _at_hand(taken: Taken, groups: tuple[str, ...], came: date, until: date) -> date | None:
    """Return the first day from the admission on with such a drug at hand, before ``until``."""
    days = [
        max(span.begins_on, came)
        for course in taken.of(taken.terms.table.named(groups))
        for span in course.spans
        if span.lasts_until >= came and span.begins_on < until
    ]
    return min(days, default=None)
