"""Targets of days covered: which drugs, what share, who is never counted."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class AdherenceTerms:
    """A target: the percentage of days, the days before the year's end by which one must begin, and the classes."""

    name: str
    classes: frozenset[str]
    never_with: frozenset[str]
    percent: int = 80
    least_days: int = 91


@dataclass(frozen=True, slots=True)
class AdherenceTargets:
    """All targets; ``with_stays`` is the plans' variant, in which days in hospital leave the count."""

    targets: tuple[AdherenceTerms, ...] = ()
    not_for: tuple[str, ...] = ()
    with_stays: bool = False


def adherence_targets(document: Mapping[str, Any]) -> AdherenceTargets:
    """Build the targets from the parsed ``adherence.json``."""
    if not document:
        return AdherenceTargets()
    targets = (
        AdherenceTerms(
            name,
            frozenset(one["classes"]),
            frozenset(one["never_with"]),
            int(one["percent"]["value"]),
            int(one["least_days"]["value"]),
        )
        for name, one in document["targets"].items()
    )
    return AdherenceTargets(tuple(targets), tuple(document["not_for"]), bool(document["plan_variant"]["value"]))
