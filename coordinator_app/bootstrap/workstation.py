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
    recover_commands,
    review_commands,
    status_commands,
    sync_commands,
    teach_commands,
)
from coordinator_app.console.asking import Secrets
from coordinator_app.console.central_parser import obey
from coordinator_app.console.options import Subparsers
from coordinator_app.console.workstation_parser import workstation_parser
from coordinator_app.domain.trouble import Refusal, Trouble

if TYPE_CHECKING:
    from coordinator_app.bootstrap.desk import Desk
    from coordinator_app.services.correspondence import FetchLetter
    from coordinator_app.services.enrolling import Enrolling
    from coordinator_app.services.recovering import Recovering
    from coordinator_app.services.set_aside import Decide
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
        partial(recover_commands.register, recovering=recovering, secrets=secrets),
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


def recovering(folder: Path) -> "Recovering[OpenProfile]":
    """Return the service that opens a profile without its daily slot, and changes its passphrase."""
    from coordinator_app.services.recovering import Recovering, Where
    from coordinator_app.storage.central.door import CentralDoor
    from coordinator_app.storage.local.upgrade import STORE_VERSION
    from coordinator_app.workstation.keyring import ComputerKeyring
    from coordinator_app.workstation.paths import ProfilePaths

    def fetch(where: Where, password: str) -> bytes:
        door = CentralDoor(where.server, app=version(), schema_rev=STORE_VERSION)
        return door.slot_secret(where.login, password, where.device)

    return Recovering(safe_of(folder), ComputerKeyring(), ProfilePaths(folder).keyring_name, fetch)


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

    from coordinator_app.bootstrap.kept_rounds import KeptRounds
    from coordinator_app.services.desk_clock import utc_now
    from coordinator_app.storage.central.access_line import AccessLine
    from coordinator_app.storage.central.address import address_of
    from coordinator_app.storage.central.kept_hub import KeptHub
    from coordinator_app.storage.local.access import AccessLog
    from coordinator_app.storage.local.arrival import Arrival
    from coordinator_app.storage.local.desk import StoreDesk
    from coordinator_app.sync.access import AccessSending
    from coordinator_app.sync.exchange import Exchange

    address = address_of(str(opened.read("server")))
    hub = KeptHub(address, opened.credentials, opened.learn_news, app=version(), schema_rev=opened.store_version)
    side = StoreDesk(
        opened.store, Arrival(desk.hooks.after_page, desk.hooks.after_bundle, desk.hooks.after_names), utc_now
    )
    access = AccessSending(AccessLog(opened.store, utc_now), AccessLine(address, opened.credentials))
    return KeptRounds(Exchange(hub, side, utc_now, time.monotonic, desk.watch.mark), side, opened, access)


def end_alone(folder: Path, opened: "OpenProfile", *, is_wipe: bool) -> Refusal:
    """End a profile that no window has open, and return what to tell. Refusal: ``in_use``."""
    from coordinator_app.bootstrap.ending import end
    from coordinator_app.workstation.in_use import InUse
    from coordinator_app.workstation.paths import ProfilePaths

    claim = InUse(ProfilePaths(folder).in_use)
    try:
        return end(folder, opened, is_wipe=is_wipe)
    finally:
        claim.release()


def letters_from_centre(opened: "OpenProfile") -> "FetchLetter":
    """Return what fetches the bytes of a letter that is not on this computer."""

    def fetch(letter_id: str) -> bytes | None:
        from coordinator_app.storage.central.address import address_of
        from coordinator_app.storage.central.hub import CentralHub

        address = address_of(str(opened.read("server")))
        hub = CentralHub(address, opened.credentials, app=version(), schema_rev=opened.store_version)
        return hub.letter_file(letter_id)

    return fetch


def word_at_centre(opened: "OpenProfile") -> "Decide":
    """Return what says a supervisor's word on an act that waits at the centre."""

    def decide(op_id: str, comment: str, *, accept: bool) -> object:
        from coordinator_app.storage.central.address import address_of
        from coordinator_app.storage.central.hub import CentralHub

        address = address_of(str(opened.read("server")))
        hub = CentralHub(address, opened.credentials, app=version(), schema_rev=opened.store_version)
        return hub.decide(str(opened.read("device")), op_id, comment, accept=accept)

    return decide


@contextmanager
def open_desk(folder: Path, secrets: Secrets) -> "Iterator[Desk]":
    """Unlock a profile and give its desk, where its lease lets anybody look."""
    from coordinator_app.bootstrap.admission import admit
    from coordinator_app.bootstrap.desk import build_desk

    opened = unlock(folder, secrets.ask(PASSPHRASE, _PROMPT))
    try:
        desk = build_desk(opened.store, fetch_letter=letters_from_centre(opened), decide=word_at_centre(opened))
        admit(desk.lease, lambda: rounds_of(opened, desk).run(), partial(end_alone, folder, opened))
        yield desk
    finally:
        opened.close()


@contextmanager
def open_rounds(folder: Path, secrets: Secrets) -> "Iterator[Rounds]":
    """Unlock a profile and give what syncs it; where the centre ordered its end, that is what happens."""
    from coordinator_app.bootstrap.desk import build_desk
    from coordinator_app.bootstrap.ending import WIPE

    opened = unlock(folder, secrets.ask(PASSPHRASE, _PROMPT))
    try:
        yield rounds_of(opened, build_desk(opened.store))
    except Trouble as trouble:
        if trouble.code != WIPE:
            raise
        raise end_alone(folder, opened, is_wipe=True) from None
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
