"""The desk's clock: true time for what people do, the initiative's own for what is due (ruling 5)."""

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from coordinator_app.domain.calendar import BusinessCalendar, Moment, moment


@dataclass(frozen=True, slots=True)
class DayRules:
    """The initiative's calendar, and the day it is frozen on, if it is."""

    calendar: BusinessCalendar
    frozen_on: date | None = None


def utc_now() -> datetime:
    """Return the computer's time in UTC."""
    return datetime.now(UTC)


def since_boot() -> float:
    """Return seconds by a clock nobody sets; unlike most steady clocks it goes on while the computer sleeps."""
    if sys.platform == "linux":
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    if sys.platform == "darwin":
        return time.clock_gettime(time.CLOCK_MONOTONIC)
    return time.monotonic()


class DeskClock:
    """Tells the time by the day rules it was last given; a sync that brings others says so by ``follow``."""

    def __init__(self, rules: DayRules, wall: Callable[[], datetime] = utc_now) -> None:
        self._rules, self._wall = rules, wall

    def follow(self, rules: DayRules) -> None:
        """Go by these rules from now on."""
        self._rules = rules

    def instant(self) -> datetime:
        """Return the true time in UTC."""
        return self._wall()

    def moment(self) -> Moment:
        """Return what *now* is for the initiative."""
        return moment(self._rules.calendar, self._wall(), self._rules.frozen_on)

    def moment_on(self, day: date) -> Moment:
        """Return *now* as it would be were the initiative held on ``day``, for ``--as-of``."""
        return moment(self._rules.calendar, self._wall(), day)
