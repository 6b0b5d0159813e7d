"""What is asked for soon after a drug is begun, as data."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class StartRule:
    """Tests due between ``from_days`` and ``due_days`` after a start, given up after ``until_days``.

    With ``beside`` the start is the first day of one of the groups together with one of those.
    """

    name: str
    groups: tuple[str, ...]
    beside: tuple[str, ...]
    labs: tuple[str, ...]
    from_days: int
    due_days: int
    until_days: int
    severity: str


@dataclass(frozen=True, slots=True)
class RiseRule:
    """A result more than ``percent`` above the last one of ``before_days`` before a start, within ``after_days``."""

    name: str
    groups: tuple[str, ...]
    lab: str
    percent: float
    before_days: int
    after_days: int
    severity: str


@dataclass(frozen=True, slots=True)
class StartTerms:
    """All that is asked for after a start."""

    soon: tuple[StartRule, ...] = ()
    rises: tuple[RiseRule, ...] = ()


def start_terms(document: Mapping[str, Any]) -> StartTerms:
    """Build the terms from ``soon`` and ``rises`` of the parsed ``monitoring.json``."""
    return StartTerms(
        tuple(
            StartRule(
                one["name"],
                tuple(one["groups"]),
                tuple(one.get("beside", ())),
                tuple(one["labs"]),
                int(one["from_days"]),
                int(one["due_days"]),
                int(one["until_days"]),
                one["severity"],
            )
            for one in document.get("soon", ())
        ),
        tuple(
            RiseRule(
                one["name"],
                tuple(one["groups"]),
                one["lab"],
                float(one["percent"]),
                int(one["before_days"]),
                int(one["after_days"]),
                one["severity"],
            )
            for one in document.get("rises", ())
        ),
    )
