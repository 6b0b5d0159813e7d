"""What is measured while a drug is taken, and which results ask for a question, as data."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from coordinator_app.domain.terminology import CodeSet, code_set

LAB_SET = "monitored."
"""Value sets of results are named ``monitored.<name>``, beside those of ``value-sets.json``."""


@dataclass(frozen=True, slots=True)
class MonitoringRule:
    """What is measured while a drug is taken: every ``days`` days, first ``first_days`` after the first fill."""

    name: str
    drugs: frozenset[str]
    labs: tuple[str, ...]
    days: int
    first_days: int
    severity: str


@dataclass(frozen=True, slots=True)
class ResultRule:
    """A result that asks for a question while a drug is taken; the bounds that are given must all hold."""

    name: str
    lab: str
    units: frozenset[str]
    drugs: frozenset[str]
    above: float | None
    below: float | None
    severity: str

    def is_met_by(self, value: float, unit: str) -> bool:
        """Say whether a value asks; one in a unit we do not know never does, one without a unit is taken as usual."""
        if unit and unit not in self.units:
            return False
        return (self.above is None or value > self.above) and (self.below is None or value < self.below)


def lab_sets(document: Mapping[str, Any]) -> dict[str, CodeSet]:
    """Return the value sets of results that ``monitoring.json`` names."""
    return {LAB_SET + name: code_set(entry["codes"]) for name, entry in document["labs"].items()}
