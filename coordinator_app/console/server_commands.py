"""The words `start`, `stop` and `status` of coordinator-central."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from coordinator_app.console.answers import Exit, answer

if TYPE_CHECKING:
    from collections.abc import Callable


class ServerState(Protocol):
    """What a command tells about a server."""

    @property
    def sentence(self) -> str:
        """What was done or found, for people."""

    @property
    def url(self) -> str | None:
        """For the commands of the centre; None while it does not run."""

    @property
    def enroll_url(self) -> str | None:
        """For workstations on this machine."""

    def facts(self) -> dict[str, object]:
        """Return everything, for programs."""


class EmbeddedServer(Protocol):
    """What these commands ask of the embedded server; the module coordinator_app.central.embedded fits."""

    def start(self, data: Path, port: int | None = None, run_as: str | None = None) -> ServerState:
        """Make and start the server, or find it running."""

    def stop(self, data: Path, run_as: str | None = None) -> ServerState:
        """Stop the server, if it runs."""

    def status(self, data: Path) -> ServerState:
        """Ask whether it runs."""


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser], server: EmbeddedServer) -> None:
    """Add the three commands; a parser's `run` takes the parsed arguments and returns 0, Refusal and Trouble pass."""
    start = subparsers.add_parser("start", help="start the PostgreSQL in a folder, making it the first time")
    stop = subparsers.add_parser("stop", help="stop it")
    status = subparsers.add_parser("status", help="say whether it runs, and where")
    for parser in (start, stop, status):
        parser.add_argument("--data", type=Path, required=True, metavar="DIR", help="the server's own folder")
        parser.add_argument("--json", action="store_true", help="tell everything as one JSON object")
    for parser in (start, stop):
        parser.add_argument("--run-as", metavar="USER", help="as root: the user who runs the server")
    start.add_argument("--port", type=_port, metavar="N", help="the port; left out: the last one, or a free one")
    start.set_defaults(run=lambda given: _tell(given, lambda: server.start(given.data, given.port, given.run_as)))
    stop.set_defaults(run=lambda given: _tell(given, lambda: server.stop(given.data, given.run_as)))
    status.set_defaults(run=lambda given: _tell(given, lambda: server.status(given.data)))


def _tell(given: argparse.Namespace, ask: Callable[[], ServerState]) -> int:
    state = ask()
    places = (("For coordinator-central: --url", state.url), ("For enroll: --server", state.enroll_url))
    lines = [state.sentence, *(f"{what} '{url}'" for what, url in places if url is not None)]
    answer("\n".join(lines), state.facts(), as_json=given.json)
    return Exit.OK


def _port(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError("a port is a number from 1 to 65535")
    return int(text)
