"""How long a drug lasts: fills of one ingredient laid end to end, and the days in hospital added."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from coordinator_app.domain.facts import Fact
from coordinator_app.domain.rules.stays import Stay


@dataclass(frozen=True, slots=True)
class Fill:
    """A fill as it is used: begun when the supply before it is gone, ``lasts_until`` its last covered day."""

    fact: Fact
    filled_on: date
    days: int
    is_assumed: bool
    begins_on: date
    lasts_until: date


def chained(facts: Iterable[Fact], stays: Sequence[Stay], assumed: int, most: int) -> tuple[Fill, ...]:
    """Return the fills of one ingredient in order, each begun when the one before it is used up.

    The shift is chained (a fill taken early moves every later one), as PQA's vectors have it; strengths of one
    ingredient shift each other. The same product filled twice on one day with the same supply is one fill told twice.
    A supply that is missing or not between 1 and ``most`` days counts as the supply before it, or as ``assumed`` days,
    and says so. Nights in hospital use no supply of one's own, so they move the end.
    """
    once: dict[tuple[object, ...], Fact] = {}
    for fact in sorted(facts, key=lambda f: f.id):
        once.setdefault((fact.starts_on, fact.codings, fact.days_supply), fact)
    fills: list[Fill] = []
    for fact in sorted(once.values(), key=lambda f: (f.starts_on or date.min, f.days_supply or 0, f.id)):
        if fact.starts_on is None:
            continue
        stated = fact.days_supply if fact.days_supply and 1 <= fact.days_supply <= most else None
        days = stated or (fills[-1].days if fills else assumed)
        begins = max(fact.starts_on, fills[-1].lasts_until + timedelta(1)) if fills else fact.starts_on
        fills.append(Fill(fact, fact.starts_on, days, stated is None, begins, _last_day(begins, days, stays)))
    return tuple(fills)


def _last_day(begins: date, days: int, stays: Sequence[Stay]) -> date:
    """Return the last covered day; each night in hospital before it moves it by one."""
    last = begins + timedelta(days - 1)
    for stay in stays:
        if stay.discharged_on is None or stay.discharged_on <= begins or stay.admitted_on > last:
            continue
        last += stay.discharged_on - max(stay.admitted_on, begins)
    return last


def covered(fills: Iterable[Fill], first: date, last: date) -> int:
    """Return how many days of ``first`` to ``last`` (both counted) some supply covers; each day counts once."""
    spans = sorted((max(fill.begins_on, first), min(fill.lasts_until, last)) for fill in fills)
    total, reached = 0, first - timedelta(1)
    for begins, ends in spans:
        begins = max(begins, reached + timedelta(1))  # noqa: PLW2901
        if begins <= ends:
            total += (ends - begins).days + 1
            reached = ends
    return total
