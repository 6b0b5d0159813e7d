"""Depression in remission twelve months after a high score: the last score around then under 5."""

from collections.abc import Iterator, Sequence
from datetime import date

from coordinator_app.domain.facts import Fact, FactKind
from coordinator_app.domain.measures import hospice, oids, palliative
from coordinator_app.domain.measures.at_visits import is_sure
from coordinator_app.domain.measures.days import (
    days_after,
    end_of,
    ended_within,
    first_day,
    last_day,
    months_before,
    onset,
    overlaps,
    prevailed,
    was_ordered_within,
)
from coordinator_app.domain.measures.instants import prevailed_during
from coordinator_app.domain.measures.measure import EXCLUDED, NOBODY, Groups, Measure, Place, Sets, met
from coordinator_app.domain.measures.statuses import FINAL, FINISHED, ORDER, ORDERED
from coordinator_app.domain.measures.view import View

SETS: Sets = {
    **hospice.SETS,
    **palliative.SETS,
    "contact": ("2.16.840.1.113762.1.4.1080.5",),
    "depression": ("2.16.840.113883.3.67.1.101.3.2444", "2.16.840.1.113883.3.67.1.101.1.254"),
    "score": ("2.16.840.1.113883.3.67.1.101.1.263",),
    "other disorder": (
        oids.BIPOLAR,
        "2.16.840.1.113883.3.67.1.101.1.246",
        "2.16.840.1.113883.3.464.1003.105.12.1104",
        "2.16.840.1.113883.3.464.1003.105.12.1152",
    ),
}

_HIGH, _REMITTED = 9.0, 5.0
_FROM_AGE = 12
_SCORED_BEFORE = 7
_AROUND = 60
_NEVER_WAS = frozenset({"cancelled", "entered-in-error", "unknown", "not-done"})


def _judge(view: View) -> Groups:
    return {"Group_1": _places(view)}


def _places(view: View) -> tuple[Place, ...]:
    since, until = months_before(view.start, 14), days_after(months_before(view.start, 2), -1)
    index = _index(view, since, until)
    if index is None or view.age_on(index) < _FROM_AGE:
        return NOBODY
    year_later = months_before(index, -12)
    first, last = days_after(year_later, -_AROUND), days_after(year_later, _AROUND)
    died = view.person.deceased_on
    if (
        (died is not None and died <= last)
        or any(is_sure(known) and onset(known) <= last for known in view.of(FactKind.CONDITION, "other disorder"))
        or _in_hospice(view, since, last)
        or _in_palliative_care(view, since, last)
    ):
        return EXCLUDED
    scores = _by_time(
        score
        for score in view.of(FactKind.OBSERVATION, "score", status=FINAL)
        if (day := first_day(score)) is not None and first <= day <= last
    )
    value = scores[-1].value_number if scores else None
    return met(numerator=value is not None and value < _REMITTED)


def _index(view: View, since: date, until: date) -> date | None:
    """Return the day of the first high score with, or in the week before, a contact for depression."""
    depressed = [known for known in view.of(FactKind.CONDITION, "depression") if is_sure(known)]
    contacts = [
        contact
        for contact in view.of(FactKind.ENCOUNTER, "contact", status=FINISHED)
        if ended_within(contact, since, until) and any(prevailed_during(known, contact) for known in depressed)
    ]
    for score in _by_time(view.of(FactKind.OBSERVATION, "score", status=FINAL)):
        first, last = first_day(score), last_day(score)
        if first is None or last is None or (score.value_number or 0) <= _HIGH:
            continue
        for contact in contacts:
            came, left = contact.starts_on, end_of(contact)
            if came is not None and left is not None and days_after(came, -_SCORED_BEFORE) <= first and last <= left:
                return first
    return None


def _by_time(facts: Iterator[Fact]) -> Sequence[Fact]:
    return sorted(
        facts,
        key=lambda fact: (
            fact.starts_on.isoformat() if fact.starts_on else "",
            fact.starts_at.isoformat() if fact.starts_at else "",
        ),
    )


def _in_hospice(view: View, since: date, last: date) -> bool:
    """Say the same as of other measures, but up to the last day that counts, and by this measure's statuses."""
    return (
        any(
            stay.disposition in hospice.TO_HOSPICE and ended_within(stay, since, last)
            for stay in view.of(FactKind.ENCOUNTER, "inpatient", status=FINISHED)
        )
        or any(
            visit.status not in _NEVER_WAS and overlaps(visit, since, last)
            for visit in view.of(FactKind.ENCOUNTER, "hospice visit")
        )
        or any(
            view.means(answer.value_coding, "yes") and overlaps(answer, since, last)
            for answer in view.of(FactKind.OBSERVATION, "hospice asked", status=FINAL)
        )
        or any(
            order.intent in ORDER and was_ordered_within(order, since, last)
            for order in view.of(FactKind.SERVICE_ORDER, "hospice care", status=ORDERED)
        )
        or any(
            care.status not in _NEVER_WAS and overlaps(care, since, last)
            for care in view.of(FactKind.PROCEDURE, "hospice care")
        )
        or any(
            is_sure(known) and prevailed(known, since, last)
            for known in view.of(FactKind.CONDITION, "hospice diagnosis")
        )
    )


def _in_palliative_care(view: View, since: date, last: date) -> bool:
    return (
        any(overlaps(known, since, last) for known in view.of(FactKind.OBSERVATION, "palliative asked", status=FINAL))
        or any(
            is_sure(known) and prevailed(known, since, last)
            for known in view.of(FactKind.CONDITION, "palliative diagnosis")
        )
        or any(
            overlaps(visit, since, last) for visit in view.of(FactKind.ENCOUNTER, "palliative visit", status=FINISHED)
        )
        or any(
            care.status not in _NEVER_WAS and overlaps(care, since, last)
            for care in view.of(FactKind.PROCEDURE, "palliative care")
        )
    )


MEASURE = Measure("CMS159", "depression in remission", SETS, _judge)
