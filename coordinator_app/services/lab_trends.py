"""Laboratory values and other measured ones, with their last course."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from coordinator_app.domain.facts import Fact, FactKind
from coordinator_app.domain.ids import FactId
from coordinator_app.domain.rules.case import is_void
from coordinator_app.domain.sensitivity import Sensitivity

VALUES_SHOWN = 8
_LABORATORY: Final = frozenset({"laboratory", ""})
_NOT_LABS: Final = frozenset({"survey", "social-history", "exam"})


@dataclass(frozen=True, slots=True)
class LabValue:
    """One value on its day."""

    fact_id: FactId
    on: date
    value: float
    unit: str
    source: str
    sensitivity: Sensitivity


@dataclass(frozen=True, slots=True)
class LabTrend:
    """One test with its last values, oldest first; ``days_old`` is the age of the newest."""

    name: str
    code: str
    values: tuple[LabValue, ...]
    days_old: int
    is_laboratory: bool = True

    @property
    def last(self) -> LabValue:
        """Return the newest value."""
        return self.values[-1]


def labs_of(facts: Iterable[Fact], today: date) -> tuple[LabTrend, ...]:
    """Return a trend for each measured test, those of a laboratory first, the newest first.

    Surveys and social history are none.
    """
    groups: dict[tuple[str, str], list[Fact]] = {}
    for fact in facts:
        if fact.kind is not FactKind.OBSERVATION or fact.value_number is None or fact.starts_on is None:
            continue
        if fact.category in _NOT_LABS or is_void(fact):
            continue
        groups.setdefault((fact.code or fact.display.casefold(), fact.value_unit), []).append(fact)
    trends = [_trend(code, some, today) for (code, _), some in groups.items()]
    return tuple(sorted(trends, key=lambda trend: (not trend.is_laboratory, trend.days_old, trend.name)))


def _trend(code: str, facts: list[Fact], today: date) -> LabTrend:
    in_order = sorted(facts, key=lambda fact: (fact.starts_on or today, fact.id))[-VALUES_SHOWN:]
    values = tuple(
        LabValue(fact.id, fact.starts_on, fact.value_number, fact.value_unit, fact.source, fact.sensitivity)
        for fact in in_order
        if fact.starts_on is not None and fact.value_number is not None
    )
    last = in_order[-1]
    return LabTrend(last.display or code, code, values, (today - values[-1].on).days, last.category in _LABORATORY)
