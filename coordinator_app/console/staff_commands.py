"""The word `staff` of coordinator-central."""

import argparse
from collections.abc import Callable, Sequence
from typing import Protocol

from coordinator_app.console.answers import Exit, answer
from coordinator_app.console.options import Subparsers, add_common, add_initiative, add_json
from coordinator_app.domain.organization import STAFF_ROLES, Panel, StaffMember


class NewLogin(Protocol):
    """A login just made."""

    @property
    def login(self) -> str:
        """The person's own name for it."""

    @property
    def role_name(self) -> str:
        """Its role in PostgreSQL."""

    @property
    def one_time_password(self) -> str:
        """Shown once."""

    @property
    def panel(self) -> Panel | None:
        """What the person holds."""


class Staffing(Protocol):
    """Makes, resets and closes logins."""

    def add(
        self, login: str, name: str, role: str, initiative: str | None = None, panel: str | None = None
    ) -> NewLogin:
        """Make a login."""

    def reset(self, login: str) -> str:
        """Return a new one-time password."""

    def disable(self, login: str) -> None:
        """Close a login."""

    def all(self) -> Sequence[StaffMember]:
        """Return everybody."""


def register(subparsers: Subparsers, staffing: Callable[[str], Staffing]) -> None:
    """Add the command; ``staffing`` makes the service for a URL."""
    parser = subparsers.add_parser("staff", help="make, reset, close or list logins")
    add_common(parser)
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="add|reset|disable|list")

    add = verbs.add_parser("add", help="make a login with a one-time password")
    add.add_argument("login", metavar="LOGIN")
    add.add_argument("--name", required=True, help="the person's name")
    add.add_argument("--role", required=True, choices=STAFF_ROLES)
    add_initiative(add)
    add.add_argument("--panel", metavar="PANEL", help="its name or id")
    add.set_defaults(run=lambda given: _add(given, staffing(given.url)))

    reset = verbs.add_parser("reset", help="make a new one-time password")
    reset.add_argument("login", metavar="LOGIN")
    reset.set_defaults(run=lambda given: _reset(given, staffing(given.url)))

    disable = verbs.add_parser("disable", help="close a login and end its sessions")
    disable.add_argument("login", metavar="LOGIN")
    disable.set_defaults(run=lambda given: _disable(given, staffing(given.url)))

    listing = verbs.add_parser("list", help="name everybody with a login")
    listing.set_defaults(run=lambda given: _list(given, staffing(given.url)))
    for verb in (add, reset, disable, listing):
        add_json(verb)


def _add(given: argparse.Namespace, staffing: Staffing) -> int:
    made = staffing.add(given.login, given.name, given.role, given.initiative, given.panel)
    facts = {
        "login": made.login,
        "role_name": made.role_name,
        "one_time_password": made.one_time_password,
        "panel": None if made.panel is None else {"id": made.panel.id, "name": made.panel.name},
    }
    said = (
        f"{made.login} has been made (in PostgreSQL: {made.role_name}).\n"
        f"One-time password, shown only now: {made.one_time_password}\n"
        "It opens nothing until its owner has chosen another; the first enroll does that."
    )
    answer(said, facts, as_json=given.json)
    return Exit.OK


def _reset(given: argparse.Namespace, staffing: Staffing) -> int:
    password = staffing.reset(given.login)
    said = f"One-time password of {given.login}, shown only now: {password}"
    answer(said, {"login": given.login, "one_time_password": password}, as_json=given.json)
    return Exit.OK


def _disable(given: argparse.Namespace, staffing: Staffing) -> int:
    staffing.disable(given.login)
    answer(
        f"{given.login} is closed; what was done under it stays.",
        {"login": given.login, "active": False},
        as_json=given.json,
    )
    return Exit.OK


def _list(given: argparse.Namespace, staffing: Staffing) -> int:
    known = staffing.all()
    lines = [
        f"{one.login}  {one.name}  {one.role}  {one.initiative}  {', '.join(one.panels) or '-'}"
        + ("" if one.is_active else "  (closed)")
        for one in known
    ]
    listed = [
        {
            "login": one.login,
            "role_name": one.role_name,
            "name": one.name,
            "role": one.role,
            "initiative": one.initiative,
            "panels": list(one.panels),
            "active": one.is_active,
        }
        for one in known
    ]
    answer("\n".join(lines) or "Nobody has a login yet.", {"staff": listed}, as_json=given.json)
    return Exit.OK
