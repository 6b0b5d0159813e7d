"""The word `evaluate` of coordinator-central."""

import argparse
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Protocol

from coordinator_app.console.answers import Exit, answer
from coordinator_app.console.load_commands import day
from coordinator_app.console.options import Subparsers, add_common, add_initiative


class Report(Protocol):
    """What an evaluation did."""

    def as_facts(self) -> Mapping[str, Any]:
        """Return everything, for programs."""

    def as_text(self) -> str:
        """Return lines for people."""


class Evaluating(Protocol):
    """Judges the people of one initiative."""

    def run(self, initiative: str | None, as_of: date | None, *, everybody: bool, live: bool) -> Report:
        """Judge those due, or everybody."""


def register(subparsers: Subparsers, evaluating: Callable[[str], Evaluating]) -> None:
    """Add the command; ``evaluating`` makes the act for a URL."""
    parser = subparsers.add_parser("evaluate", help="turn facts into reasons")
    add_initiative(parser)
    moment = parser.add_mutually_exclusive_group()
    moment.add_argument("--as-of", type=day, metavar="DATE", help="the day to judge for; the initiative stays on it")
    moment.add_argument("--live", action="store_true", help="let an initiative held on a day run with the clock again")
    parser.add_argument("--all", action="store_true", help="judge everybody, not only those of whom something changed")
    add_common(parser)

    def run(given: argparse.Namespace) -> int:
        report = evaluating(given.url).run(given.initiative, given.as_of, everybody=given.all, live=given.live)
        answer(report.as_text(), report.as_facts(), as_json=given.json)
        return Exit.OK

    parser.set_defaults(run=run)
