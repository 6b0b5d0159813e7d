"""The desk's clock: true time for what people do, the initiative's own for what is due (ruling 5)."""

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


class DeskClock:
    """Asks for the day rules each time, for a sync may bring others."""

    def __init__(self, rules: Callable[[], DayRules], wall: Callable[[], datetime] = utc_now) -> None:
        self._rules, self._wall = rules, wall

    def instant(self) -> datetime:
        """Return the true time in UTC."""
        return self._wall()

    def moment(self) -> Moment:
        """Return what *now* is for the initiative."""
        rules = self._rules()
        return moment(rules.calendar, self._wall(), rules.frozen_on)

    def moment_on(self, day: date | None) -> Moment:
        """Return *now* as it would be on ``day``, for ``--as-of``; without one, the desk's own."""
        return self.moment() if day is None else moment(self._rules().calendar, self._wall(), day)
