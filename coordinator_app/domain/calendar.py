"""An initiative's days: which ones count for a deadline, when a day ends, and what day it is now."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

_SATURDAY = 5
_OFFICE = re.compile(r"(\d\d):(\d\d)-(\d\d):(\d\d)")
_LAST_SECOND = time(23, 59, 59)


class UnknownYear(LookupError):
    """A deadline was asked for in a year whose holidays the calendar does not hold."""


@dataclass(frozen=True, slots=True)
class BusinessCalendar:
    """Working days, office hours and the zone of one initiative.

    ``holidays`` stop a deadline (federal, 5 USC 6103); ``closures`` only close the office, for a state holiday counts
    as a working day for the two-business-day contact: the earlier deadline is the safe one (clinical.md 2).
    """

    zone: str
    holidays: Mapping[date, str]
    closures: Mapping[date, str] = field(default_factory=dict)
    opens: time = time(8)
    closes: time = time(17)
    first_year: int = date.min.year
    last_year: int = date.max.year

    def is_business_day(self, day: date) -> bool:
        """Say whether ``day`` counts for a deadline, whatever the office does."""
        if not self.first_year <= day.year <= self.last_year:
            raise UnknownYear(day.year)
        return day.weekday() < _SATURDAY and day not in self.holidays

    def is_office_day(self, day: date) -> bool:
        """Say whether the office is open at all on ``day``."""
        return self.is_business_day(day) and day not in self.closures

    def business_days_after(self, day: date, count: int) -> date:
        """Return the ``count``-th business day after ``day``; ``day`` itself never counts."""
        while count > 0:
            day += timedelta(1)
            count -= self.is_business_day(day)
        return day

    def next_office_day(self, day: date) -> date:
        """Return the first day after ``day`` on which the office is open."""
        day += timedelta(1)
        while not self.is_office_day(day):
            day += timedelta(1)
        return day

    def business_days_left(self, today: date, due: date) -> int:
        """Return how many business days lie after ``today`` up to and with ``due``; below zero when it is past."""
        if due < today:
            return -self.business_days_left(due, today)
        return sum(self.is_business_day(today + timedelta(n)) for n in range(1, (due - today).days + 1))

    def local(self, instant: datetime) -> datetime:
        """Return ``instant`` on the clock of the initiative; a naive instant is refused."""
        if instant.tzinfo is None:
            raise ValueError("an instant needs a zone")
        return instant.astimezone(ZoneInfo(self.zone))

    def day_of(self, instant: datetime) -> date:
        """Return the calendar day on which ``instant`` falls here."""
        return self.local(instant).date()

    def at(self, day: date, hour: time) -> datetime:
        """Return the instant at which the wall clock here shows ``hour`` on ``day`` (after a change, the later one)."""
        return datetime.combine(day, hour.replace(fold=1), tzinfo=ZoneInfo(self.zone))

    def end_of_day(self, day: date) -> datetime:
        """Return the last second of ``day`` here: until then a deadline of that day is met."""
        return self.at(day, _LAST_SECOND)

    def start_of_day(self, day: date) -> datetime:
        """Return the first instant of ``day`` here."""
        return datetime.combine(day, time(), tzinfo=ZoneInfo(self.zone))


@dataclass(frozen=True, slots=True)
class Moment:
    """What *now* is for an initiative (ruling 5): its day, and the instant used for due times and calling hours.

    ``frozen`` says that the day was fixed by ``--as-of``: work done in true time later than that counts on that day.
    ``worked_on`` is the true day then, for the day may be held ahead of the calendar too.
    """

    calendar: BusinessCalendar
    today: date
    at: datetime
    frozen: bool = False
    worked_on: date | None = None

    def day_of(self, instant: datetime) -> date:
        """Return the day on which work done at ``instant`` counts."""
        day = self.calendar.day_of(instant)
        if not self.frozen or day < min(self.today, self.worked_on or self.today):
            return day
        return self.today

    def counted(self, instant: datetime) -> datetime:
        """Return when work was done as it counts: its true time of day here, on the day it counts for."""
        return datetime.combine(self.day_of(instant), self.calendar.local(instant).timetz())


def moment(calendar: BusinessCalendar, clock: datetime, frozen_on: date | None = None) -> Moment:
    """Return *now*: the clock's, or the frozen day at the clock's time of day."""
    if frozen_on is None:
        return Moment(calendar, calendar.day_of(clock), clock)
    local = calendar.local(clock)
    return Moment(calendar, frozen_on, calendar.at(frozen_on, local.time()), frozen=True, worked_on=local.date())


def calendar_from(document: Mapping[str, Any], zone: str = "", office: str = "") -> BusinessCalendar:
    """Build the calendar of a file of ``resources/rules``; an initiative's own ``zone`` and ``office`` hours win."""
    hours = _OFFICE.fullmatch(office or str(document["office"]))
    if hours is None:
        raise ValueError("office hours are written 08:00-17:00")
    first, second, third, fourth = (int(part) for part in hours.groups())
    calendar = BusinessCalendar(
        zone=zone or str(document["zone"]),
        holidays=_days(document["holidays"]),
        closures=_days(document["closures"]),
        opens=time(first, second),
        closes=time(third, fourth),
        first_year=int(document["first_year"]),
        last_year=int(document["last_year"]),
    )
    ZoneInfo(calendar.zone)
    return calendar


def _days(named: Mapping[str, str]) -> dict[date, str]:
    return {date.fromisoformat(day): name for day, name in named.items()}


def age_on(birth_date: date, day: date) -> int:
    """Return completed years; one born on 29 February has the birthday on 1 March in a common year (clinical.md 15)."""
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))


def birthday(birth_date: date, age: int) -> date:
    """Return the day on which the person turns ``age``."""
    try:
        return birth_date.replace(year=birth_date.year + age)
    except ValueError:
        return date(birth_date.year + age, 3, 1)


def years_after(day: date, years: int) -> date:
    """Return the same day ``years`` later; 29 February becomes 1 March."""
    return birthday(day, years)


def months_after(day: date, months: int) -> date:
    """Return the same day of a later month, or that month's last day where it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    first = date(day.year + years, month + 1, 1)
    return min(first + timedelta(day.day - 1), _last_of(first))


def _last_of(first: date) -> date:
    return (first + timedelta(31)).replace(day=1) - timedelta(1)


def in_utc(instant: datetime) -> datetime:
    """Return ``instant`` in UTC, as it is stored."""
    return instant.astimezone(UTC)
