"""The words `upkeep` and `device` of coordinator-central."""

import argparse
import uuid
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from coordinator_app.console.answers import Exit, answer, complain
from coordinator_app.console.options import Subparsers, add_common, add_json
from coordinator_app.domain.oversight import Outlived, SealFault, SealState, Workstation
from coordinator_app.domain.trouble import Refusal, Trouble


class Kept(Protocol):
    """What a round did and found."""

    @property
    def sealed(self) -> int:
        """Rows sealed."""

    @property
    def state(self) -> SealState:
        """How far the sealing came."""

    @property
    def partitions(self) -> int:
        """Months made."""

    @property
    def idle_ended(self) -> int:
        """Sessions ended."""

    @property
    def outlived(self) -> Sequence[Outlived]:
        """Months older than their term."""

    @property
    def pruned(self) -> int:
        """Months of the feed dropped."""

    @property
    def taken_up(self) -> int:
        """Acts that waited for a newer centre and count now."""

    @property
    def faults(self) -> Sequence[SealFault]:
        """Blocks not as sealed."""


class Upkeep(Protocol):
    """Rounds over one database."""

    def run(self, heads: Path | None = None, *, over_all: bool = True) -> Kept:
        """Do one round."""


class Workstations(Protocol):
    """What is known of workstations."""

    def workstations(self) -> Sequence[Workstation]:
        """Return every one."""

    def revoke(self, workstation: str) -> str:
        """Revoke one; return whose it was."""


Round = Callable[[], None]
Serve = Callable[[Round, Round], None]
"""Runs the first round each minute and the second each night, until the process is told to end."""


def register(subparsers: Subparsers, upkeep: Callable[[str], Upkeep], serve: Serve) -> None:
    """Add the command; ``upkeep`` makes the rounds for a URL, ``serve`` repeats them."""
    parser = subparsers.add_parser("upkeep", help="seal the audit, make months ahead, end idle transactions")
    add_common(parser)
    parser.add_argument("--once", action="store_true", help="one round over everything, then end")
    parser.add_argument("--heads", type=Path, metavar="FILE", help="add new heads to this file; keep it elsewhere")
    parser.set_defaults(run=lambda given: _upkeep(given, upkeep(given.url), serve))


def register_device(
    subparsers: Subparsers,
    workstations: Callable[[str], Workstations],
    add_verbs: Callable[[Subparsers], None] = lambda _verbs: None,
) -> None:
    """Add `device`; ``workstations`` makes the service for a URL, ``add_verbs`` adds what else there is to do."""
    parser = subparsers.add_parser("device", help="list, revoke or wipe workstations, bring in what they sealed")
    add_common(parser)
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="list|revoke|wipe|seal-key|import-sealed")
    listing = verbs.add_parser("list", help="name every workstation")
    listing.set_defaults(run=lambda given: _list(given, workstations(given.url)))
    revoke = verbs.add_parser("revoke", help="take nothing more from a workstation, end its person's sessions")
    revoke.add_argument("device", metavar="DEVICE", type=uuid.UUID)
    revoke.set_defaults(run=lambda given: _revoke(given, workstations(given.url)))
    for verb in (listing, revoke):
        add_json(verb)
    add_verbs(verbs)


def _upkeep(given: argparse.Namespace, upkeep: Upkeep, serve: Serve) -> int:
    if given.once:
        kept = upkeep.run(given.heads)
        answer(_said(kept), _facts(kept), as_json=given.json)
        return Exit.FINDINGS if kept.faults else Exit.OK

    def round_over(*, over_all: bool) -> None:
        try:
            kept = upkeep.run(given.heads, over_all=over_all)
        except (Refusal, Trouble) as trouble:
            # The next round tries again; a server that is away for a night is no reason to end.
            complain(trouble.sentence)
            return
        for fault in kept.faults:
            complain(f"Block {fault.number} of the audit is not as it was sealed ({fault.fault}).")
        if kept.sealed or kept.partitions or kept.idle_ended or over_all:
            answer(_said(kept), _facts(kept), as_json=given.json)

    serve(lambda: round_over(over_all=False), lambda: round_over(over_all=True))
    return Exit.OK


def _said(kept: Kept) -> str:
    lines = [
        f"Sealed {kept.sealed} audit rows; {kept.state.blocks} blocks, {kept.state.unsealed} rows wait.",
        f"head {kept.state.blocks} {kept.state.head or '-'}",
    ]
    if kept.partitions:
        lines.append(f"Made {kept.partitions} partitions.")
    if kept.idle_ended:
        lines.append(f"Ended {kept.idle_ended} sessions that held a transaction open.")
    if kept.pruned:
        lines.append(f"Dropped {kept.pruned} months of the feed past their term.")
    if kept.taken_up:
        lines.append(f"Took up {kept.taken_up} entries of a kind that was not known here before.")
    lines += [
        f"{one.part} is older than {one.months} months; docs/operations.md says how it goes." for one in kept.outlived
    ]
    lines += [f"block {one.number}: {one.fault} not as sealed" for one in kept.faults]
    return "\n".join(lines)


def _facts(kept: Kept) -> dict[str, Any]:
    return {
        "sealed": kept.sealed,
        "blocks": kept.state.blocks,
        "head": kept.state.head,
        "unsealed": kept.state.unsealed,
        "partitions": kept.partitions,
        "idle_ended": kept.idle_ended,
        "pruned": kept.pruned,
        "taken_up": kept.taken_up,
        "outlived": [{"kind": one.kind, "months": one.months, "part": one.part} for one in kept.outlived],
        "faults": [{"block": one.number, "fault": one.fault} for one in kept.faults],
    }


def _list(given: argparse.Namespace, workstations: Workstations) -> int:
    known = workstations.workstations()
    lines = [
        f"{one.id}  {one.login}  {one.name}  {one.state}  seen {_time(one.last_seen_at) or 'never'}" for one in known
    ]
    listed = [
        {
            "id": one.id,
            "login": one.login,
            "name": one.name,
            "state": one.state,
            "app_version": one.app_version,
            "last_seq": one.last_seq,
            "enrolled_at": _time(one.enrolled_at),
            "last_seen_at": _time(one.last_seen_at),
        }
        for one in known
    ]
    answer("\n".join(lines) or "No workstation has said hello yet.", {"devices": listed}, as_json=given.json)
    return Exit.OK


def _revoke(given: argparse.Namespace, workstations: Workstations) -> int:
    login = workstations.revoke(str(given.device))
    said = (
        f"The workstation of {login} is revoked: what it sends from now on waits for a person.\n"
        f"If it was lost, `staff reset {login}` too, or its password still reads."
    )
    answer(said, {"id": str(given.device), "login": login, "state": "revoked"}, as_json=given.json)
    return Exit.OK


def _time(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat(timespec="seconds")
