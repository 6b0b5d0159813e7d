"""The words `recover` and `passphrase` of coordinator."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from coordinator_app.console.answers import Exit, answer
from coordinator_app.console.asking import PASSPHRASE, Secrets
from coordinator_app.console.options import Subparsers
from coordinator_app.services.recovering import Means, Recovering

_NOT_DAILY = "It is the right passphrase, but no keyring answers: the window opens the panel in this way each time."

OpenRecovering = Callable[[Path], Recovering[Any]]


def register(subparsers: Subparsers, recovering: OpenRecovering, secrets: Secrets) -> None:
    """Add the commands; ``recovering`` makes the service for a profile folder."""
    recover = subparsers.add_parser(
        "recover", help="open a panel whose keyring is gone, or whose passphrase was tried too often"
    )
    recover.add_argument("--profile", type=Path, required=True, metavar="DIR", help="the enrolled folder")
    recover.add_argument(
        "--online", action="store_true", help="with your password at the center instead of the recovery code"
    )
    recover.add_argument("--json", action="store_true", help="tell everything as one JSON object")
    recover.set_defaults(run=lambda given: _recover(given, recovering(given.profile), secrets))

    change = subparsers.add_parser("passphrase", help="have another passphrase open this computer's panel")
    change.add_argument("--profile", type=Path, required=True, metavar="DIR", help="the enrolled folder")
    change.add_argument("--json", action="store_true", help="tell everything as one JSON object")
    change.set_defaults(run=lambda given: _change(given, recovering(given.profile), secrets))


def _recover(given: argparse.Namespace, recovering: Recovering[Any], secrets: Secrets) -> int:
    passphrase = secrets.ask(PASSPHRASE, "Passphrase of this computer's store")
    if given.online:
        means = Means(passphrase, password=secrets.ask("COORDINATOR_PASSWORD", "Password at the center"))
    else:
        means = Means(passphrase, code=secrets.ask("COORDINATOR_RECOVERY_CODE", "Recovery code"))
    is_daily = recovering.recover(means)
    said = "The panel opens with the passphrase again." if is_daily else _NOT_DAILY
    answer(said, {"profile": str(given.profile), "opens_daily": is_daily}, as_json=given.json)
    return Exit.OK


def _change(given: argparse.Namespace, recovering: Recovering[Any], secrets: Secrets) -> int:
    passphrase = secrets.ask(PASSPHRASE, "Passphrase of this computer's store")
    recovering.change(passphrase, secrets.ask_twice("COORDINATOR_NEW_PASSPHRASE", "The new passphrase"))
    said = "The new passphrase opens the panel; the recovery code stays as it was printed."
    answer(said, {"profile": str(given.profile), "changed": True}, as_json=given.json)
    return Exit.OK
