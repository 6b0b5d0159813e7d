"""The word `populate` of coordinator-central."""

import argparse
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Protocol

from coordinator_app.console.answers import Exit, answer
from coordinator_app.console.load_commands import day
from coordinator_app.console.options import Subparsers, add_common, add_initiative

MOST_PEOPLE = 1_000_000


class Report(Protocol):
    """What was made."""

    def as_facts(self) -> Mapping[str, Any]:
        """Return everything, for programs."""

    def as_text(self) -> str:
        """Return lines for people."""


class Populating(Protocol):
    """Fills one initiative with invented people."""

    def run(self, initiative: str | None, people: int, seed: int, as_of: date | None) -> Report:
        """Make and load them; the same seed, number and day make the same people."""


def register(subparsers: Subparsers, populating: Callable[[str], Populating]) -> None:
    """Add the command; ``populating`` makes the act for a URL."""
    parser = subparsers.add_parser("populate", help="fill an initiative with invented people")
    parser.add_argument("--people", required=True, type=_people, metavar="N", help=f"1 to {MOST_PEOPLE}")
    parser.add_argument("--seed", required=True, type=int, metavar="S", help="the same seed makes the same people")
    add_initiative(parser)
    parser.add_argument("--as-of", type=day, metavar="DATE", help="the day they live in; the initiative stays on it")
    add_common(parser)

    def run(given: argparse.Namespace) -> int:
        report = populating(given.url).run(given.initiative, given.people, given.seed, given.as_of)
        answer(report.as_text(), report.as_facts(), as_json=given.json)
        return Exit.OK

    parser.set_defaults(run=run)


def _people(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= MOST_PEOPLE:
        raise argparse.ArgumentTypeError(f"a number of people is 1 to {MOST_PEOPLE}")
    return int(text)
