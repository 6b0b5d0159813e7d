"""The word `enroll` of coordinator."""

import argparse
from collections.abc import Callable
from pathlib import Path

from coordinator_app.console.answers import Exit, answer
from coordinator_app.console.asking import PASSPHRASE, Secrets
from coordinator_app.console.options import Subparsers
from coordinator_app.services.enrolling import Enrolling, Enrollment

_WEAKER = (
    "This profile opens with the passphrase alone: whoever copies it may try passphrases. "
    "A computer with a keyring keeps half of the key to itself."
)

_CODE = (
    "Recovery code, shown only now; write it down and keep it away from this computer.\n"
    "With the passphrase it opens the panel when this computer's keyring is gone:"
)


def register(subparsers: Subparsers, enrolling: Callable[[Path], Enrolling], secrets: Secrets) -> None:
    """Add the command; ``enrolling`` makes the service for a profile folder."""
    parser = subparsers.add_parser("enroll", help="make this folder the workstation of one person")
    parser.add_argument("--profile", type=Path, required=True, metavar="DIR", help="the folder to keep the store in")
    parser.add_argument("--server", required=True, metavar="URL", help="postgresql+psycopg://HOST:PORT/DATABASE?...")
    parser.add_argument("--login", required=True, metavar="NAME", help="the login as `staff add` printed it")
    parser.add_argument(
        "--passphrase-only",
        action="store_true",
        help="for computers without a keyring; weaker, and refused by some sites",
    )
    parser.add_argument("--json", action="store_true", help="tell everything as one JSON object")
    parser.set_defaults(run=lambda given: _enroll(given, enrolling(given.profile), secrets))


def _enroll(given: argparse.Namespace, enrolling: Enrolling, secrets: Secrets) -> int:
    done = enrolling.enroll(
        Enrollment(
            server=given.server,
            login=given.login,
            password=secrets.ask("COORDINATOR_PASSWORD", "Password at the center"),
            passphrase=secrets.ask_twice(PASSPHRASE, "Passphrase of this computer's store"),
            new_password=secrets.look("COORDINATOR_NEW_PASSWORD"),
            is_passphrase_only=given.passphrase_only,
        )
    )
    facts = {
        "profile": str(given.profile),
        "login": done.login,
        "person": done.person,
        "role": done.role,
        "initiatives": [{"id": each.id, "name": each.name} for each in done.initiatives],
        "key_slot": done.key_slot,
        "panels": done.panels,
        "recovery_code": done.recovery_code or None,
    }
    said = f"This is the workstation of {done.name} now ({done.role}, panels: {done.panels}). Next: coordinator sync."
    if done.key_slot == "P":
        said = f"{said}\n{_WEAKER}"
    if done.recovery_code:
        said = f"{said}\n{_CODE} {done.recovery_code}"
    answer(said, facts, as_json=given.json)
    return Exit.OK
