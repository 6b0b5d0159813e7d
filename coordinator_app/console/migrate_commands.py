"""The word `migrate` of coordinator-central."""

import argparse
from collections.abc import Callable
from typing import Protocol

from coordinator_app.console.answers import Exit, answer
from coordinator_app.console.options import Subparsers, add_common


class Done(Protocol):
    """What a migration did."""

    @property
    def database(self) -> str:
        """The database's name."""

    @property
    def before(self) -> str:
        """The revision found, "" for none."""

    @property
    def after(self) -> str:
        """The revision now."""

    @property
    def is_first(self) -> bool:
        """Whether roles and logins were made."""


class Migrating(Protocol):
    """Upgrades one database."""

    def run(self) -> Done:
        """Upgrade; Refusal or Trouble says what is in the way, and then nothing was changed."""


def register(subparsers: Subparsers, migrating: Callable[[str], Migrating]) -> None:
    """Add the command; ``migrating`` makes the act for a URL."""
    parser = subparsers.add_parser("migrate", help="make or upgrade the central database's schema")
    add_common(parser)

    def run(given: argparse.Namespace) -> int:
        done = migrating(given.url).run()
        facts = {"database": done.database, "before": done.before or None, "revision": done.after}
        answer(_sentence(done), facts | {"logins_made": done.is_first}, as_json=given.json)
        return Exit.OK

    parser.set_defaults(run=run)


def _sentence(done: Done) -> str:
    if done.before == done.after:
        return f"The database {done.database} is up to date (revision {done.after})."
    if not done.before:
        return f"The database {done.database} is ready (revision {done.after}); its logins are in the passfile."
    return f"The database {done.database} was upgraded from revision {done.before} to {done.after}."
