"""How long a drug order lasts: from its start by its supply and refills, or else to its stated end."""

from datetime import date, timedelta

from coordinator_app.domain.facts import Fact


def supplied_days(order: Fact) -> float | None:
    """Return the days an order covers with all its refills, or None where neither supply nor dosage says."""
    if order.days_supply is not None:
        each: float = order.days_supply
    elif order.quantity is not None and order.per_day:
        each = order.quantity / order.per_day
    else:
        return None
    return each * (1 + (order.refills or 0))


def course(order: Fact) -> tuple[date, date] | None:
    """Return first and last day on which the drug was to be taken; None where the order does not tell."""
    start = order.starts_on or order.authored_on
    if start is None:
        return None
    days = supplied_days(order)
    if days is not None:
        return start, start + timedelta(max(int(days) - 1, 0))
    return (start, order.ends_on) if order.ends_on is not None else None
