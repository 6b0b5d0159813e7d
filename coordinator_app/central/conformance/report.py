"""What a run over a deck found."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from coordinator_app.central.conformance.deck import Counts, Spoiled
from coordinator_app.domain.measures.measure import NUMERATOR


@dataclass(frozen=True, slots=True)
class Result:
    """One case: what we compute, what is expected, and which (group, population) differ."""

    patient: str
    computed: Counts
    expected: Counts
    unequal: tuple[tuple[str, str], ...]
    is_named: bool = False

    @property
    def equal(self) -> bool:
        """Whether all counts agree."""
        return not self.unequal

    @property
    def is_numerator_positive(self) -> bool:
        """Whether somebody is expected to meet the measure: the cases that an empty rule would miss."""
        return any(counts.get(NUMERATOR, 0) for counts in self.expected.values())

    def as_facts(self) -> dict[str, Any]:
        """Return the keys docs/conformance.md names."""
        facts: dict[str, Any] = {"patient": self.patient, "equal": self.equal}
        if self.unequal:
            facts["expected_different"] = self.is_named
        return {**facts, "computed": self.computed, "expected": self.expected}


@dataclass(frozen=True, slots=True)
class DeckReport:
    """All cases of a deck; ``measure`` is empty where we have no rule for it."""

    deck: str
    measure: str
    results: tuple[Result, ...]
    unmapped: Mapping[str, int]
    spoiled: tuple[Spoiled, ...] = ()
    missing_sets: tuple[str, ...] = ()

    @property
    def has_rule(self) -> bool:
        """Whether we judge this measure at all."""
        return bool(self.measure)

    @property
    def equal(self) -> int:
        """Return how many cases agree."""
        return sum(result.equal for result in self.results)

    @property
    def is_as_expected(self) -> bool:
        """Whether every case is equal, or its differences are named in the file given."""
        return (
            self.has_rule
            and bool(self.results)
            and not self.spoiled
            and all(result.equal or result.is_named for result in self.results)
        )

    def as_facts(self) -> dict[str, Any]:
        """Return everything, for programs."""
        positive = [result for result in self.results if result.is_numerator_positive]
        return {
            "deck": self.deck,
            "rule": self.measure or None,
            "cases": len(self.results) + len(self.spoiled),
            "equal": self.equal,
            "numerator_positive": {"cases": len(positive), "equal": sum(result.equal for result in positive)},
            "unmapped": [{"kind": kind, "count": count} for kind, count in self.unmapped.items()],
            "spoiled": [{"line": one.line, "what": one.what} for one in self.spoiled],
            "missing_value_sets": list(self.missing_sets),
            "results": [result.as_facts() for result in self.results],
        }

    def as_text(self) -> str:
        """Return lines for people: the counts, then what differs."""
        if not self.has_rule:
            return f"{self.deck}: no rule"
        lines = [f"{self.deck}: {self.equal} of {len(self.results) + len(self.spoiled)} cases equal"]
        lines += [f"  not mapped: {kind} ({count})" for kind, count in self.unmapped.items()]
        lines += [f"  no such value set in the file: {oid}" for oid in self.missing_sets]
        lines += [f"  line {one.line}: {one.what}" for one in self.spoiled]
        for result in self.results:
            for group, population in result.unequal:
                ours = result.computed.get(group, {}).get(population, 0)
                theirs = result.expected.get(group, {}).get(population, 0)
                named = " (expected to differ)" if result.is_named else ""
                lines.append(f"  {result.patient} {group} {population}: {ours}, expected {theirs}{named}")
        return "\n".join(lines)
