"""How long a drug order lasts: from its start by its supply and refills, or else to its stated end."""

from collections.abc import Iterable
from datetime import date, timedelta

from coordinator_app.domain.facts import Fact

_ROUNDING = 0.001


def supplied_days(order: Fact) -> float | None:
    """Return the days an order covers with all its refills, or None where neither supply nor dosage says."""
    if order.days_supply is not None:
        each: float = order.days_supply
    elif order.quantity is not None and order.per_day:
        each = _whole(order.quantity / order.per_day)
    else:
        return None
    return each * (1 + (order.refills or 0))


def covered_days(courses: Iterable[tuple[date, date]], first: date, last: date) -> int:
    """Return how many days from ``first`` to ``last`` any of the courses covers."""
    days, until = 0, first - timedelta(1)
    for began, ended in sorted(courses):
        start, end = max(began, until + timedelta(1)), min(ended, last)
        if start <= end:
            days += (end - start).days + 1
            until = end
    return days


def course(order: Fact) -> tuple[date, date] | None:
    """Return first and last day on which the drug was to be taken; None where the order does not tell."""
    start = order.starts_on or order.authored_on
    if start is None:
        return None
    days = supplied_days(order)
    if days is not None:
        return start, start + timedelta(max(int(days) - 1, 0))
    return (start, order.ends_on) if order.ends_on is not None else None


def _whole(days: float) -> float:
    """Return a number of days that only the rounding of doses a day keeps from being whole."""
    return round(days) if abs(days - round(days)) < _ROUNDING * max(days, 1.0) else days
