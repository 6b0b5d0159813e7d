"""The word `doctor` of coordinator-central."""

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from coordinator_app.console.answers import Exit, answer
from coordinator_app.console.options import Subparsers, add_common
from coordinator_app.domain.oversight import Finding, Health

_MARKS = {Health.OK: "ok     ", Health.MISSING: "MISSING", Health.UNKNOWN: "unknown"}


class Doctoring(Protocol):
    """Looks at one server."""

    def look(self) -> Sequence[Finding]:
        """Return every finding."""


def register(
    subparsers: Subparsers, doctoring: Callable[[str, str | None], Doctoring], at_gate: Callable[[Path], Doctoring]
) -> None:
    """Add the command; ``doctoring`` makes the look for a URL and a login, None for the administrator's."""
    parser = subparsers.add_parser("doctor", help="look at a server and say what it lacks; changes nothing")
    add_common(parser)
    parser.add_argument(
        "--login", metavar="ROLE", help="another line of the passfile, as postgres, which may read more"
    )
    parser.add_argument("--gate", type=Path, metavar="FILE", help="the pgbouncer.ini of a gatekeeper on this machine")
    parser.set_defaults(
        run=lambda given: _look(
            given, doctoring(given.url, given.login), at_gate(given.gate) if given.gate is not None else None
        )
    )


def _look(given: argparse.Namespace, doctoring: Doctoring, gate: Doctoring | None) -> int:
    found = [*doctoring.look(), *(gate.look() if gate is not None else ())]
    missing = sum(one.health is Health.MISSING for one in found)
    unknown = sum(one.health is Health.UNKNOWN for one in found)
    lines = []
    for one in found:
        lines.append(f"{_MARKS[one.health]}  {one.name}: {one.said}")
        if one.way_out and one.health is not Health.OK:
            lines.append(f"         {one.way_out}")
    lines.append(f"{missing} missing, {unknown} unknown, {len(found) - missing - unknown} in order.")
    facts = {
        "missing": missing,
        "unknown": unknown,
        "findings": [
            {"name": one.name, "state": one.health.value, "said": one.said, "way_out": one.way_out} for one in found
        ],
    }
    answer("\n".join(lines), facts, as_json=given.json)
    return Exit.FINDINGS if missing else Exit.OK
