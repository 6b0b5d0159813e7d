"""The word `initiative` of coordinator-central."""

import argparse
from collections.abc import Callable, Sequence
from typing import Any, Protocol

from coordinator_app.console.answers import Exit, answer
from coordinator_app.console.options import Subparsers, add_common, add_json
from coordinator_app.domain.organization import Initiative


class Initiatives(Protocol):
    """Makes and lists initiatives."""

    def create(self, name: str, zone: str, calendar: str, office: str) -> Initiative:
        """Make one."""

    def all(self) -> Sequence[Initiative]:
        """Return every one."""


def register(subparsers: Subparsers, initiatives: Callable[[str], Initiatives]) -> None:
    """Add the command; ``initiatives`` makes the service for a URL."""
    parser = subparsers.add_parser("initiative", help="make or list initiatives")
    add_common(parser)
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="create|list")

    create = verbs.add_parser("create", help="make an initiative with its unassigned panel")
    create.add_argument("name", metavar="NAME")
    create.add_argument("--zone", default="America/New_York", help="its IANA time zone (default %(default)s)")
    create.add_argument("--calendar", default="US-MA", help="its holidays (default %(default)s)")
    create.add_argument("--office", default="08:00-17:00", help="its office hours (default %(default)s)")
    create.set_defaults(run=lambda given: _create(given, initiatives(given.url)))

    listing = verbs.add_parser("list", help="name them")
    listing.set_defaults(run=lambda given: _list(given, initiatives(given.url)))
    for verb in (create, listing):
        add_json(verb)


def _create(given: argparse.Namespace, initiatives: Initiatives) -> int:
    made = initiatives.create(given.name, given.zone, given.calendar, given.office)
    answer(f"{made.name} has been made ({made.id}).", _facts(made), as_json=given.json)
    return Exit.OK


def _list(given: argparse.Namespace, initiatives: Initiatives) -> int:
    known = initiatives.all()
    lines = [f"{one.name}  {one.zone}  {one.calendar}  {one.office}  {one.id}" for one in known]
    listed = [_facts(one) | {"frozen_on": one.frozen_on and one.frozen_on.isoformat()} for one in known]
    answer("\n".join(lines) or "There is no initiative yet.", {"initiatives": listed}, as_json=given.json)
    return Exit.OK


def _facts(one: Initiative) -> dict[str, Any]:
    return {"id": one.id, "name": one.name, "zone": one.zone, "calendar": one.calendar, "office": one.office}
