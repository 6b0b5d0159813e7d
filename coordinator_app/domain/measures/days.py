"""Questions about days: when a fact began and ended, and how that lies to a span of days; ends are included."""

from calendar import monthrange
from datetime import date, timedelta

from coordinator_app.domain.facts import Fact, FactKind

NEVER_ENDS = date.max
ALWAYS = date.min

PREVALENT = frozenset({"active", "recurrence", "relapse"})
"""Clinical statuses of a condition that a person has."""


def first_day(fact: Fact) -> date | None:
    """Return the day it began, or its only day."""
    return fact.starts_on or fact.ends_on


def last_day(fact: Fact) -> date | None:
    """Return the day it ended, or its only day."""
    return fact.ends_on or fact.starts_on


def end_of(fact: Fact) -> date | None:
    """Return when it ended; a visit without an end goes on."""
    if fact.ends_on is None and fact.kind is FactKind.ENCOUNTER and fact.starts_on is not None:
        return NEVER_ENDS
    return fact.ends_on or fact.starts_on


def beginning(fact: Fact) -> tuple[str, str]:
    """Return what puts facts in the order in which they began: the day, then the time where it is known."""
    return (
        fact.starts_on.isoformat() if fact.starts_on else "",
        fact.starts_at.isoformat() if fact.starts_at else "",
    )


def is_within(fact: Fact, start: date, end: date) -> bool:
    """Say whether all of it lies in the span."""
    began, ended = fact.starts_on, end_of(fact)
    return began is not None and ended is not None and start <= began and ended <= end


def overlaps(fact: Fact, start: date, end: date) -> bool:
    """Say whether a day of it lies in the span."""
    ended = end_of(fact)
    began = fact.starts_on or ALWAYS
    return ended is not None and began <= end and start <= ended


def ended_within(fact: Fact, start: date, end: date) -> bool:
    """Say whether its end lies in the span."""
    ended = end_of(fact)
    return ended is not None and start <= ended <= end


def was_latest_within(fact: Fact, start: date, end: date) -> bool:
    """Say whether its last known day lies in the span."""
    day = last_day(fact)
    return day is not None and start <= day <= end


def was_ordered_within(fact: Fact, start: date, end: date) -> bool:
    """Say whether an order was written in the span."""
    return fact.authored_on is not None and start <= fact.authored_on <= end


def onset(condition: Fact) -> date:
    """Return when a condition began; where nobody knows, it was always there."""
    return condition.starts_on or ALWAYS


def abated(condition: Fact) -> date:
    """Return when a condition ended.

    One said to be over, nobody knows since when, is not sure for any day; one that says nothing, for its first.
    """
    if condition.ends_on is not None:
        return condition.ends_on
    if condition.status in PREVALENT:
        return NEVER_ENDS
    return ALWAYS if condition.status else onset(condition)


def prevailed(condition: Fact, start: date, end: date) -> bool:
    """Say whether a person had the condition on a day of the span."""
    return onset(condition) <= end and start <= abated(condition)


def years_before(day: date, years: int) -> date:
    """Return the same day years earlier; 28 February where there is no 29th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def months_before(day: date, months: int) -> date:
    """Return the same day months earlier; the last of the month where there is none."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def days_after(day: date, count: int) -> date:
    """Return the day ``count`` days later (earlier where negative), within the calendar."""
    return day + timedelta(count)
