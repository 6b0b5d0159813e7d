"""The embedded server: start, stop, ask; each may be called twice, at once, or after a crash."""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from coordinator_app.central.embedded import cluster, launch, local_key, postmaster
from coordinator_app.central.embedded.account import Account, choose
from coordinator_app.central.embedded.folder import DATABASE, ServerFolder
from coordinator_app.central.embedded.locking import alone
from coordinator_app.central.embedded.settings import SCRAM_ONLY
from coordinator_app.central.embedded.sql import SuperuserSql
from coordinator_app.central.embedded.state import ServerState
from coordinator_app.domain.trouble import Refusal, Trouble

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from coordinator_app.central.embedded.binaries import Binaries

_SECONDS_TO_SETTLE = 60


@dataclass(frozen=True, slots=True)
class Choices:
    """What a caller may change about a server; the product's own commands leave it as it is."""

    binaries: Binaries | None = None
    settings: Mapping[str, str] = field(default_factory=dict)
    access: tuple[str, ...] = SCRAM_ONLY


def start(
    data: Path, port: int | None = None, run_as: str | None = None, choices: Choices | None = None
) -> ServerState:
    """Make the server in `data` if there is none, start it if it does not run, and say how to reach it.

    Without `port` the last one is taken, or another free one. Raises Refusal where a rule says no (another port or
    user than the running server's, a folder of other things) and Trouble where the surroundings fail.
    """
    with _trouble_named(data):
        return _start(ServerFolder(data.resolve()), port, run_as, choices or Choices())


def _start(folder: ServerFolder, port: int | None, run_as: str | None, choices: Choices) -> ServerState:
    account = choose(run_as, folder.cluster)
    binaries = choices.binaries or cluster.fitting_binaries(folder)
    cluster.prepare_root(folder, account, binaries)
    with alone(folder.lock):
        cluster.prepare_rooms(folder, account)
        running = _settled(folder, binaries)
        if running is None:
            cluster.ensure(folder, account, binaries)
            took = launch.launch(folder, account, binaries, port, settings=choices.settings, access=choices.access)
            running = _running(folder, binaries)
            if running is None:
                raise Trouble("not_answering", f"The server was started on port {took} but does not answer.")
            sentence = "The server has been started."
        else:
            sentence = "The server was running already."
            if port not in (None, running.port):
                raise Refusal("other_port", f"The server runs on port {running.port} already; stop it first.")
        _make_ready(folder, running)
    return _state(folder, running, sentence)


def stop(data: Path, run_as: str | None = None, choices: Choices | None = None) -> ServerState:
    """Stop the server in `data`, if it runs, ending its sessions; saved work is on disk before this returns."""
    with _trouble_named(data):
        folder = ServerFolder(data.resolve())
        if not folder.is_made:
            return _not_there(folder)
        account = choose(run_as, folder.cluster)
        with alone(folder.lock):
            known = postmaster.recorded(folder.cluster)
            if known is None or not postmaster.is_alive(known, folder.cluster):
                return ServerState(folder.root, running=False, sentence="The server was not running.")
            binaries = (choices or Choices()).binaries or cluster.fitting_binaries(folder)
            launch.halt(folder, account, binaries)
        return ServerState(folder.root, running=False, sentence="The server has been stopped.")


def status(data: Path, choices: Choices | None = None) -> ServerState:
    """Ask whether the server in `data` runs and answers to its own password."""
    with _trouble_named(data):
        folder = ServerFolder(data.resolve())
        if not folder.is_made:
            return _not_there(folder)
        running = _running(folder, (choices or Choices()).binaries or cluster.fitting_binaries(folder))
        if running is None:
            return ServerState(folder.root, running=False, sentence="The server is not running.")
        return _state(folder, running, "The server is running.")


@contextmanager
def _trouble_named(data: Path) -> Iterator[None]:
    try:
        yield
    except PermissionError as error:
        raise Trouble("not_yours", f"{data} belongs to somebody else, or part of it does.") from error
    except OSError as error:
        raise Trouble("folder_trouble", f"The folder {data} cannot be used: {error.strerror or error}.") from error


@dataclass(frozen=True, slots=True)
class _Running:
    pid: int
    port: int
    version: str
    sql: SuperuserSql


def _running(folder: ServerFolder, binaries: Binaries) -> _Running | None:
    known = postmaster.recorded(folder.cluster) if folder.is_made else None
    if known is None or known.port is None or not postmaster.is_alive(known, folder.cluster):
        return None
    # The password proves both sides to each other (scram), so a stranger on our port is not taken for the server.
    sql = SuperuserSql(Account(), binaries, folder, known.port)
    version = sql.server_version()
    return None if version is None else _Running(known.pid, known.port, version, sql)


def _settled(folder: ServerFolder, binaries: Binaries) -> _Running | None:
    """Wait for a server that is coming up or going down on its own; Trouble if it stays and never answers."""
    deadline = time.monotonic() + _SECONDS_TO_SETTLE
    while (running := _running(folder, binaries)) is None:
        known = postmaster.recorded(folder.cluster) if folder.is_made else None
        if known is None or not postmaster.is_alive(known, folder.cluster):
            return None
        if time.monotonic() > deadline:
            raise Trouble("not_answering", f"A server in {folder.root} runs, but does not answer to its password.")
        time.sleep(0.2)
    return running


def _make_ready(folder: ServerFolder, running: _Running) -> None:
    key = local_key.ensure(folder.local_key)
    running.sql.ensure_database(DATABASE)
    local_key.install_local_key(running.sql.on(DATABASE), key)


def _state(folder: ServerFolder, running: _Running, sentence: str) -> ServerState:
    return ServerState(
        data=folder.root,
        running=True,
        sentence=sentence,
        port=running.port,
        pid=running.pid,
        version=running.version,
        url=folder.url(running.port),
        enroll_url=folder.enroll_url(running.port),
        passfile=folder.passfile,
        keyfile=folder.local_key,
        socket=folder.run if folder.has_socket() else None,
        log=folder.log,
    )


def _not_there(folder: ServerFolder) -> ServerState:
    return ServerState(folder.root, running=False, sentence=f"No server has been made in {folder.root}.")
