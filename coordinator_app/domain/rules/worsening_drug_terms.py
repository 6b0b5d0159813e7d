"""Signs of worsening that medicines tell: a dose raised, a first fill, too few controllers beside relievers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from coordinator_app.domain.rules.tagged import tagged


@dataclass(frozen=True, slots=True)
class DrugSign:
    """What all of them have: the groups of drugs, the illness they need, how urgent, how long open (days)."""

    name: str
    groups: tuple[str, ...]
    needs: str
    urgency: str
    keep_days: int
    points: int


@dataclass(frozen=True, slots=True)
class DoseSign:
    """A dose a day raised by ``percent`` or more against the fill before, at most ``within_days`` ago."""

    sign: DrugSign
    percent: float
    within_days: int


@dataclass(frozen=True, slots=True)
class FirstSign:
    """A first fill after ``free_days`` without any of the groups, on a record that reaches back that far."""

    sign: DrugSign
    free_days: int


@dataclass(frozen=True, slots=True)
class ShareSign:
    """The groups' share of their fills and those of ``beside`` is under ``under`` percent of ``least`` or more.

    Counted back ``days`` from each fill, at ages ``from_age`` to ``to_age``.
    """

    sign: DrugSign
    beside: tuple[str, ...]
    under: float
    least: int
    days: int
    from_age: int
    to_age: int


@dataclass(frozen=True, slots=True)
class DrugSignTerms:
    """All signs that medicines tell."""

    doses: tuple[DoseSign, ...] = ()
    firsts: tuple[FirstSign, ...] = ()
    shares: tuple[ShareSign, ...] = ()


def drug_sign_terms(document: Mapping[str, Any], unconfirmed: dict[str, str]) -> DrugSignTerms:
    """Build the terms from ``drug_signs`` of the parsed ``worsening.json``."""

    def number(entry: Mapping[str, Any], key: str) -> float:
        return tagged(entry, key, f"worsening.{entry['name']}.", unconfirmed) or 0

    def sign(entry: Mapping[str, Any]) -> DrugSign:
        return DrugSign(
            entry["name"],
            tuple(entry["groups"]),
            entry["needs"],
            entry["urgency"],
            int(entry["keep_days"]),
            int(entry["points"]),
        )

    return DrugSignTerms(
        tuple(
            DoseSign(sign(one), number(one, "percent"), int(number(one, "within_days")))
            for one in document.get("doses", ())
        ),
        tuple(FirstSign(sign(one), int(number(one, "free_days"))) for one in document.get("firsts", ())),
        tuple(
            ShareSign(
                sign(one),
                tuple(one["beside"]),
                number(one, "share"),
                int(number(one, "count")),
                int(number(one, "days")),
                int(one["from_age"]),
                int(one["to_age"]),
            )
            for one in document.get("shares", ())
        ),
    )
