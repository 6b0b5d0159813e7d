"""How far this computer's clock is off, and what that means: order never depends on it, signing may."""

from collections.abc import Callable
from datetime import datetime, timedelta

WARN_AT = timedelta(minutes=2)
"""From here a person is told that the clock is off."""

REFUSE_AT = timedelta(hours=24)
"""From here nothing is signed: a day's call would carry another day's date (sync 4.8)."""


def is_off(offset: timedelta) -> bool:
    """Say whether a person is told; ``offset`` is the centre's time minus this computer's."""
    return abs(offset) >= WARN_AT


def may_sign(offset: timedelta) -> bool:
    """Say whether an act may be signed with such a clock."""
    return abs(offset) < REFUSE_AT


class ClockWatch:
    """Notices when the wall's clock is set, by one that nobody sets.

    What the centre said of this clock holds only for how it stood then; ``moved`` is what was done to it since.
    ``monotonic`` must go on while the computer sleeps, or a night would look like a clock set forward.
    """

    def __init__(self, wall: Callable[[], datetime], monotonic: Callable[[], float]) -> None:
        self._wall, self._monotonic = wall, monotonic
        self._base = self._stands()

    def mark(self) -> None:
        """Count from how the clock stands now: the centre has just said its time."""
        self._base = self._stands()

    def moved(self) -> timedelta:
        """Return how far the clock was set since then, forward or back; what is under a second is drift."""
        moved = self._stands() - self._base
        return moved if abs(moved) >= timedelta(seconds=1) else timedelta()

    def _stands(self) -> datetime:
        return self._wall() - timedelta(seconds=self._monotonic())
