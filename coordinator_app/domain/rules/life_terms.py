"""What the rules of life events are told: how long a loss asks for care, and what is owed after a birth."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from coordinator_app.domain.rules.tagged import tagged


@dataclass(frozen=True, slots=True)
class AfterBirth:
    """Something owed after a birth, in days of it: from when, due by, given up; done by one of some value sets."""

    name: str
    from_days: int
    due_days: int
    until_days: int
    done_by: tuple[str, ...]
    points: int


@dataclass(frozen=True, slots=True)
class LifeTerms:
    """Loss and birth, and how long the last word of cancer treatment counts as treatment going on (days)."""

    loss_days: int = 0
    loss_points: int = 0
    after_birth: tuple[AfterBirth, ...] = ()
    treatment_days: int = 0
    treatment_hcpcs: tuple[str, ...] = ()


def life_terms(document: Mapping[str, Any], unconfirmed: dict[str, str]) -> LifeTerms:
    """Build the terms from the parsed ``life-events.json``."""
    if not document:
        return LifeTerms()

    def number(part: Mapping[str, Any], rule: str, key: str) -> int:
        return int(tagged(part, key, f"{rule}.", unconfirmed) or 0)

    loss = document["loss"]
    return LifeTerms(
        loss_days=number(loss, "life.loss", "days"),
        loss_points=int(loss["points"]),
        after_birth=tuple(
            AfterBirth(
                name,
                number(one, f"life.{name}", "from_days"),
                number(one, f"life.{name}", "due_days"),
                number(one, f"life.{name}", "until_days"),
                tuple(one["done_by"]),
                int(one["points"]),
            )
            for name, one in document["after_birth"].items()
        ),
        treatment_days=number(document["cancer_treatment"], "life.cancer_treatment", "days"),
        treatment_hcpcs=tuple(document["cancer_treatment"]["hcpcs"]),
    )
