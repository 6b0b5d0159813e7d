"""The local rank: one row for each person of the queue, with all a list shows (ruling 23)."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from coordinator_app.domain.ids import MemberId
from coordinator_app.domain.reasons import ReasonKind, Tier
from coordinator_app.domain.sensitivity import Sensitivity


class Tab(StrEnum):
    """Where a person's row stands now."""

    CALL_TODAY = "call_today"
    DUE_SOON = "due_soon"
    WAITING = "waiting"
    DONE_TODAY = "done_today"
    NOT_LISTED = "not_listed"


@dataclass(frozen=True, slots=True)
class Shown:
    """What one row of the list shows, words still to be said: the sentence is a code with its arguments.

    ``tries`` are the outcomes of the attempts of this episode, oldest first, out of ``tries_allowed``. ``gone`` is the
    share of the allowed time that has passed. ``tags`` are words to filter by. ``back_on`` is the day on which a row
    that waits comes back; ``back_at`` the hour of it where one was promised (UTC). ``changed`` is the kind of reason
    that is newer than the last contact; ``asked_on`` the day a practice was asked for a visit it has not answered.

    ``moved`` is raised or lowered where a nurse's word gives the row its tier until ``moved_until``; ``ruled_tier`` is
    the one the rules give it. Somebody spoke with the person lately: others wait until ``quiet_until``. ``best_hours``
    and the ``zone`` the person lives in ("" the initiative's) are for marks beside the row, which hide nothing.
    """

    name: str = field(repr=False)
    preferred: str = field(default="", repr=False)
    member_number: str = field(default="", repr=False)
    birth_date: date | None = field(default=None, repr=False)
    sex: str = "unknown"
    language: str = "en"
    interpreter: str = ""
    special_contact: bool = False
    call_instead: str = field(default="", repr=False)
    has_namesake: bool = False
    kind: ReasonKind | None = None
    kinds: tuple[ReasonKind, ...] = ()
    tags: tuple[str, ...] = ()
    sentence: str = ""
    arguments: dict[str, Any] = field(default_factory=dict, repr=False)
    sensitivity: Sensitivity = Sensitivity.ORDINARY
    more: int = 0
    tries: tuple[str, ...] = ()
    tries_allowed: int = 0
    changed: str = ""
    asked_on: date | None = None
    opens_on: date | None = None
    is_new: bool = False
    done_at: datetime | None = None
    outcome: str = ""
    back_on: date | None = None
    back_at: datetime | None = None
    cause: str = ""
    source: str = ""
    on: date | None = None
    moved: str = ""
    moved_until: date | None = None
    ruled_tier: int = 0
    quiet_until: date | None = None
    best_hours: str = ""
    zone: str = ""


@dataclass(frozen=True, slots=True)
class Ranked:
    """One person's place: the tab, then the tier, then the points, then the deadline, then the id."""

    member_id: MemberId
    tab: Tab
    tier: Tier
    points: int
    due_on: date | None
    shown: Shown
