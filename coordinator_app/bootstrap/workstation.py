"""Joins the commands of coordinator with what does the work; no command loads the window's toolkit."""

import argparse
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from coordinator_app.console import (
    activity_commands,
    book_commands,
    enroll_commands,
    letter_commands,
    log_call_commands,
    patient_commands,
    queue_commands,
    review_commands,
    status_commands,
    sync_commands,
    teach_commands,
)
from coordinator_app.console.asking import Secrets
from coordinator_app.console.central_parser import obey
from coordinator_app.console.options import Subparsers
from coordinator_app.console.workstation_parser import workstation_parser

if TYPE_CHECKING:
    from coordinator_app.bootstrap.desk import Desk
    from coordinator_app.services.correspondence import FetchLetter
    from coordinator_app.services.enrolling import Enrolling
    from coordinator_app.services.status import Status
    from coordinator_app.storage.local.safe import OpenProfile, Safe
    from coordinator_app.sync.rounds import Rounds

PASSPHRASE = "COORDINATOR_PASSPHRASE"  # noqa: S105 (the variable's name)
_PROMPT = "Passphrase of this computer's store"


def run(argv: Sequence[str] | None = None) -> int:
    """Run the window or one command of coordinator and return its exit code."""
    secrets = Secrets()
    return obey(workstation_parser(_commands(secrets), partial(_open_window, secrets=secrets)), argv)


def _commands(secrets: Secrets) -> list[Callable[[Subparsers], None]]:
    desks = partial(open_desk, secrets=secrets)
    reading = (queue_commands, patient_commands, activity_commands)
    writing = (log_call_commands, book_commands, teach_commands, letter_commands, review_commands)
    return [
        partial(enroll_commands.register, enrolling=enrolling, secrets=secrets),
        partial(sync_commands.register, rounds=partial(open_rounds, secrets=secrets)),
        partial(status_commands.register, status=partial(_open_status, secrets=secrets)),
        *(partial(command.register, open_desk=desks) for command in (*reading, *writing)),
    ]


def _open_window(given: argparse.Namespace, secrets: Secrets) -> int:
    from importlib import import_module

    # By name: the window knows Qt, and what reads this file must not.
    return int(import_module("coordinator_app.bootstrap.window").run(given, secrets))


def version() -> str:
    """Return the version of the program, as the centre is told it."""
    from importlib import metadata

    return metadata.version("coordinator-app")


def enrolling(folder: Path) -> "Enrolling":
    """Return the service that makes a folder somebody's workstation."""
    from coordinator_app.services.enrolling import Enrolling
    from coordinator_app.storage.central.door import CentralDoor
    from coordinator_app.storage.local.upgrade import STORE_VERSION
    from coordinator_app.workstation.keyring import ComputerKeyring
    from coordinator_app.workstation.paths import ProfilePaths

    paths = ProfilePaths(folder)
    door = partial(CentralDoor, app=version(), schema_rev=STORE_VERSION)
    return Enrolling(safe_of(folder), ComputerKeyring(), paths.keyring_name, door, paths.make)


def safe_of(folder: Path) -> "Safe":
    """Return the safe of a profile folder."""
    import time

    from coordinator_app.storage.local.keys import KeySlots
    from coordinator_app.storage.local.safe import Safe
    from coordinator_app.workstation.paths import ProfilePaths
    from coordinator_app.workstation.resources import migrations_folder

    paths = ProfilePaths(folder)
    return Safe(paths.store, KeySlots(paths.slots, time.time), migrations_folder("local"))


def unlock(folder: Path, passphrase: str) -> "OpenProfile":
    """Open a profile. Refusal: ``wrong_passphrase``, ``wait``; Trouble: ``not_enrolled``, ``no_keyring``."""
    from coordinator_app.workstation.keyring import ComputerKeyring
    from coordinator_app.workstation.paths import ProfilePaths

    safe = safe_of(folder)
    secret = ComputerKeyring().read(ProfilePaths(folder).keyring_name) if safe.needs_keyring else None
    return safe.unlock(passphrase, secret)


def rounds_of(opened: "OpenProfile", desk: "Desk") -> "Rounds":
    """Return what syncs an open profile with its centre; pages rank the people they bring."""
    import time

    from coordinator_app.services.desk_clock import utc_now
    from coordinator_app.storage.central.address import address_of
    from coordinator_app.storage.central.hub import CentralHub
    from coordinator_app.storage.local.arrival import Arrival
    from coordinator_app.storage.local.desk import StoreDesk
    from coordinator_app.sync.exchange import Exchange
    from coordinator_app.sync.rounds import Rounds

    address = address_of(str(opened.read("server")))
    hub = CentralHub(address, opened.credentials, app=version(), schema_rev=opened.store_version)
    side = StoreDesk(
        opened.store, Arrival(desk.hooks.after_page, desk.hooks.after_bundle, desk.hooks.after_names), utc_now
    )
    return Rounds(Exchange(hub, side, utc_now, time.monotonic), side)


def letters_from_centre(opened: "OpenProfile") -> "FetchLetter":
    """Return what fetches the bytes of a letter that is not on this computer."""

    def fetch(letter_id: str) -> bytes | None:
        from coordinator_app.storage.central.address import address_of
        from coordinator_app.storage.central.hub import CentralHub

        address = address_of(str(opened.read("server")))
        hub = CentralHub(address, opened.credentials, app=version(), schema_rev=opened.store_version)
        return hub.letter_file(letter_id)

    return fetch


@contextmanager
def open_desk(folder: Path, secrets: Secrets) -> "Iterator[Desk]":
    """Unlock a profile and give its desk."""
    from coordinator_app.bootstrap.desk import build_desk

    opened = unlock(folder, secrets.ask(PASSPHRASE, _PROMPT))
    try:
        yield build_desk(opened.store, fetch_letter=letters_from_centre(opened))
    finally:
        opened.close()


@contextmanager
def open_rounds(folder: Path, secrets: Secrets) -> "Iterator[Rounds]":
    """Unlock a profile and give what syncs it."""
    from coordinator_app.bootstrap.desk import build_desk

    opened = unlock(folder, secrets.ask(PASSPHRASE, _PROMPT))
    try:
        yield rounds_of(opened, build_desk(opened.store))
    finally:
        opened.close()


@contextmanager
def _open_status(folder: Path, secrets: Secrets) -> "Iterator[tuple[Status, OpenProfile]]":
    from coordinator_app.bootstrap.desk import build_desk

    opened = unlock(folder, secrets.ask(PASSPHRASE, _PROMPT))
    try:
        yield build_desk(opened.store).status, opened
    finally:
        opened.close()
