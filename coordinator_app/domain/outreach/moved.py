"""A nurse's word on the rank: a reason raised or lowered for a while, beside its tier by rule (practice 7)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from coordinator_app.domain.activity import ResponseKind
from coordinator_app.domain.outreach.ledger import Answer, LedgerRow
from coordinator_app.domain.outreach.terms import StandingTerms
from coordinator_app.domain.reasons import Tier

MOVES: Final = frozenset({ResponseKind.RAISED, ResponseKind.LOWERED})


@dataclass(frozen=True, slots=True)
class Move:
    """Where a nurse put a reason: the tier it has now, the one the rules give it, why, and the day the word lapses."""

    tier: Tier
    ruled: Tier
    how: ResponseKind
    cause: str
    until: date


def move_of(row: LedgerRow, ruled: Tier, answers: Iterable[Answer], today: date, terms: StandingTerms) -> Move | None:
    """Return what the last such word on a reason means today, or None.

    It goes one tier up or down, and never down out of tier 1. It lapses on its day, at most ``longest_move_days`` after
    it was said. A lowered reason with newer evidence is back where the rules put it the same day.
    """
    told = [each for each in answers if each.reason_id == row.id and each.response in MOVES]
    if not told:
        return None
    last = max(told, key=lambda each: each.at)
    longest = last.on + timedelta(terms.longest_move_days)
    until = min(last.until or longest, longest)
    is_news = row.evidence_on is not None and row.evidence_on > (last.evidence_on or last.on)
    is_lowered = last.response is ResponseKind.LOWERED
    if today >= until or (is_lowered and is_news):
        return None
    tier = moved_to(ruled, last.response)
    return None if tier is ruled else Move(tier, ruled, last.response, last.cause, until)


def moved_to(ruled: Tier, how: ResponseKind) -> Tier:
    """Return the tier a word leads to from the one the rules give."""
    if how is ResponseKind.RAISED:
        return Tier(max(Tier.SAFETY, ruled - 1))
    return ruled if ruled is Tier.SAFETY else Tier(min(Tier.ROUTINE, ruled + 1))
