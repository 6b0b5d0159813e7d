"""The word `audit` of coordinator-central, for an auditor's own login."""

import argparse
import uuid
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Protocol

from coordinator_app.console.answers import Exit, answer
from coordinator_app.console.asking import Secrets
from coordinator_app.console.options import Subparsers, add_common, add_json
from coordinator_app.domain.ids import MemberId
from coordinator_app.domain.oversight import Incident, SealFault, SealState, Sighting


class Verdict(Protocol):
    """Whether the audit is whole."""

    @property
    def state(self) -> SealState:
        """How far the sealing came."""

    @property
    def faults(self) -> Sequence[SealFault]:
        """The blocks that are not as sealed."""

    @property
    def compared(self) -> int:
        """How many heads were held against a copy."""


class Auditing(Protocol):
    """Answers an auditor."""

    def who_saw(self, member: MemberId, first: date, last: date, zone: str) -> Sequence[Sighting]:
        """Return every sighting of those days."""

    def incidents(self, since: datetime) -> Sequence[Incident]:
        """Return what did not fit together since then."""

    def verify(self, heads: Path | None = None) -> Verdict:
        """Read every sealed row again."""


OpenAuditing = Callable[[str, str, Secrets], Auditing]


def register(subparsers: Subparsers, auditing: OpenAuditing) -> None:
    """Add the command; ``auditing`` makes the service for a URL, a login, and where its password comes from."""
    parser = subparsers.add_parser("audit", help="who saw a person; whether the audit is whole")
    add_common(parser)
    parser.add_argument("--login", required=True, metavar="LOGIN", help="the auditor's, as `staff add` printed it")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="who-saw|incidents|verify")

    saw = verbs.add_parser("who-saw", help="name who held, received, read or changed a person")
    saw.add_argument("member", metavar="MEMBER_ID", type=uuid.UUID)
    saw.add_argument("--from", dest="first", required=True, type=date.fromisoformat, metavar="DATE")
    saw.add_argument("--to", dest="last", required=True, type=date.fromisoformat, metavar="DATE")
    saw.add_argument("--zone", default="America/New_York", help="whose days they are (default %(default)s)")
    saw.set_defaults(run=lambda given: _who_saw(given, auditing(given.url, given.login, Secrets())))

    verify = verbs.add_parser("verify", help="read every sealed row again")
    verify.add_argument(
        "--heads", type=Path, metavar="FILE", help="heads kept elsewhere, as `upkeep --heads` writes them"
    )
    verify.set_defaults(run=lambda given: _verify(given, auditing(given.url, given.login, Secrets())))
    broken = verbs.add_parser("incidents", help="breaks and gaps in what workstations sent")
    broken.add_argument("--since", required=True, type=date.fromisoformat, metavar="DATE", help="a day, in UTC")
    broken.set_defaults(run=lambda given: _incidents(given, auditing(given.url, given.login, Secrets())))
    for verb in (saw, broken, verify):
        add_json(verb)


def _who_saw(given: argparse.Namespace, auditing: Auditing) -> int:
    seen = auditing.who_saw(MemberId(str(given.member)), given.first, given.last, given.zone)
    facts = {
        "member_id": str(given.member),
        "from": given.first.isoformat(),
        "to": given.last.isoformat(),
        "zone": given.zone,
        "sightings": [
            {
                "what": one.what,
                "login": one.login,
                "name": one.name,
                "role": one.role,
                "panel": one.panel,
                "device": one.device,
                "first_at": _time(one.first_at),
                "last_at": _time(one.last_at),
                "times": one.times,
            }
            for one in seen
        ],
    }
    lines = [
        f"{_time(one.first_at) or 'before':<26} {_time(one.last_at) or 'on':<26} {one.what:<14} {one.times:>5}x  "
        f"{one.login}  {one.name}  {one.role}  {one.panel}".rstrip()
        for one in seen
    ]
    answer("\n".join(lines) or "Nobody held, received, read or changed this person then.", facts, as_json=given.json)
    return Exit.OK


def _incidents(given: argparse.Namespace, auditing: Auditing) -> int:
    found = auditing.incidents(datetime.combine(given.since, time(), UTC))
    facts = {
        "since": given.since.isoformat(),
        "incidents": [
            {
                "at": _time(one.at),
                "kind": one.kind,
                "login": one.login,
                "name": one.name,
                "device": one.device,
                "facts": dict(one.facts),
            }
            for one in found
        ],
    }
    lines = [f"{_time(one.at)}  {one.kind:<20} {one.login}  {one.name}  {one.device}" for one in found]
    answer("\n".join(lines) or "Everything that workstations sent fits together.", facts, as_json=given.json)
    return Exit.FINDINGS if found else Exit.OK


def _verify(given: argparse.Namespace, auditing: Auditing) -> int:
    verdict = auditing.verify(given.heads)
    state = verdict.state
    facts = {
        "blocks": state.blocks,
        "head": state.head,
        "unsealed": state.unsealed,
        "compared": verdict.compared,
        "faults": [{"block": one.number, "fault": one.fault} for one in verdict.faults],
    }
    lines = [f"block {one.number}: {one.fault} not as sealed" for one in verdict.faults]
    lines.append(f"{state.blocks} blocks, {len(verdict.faults)} not as sealed, {state.unsealed} rows not sealed yet.")
    lines.append(f"head {state.head or '-'}")
    answer("\n".join(lines), facts, as_json=given.json)
    return Exit.FINDINGS if verdict.faults else Exit.OK


def _time(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat(timespec="seconds")
