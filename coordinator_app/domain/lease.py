"""How long a workstation may be used without its centre: all of it, then notes, then nothing, then it is emptied."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum

LOCKED_AFTER = timedelta(days=7)
"""From the end of full use; with the centre's seven days that is day 14 (ruling 20)."""

OVER_AFTER = timedelta(days=23)
"""From the end of full use; day 30 since the centre was last reached."""

SET_BACK = timedelta(minutes=5)
"""A clock may go back by so much, as clocks do that are kept right over a network."""

FAR_AHEAD = timedelta(days=365)
"""A clock that is further ahead than this of all it ever said is wrong; nothing is erased on its word."""


class Standing(IntEnum):
    """What may be done; a higher one allows less."""

    FULL = 0
    NOTES = 1
    LOCKED = 2
    OVER = 3


@dataclass(frozen=True, slots=True)
class Lease:
    """What the centre granted, in its own time: full use until then.

    ``ahead`` is the centre's time minus this computer's when it said so; ``seen`` is the latest time this computer's
    clock ever showed since then. None where nothing was granted or seen yet. ``is_revoked`` where the centre said at
    its last hello that it takes nothing more from this workstation.
    """

    full_until: datetime | None = None
    ahead: timedelta = timedelta()
    seen: datetime | None = None
    is_revoked: bool = False


@dataclass(frozen=True, slots=True)
class Held:
    """How it stands, and until when; ``cause`` is empty, ``revoked``, ``clock_back`` or ``clock_ahead``."""

    standing: Standing = Standing.FULL
    cause: str = ""
    until: datetime | None = None


def held(lease: Lease, wall: datetime) -> Held:
    """Say what may be done at ``wall``, this computer's time.

    A store that was never granted anything holds nobody: it may be used in full.
    """
    if lease.is_revoked:
        return Held(Standing.LOCKED, "revoked")
    if lease.full_until is None:
        return Held()
    if lease.seen is not None and wall < lease.seen - SET_BACK:
        return Held(Standing.LOCKED, "clock_back")
    starts = [lease.full_until - lease.ahead + after for after in (timedelta(), LOCKED_AFTER, OVER_AFTER)]
    standing = Standing(sum(wall >= start for start in starts))
    if standing >= Standing.LOCKED and lease.seen is not None and wall > lease.seen + FAR_AHEAD:
        return Held(Standing.LOCKED, "clock_ahead")
    return Held(standing, until=None if standing is Standing.OVER else starts[standing])
