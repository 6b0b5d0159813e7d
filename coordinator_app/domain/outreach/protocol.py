"""The contact protocol: how many tries, how spread, and when the next one is due after each outcome."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from coordinator_app.domain.activity import Contact, Outcome
from coordinator_app.domain.calendar import Moment
from coordinator_app.domain.outreach.terms import NextStep, ProtocolTerms
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


class Counsel(StrEnum):
    """What the protocol asks for next."""

    CALL = "call"
    FIND_NUMBER = "find_number"
    INTERPRETER = "interpreter"
    LETTER = "letter"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Proposal:
    """What to do next and when; ``rule`` names the line of the protocol, kept with the promise it becomes."""

    counsel: Counsel
    due_at: datetime | None
    rule: str


@dataclass(frozen=True, slots=True)
class Tries:
    """How far the protocol has come: tries made, tries it asks for, days and parts of the day they fell on."""

    made: int
    asked: int
    days: int
    parts: tuple[str, ...]
    is_spent: bool


def part_of_day(at: datetime, now: Moment, terms: ProtocolTerms) -> str:
    """Return ``morning``, ``afternoon`` or ``evening`` of the initiative for an instant."""
    hour = now.calendar.local(at).hour
    if hour < 12:
        return "morning"
    return "afternoon" if hour < terms.part_hours["evening"].hour else "evening"


def tries_of(contacts: Sequence[Contact], since: date, tier: Tier, now: Moment, terms: ProtocolTerms) -> Tries:
    """Count the tries since ``since``, or since the last conversation if that was later.

    Spent only when the tries are enough and spread over the days and parts of the day that the protocol asks for.
    """
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
    return Tries(len(made), asked, len(days), tuple(sorted(parts)), enough)


def propose(
    outcome: Outcome,
    tier: Tier,
    tries: Tries,
    now: Moment,
    terms: ProtocolTerms,
    *,
    call_back_at: datetime | None = None,
    due_on: date | None = None,
) -> Proposal:
    """Return the next step after an outcome; ``tries`` counts the try just made.

    A time the person asked for is kept. Tries go on at another part of the day; in tiers 1 and 2 they do not pass the
    deadline ``due_on`` while it lies ahead, and after the last one comes a letter and another number, never an end.
    """
    rule = f"protocol.{outcome.value}"
    if outcome is Outcome.CALL_BACK and call_back_at is not None:
        return Proposal(Counsel.CALL, call_back_at, rule)
    steps = terms.after.get(outcome)
    if steps is None:
        return Proposal(Counsel.NOTHING, None, rule)
    is_urgent = tier <= Tier.DISCHARGE
    due_at = _when(steps[0] if is_urgent else steps[1], now, terms)
    if is_urgent and due_on is not None and now.today < due_on < now.calendar.day_of(due_at):
        due_at = now.calendar.at(due_on, terms.part_hours["morning"])
    return Proposal(_counsel(outcome, tries), due_at, rule)


def _counsel(outcome: Outcome, tries: Tries) -> Counsel:
    if outcome is Outcome.WRONG_NUMBER:
        return Counsel.FIND_NUMBER
    if outcome is Outcome.LANGUAGE_BARRIER:
        return Counsel.INTERPRETER
    return Counsel.LETTER if tries.is_spent else Counsel.CALL


def _when(step: NextStep, now: Moment, terms: ProtocolTerms) -> datetime:
    """Return the instant of a step; "the next part of the day" is today while the office is open at that hour."""
    local = now.calendar.local(now.at)
    if step.parts:
        afternoon = terms.part_hours["afternoon"]
        if local.time() < afternoon and now.calendar.is_office_day(now.today):
            return now.calendar.at(now.today, max(afternoon, (local + timedelta(hours=2)).time()))
        return now.calendar.at(now.calendar.next_office_day(now.today), terms.part_hours["morning"])
    day = now.today
    for _ in range(step.business_days):
        day = now.calendar.next_office_day(day)
    was_morning = part_of_day(now.at, now, terms) == "morning"
    return now.calendar.at(day, terms.part_hours["afternoon" if was_morning else "morning"])
