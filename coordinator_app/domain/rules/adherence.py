"""Days covered by supply in a year (PDC, after PQA's public examples), and whether 80 % can still be reached."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from coordinator_app.domain.rules.adherence_terms import AdherenceTerms
from coordinator_app.domain.rules.stays import Stay
from coordinator_app.domain.rules.supply import Fill, covered


@dataclass(frozen=True, slots=True)
class Adherence:
    """Covered days of a treatment period from the first fill of the year on; both ends count.

    ``is_counted`` is false with fewer than two fill days, or a beginning too late in the year.
    """

    first: date
    last: date
    covered: int
    days: int
    percent: int
    is_counted: bool

    @property
    def is_met(self) -> bool:
        """Say whether the share is reached; exactly so is reached, and nothing is rounded up."""
        return self.covered * 100 >= self.percent * self.days

    @property
    def allowed(self) -> int:
        """Return how many days may stay uncovered."""
        return self.days * (100 - self.percent) // 100


def adherence(
    chains: Iterable[Sequence[Fill]], first: date, last: date, terms: AdherenceTerms, stays: Sequence[Stay] = ()
) -> Adherence | None:
    """Return the share of a year's days covered by any of the drugs; each day counts once. None without a fill.

    ``chains`` are fills laid end to end per ingredient (``supply.chained``); fills of different ingredients do not
    shift each other. With ``stays`` (the plans' variant) days in hospital leave the count, and the chains must have
    been built with the same stays, so that their supply is used after them.
    """
    fills = [fill for chain in chains for fill in chain if first <= fill.filled_on <= last]
    if not fills:
        return None
    begins = min(fill.filled_on for fill in fills)
    days = (last - begins).days + 1
    total = covered(fills, begins, last)
    for stay in stays:
        inside_from = max(stay.admitted_on, begins)
        inside_to = min((stay.discharged_on or last) - timedelta(1), last)
        if inside_from <= inside_to:
            days -= (inside_to - inside_from).days + 1
            total -= covered(fills, inside_from, inside_to)
    counted = len({fill.filled_on for fill in fills}) > 1 and (last - begins).days >= terms.least_days
    return Adherence(begins, last, total, days, terms.percent, counted)


def reach_until(
    chains: Iterable[Sequence[Fill]], run_out: date, terms: AdherenceTerms, stays: Sequence[Stay] = ()
) -> tuple[date | None, Adherence] | None:
    """Return until when a refill keeps the year's target in reach, with the year as it would then stand.

    The first is None where the target is lost already. A lost target is told and changes no rank (practice 5).
    """
    every = [tuple(chain) for chain in chains]
    first, last = date(run_out.year, 1, 1), date(run_out.year, 12, 31)
    year = adherence(every, first, last, terms, stays)
    if year is None or not year.is_counted:
        return None
    so_far = adherence(every, first, run_out, terms, stays)
    missed = so_far.days - so_far.covered if so_far else 0
    left = year.allowed - missed
    until = min(run_out + timedelta(left), last) if left >= 0 else None
    return until, year
