"""Dates as sources write them: the calendar day as written, and the instant in UTC where a time was given."""

import re
from datetime import UTC, date, datetime, timedelta, timezone
from typing import NamedTuple

from coordinator_app.central.feeds.verdicts import Cause, UnusableError

_WRITTEN = re.compile(
    r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(Z|[+-]\d\d:\d\d)?)?)?)?"
)
_YEARS = range(1850, 2200)


class Moment(NamedTuple):
    """A day never shifted by a zone, the instant if one was said, and how exact the source was."""

    day: date
    at: datetime | None
    precision: str


def moment(written: object, what: str) -> Moment | None:
    """Read a FHIR date or dateTime; nothing written is None. ``what`` names the field in the complaint."""
    if written is None or written == "":
        return None
    match = _WRITTEN.fullmatch(written) if isinstance(written, str) else None
    if match is None:
        raise UnusableError(Cause.BAD_DATE, f"{what} is not a date")
    year, month, day, hour, minute, second, fraction, zone = match.groups()
    if int(year) not in _YEARS:
        raise UnusableError(Cause.BAD_DATE, f"{what} has a year that cannot be")
    try:
        on = date(int(year), int(month or 1), int(day or 1))
        if hour is None:
            return Moment(on, None, "day" if day else "month" if month else "year")
        micros = int((fraction or "0")[:6].ljust(6, "0"))
        # 60 is a leap second and 24:00 the end of a day; neither is worth losing a record for.
        clock = timedelta(hours=int(hour), minutes=int(minute), seconds=min(int(second or 0), 59), microseconds=micros)
        if clock > timedelta(days=1) or int(minute) > 59:
            raise UnusableError(Cause.BAD_DATE, f"{what} has a time that cannot be")
        at = datetime(on.year, on.month, on.day, tzinfo=_zone(zone)) + clock
        return Moment(on, at.astimezone(UTC), "second" if second else "minute")
    except (ValueError, OverflowError) as error:
        if isinstance(error, UnusableError):
            raise
        raise UnusableError(Cause.BAD_DATE, f"{what} is a day that does not exist") from error


def _zone(written: str | None) -> timezone:
    if written is None or written == "Z":
        return UTC
    hours, minutes = int(written[1:3]), int(written[4:6])
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(-offset if written[0] == "-" else offset)


def not_after(known: Moment | None, last_day: date, what: str) -> None:
    """Refuse what claims to have happened after the data's own day."""
    if known is not None and known.day > last_day:
        raise UnusableError(Cause.FUTURE_DATE, f"{what} lies after the data's own day")
