"""Pairs, trios and duplicates of drugs about which one asks, as data."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from coordinator_app.domain.rules.drug_table import DrugTable

Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class PairRule:
    """Two drugs about which one asks; ``over_mg`` raises it only above that dose a day of ``over_rxcui``."""

    name: str
    severity: str
    over_rxcui: str = ""
    over_mg: float = 0.0
    is_opioid: bool = False
    has_washout: bool = False


@dataclass(frozen=True, slots=True)
class TrioRule:
    """Three kinds of drugs taken at once."""

    name: str
    sides: tuple[frozenset[str], ...]
    severity: str


@dataclass(frozen=True, slots=True)
class DuplicateRule:
    """Two drugs of one kind taken for ``days`` days at once; with ``products`` only fills of those count."""

    name: str
    drugs: frozenset[str]
    days: int
    severity: str
    products: frozenset[str] = frozenset()


def pair_rules(crossed: Document, table: DrugTable) -> dict[tuple[str, str], PairRule]:
    """Return the rule of each pair of ingredients, the gravest where several speak, none for those held back."""
    graver = ("note", "caution", "serious", "severe")
    found: dict[tuple[str, str], PairRule] = {}
    washed = {side for side in crossed["washout_days"]["value"] if not side.isdecimal()}
    for one in crossed["pairs"]:
        over = one.get("over", {})
        rule = PairRule(
            one["name"],
            one["severity"],
            over.get("rxcui", ""),
            float(over.get("mg", 0)),
            is_opioid=bool(one.get("opioid")),
            has_washout=not washed.isdisjoint((*one["a"], *one["b"])),
        )
        for key in _crossed(one, table):
            had = found.get(key)
            if had is None or graver.index(rule.severity) > graver.index(had.severity):
                found[key] = rule
    for one in crossed["suppress"]:
        for key in _crossed(one, table):
            found.pop(key, None)
    return found


def _crossed(one: Document, table: DrugTable) -> set[tuple[str, str]]:
    first, second = table.named(one["a"]), table.named(one["b"])
    return {(min(a, b), max(a, b)) for a in first for b in second if a != b}
