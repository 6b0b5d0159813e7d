"""Joins the commands of coordinator with what does the work; no command loads the window's toolkit."""

import argparse
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from coordinator_app.bootstrap.profiles import (
    end_alone,
    enrolling,
    letters_from_centre,
    recovering,
    rounds_of,
    unlock,
    word_at_centre,
)
from coordinator_app.console import (
    activity_commands,
    book_commands,
    enroll_commands,
    letter_commands,
    log_call_commands,
    medicine_commands,
    needs_commands,
    patient_commands,
    queue_commands,
    recover_commands,
    review_commands,
    status_commands,
    sync_commands,
    teach_commands,
)
from coordinator_app.console.asking import PASSPHRASE, Secrets
from coordinator_app.console.central_parser import obey
from coordinator_app.console.options import Subparsers
from coordinator_app.console.workstation_parser import workstation_parser
from coordinator_app.domain.trouble import Trouble

if TYPE_CHECKING:
    from coordinator_app.bootstrap.desk import Desk
    from coordinator_app.services.status import Status
    from coordinator_app.storage.local.safe import OpenProfile
    from coordinator_app.sync.rounds import Rounds

_PROMPT = "Passphrase of this computer's store"


def run(argv: Sequence[str] | None = None) -> int:
    """Run the window or one command of coordinator and return its exit code."""
    secrets = Secrets()
    return obey(workstation_parser(_commands(secrets), partial(_open_window, secrets=secrets)), argv)


def _commands(secrets: Secrets) -> list[Callable[[Subparsers], None]]:
    desks = partial(open_desk, secrets=secrets)
    reading = (queue_commands, patient_commands, activity_commands)
    writing = (log_call_commands, book_commands, teach_commands, medicine_commands, letter_commands)
    judging = (review_commands, needs_commands)
    return [
        partial(enroll_commands.register, enrolling=enrolling, secrets=secrets),
        partial(recover_commands.register, recovering=recovering, secrets=secrets),
        partial(sync_commands.register, rounds=partial(open_rounds, secrets=secrets)),
        partial(status_commands.register, status=partial(_open_status, secrets=secrets)),
        *(partial(command.register, open_desk=desks) for command in (*reading, *writing, *judging)),
    ]


def _open_window(given: argparse.Namespace, secrets: Secrets) -> int:
    from importlib import import_module

    # By name: the window knows Qt, and what reads this file must not.
    return int(import_module("coordinator_app.bootstrap.opening").run(given, secrets))


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
