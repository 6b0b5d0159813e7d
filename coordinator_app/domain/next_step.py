"""What a coordinator owes after a call: proposed, shown with its rule, and hers to change."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Final

from coordinator_app.domain.activity import Outcome
from coordinator_app.domain.calendar import Moment, in_utc
from coordinator_app.domain.outreach.protocol import Attempts
from coordinator_app.domain.outreach.terms import ProtocolTerms
from coordinator_app.domain.reasons import Tier

MORNING: Final = time(10)
AFTERNOON: Final = time(14)
WEEK: Final = timedelta(7)


class Step(StrEnum):
    """What comes next."""

    CALL = "call"
    CALL_BACK = "call_back"
    FIND_NUMBER = "find_number"
    INTERPRETER = "interpreter"
    LETTER = "letter"
    ASK_HOSPITAL = "ask_hospital"
    CONFIRM_DEATH = "confirm_death"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class NextStep:
    """A proposal: what, until when (UTC; None where no clock runs), and the rule that says so."""

    what: Step
    due_at: datetime | None = None
    rule: str = ""


NO_STEP: Final = NextStep(Step.NOTHING, None, "chosen")
"""The choice of no next step."""

_STEPS: Final[Mapping[Outcome, Step]] = {
    Outcome.LANGUAGE_BARRIER: Step.INTERPRETER,
    Outcome.WRONG_NUMBER: Step.FIND_NUMBER,
    Outcome.CALL_BACK: Step.CALL_BACK,
    Outcome.IN_HOSPITAL: Step.ASK_HOSPITAL,
    Outcome.DECEASED: Step.CONFIRM_DEATH,
}


def next_step(
    outcome: Outcome,
    *,
    tier: Tier,
    attempts: Attempts,
    now: Moment,
    terms: ProtocolTerms,
    home_until: datetime | None = None,
    call_back_at: datetime | None = None,
) -> NextStep:
    """Say what is owed after this call; ``attempts`` counts this one too, ``terms`` says how soon the next try is.

    ``home_until`` is the end of the weeks after a hospital stay, in which a person reached is called every week. The
    next try goes to the other half of the day. When the tries are spent comes a letter, never an end (practice 26).
    """
    rule = f"protocol.{outcome.value}"
    if outcome.is_conversation:
        return _every_week(now, home_until) if home_until is not None else NextStep(Step.NOTHING, None, rule)
    if outcome is Outcome.CALL_BACK and call_back_at is not None:
        return NextStep(Step.CALL_BACK, in_utc(call_back_at), rule)
    if outcome not in terms.next_try:
        return NextStep(Step.NOTHING, None, rule)
    urgent, other = terms.next_try[outcome]
    step = _STEPS.get(outcome, Step.LETTER if attempts.is_spent else Step.CALL)
    return NextStep(step, _in_days(now, urgent if tier <= Tier.DISCHARGE else other), rule)


def _every_week(now: Moment, until: datetime) -> NextStep:
    day = now.calendar.next_office_day(now.today + WEEK - timedelta(1))
    at = in_utc(now.calendar.at(day, MORNING))
    is_in_time = at <= until
    return NextStep(Step.CALL if is_in_time else Step.NOTHING, at if is_in_time else None, "protocol.weekly")


def _in_days(now: Moment, days: int) -> datetime:
    day = now.today
    for _ in range(days):
        day = now.calendar.next_office_day(day)
    was_morning = now.calendar.local(now.at).time() < time(12)
    return in_utc(now.calendar.at(day, AFTERNOON if was_morning else MORNING))
