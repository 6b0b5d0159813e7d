"""The word `emergency` of coordinator-central."""

import argparse
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from coordinator_app.console.answers import Exit, answer
from coordinator_app.console.options import Subparsers, add_common, add_initiative, add_json
from coordinator_app.domain.organization import Panel
from coordinator_app.domain.oversight import Emergency


class Opened(Protocol):
    """What was opened."""

    @property
    def panel(self) -> Panel:
        """The panel."""

    @property
    def until(self) -> datetime:
        """When it ends."""


class Emergencies(Protocol):
    """Opens access for some hours."""

    def open(self, login: str, panel: str, hours: int, why: str, initiative: str | None = None) -> Opened:
        """Let a person hold one more panel."""

    def all(self) -> Sequence[Emergency]:
        """Return every emergency, the latest first."""


def register(subparsers: Subparsers, emergencies: Callable[[str], Emergencies]) -> None:
    """Add the command; ``emergencies`` makes the service for a URL."""
    parser = subparsers.add_parser("emergency", help="let a person hold one more panel for some hours, or list such")
    add_common(parser)
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="open|list")
    opening = verbs.add_parser("open", help="open a panel to a person; it closes by itself")
    opening.add_argument("login", metavar="LOGIN")
    opening.add_argument("--panel", required=True, metavar="PANEL", help="its name or id")
    opening.add_argument("--hours", type=int, default=4, metavar="N", help="1 to 12 (default %(default)s)")
    opening.add_argument(
        "--why", required=True, metavar="TEXT", help="the reason, kept in the audit; no patient's name"
    )
    add_initiative(opening)
    opening.set_defaults(run=lambda given: _open(given, emergencies(given.url)))
    listing = verbs.add_parser("list", help="name every one, the latest first")
    listing.set_defaults(run=lambda given: _list(given, emergencies(given.url)))
    for verb in (opening, listing):
        add_json(verb)


def _open(given: argparse.Namespace, emergencies: Emergencies) -> int:
    done = emergencies.open(given.login, given.panel, given.hours, given.why, given.initiative)
    until = done.until.isoformat(timespec="seconds")
    facts = {"login": given.login, "panel": {"id": done.panel.id, "name": done.panel.name}, "until": until}
    answer(f"{given.login} holds {done.panel.name} until {until}; it is in the audit.", facts, as_json=given.json)
    return Exit.OK


def _list(given: argparse.Namespace, emergencies: Emergencies) -> int:
    known = emergencies.all()
    listed = [
        {
            "login": one.login,
            "name": one.name,
            "panel": one.panel,
            "since": one.since.isoformat(timespec="seconds"),
            "until": one.until.isoformat(timespec="seconds"),
            "why": one.why,
            "opened_by": one.opened_by,
        }
        for one in known
    ]
    lines = [f"{one['since']}  {one['until']}  {one['login']}  {one['panel']}  {one['why']}" for one in listed]
    answer("\n".join(lines) or "There was none.", {"emergencies": listed}, as_json=given.json)
    return Exit.OK
