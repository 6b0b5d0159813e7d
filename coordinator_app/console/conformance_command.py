"""The word `conformance` of coordinator-central."""

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Protocol

from coordinator_app.console.answers import Exit, answer
from coordinator_app.console.options import Subparsers


class Report(Protocol):
    """What a run over a deck found."""

    @property
    def has_rule(self) -> bool:
        """Whether we judge this measure at all."""

    @property
    def is_as_expected(self) -> bool:
        """Whether all cases are equal, or named in the file of expected differences."""

    def as_facts(self) -> Mapping[str, Any]:
        """Return everything, for programs."""

    def as_text(self) -> str:
        """Return lines for people."""


class Conformance(Protocol):
    """Holds our measures against decks of test patients."""

    def run(self, deck: Path, sets: Path, expect_different: Path | None) -> Report:
        """Judge every case of a deck."""


def register(subparsers: Subparsers, conformance: Callable[[], Conformance]) -> None:
    """Add the command; ``conformance`` makes the act, which needs no database."""
    parser = subparsers.add_parser("conformance", help="hold our measures against their stewards' test patients")
    parser.add_argument("deck", type=Path, metavar="DECK", help="one test patient a line, named by its measure")
    parser.add_argument("--value-sets", required=True, type=Path, metavar="FILE", help="the codes of the deck's year")
    parser.add_argument("--expect-different", type=Path, metavar="FILE", help="cases in which the deck is proven wrong")
    parser.add_argument("--json", action="store_true", help="tell everything as one JSON object")

    def run(given: argparse.Namespace) -> int:
        report = conformance().run(given.deck, given.value_sets, given.expect_different)
        answer(report.as_text(), report.as_facts(), as_json=given.json)
        if not report.has_rule:
            return Exit.REFUSED
        return Exit.OK if report.is_as_expected else Exit.FINDINGS

    parser.set_defaults(run=run)
