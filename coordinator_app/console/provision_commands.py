"""The word `provision` of coordinator-central."""

import argparse
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from coordinator_app.console.answers import Exit, answer
from coordinator_app.console.options import Subparsers

Provision = Callable[[Mapping[str, Any]], Sequence[Path]]

_PATHS = {
    "root": "the root certificate that workstations pin",
    "certificate": "the server's certificate",
    "private-key": "its key",
    "passfile": "the services' passwords",
    "backups": "the folder of backups, on another disk",
    "archive": "the folder of archived write-ahead log, on another disk",
    "heads": "the file of audit heads",
    "scripts": "where the scripts will lie",
    "program": "where coordinator-central is installed",
}


def register(subparsers: Subparsers, provision: Provision) -> None:
    """Add the command; ``provision`` writes the files for what was given and returns them."""
    parser = subparsers.add_parser(
        "provision", help="write settings, rules, scripts and units for a server of your own"
    )
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="a new or empty folder for the files")
    parser.add_argument("--host", required=True, metavar="NAME", help="the server, as its certificate says it")
    parser.add_argument("--database", metavar="NAME", help="(default coordinator)")
    parser.add_argument("--port", type=int, metavar="N", help="the server's (default 5432)")
    parser.add_argument("--gate-port", type=int, metavar="N", help="PgBouncer's (default 6432)")
    parser.add_argument(
        "--network", action="append", dest="networks", metavar="CIDR", help="where workstations are; may be repeated"
    )
    parser.add_argument("--shared-buffers", metavar="SIZE", help="a quarter of the memory (default 4GB)")
    for name, what in _PATHS.items():
        parser.add_argument(f"--{name}", metavar="PATH", help=f"on the server: {what}")
    parser.add_argument("--json", action="store_true", help="tell everything as one JSON object")
    parser.set_defaults(run=lambda given: _write(given, provision))


def _write(given: argparse.Namespace, provision: Provision) -> int:
    named = ("out", "host", "database", "port", "gate_port", "networks", "shared_buffers")
    asked = {name: getattr(given, name) for name in (*named, *(path.replace("-", "_") for path in _PATHS))}
    written = provision({name: value for name, value in asked.items() if value is not None})
    steps = next((path for path in written if path.name == "NEXT.txt"), None)
    said = "\n".join(["Written: " + ", ".join(path.name for path in written), ""])
    said += "" if steps is None else steps.read_text(encoding="utf-8")
    answer(said, {"out": str(given.out), "files": [path.name for path in written]}, as_json=given.json)
    return Exit.OK
