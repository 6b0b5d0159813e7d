"""The contact protocol: how many tries were made, how they are spread, and whether they are enough."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

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


_HOURS = re.compile(r"\b([01]?\d:[0-5]\d|2[0-3]:[0-5]\d)\s*[-\u2013]\s*([01]?\d:[0-5]\d|2[0-3]:[0-5]\d)\b")


class Caution(StrEnum):
    """What to mind before calling."""

    QUIET = "quiet"
    HOURS = "hours"
    BEST_HOURS = "best_hours"


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


def quiet_until(contacts: Iterable[Contact], now: Moment, terms: ProtocolTerms) -> date | None:
    """Return until when others wait after somebody spoke with the person, None where nobody did lately."""
    spoken = [now.day_of(each.occurred_at) for each in contacts if each.outcome.is_conversation]
    until = max(spoken) + timedelta(terms.quiet_days) if spoken else None
    return until if until is not None and until > now.today else None


def cautions(now: Moment, zone: str, best_hours: str, quiet: date | None, terms: ProtocolTerms) -> tuple[Caution, ...]:
    """Return what to mind before calling somebody now; marks beside the row, for nothing of it hides anybody.

    ``zone`` is where the person lives ("" the initiative's); ``best_hours`` are written "09:00-14:30", several with
    commas; words that are no hours make no mark.
    """
    clock = (now.at.astimezone(ZoneInfo(zone)) if zone else now.calendar.local(now.at)).time()
    found = [Caution.QUIET] if quiet is not None and now.today < quiet else []
    if not terms.calls_from <= clock <= terms.calls_until:
        found.append(Caution.HOURS)
    hours = [(time.fromisoformat(a.zfill(5)), time.fromisoformat(b.zfill(5))) for a, b in _HOURS.findall(best_hours)]
    if hours and not any(since <= clock <= until for since, until in hours):
        found.append(Caution.BEST_HOURS)
    return tuple(found)


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
