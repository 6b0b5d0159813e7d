"""Who is kept out of the call list, why, on whose word and since when; nobody is left out in silence (practice 6)."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Cause(StrEnum):
    """Why a person is not listed."""

    DECEASED = "deceased"
    DEATH_REPORTED = "death_reported"
    OPTED_OUT = "opted_out"
    LEFT = "left"
    MOVED = "moved"
    IN_HOSPITAL = "in_hospital"
    NO_CALLS = "no_calls"


class Mark(StrEnum):
    """What a listed person's row must say."""

    NO_PHONE = "no_phone"
    HOSPICE = "hospice"


@dataclass(frozen=True, slots=True)
class PersonStatus:
    """What is known of a person beside charts and reasons; a day that is None means that nobody said so.

    ``death_source`` is ``staff`` when it was told to one of us, else the name of the feed; ``death_confirmed`` is a
    person's word on a feed's death: True, False (wrongly reported), or None while nobody has looked.
    """

    deceased_on: date | None = None
    death_source: str = ""
    death_known_on: date | None = None
    death_confirmed: bool | None = None
    opted_out_on: date | None = None
    opted_out_source: str = ""
    left_on: date | None = None
    left_source: str = ""
    moved_on: date | None = None
    moved_source: str = ""
    in_hospital_since: date | None = None
    hospital_source: str = ""
    no_calls_since: date | None = None
    no_calls_source: str = ""
    hospice_since: date | None = None
    has_phone: bool = True


@dataclass(frozen=True, slots=True)
class NotListed:
    """Why a row is missing: cause, whose word it is, since when; ``confirm_by`` where a person must look at it."""

    cause: Cause
    source: str
    since: date | None
    confirm_by: date | None = None


_STAFF = "staff"
_CONFIRM_DAYS = 2


def not_listed(status: PersonStatus, today: date) -> NotListed | None:
    """Return why a person is kept out of the call list today, or None.

    A death holds everything at once, whoever says it; one that only a feed tells asks for a person's word within two
    days. A death called wrong by a person holds nothing. Having no telephone or being in hospice keeps nobody out.
    """
    if status.deceased_on is not None and status.death_confirmed is not False:
        if status.death_source == _STAFF or status.death_confirmed:
            return NotListed(Cause.DECEASED, status.death_source, status.deceased_on)
        known = status.death_known_on or today
        confirm_by = known + timedelta(_CONFIRM_DAYS)
        return NotListed(Cause.DEATH_REPORTED, status.death_source, status.deceased_on, confirm_by)
    for cause, since, source in (
        (Cause.OPTED_OUT, status.opted_out_on, status.opted_out_source),
        (Cause.NO_CALLS, status.no_calls_since, status.no_calls_source),
        (Cause.LEFT, status.left_on, status.left_source),
        (Cause.MOVED, status.moved_on, status.moved_source),
        (Cause.IN_HOSPITAL, status.in_hospital_since, status.hospital_source),
    ):
        if since is not None and since <= today:
            return NotListed(cause, source, since)
    return None


def marks(status: PersonStatus) -> tuple[Mark, ...]:
    """Return what a listed person's row must say beside its reason."""
    found = []
    if not status.has_phone:
        found.append(Mark.NO_PHONE)
    if status.hospice_since is not None:
        found.append(Mark.HOSPICE)
    return tuple(found)
