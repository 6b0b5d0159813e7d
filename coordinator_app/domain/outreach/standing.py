"""Whether a reason is open for me now: one function for both sides, over sent and unsent answers alike (ruling 9)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from coordinator_app.domain.activity import ResponseKind
from coordinator_app.domain.calendar import years_after
from coordinator_app.domain.outreach.ledger import Answer, LedgerRow
from coordinator_app.domain.outreach.terms import StandingTerms
from coordinator_app.domain.reasons import Reason, Tier

_FINAL = frozenset({ResponseKind.ANSWERED, ResponseKind.STOPPED, ResponseKind.WRONG})
_NEVER_CLOSES = frozenset({ResponseKind.ATTEMPTED, ResponseKind.RAISED, ResponseKind.LOWERED})


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether a reason is open, why it is not (``not_yet``, ``ended`` or the answer), and until when.

    An open one may be ``woken``: newer evidence came after the answer ``answered`` of the day ``since``.
    """

    is_open: bool
    why: str = ""
    until: date | None = None
    answered: ResponseKind | None = None
    since: date | None = None


WOKEN = "woken"
NOT_YET = "not_yet"
OPEN = Standing(is_open=True)
ENDED = Standing(is_open=False, why="ended")


def not_yet(opens_on: date) -> Standing:
    """Return how a reason stands before it opens."""
    return Standing(is_open=False, why=NOT_YET, until=opens_on)


def open_for_me(
    row: Reason | LedgerRow,
    answers: Iterable[Answer],
    today: date,
    terms: StandingTerms,
    tier: Tier,
) -> Standing:
    """Say whether a reason asks for something today.

    A reason is open from ``opens_on`` up to, not on, ``ends_on``. The last answer that quiets wins. Evidence newer than
    an answer wakes the reason the same day; a row that is only sent again wakes nothing. In tiers 1 and 2 talking about
    it does not quiet, and no quiet time passes the deadline (practice 2 and 7); elsewhere talk quiets up to a deadline
    that lay ahead.
    """
    if row.ends_on is not None and row.ends_on <= today:
        return ENDED
    if row.opens_on > today:
        return not_yet(row.opens_on)
    told = [each for each in answers if each.reason_id == row.id and each.response not in _NEVER_CLOSES]
    for last in sorted(told, key=lambda each: each.at, reverse=True):
        quiet = _quiet(row, last, today, terms, tier)
        if quiet is not None:
            return quiet
    return OPEN


def _quiet(row: Reason | LedgerRow, told: Answer, today: date, terms: StandingTerms, tier: Tier) -> Standing | None:
    """Return the quiet an answer makes, OPEN where it is over, None where such an answer makes none."""
    urgent = tier <= Tier.DISCHARGE
    if told.response is ResponseKind.DISCUSSED and urgent:
        return None
    if row.evidence_on is not None and row.evidence_on > (told.evidence_on or told.on):
        return Standing(is_open=True, why=WOKEN, answered=told.response, since=told.on)
    if told.response in _FINAL:
        return Standing(is_open=False, why=told.response.value)
    until = quiet_until(told, terms)
    if row.due_on is not None and _keeps_to_deadline(told, row.due_on, urgent=urgent):
        until = min(until, row.due_on)
    return Standing(is_open=False, why=told.response.value, until=until) if today < until else OPEN


def _keeps_to_deadline(told: Answer, due_on: date, *, urgent: bool) -> bool:
    """Say whether a deadline ends the quiet: of a snooze in tiers 1 and 2, of talk about what was not due yet."""
    if told.response is ResponseKind.SNOOZED:
        return urgent
    return told.response is ResponseKind.DISCUSSED and told.on < due_on


def quiet_until(told: Answer, terms: StandingTerms) -> date:
    """Return the first day that an answer which is not final does not cover any more."""
    if told.response is ResponseKind.SNOOZED:
        longest = told.on + timedelta(terms.longest_snooze_days)
        return min(told.until or longest, longest)
    if told.response is ResponseKind.DONE_ELSEWHERE and told.cause in terms.done_years:
        return years_after(told.evidence_on or told.on, terms.done_years[told.cause])
    return told.until or told.on + timedelta(terms.quiet_days.get(told.response, 0))
