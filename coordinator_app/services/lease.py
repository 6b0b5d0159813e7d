"""The lease at this desk: every shelf and every book is opened through it, so no screen has to remember it."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Protocol

from coordinator_app.domain.clock import may_sign
from coordinator_app.domain.lease import FAR_AHEAD, Held, Lease, Standing, held
from coordinator_app.domain.trouble import Refusal
from coordinator_app.services.ports import Book, OpenBook, OpenShelves, Shelves

LEASE, SKEW_MS, TIME_SEEN = "lease", "skew_ms", "time_seen"
DEVICE_STATE, WIPE_ORDERED = "device_state", "wipe_ordered"

_SENTENCES: Final[Mapping[str, str]] = {
    "lease_notes_only": "The center was not reached for a week. Calls, notes and teaching are saved; booking, letters "
    "and exports wait until it is.",
    "lease_locked": "The center was not reached for two weeks. The panel opens again after the next sync.",
    "revoked": "The center has revoked this workstation. Ask who administers it; what you saved is kept.",
    "clock_back": "This computer's clock was set back. The panel opens again after the next sync.",
    "clock_ahead": "This computer's clock is far ahead. Set it right; the panel opens again after the next sync.",
}

_CLOCK_OFF: Final = (
    "This computer's clock is off by a day or more, so nothing is signed. Set it right; "
    "what you typed is kept as a draft."
)

CODES: Final = frozenset(_SENTENCES)
"""The codes of all refusals of the lease."""


class Wall(Protocol):
    """The clock of the computer."""

    def instant(self) -> datetime: ...  # noqa: D102


def lease_of(facts: Mapping[str, Any]) -> Lease:
    """Return the lease as the store's facts have it."""
    until, seen = facts.get(LEASE), facts.get(TIME_SEEN)
    return Lease(
        full_until=None if until is None else datetime.fromisoformat(until),
        ahead=timedelta(milliseconds=facts.get(SKEW_MS) or 0),
        seen=None if seen is None else datetime.fromtimestamp(seen / 1_000_000, UTC),
        is_revoked=facts.get(DEVICE_STATE) == "revoked" or bool(facts.get(WIPE_ORDERED)),
    )


def microseconds(at: datetime) -> int:
    """Return an instant as the store keeps the time that was seen."""
    return (at - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


def refusal(found: Held, code: str = "lease_locked") -> Refusal:
    """Return why something may not be done now."""
    said = found.cause or code
    return Refusal(said, _SENTENCES[said])


class LeaseKeeper:
    """Opens shelves and books while the lease allows it. ``learn`` writes facts of the desk."""

    def __init__(
        self,
        open_book: OpenBook,
        open_shelves: OpenShelves,
        clock: Wall,
        learn: Callable[[Mapping[str, Any]], None],
        moved: Callable[[], timedelta] = timedelta,
    ) -> None:
        self._open_book, self._open_shelves = open_book, open_shelves
        self._clock, self._learn, self._moved = clock, learn, moved

    def now(self) -> Held:
        """Return how it stands."""
        with self._open_shelves() as shelves:
            return self._held(shelves)

    def clock_off(self, facts: Mapping[str, Any]) -> timedelta:
        """Return the centre's time minus this computer's, as far as it is known."""
        return timedelta(milliseconds=facts.get(SKEW_MS) or 0) - self._moved()

    def tick(self) -> Held:
        """Keep the time that was seen, so that a clock set back later is noticed; return how it stands."""
        with self._open_shelves() as shelves:
            lease, found = lease_of(shelves.desk.facts()), self._held(shelves)
        now = self._clock.instant()
        # A clock that is plainly wrong is not believed: what it showed would lock the store when it is right again.
        if lease.seen is None or lease.seen < now <= lease.seen + FAR_AHEAD:
            self._learn({TIME_SEEN: microseconds(now)})
        return found

    @contextmanager
    def open_shelves(self) -> Iterator[Shelves]:
        """Give the shelves. Refusal: ``lease_locked``, ``clock_back``, ``clock_ahead``."""
        with self._open_shelves() as shelves:
            self._allow(shelves, Standing.NOTES)
            yield shelves

    @contextmanager
    def open_book(self) -> Iterator[Book]:
        """Give a book for calls, notes and teaching. Refusals as of ``open_shelves``."""
        with self._open_book() as book:
            self._allow(book.shelves, Standing.NOTES)
            self._allow_signing(book.shelves)
            yield book

    @contextmanager
    def open_full_book(self) -> Iterator[Book]:
        """Give a book for what promises something to others: visits, letters. Refusal: ``lease_notes_only`` too."""
        with self._open_book() as book:
            self._allow(book.shelves, Standing.FULL)
            self._allow_signing(book.shelves)
            yield book

    @contextmanager
    def open_for_export(self) -> Iterator[Shelves]:
        """Give the shelves for what leaves the store as a paper or a file. Refusals as of ``open_full_book``."""
        with self._open_shelves() as shelves:
            self._allow(shelves, Standing.FULL)
            yield shelves

    def _allow_signing(self, shelves: Shelves) -> None:
        facts = shelves.desk.facts()
        # On the centre's word alone, and no longer than the clock stands as it stood then.
        if not may_sign(timedelta(milliseconds=facts.get(SKEW_MS) or 0)) and not may_sign(self.clock_off(facts)):
            raise Refusal("clock_off", _CLOCK_OFF)

    def _held(self, shelves: Shelves) -> Held:
        return held(lease_of(shelves.desk.facts()), self._clock.instant())

    def _allow(self, shelves: Shelves, most: Standing) -> None:
        found = self._held(shelves)
        if found.standing >= Standing.LOCKED:
            raise refusal(found)
        if found.standing > most:
            raise refusal(found, "lease_notes_only")
