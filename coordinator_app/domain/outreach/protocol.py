"""The contact protocol: how many tries were made, how they are spread, and whether they are enough."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from coordinator_app.domain.activity import Contact, Outcome
from coordinator_app.domain.calendar import Moment
from coordinator_app.domain.outreach.terms import ProtocolTerms
from coordinator_app.domain.reasons import Tier

TRIES = frozenset(
    {
        Outcome.NO_ANSWER,
        Outcome.LEFT_MESSAGE,
        Outcome.BUSY,
        Outcome.VOICEMAIL_FULL,
        Outcome.WRONG_NUMBER,
        Outcome.DROPPED,
        Outcome.NOT_CONFIRMED,
        Outcome.LANGUAGE_BARRIER,
    }
)
"""Outcomes that count as a try without contact."""


@dataclass(frozen=True, slots=True)
class Attempts:
    """How far the protocol has come: tries made, tries it asks for, and the days and parts of the day they fell on.

    ``is_spent`` only when they are enough and spread as the protocol asks: four calls in one morning are one try too
    often, not a finished protocol.
    """

    made: int
    asked: int
    days: int
    parts: tuple[str, ...]
    is_spent: bool


def part_of_day(at: datetime, now: Moment, terms: ProtocolTerms) -> str:
    """Return the name of the part of the initiative's day in which an instant falls."""
    clock = now.calendar.local(at).time()
    begun = [(begins, part) for part, begins in terms.part_hours.items() if begins <= clock]
    return max(begun)[1] if begun else max((begins, part) for part, begins in terms.part_hours.items())[1]


def may_call(at: datetime, zone_now: Moment, terms: ProtocolTerms) -> bool:
    """Say whether people may be called at an instant; ``zone_now`` carries the zone the person lives in."""
    return terms.calls_from <= zone_now.calendar.local(at).time() <= terms.calls_until


def attempts_of(contacts: Iterable[Contact], since: date, tier: Tier, now: Moment, terms: ProtocolTerms) -> Attempts:
    """Count the tries since the day ``since``, or since the last conversation where that was later."""
    made: list[Contact] = []
    for contact in sorted(contacts, key=lambda each: (each.occurred_at, each.id)):
        if contact.outcome.is_conversation:
            made.clear()
        elif contact.outcome in TRIES and contact.direction == "out" and now.day_of(contact.occurred_at) >= since:
            made.append(contact)
    asked = terms.urgent_tries if tier <= Tier.DISCHARGE else terms.tries
    days = {now.day_of(each.occurred_at) for each in made}
    parts = {part_of_day(each.occurred_at, now, terms) for each in made}
    enough = len(made) >= asked and len(days) >= terms.distinct_days and len(parts) >= terms.distinct_parts
    return Attempts(len(made), asked, len(days), tuple(sorted(parts)), enough)
