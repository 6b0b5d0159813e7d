"""A rehearsal: who would rise, fall, enter and leave under other rule data; it writes nothing."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from coordinator_app.domain.calendar import Moment
from coordinator_app.domain.ids import MemberId
from coordinator_app.domain.outreach.member_standing import member_standing
from coordinator_app.domain.outreach.queue import Placed, Rater, RowState
from coordinator_app.domain.outreach.terms import OutreachTerms
from coordinator_app.domain.reasons import Reason

_INFLOW_DAYS = 14
_NAMED = 200
_CALL_TODAY = tuple(RowState).index(RowState.CALL_TODAY)


@dataclass(slots=True)
class RehearsalReport:
    """What would change in "call today" if only the rules changed; nurses' answers are left out on both sides.

    People are named by their ids, at most 200 a list, and all are counted. ``inflow`` are rows that open, per panel and
    day of the next two weeks, as (now, rehearsed); ``coordinators`` is how many share the work of a panel.
    """

    initiative: str
    as_of: date
    coordinators: Mapping[str, int] = field(default_factory=dict)
    evaluated: int = 0
    moved: dict[str, list[str]] = field(default_factory=lambda: {"rise": [], "fall": [], "enter": [], "leave": []})
    counts: Counter[str] = field(default_factory=Counter)
    kinds: dict[str, list[int]] = field(default_factory=dict)
    inflow: dict[str, dict[str, list[int]]] = field(default_factory=dict)

    def as_facts(self) -> Mapping[str, Any]:
        """Return the keys docs/cli.md names."""
        return {
            "initiative": self.initiative,
            "as_of": self.as_of.isoformat(),
            "evaluated": self.evaluated,
            "written": 0,
            "counts": {name: self.counts[name] for name in self.moved},
            **self.moved,
            "by_kind": {kind: {"now": now, "rehearsed": then} for kind, (now, then) in sorted(self.kinds.items())},
            "inflow": {
                panel: {day: {"now": now, "rehearsed": then} for day, (now, then) in sorted(days.items())}
                for panel, days in sorted(self.inflow.items())
            },
            "coordinators": {panel: self.coordinators.get(panel, 0) for panel in sorted(self.inflow)},
        }

    def as_text(self) -> str:
        """Return lines for a person."""
        moved = ", ".join(f"{self.counts[name]} would {name}" for name in self.moved)
        lines = [f"{self.initiative}, {self.as_of}: {self.evaluated} people; {moved}. Nothing was written."]
        lines += [f"Open {kind}: {now} now, {then} then." for kind, (now, then) in sorted(self.kinds.items())]
        for panel, days in sorted(self.inflow.items()):
            hands = self.coordinators.get(panel, 0)
            share = _INFLOW_DAYS * max(hands, 1)
            now, then = (sum(pair[side] for pair in days.values()) / share for side in (0, 1))
            whose = "per coordinator" if hands else "nobody's panel"
            lines.append(f"New reasons a day, {panel}, {whose}: {now:.1f} now, {then:.1f} then.")
        return "\n".join(lines)


class Rehearsal:
    """Compares the rows of two rule data, a person at a time."""

    def __init__(self, report: RehearsalReport, now: Moment, terms: tuple[OutreachTerms, OutreachTerms]) -> None:
        self._report, self._now = report, now
        self._raters = tuple(Rater(now, each) for each in terms)

    def compare(self, member: MemberId, panel: str, before: Iterable[Reason], after: Iterable[Reason]) -> None:
        """Count how a person would move."""
        sides = tuple(before), tuple(after)
        self._report.evaluated += 1
        keys = [self._key(member, rows, rater) for rows, rater in zip(sides, self._raters, strict=True)]
        how = _moved(keys[0], keys[1])
        if how:
            self._report.counts[how] += 1
            if len(self._report.moved[how]) < _NAMED:
                self._report.moved[how].append(str(member))
        for side, rows in enumerate(sides):
            for row in rows:
                self._count(side, panel, row)

    def _key(self, member: MemberId, rows: tuple[Reason, ...], rater: Rater) -> Placed | None:
        placed = rater.placed(member_standing(member, rows, (), self._now))
        return placed if placed is not None and placed.state == _CALL_TODAY else None

    def _count(self, side: int, panel: str, row: Reason) -> None:
        today = self._now.today
        if row.ends_on is not None and row.ends_on <= today:
            return
        if row.opens_on <= today:
            self._report.kinds.setdefault(row.kind.value, [0, 0])[side] += 1
        elif (row.opens_on - today).days <= _INFLOW_DAYS:
            days = self._report.inflow.setdefault(panel, {})
            days.setdefault(row.opens_on.isoformat(), [0, 0])[side] += 1


def _moved(before: Placed | None, after: Placed | None) -> str:
    if before is None or after is None:
        return "" if before is after else "enter" if before is None else "leave"
    one, other = (before.tier, before.minus_score), (after.tier, after.minus_score)
    return "" if one == other else "rise" if other < one else "fall"


def merged(documents: Mapping[str, Mapping[str, Any]], other: Mapping[str, Any]) -> dict[str, Any]:
    """Return the documents with the values of ``other`` in their places; objects are merged, all else is replaced."""

    def put(into: Any, told: Any) -> Any:
        if isinstance(into, Mapping) and isinstance(told, Mapping):
            return {**into, **{key: put(into.get(key), value) for key, value in told.items()}}
        return told

    return {**documents, **{name: put(documents.get(name, {}), told) for name, told in other.items()}}
