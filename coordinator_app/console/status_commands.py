"""The word `status` of coordinator."""

import argparse
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from coordinator_app.console.answers import Exit, answer
from coordinator_app.console.options import Subparsers
from coordinator_app.domain.lease import Standing
from coordinator_app.services.status import Status


class Desk(Protocol):
    """An unlocked profile, as far as this command asks."""

    @property
    def store_version(self) -> str: ...  # noqa: D102
    @property
    def key_slot(self) -> str: ...  # noqa: D102


OpenStatus = Callable[[Path], AbstractContextManager[tuple[Status, Desk]]]

_LEASE = {
    Standing.FULL: "",
    Standing.NOTES: " Calls, notes and teaching only, until it syncs.",
    Standing.LOCKED: " Locked until it syncs.",
    Standing.OVER: " The lease is over: connect it to the center, or the panel is erased.",
}


def register(subparsers: Subparsers, status: OpenStatus) -> None:
    """Add the command; ``status`` unlocks a profile."""
    parser = subparsers.add_parser("status", help="say whose workstation this is, how fresh, and what waits")
    parser.add_argument("--profile", type=Path, required=True, metavar="DIR", help="the enrolled folder")
    parser.add_argument("--json", action="store_true", help="tell everything as one JSON object")
    parser.set_defaults(run=lambda given: _status(given, status))


def _status(given: argparse.Namespace, status: OpenStatus) -> int:
    with status(given.profile) as (service, desk):
        now = service.now()
        facts = {
            "login": now.login,
            "person": now.person,
            "server": now.server,
            "epoch": now.epoch,
            "as_of": None if now.as_of is None else now.as_of.isoformat(),
            "members": now.members,
            "waiting": now.waiting,
            "needs_you": now.needs_you,
            "set_aside": now.set_aside,
            "held_back": now.held_back,
            "clock_off_seconds": round(now.clock_off.total_seconds()),
            "pull_until": None if now.pull_until is None else now.pull_until.isoformat(),
            "store_version": desk.store_version,
            "key_slot": desk.key_slot,
            "frozen_on": None if now.frozen_on is None else now.frozen_on.isoformat(),
            "lease": {
                "standing": now.lease.standing.name.lower(),
                "cause": now.lease.cause,
                "until": None if now.lease.until is None else now.lease.until.isoformat(timespec="seconds"),
            },
        }
    fresh = "never" if now.as_of is None else now.as_of.isoformat(timespec="minutes")
    said = (
        f"{now.person} ({now.login}): {now.members} people, last heard {fresh}, "
        f"{now.waiting} waiting to be sent, {now.needs_you} need you."
    )
    said += _LEASE[now.lease.standing]
    if now.held_back:
        said += " The center takes no more today; it goes on tomorrow."
    if now.set_aside:
        said += f" {now.set_aside} kept at the center and not applied yet."
    if now.clock_off:
        said += f" This computer's clock is off by {round(abs(now.clock_off.total_seconds()) / 60)} minutes."
    if now.pull_until is not None:
        said += f" Update this program by {now.pull_until}: after that it only sends."
    answer(said if now.frozen_on is None else f"{said} The day is held at {now.frozen_on}.", facts, as_json=given.json)
    return Exit.OK
