"""The word `sync` of coordinator."""

import argparse
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from coordinator_app.console.answers import Exit, answer
from coordinator_app.console.options import Subparsers
from coordinator_app.sync.rounds import OFFLINE, Report, Rounds

OpenRounds = Callable[[Path], AbstractContextManager[Rounds]]


def register(subparsers: Subparsers, rounds: OpenRounds) -> None:
    """Add the command; ``rounds`` unlocks a profile and gives what syncs it."""
    parser = subparsers.add_parser("sync", help="send what waits, receive what is new; offline is a normal answer")
    parser.add_argument("--profile", type=Path, required=True, metavar="DIR", help="the enrolled folder")
    parser.add_argument("--json", action="store_true", help="tell everything as one JSON object")
    parser.set_defaults(run=lambda given: _sync(given, rounds))


def _sync(given: argparse.Namespace, rounds: OpenRounds) -> int:
    with rounds(given.profile) as ready:
        report = ready.run(progress=None if given.json or not sys.stderr.isatty() else _show)
    received = report.received
    facts = {
        "received_members": received.members,
        "received_rows": received.rows,
        "sent": received.sent,
        "waiting": report.waiting,
        "outcomes": dict(received.outcomes),
        "held_back": received.held_back,
        "differed": received.differed,
        "may_receive": received.may_pull,
        "pull_until": None if received.pull_until is None else received.pull_until.isoformat(),
        "as_of": None if received.as_of is None else received.as_of.isoformat(),
        "state": report.state,
        "panels": [
            {"panel": each.name, "members": each.members, "complete": each.is_complete} for each in report.panels
        ],
    }
    answer(_said(report), facts, as_json=given.json)
    return Exit.OK


def _said(report: Report) -> str:
    received = report.received
    if report.state == OFFLINE:
        return f"The center does not answer. {report.waiting} waiting here, safe; they go with the next sync."
    of = received.sent + report.waiting
    lines = [f"Received {received.members} people, sent {received.sent} of {of}, waiting {report.waiting}."]
    if received.held_back:
        lines.append("The center takes no more from this workstation today; what waits goes on tomorrow.")
    if not received.may_pull:
        lines.append("This program is too old to receive; update it. What is written here is still sent.")
    elif received.pull_until is not None:
        lines.append(f"Update this program by {received.pull_until}: after that it only sends.")
    if received.differed:
        lines.append(f"{received.differed} people differed from the center and were fetched again.")
    lines += [
        f"{each.name}: {each.members} people{'' if each.is_complete else ', not all yet'}" for each in report.panels
    ]
    return "\n".join(lines)


def _show(done: int, of: int) -> None:
    end = "\n" if done >= of else "\r"
    print(f"{done:,} of {of:,} people", end=end, file=sys.stderr, flush=True)
