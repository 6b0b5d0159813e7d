"""The word `rules` of coordinator-central: what nurses answered to the reasons of each rule."""

import argparse
from collections.abc import Callable
from typing import Protocol

from coordinator_app.console.answers import Exit, answer
from coordinator_app.console.evaluate_commands import Report
from coordinator_app.console.options import Subparsers, add_common, add_initiative


class RuleAnswers(Protocol):
    """Counts answers by rule."""

    def run(self, initiative: str | None) -> Report:
        """Return the count."""


def register(subparsers: Subparsers, rule_answers: Callable[[str], RuleAnswers]) -> None:
    """Add the command; ``rule_answers`` makes the act for a URL."""
    parser = subparsers.add_parser("rules", help="how often nurses said that a rule's reasons are wrong")
    add_initiative(parser)
    add_common(parser)

    def run(given: argparse.Namespace) -> int:
        report = rule_answers(given.url).run(given.initiative)
        answer(report.as_text(), report.as_facts(), as_json=given.json)
        return Exit.OK

    parser.set_defaults(run=run)
