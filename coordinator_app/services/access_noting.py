"""Notes what was looked at: charts, searches, prints, exports, confidential items that were opened by a key."""

from datetime import datetime, timedelta
from typing import Protocol

from coordinator_app.domain.access import Looked
from coordinator_app.domain.ids import MemberId
from coordinator_app.services.ports import Clock

ONE_SEARCH = timedelta(seconds=10)
"""Letters typed within this time are one search."""


class Log(Protocol):
    """The log of this workstation."""

    def note(self, what: Looked, member_id: MemberId | None, count: int) -> None:
        """Put an entry on the disk."""


class AccessNoting:
    """Each note is on the disk when it returns; it says what and whose, never a word that was read or typed."""

    def __init__(self, log: Log, clock: Clock) -> None:
        self._log, self._clock = log, clock
        self._searched_at: datetime | None = None

    def note(self, what: Looked, member_id: MemberId | None = None, count: int = 1) -> None:
        """Note a look; ``count`` is how many people a search found or how many sheets were made."""
        self._log.note(what, member_id, count)

    def searched(self, found: int) -> None:
        """Note a search by how many it found; what is typed letter by letter is noted once."""
        now = self._clock.instant()
        if self._searched_at is None or now - self._searched_at >= ONE_SEARCH:
            self._log.note(Looked.SEARCHED, None, found)
        self._searched_at = now
