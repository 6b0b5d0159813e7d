"""What a coordinator owes after a call: proposed by a contact protocol, which is data that medical direction signs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Any, Final

from coordinator_app.domain.activity import Outcome
from coordinator_app.domain.calendar import Moment, in_utc
from coordinator_app.domain.reasons import Tier

NOON = time(12)


class Step(StrEnum):
    """What comes next."""

    CALL_AGAIN = "call_again"
    CALL_BACK = "call_back"
    FIND_NUMBER = "find_number"
    CALL_WITH_INTERPRETER = "call_with_interpreter"
    SEND_LETTER = "send_letter"
    WAIT_FOR_DISCHARGE = "wait_for_discharge"
    CONFIRM_DEATH = "confirm_death"
    NOTHING = "nothing"


_CLOCKLESS: Final[Mapping[Outcome, Step]] = {
    Outcome.IN_HOSPITAL: Step.WAIT_FOR_DISCHARGE,
    Outcome.REFUSED: Step.NOTHING,
}
# The step and the business days it may take; a told death is to be confirmed within two (practice 6).
_IN_DAYS: Final[Mapping[Outcome, tuple[Step, int]]] = {
    Outcome.CALL_BACK: (Step.CALL_BACK, 1),
    Outcome.WRONG_NUMBER: (Step.FIND_NUMBER, 1),
    Outcome.LANGUAGE_BARRIER: (Step.CALL_WITH_INTERPRETER, 1),
    Outcome.DECEASED: (Step.CONFIRM_DEATH, 2),
}


@dataclass(frozen=True, slots=True)
class NextStep:
    """A proposal: what, until when (UTC; None where no clock runs), and the rule that says so."""

    what: Step
    due_at: datetime | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Tries:
    """How often and how far apart one tries: ``every`` business days, ``tries`` in all, at two times of the day."""

    tries: int
    every: int


@dataclass(frozen=True, slots=True)
class ContactProtocol:
    """A protocol of the initiative; ``after_hospital_days`` paces the calls once someone was reached after a stay."""

    id: str = "standard"
    version: str = "draft-1"
    urgent: Tries = Tries(4, 1)
    dated: Tries = Tries(3, 3)
    after_hospital_days: int = 7
    morning: time = time(10)
    afternoon: time = time(14)

    @property
    def name(self) -> str:
        """Return the protocol with its version, as acts keep it."""
        return f"{self.id} {self.version}"

    def for_tier(self, tier: Tier) -> Tries:
        """Return how the tier is tried."""
        return self.urgent if tier <= Tier.HIGH else self.dated


def protocol_from(content: Mapping[str, Any]) -> ContactProtocol:
    """Build a protocol of the reference bundle; what it leaves out is ours."""
    own = ContactProtocol()
    urgent, dated = content.get("urgent", {}), content.get("dated", {})
    return ContactProtocol(
        id=str(content.get("id", own.id)),
        version=str(content.get("version", own.version)),
        urgent=Tries(int(urgent.get("tries", own.urgent.tries)), int(urgent.get("every", own.urgent.every))),
        dated=Tries(int(dated.get("tries", own.dated.tries)), int(dated.get("every", own.dated.every))),
        after_hospital_days=int(content.get("after_hospital_days", own.after_hospital_days)),
    )


def next_step(
    outcome: Outcome,
    *,
    protocol: ContactProtocol,
    tier: Tier,
    tries: int,
    now: Moment,
    is_after_hospital: bool = False,
    call_back_at: datetime | None = None,
) -> NextStep:
    """Say what the coordinator owes after this call; ``tries`` counts this one too."""
    if outcome.is_conversation:
        return _after_conversation(protocol, now, is_after_hospital=is_after_hospital)
    if outcome is Outcome.CALL_BACK and call_back_at is not None:
        return NextStep(Step.CALL_BACK, call_back_at, "asked by patient")
    if outcome in _CLOCKLESS:
        return NextStep(_CLOCKLESS[outcome], None, protocol.name)
    if outcome in _IN_DAYS:
        step, days = _IN_DAYS[outcome]
        return NextStep(step, _in_days(now, days, protocol.morning), protocol.name)
    return _after_try(protocol, tier, tries, now)


def _after_conversation(protocol: ContactProtocol, now: Moment, *, is_after_hospital: bool) -> NextStep:
    if not is_after_hospital:
        return NextStep(Step.NOTHING, None, protocol.name)
    day = now.calendar.next_office_day(now.today + timedelta(protocol.after_hospital_days - 1))
    return NextStep(Step.CALL_AGAIN, in_utc(now.calendar.at(day, protocol.morning)), f"{protocol.name}, after hospital")


def _after_try(protocol: ContactProtocol, tier: Tier, tries: int, now: Moment) -> NextStep:
    cadence = protocol.for_tier(tier)
    if tries >= cadence.tries:
        return NextStep(Step.SEND_LETTER, _in_days(now, 1, protocol.morning), protocol.name)
    # The other half of the day: who did not answer in the morning may in the afternoon.
    was_morning = now.calendar.local(now.at).time() < NOON
    hour = protocol.afternoon if was_morning else protocol.morning
    return NextStep(Step.CALL_AGAIN, _in_days(now, cadence.every, hour), protocol.name)


def _in_days(now: Moment, days: int, hour: time) -> datetime:
    day = now.today
    for _ in range(days):
        day = now.calendar.next_office_day(day)
    return in_utc(now.calendar.at(day, hour))
