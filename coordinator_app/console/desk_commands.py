"""What the commands of a desk share: the profile, the member, times as they are printed, and the desk itself."""

import argparse
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from coordinator_app.domain.calendar import Moment
from coordinator_app.domain.ids import MemberId

if TYPE_CHECKING:
    from coordinator_app.services.access_noting import AccessNoting
    from coordinator_app.services.act_words import ActWords
    from coordinator_app.services.booking import Booking
    from coordinator_app.services.call_logging import CallLogging
    from coordinator_app.services.chart import Chart
    from coordinator_app.services.correspondence import Correspondence
    from coordinator_app.services.desk_clock import DeskClock
    from coordinator_app.services.medicine_noting import MedicineNoting
    from coordinator_app.services.reviewing import Reviewing
    from coordinator_app.services.set_aside import SetAside
    from coordinator_app.services.teaching import TeachingNotes
    from coordinator_app.services.work_queue import WorkQueue


class Catalogue(Protocol):
    """The sentences of the language the command speaks."""

    def say(self, key: str, **values: object) -> str: ...  # noqa: D102
    def has(self, key: str) -> bool: ...  # noqa: D102


class Desk(Protocol):
    """An open desk, as far as commands need it."""

    @property
    def clock(self) -> "DeskClock": ...  # noqa: D102
    @property
    def catalogue(self) -> Catalogue: ...  # noqa: D102
    @property
    def words(self) -> "ActWords": ...  # noqa: D102
    @property
    def queue(self) -> "WorkQueue": ...  # noqa: D102
    @property
    def chart(self) -> "Chart": ...  # noqa: D102
    @property
    def calls(self) -> "CallLogging": ...  # noqa: D102
    @property
    def booking(self) -> "Booking": ...  # noqa: D102
    @property
    def medicines(self) -> "MedicineNoting": ...  # noqa: D102
    @property
    def teaching(self) -> "TeachingNotes": ...  # noqa: D102
    @property
    def letters(self) -> "Correspondence": ...  # noqa: D102
    @property
    def reviewing(self) -> "Reviewing": ...  # noqa: D102
    @property
    def set_aside(self) -> "SetAside": ...  # noqa: D102
    @property
    def access(self) -> "AccessNoting": ...  # noqa: D102


OpenDesk = Callable[[Path], AbstractContextManager[Desk]]


def add_profile(parser: argparse.ArgumentParser) -> None:
    """Add ``--profile`` and ``--json``."""
    parser.add_argument("--profile", required=True, metavar="DIR", type=Path, help="the folder of this workstation")
    parser.add_argument("--json", action="store_true", help="tell everything as one JSON object")


def add_member(parser: argparse.ArgumentParser) -> None:
    """Add MEMBER_ID, the UUID that ``queue --json`` prints."""
    parser.add_argument("member_id", metavar="MEMBER_ID", type=member)


def member(typed: str) -> MemberId:
    """Read a member's id in its usual form."""
    return MemberId(identifier(typed))


def identifier(typed: str) -> str:
    """Read a UUID."""
    try:
        return str(UUID(typed))
    except ValueError:
        raise argparse.ArgumentTypeError(f"{typed!r} is no id") from None


def moment_of(desk: Desk, as_of: date | None) -> Moment | None:
    """Return the moment of ``--as-of``, or nothing for the desk's own."""
    return None if as_of is None else desk.clock.moment_on(as_of)


def told(instant: datetime | None, now: Moment) -> str | None:
    """Return an instant as commands print it: ISO 8601 in the initiative's zone, with its offset."""
    return None if instant is None else instant.astimezone(ZoneInfo(now.calendar.zone)).isoformat(timespec="seconds")


def told_day(day: date | None) -> str | None:
    """Return a day as commands print it."""
    return None if day is None else day.isoformat()
