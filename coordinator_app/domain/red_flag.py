"""A red flag with a clock: raised, told to somebody, and open until a named person has accepted it (practice 19)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from coordinator_app.domain.activity import FlagStep, RedFlag
from coordinator_app.domain.calendar import Moment
from coordinator_app.domain.ids import ActivityId, MemberId, ReasonId
from coordinator_app.domain.reasons import Reason, ReasonKind

POINTS = 100
"""A red flag stands before everything else of its tier."""


@dataclass(frozen=True, slots=True)
class Flag:
    """A red flag as its steps leave it; the last step that says where the patient is counts."""

    id: ActivityId
    member_id: MemberId
    steps: tuple[RedFlag, ...]

    @property
    def raised(self) -> RedFlag:
        """The step that opened it."""
        return self.steps[0]

    @property
    def since(self) -> datetime:
        """When it was raised, in UTC."""
        return self.raised.occurred_at

    @property
    def told(self) -> RedFlag | None:
        """The last time somebody was told, None where nobody was."""
        return next((each for each in reversed(self.steps) if each.step is FlagStep.TOLD), None)

    @property
    def accepted(self) -> RedFlag | None:
        """The step with which somebody named took it over, None while it is open."""
        return next((each for each in self.steps if each.step is FlagStep.ACCEPTED and each.who.strip()), None)

    @property
    def is_open(self) -> bool:
        """Whether nobody named has accepted it yet."""
        return self.accepted is None

    @property
    def whereabouts(self) -> str:
        """Where the patient is, as far as was said."""
        return next((each.whereabouts for each in reversed(self.steps) if each.whereabouts), "")

    @property
    def call_back(self) -> str:
        """The number at which the patient is reached there."""
        return next((each.call_back for each in reversed(self.steps) if each.call_back), "")


def flags_of(steps: Iterable[RedFlag]) -> tuple[Flag, ...]:
    """Return the flags these steps make, the oldest first; a step whose beginning is not here begins its flag."""
    found: dict[ActivityId, list[RedFlag]] = {}
    for each in sorted(steps, key=lambda step: (step.step is not FlagStep.RAISED, step.occurred_at, step.id)):
        found.setdefault(each.flag_id, []).append(each)
    flags = (Flag(flag_id, steps[0].member_id, tuple(steps)) for flag_id, steps in found.items())
    return tuple(sorted(flags, key=lambda flag: (flag.since, flag.id)))


def open_flag(steps: Iterable[RedFlag]) -> Flag | None:
    """Return the oldest flag nobody has accepted, if any."""
    return next((each for each in flags_of(steps) if each.is_open), None)


def flag_reason(flag: Flag, now: Moment) -> Reason:
    """Return an open flag as the reason it is: it opens anew each day until it is accepted, so no call quiets it."""
    told = flag.told
    return Reason(
        id=ReasonId(flag.id),
        member_id=flag.member_id,
        kind=ReasonKind.RED_FLAG,
        rule="red_flag",
        rule_version="",
        subject=flag.id,
        episode=flag.id,
        sentence="red_flag.told" if told else "red_flag.open",
        opens_on=now.today,
        due_on=now.today,
        severity=POINTS,
        arguments={"said": flag.raised.said, "who": told.who if told else "", "points.red_flag": POINTS},
        evidence_on=now.day_of(flag.since),
        sensitivity=flag.raised.sensitivity,
    )
