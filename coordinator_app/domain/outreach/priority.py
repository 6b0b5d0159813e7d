"""How urgent a reason is now: its tier first, then points whose names are kept, severity and lateness apart."""

from dataclasses import dataclass
from datetime import date, timedelta

from coordinator_app.domain.calendar import Moment
from coordinator_app.domain.outreach.ledger import LedgerRow
from coordinator_app.domain.outreach.terms import PriorityTerms
from coordinator_app.domain.reasons import Reason, ReasonKind, Tier
from coordinator_app.domain.rules.sheet import Steps

NO_DEADLINE = date.max

_FIXED_TIERS = {
    ReasonKind.DISCHARGE: Tier.DISCHARGE,
    ReasonKind.PROGRAM: Tier.ROUTINE,
    ReasonKind.WELCOME: Tier.ROUTINE,
    ReasonKind.FOLLOW_UP: Tier.DATED,
    ReasonKind.RED_FLAG: Tier.SAFETY,
}
_TIERS = tuple(Tier)
ASIDE = "aside"
"""The tag of what is asked when one speaks anyway: routine, and nobody is on the list for it alone."""

_NOT_AGREED = frozenset({ReasonKind.WORSENING, ReasonKind.MEDICATION})
_URGENCIES = {"safety": Tier.SAFETY, "high": Tier.HIGH, "dated": Tier.DATED, "routine": Tier.ROUTINE}


@dataclass(frozen=True, slots=True)
class Point:
    """A named part of the points: its code in the catalogue, and whether it comes of time passing."""

    name: str
    points: int
    is_lateness: bool = False
    days: int = 0


def deadline(row: LedgerRow, today: date) -> date | None:
    """Return the last day on which the reason is in time: its own, or the end of a year in which its measure counts."""
    if row.due_on is not None:
        return row.due_on
    return date(today.year, 12, 31) if row.year_from <= today.year <= row.year_to else None


def tier_of(row: LedgerRow, today: date, terms: PriorityTerms) -> Tier:
    """Return the tier now (practice 1).

    A result is a matter of safety only while it is young; after that somebody must check that it was handled
    (practice 3). A gap is dated while its deadline is near, and routine before.
    """
    if row.kind is ReasonKind.DISCHARGE and row.tag:
        return _URGENCIES.get(row.tag, Tier.DISCHARGE)
    fixed = _FIXED_TIERS.get(row.kind)
    if fixed is not None:
        return fixed
    if row.kind is ReasonKind.REFILL:
        return _TIERS[terms.class_tier.get(row.tag, Tier.ROUTINE) - 1]
    if row.kind is ReasonKind.WORSENING:
        said = _URGENCIES.get(row.tag, Tier.HIGH)
        return Tier.HIGH if said is Tier.SAFETY and is_old(row.evidence_on, today, terms) else said
    if row.kind is ReasonKind.MEDICATION:
        said = _TIERS[terms.medication_tier.get(row.tag, Tier.SAFETY) - 1]
        is_young = row.evidence_on is not None and not is_old(row.evidence_on, today, terms)
        return Tier.HIGH if said is Tier.SAFETY and not is_young else said
    due = None if row.tag == ASIDE else deadline(row, today)
    is_near = due is not None and (due - today).days <= terms.dated_days
    return Tier.DATED if is_near else Tier.ROUTINE


def points_of(row: LedgerRow, today: date, terms: PriorityTerms) -> int:
    """Return the points now: severity and what time adds."""
    due = deadline(row, today)
    total = row.severity
    if due is not None:
        total += _step(terms.clock.get(row.kind, ()), (due - today).days)
    if row.kind is ReasonKind.DISCHARGE and row.evidence_on is not None:
        total += _step(terms.just_home, (today - row.evidence_on).days)
    return total


def named_points(reason: Reason, row: LedgerRow, today: date, terms: PriorityTerms) -> tuple[Point, ...]:
    """Return what the points are made of, the greatest first and lateness last; they add up to ``points_of``."""
    told = [
        Point(name.removeprefix("points."), int(number))
        for name, number in reason.arguments.items()
        if name.startswith("points.")
    ]
    if row.kind is ReasonKind.DISCHARGE and row.evidence_on is not None:
        days = (today - row.evidence_on).days
        told.append(Point("just_home", _step(terms.just_home, days), days=days))
    due = deadline(row, today)
    if due is not None:
        left = (due - today).days
        told.append(Point("late" if left < 0 else "due", _step(terms.clock.get(row.kind, ()), left), True, abs(left)))  # noqa: FBT003
    kept = (point for point in told if point.points)
    return tuple(sorted(kept, key=lambda point: (point.is_lateness, -point.points, point.name)))


@dataclass(frozen=True, slots=True)
class DueClock:
    """A deadline as it is shown: ``share`` of the allowed time gone (0 to 1), a tone, and a sentence code with days.

    Tones: ``late`` and ``today`` are red, ``next`` (the next working day) amber, ``later`` and ``none`` plain.
    The words of what nobody agreed a deadline for say what today asks: ``due.call_today``, ``due.open``.
    """

    share: float
    tone: str
    words: str
    due_on: date | None = None
    days: int = 0


def due_clock(
    opens_on: date, due_on: date | None, now: Moment, kind: ReasonKind | None = None, tier: Tier | None = None
) -> DueClock:
    """Return how much of the time is gone at ``now``; a deadline is met until the end of its day.

    For a result or a question about medicines no deadline was agreed with anybody, so it is never late: in tier 1 it
    asks for a call today, below it is still open (practice 3).
    """
    if tier is Tier.SAFETY and (due_on is None or kind in _NOT_AGREED):
        return DueClock(1.0, "today", "due.call_today", due_on)
    if kind in _NOT_AGREED and due_on is not None and due_on < now.today:
        return DueClock(1.0, "next", "due.open", due_on)
    if due_on is None:
        return DueClock(0.0, "none", "due.none")
    begins, ends = now.calendar.start_of_day(min(opens_on, due_on)), now.calendar.end_of_day(due_on)
    share = min(1.0, max(0.0, (now.at - begins) / (ends - begins)))
    days = (due_on - now.today).days
    if days < 0:
        return DueClock(1.0, "late", "due.late", due_on, -days)
    if days == 0:
        return DueClock(share, "today", "due.today", due_on)
    is_next = now.calendar.business_days_left(now.today, due_on) <= 1
    return DueClock(share, "next" if is_next else "later", "due.on", due_on, days)


def is_old(evidence_on: date | None, today: date, terms: PriorityTerms) -> bool:
    """Say whether evidence is so old that the words must ask whether it was handled (practice 3)."""
    return evidence_on is not None and today - evidence_on > timedelta(terms.result_days)


def _step(steps: Steps, value: int) -> int:
    for bound, points in steps:
        if value <= bound:
            return points
    return 0
