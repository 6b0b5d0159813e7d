"""The word `evaluate` of coordinator-central."""

import argparse
import json
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from coordinator_app.console.answers import Exit, answer
from coordinator_app.console.load_commands import day
from coordinator_app.console.options import Subparsers, add_common, add_initiative
from coordinator_app.domain.trouble import Refusal


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

    def rehearse(self, initiative: str | None, as_of: date | None, other: Mapping[str, Any]) -> Report:
        """Say what other rule data would change, writing nothing."""


def register(subparsers: Subparsers, evaluating: Callable[[str], Evaluating]) -> None:
    """Add the command; ``evaluating`` makes the act for a URL."""
    parser = subparsers.add_parser("evaluate", help="turn facts into reasons")
    add_initiative(parser)
    moment = parser.add_mutually_exclusive_group()
    moment.add_argument("--as-of", type=day, metavar="DATE", help="the day to judge for; the initiative stays on it")
    moment.add_argument("--live", action="store_true", help="let an initiative held on a day run with the clock again")
    parser.add_argument("--all", action="store_true", help="judge everybody, not only those of whom something changed")
    parser.add_argument(
        "--rehearse", type=Path, metavar="FILE", help="say what other rule data would change; writes nothing"
    )
    add_common(parser)

    def run(given: argparse.Namespace) -> int:
        if given.rehearse is not None:
            rehearsed = evaluating(given.url).rehearse(given.initiative, given.as_of, _rules(given.rehearse))
            answer(rehearsed.as_text(), rehearsed.as_facts(), as_json=given.json)
            return Exit.OK
        report = evaluating(given.url).run(given.initiative, given.as_of, everybody=given.all, live=given.live)
        answer(report.as_text(), report.as_facts(), as_json=given.json)
        return Exit.OK

    parser.set_defaults(run=run)


def _rules(file: Path) -> Mapping[str, Any]:
    """Return the parsed file: rule documents by name, whole or only what is to differ."""
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as why:
        raise Refusal("bad_rules", "The file of other rule data cannot be read as JSON.") from why
    if not isinstance(told, dict):
        raise Refusal("bad_rules", "The file of other rule data must be a JSON object of documents by name.")
    return told
