"""Comparing moments as closely as the source told them: what is not sure is not so."""

from datetime import date, datetime
from typing import NamedTuple

from coordinator_app.domain.facts import Fact, FactKind
from coordinator_app.domain.measures.days import ALWAYS, NEVER_ENDS, abated, years_before


class Moment(NamedTuple):
    """A calendar day as written, and the instant where the source told the time of day."""

    day: date
    at: datetime | None = None


NEVER = Moment(NEVER_ENDS)
FOREVER_AGO = Moment(ALWAYS)


def start_of(fact: Fact) -> Moment | None:
    """Return when it began."""
    return Moment(fact.starts_on, fact.starts_at) if fact.starts_on is not None else None


def finish_of(fact: Fact) -> Moment | None:
    """Return when it ended, or its only moment; a visit without an end goes on."""
    if fact.ends_on is not None:
        return Moment(fact.ends_on, fact.ends_at)
    return NEVER if fact.kind is FactKind.ENCOUNTER else start_of(fact)


def written(fact: Fact) -> Moment | None:
    """Return when an order was written or a record made; the time only where it began at the same time."""
    if fact.authored_on is None:
        return None
    return Moment(fact.authored_on, fact.starts_at if fact.starts_on == fact.authored_on else None)


def is_before(one: Moment, other: Moment) -> bool:
    """Say whether it was surely earlier."""
    if one.at is not None and other.at is not None:
        return one.at < other.at
    return one.day < other.day


def is_not_after(one: Moment, other: Moment) -> bool:
    """Say whether it was surely not later; two days without times are equal when they are the same day."""
    if one.at is not None and other.at is not None:
        return one.at <= other.at
    return one.day < other.day or (one.day == other.day and one.at is other.at)


def is_during(moment: Moment | None, visit: Fact) -> bool:
    """Say whether a moment lay surely within a visit."""
    began, ended = start_of(visit), finish_of(visit)
    if moment is None or began is None or ended is None:
        return False
    return is_not_after(began, moment) and is_not_after(moment, ended)


def lies_during(fact: Fact, visit: Fact) -> bool:
    """Say whether all of it lay surely within a visit."""
    return is_during(start_of(fact), visit) and is_during(finish_of(fact), visit)


def began_before_end(fact: Fact, visit: Fact) -> bool:
    """Say whether it began surely before a visit ended; a condition nobody dates was always there."""
    began, ended = start_of(fact), finish_of(visit)
    if began is None and fact.kind is FactKind.CONDITION:
        began = FOREVER_AGO
    return began is not None and ended is not None and is_before(began, ended)


def prevailed_during(condition: Fact, visit: Fact) -> bool:
    """Say whether a person surely had the condition at some moment of a visit."""
    began, ended = start_of(visit), finish_of(visit)
    if began is None or ended is None:
        return False
    onset = start_of(condition) or FOREVER_AGO
    day = abated(condition)
    if condition.ends_on is not None:
        over = Moment(day, condition.ends_at)
    else:
        over = onset if day == onset.day else Moment(day)
    return is_not_after(onset, ended) and is_not_after(began, over)


def years_earlier(moment: Moment, years: int) -> Moment:
    """Return the same moment years earlier."""
    day = years_before(moment.day, years)
    return Moment(day, moment.at - (moment.day - day) if moment.at is not None else None)
