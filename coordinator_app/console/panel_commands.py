"""The word `panel` of coordinator-central."""

import argparse
from collections.abc import Callable, Sequence
from typing import Protocol
from uuid import UUID

from coordinator_app.console.answers import Exit, answer
from coordinator_app.console.options import Subparsers, add_common, add_initiative, add_json
from coordinator_app.domain.ids import MemberId
from coordinator_app.domain.organization import Panel


class Panels(Protocol):
    """Makes panels, gives them to people, moves members."""

    def create(self, name: str, initiative: str | None = None) -> Panel:
        """Make one."""

    def assign(self, panel: str, login: str, initiative: str | None = None) -> Panel:
        """Let a person hold one."""

    def move(self, panel: str, members: Sequence[MemberId], initiative: str | None = None) -> int:
        """Move people, all or none."""

    def all(self) -> Sequence[Panel]:
        """Return every one."""


def register(subparsers: Subparsers, panels: Callable[[str], Panels]) -> None:
    """Add the command; ``panels`` makes the service for a URL."""
    parser = subparsers.add_parser("panel", help="make, give or list panels, move people between them")
    add_common(parser)
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="create|assign|move|list")

    create = verbs.add_parser("create", help="make a panel")
    create.add_argument("name", metavar="NAME")
    create.set_defaults(run=lambda given: _create(given, panels(given.url)))

    assign = verbs.add_parser("assign", help="let a person hold a panel")
    assign.add_argument("panel", metavar="PANEL", help="its name or id")
    assign.add_argument("login", metavar="LOGIN")
    assign.set_defaults(run=lambda given: _assign(given, panels(given.url)))

    move = verbs.add_parser("move", help="move people into a panel, all or none")
    move.add_argument("panel", metavar="PANEL", help="its name or id")
    move.add_argument("members", metavar="MEMBER_ID", nargs="+", type=UUID)
    move.set_defaults(run=lambda given: _move(given, panels(given.url)))

    listing = verbs.add_parser("list", help="name every panel")
    listing.set_defaults(run=lambda given: _list(given, panels(given.url)))
    for verb in (create, assign, move):
        add_initiative(verb)
    for verb in (create, assign, move, listing):
        add_json(verb)


def _create(given: argparse.Namespace, panels: Panels) -> int:
    made = panels.create(given.name, given.initiative)
    answer(f"{made.name} has been made ({made.id}).", {"id": made.id, "name": made.name}, as_json=given.json)
    return Exit.OK


def _assign(given: argparse.Namespace, panels: Panels) -> int:
    panel = panels.assign(given.panel, given.login, given.initiative)
    facts = {"id": panel.id, "name": panel.name, "login": given.login}
    answer(f"{given.login} holds {panel.name}.", facts, as_json=given.json)
    return Exit.OK


def _move(given: argparse.Namespace, panels: Panels) -> int:
    moved = panels.move(given.panel, [MemberId(str(member)) for member in given.members], given.initiative)
    answer(f"{moved} moved.", {"moved": moved}, as_json=given.json)
    return Exit.OK


def _list(given: argparse.Namespace, panels: Panels) -> int:
    known = panels.all()
    lines = [
        f"{one.initiative}  {one.name}  {one.members} people  {', '.join(one.staff) or '-'}  {one.id}" for one in known
    ]
    listed = [
        {
            "id": one.id,
            "name": one.name,
            "initiative": one.initiative,
            "members": one.members,
            "staff": list(one.staff),
            "unassigned": one.is_unassigned,
        }
        for one in known
    ]
    answer("\n".join(lines) or "There is no panel yet.", {"panels": listed}, as_json=given.json)
    return Exit.OK
