"""Starting and stopping the server process, whatever an earlier crash left behind."""

from __future__ import annotations

import os
import re
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from coordinator_app.central.embedded import postmaster
from coordinator_app.central.embedded.ports import free_ports, is_free
from coordinator_app.central.embedded.settings import access_rules, server_settings
from coordinator_app.domain.trouble import Trouble

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coordinator_app.central.embedded.account import Account
    from coordinator_app.central.embedded.binaries import Binaries
    from coordinator_app.central.embedded.folder import ServerFolder

_TRIES_FOR_A_PORT = 5
_SECONDS_TO_RECOVER = 300
_SECONDS_FOR_ORPHANS = 30
_PAUSE = 0.2


def launch(
    folder: ServerFolder,
    account: Account,
    binaries: Binaries,
    port: int | None,
    *,
    settings: Mapping[str, str],
    access: tuple[str, ...],
) -> int:
    """Start the server and return its port, which is remembered; Trouble says why it would not start.

    The caller has seen that the server does not run.
    """
    _clear_leftovers(folder)
    if port is not None and not is_free(port):
        raise Trouble("port_taken", f"Port {port} is taken by another program, or not yours to take.")
    candidates = iter([port]) if port is not None else free_ports(folder.root, _remembered(folder))
    for _ in range(_TRIES_FOR_A_PORT):
        chosen = next(candidates, None)
        if chosen is None:
            break
        _write(folder.settings / "postgresql.conf", server_settings(folder, chosen, settings))
        _write(folder.settings / "pg_hba.conf", access_rules(access))
        _write(folder.settings / "pg_ident.conf", "")
        said = _start(folder, account, binaries)
        if said is None:
            _write(folder.remembered_port, f"{chosen}\n")
            return chosen
        if is_free(chosen):
            raise Trouble("not_started", f"The server did not start: {_last_words(said, folder)}")
    raise Trouble("port_taken", "No free port was found for the server.")


def halt(folder: ServerFolder, account: Account, binaries: Binaries) -> None:
    """Stop the server, ending its sessions; Trouble if it is still there after a minute."""
    command: list[str | Path] = [binaries.pg_ctl, "stop", "-D", folder.settings, "-m", "fast", "-w", "-t", "60", "-s"]
    if account.run(command, folder.root).returncode != 0:
        raise Trouble("not_stopped", f"The server in {folder.root} did not stop within a minute.")


def _start(folder: ServerFolder, account: Account, binaries: Binaries) -> str | None:
    """Start once, or again while a killed server's sessions linger; None if it runs, else what was said."""
    command: list[str | Path] = [binaries.pg_ctl, "start", "-D", folder.settings, "-l", folder.start_log, "-w", "-s"]
    deadline = time.monotonic() + _SECONDS_FOR_ORPHANS
    while True:
        folder.start_log.unlink(missing_ok=True)
        begin = {path: path.stat().st_size for path in _logs(folder)}
        ended = account.run([*command, "-t", str(_SECONDS_TO_RECOVER)], folder.root)
        if ended.returncode == 0:
            return None
        said = ended.stdout + "".join(_read(path, begin.get(path, 0)) for path in _logs(folder))
        # Sessions of a killed server hold its shared memory for a moment until they notice.
        if "shared memory block" not in said or time.monotonic() > deadline:
            return said
        time.sleep(_PAUSE)


def _clear_leftovers(folder: ServerFolder) -> None:
    """Remove what would make PostgreSQL believe that a server whose process is gone still runs.

    PostgreSQL sees to it itself, unless another process, or the dead one's unburied entry, carries the number.
    """
    known = postmaster.recorded(folder.cluster)
    if known is not None and postmaster.holds_number(known):
        (folder.cluster / "postmaster.pid").unlink(missing_ok=True)
    for left in folder.run.glob(".s.PGSQL.*"):
        left.unlink(missing_ok=True)


def _remembered(folder: ServerFolder) -> int | None:
    try:
        return int(folder.remembered_port.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None


def _logs(folder: ServerFolder) -> list[Path]:
    return [path for path in (*folder.log.glob("*.log"), folder.start_log) if path.is_file()]


def _read(path: Path, begin: int) -> str:
    with path.open("rb") as file:
        file.seek(begin)
        return file.read().decode(errors="replace")


def _last_words(said: str, folder: ServerFolder) -> str:
    named = re.findall(r"LOG: +((?:invalid value|unrecognized|syntax error).*)", said)
    fatal = re.findall(r"FATAL: +(.*)", said)
    return "; ".join([*named[:1], *fatal[-1:]]) or f"see {folder.log} and {folder.start_log}"


def _write(path: Path, text: str) -> None:
    # The server's account reads these and may not change them; none holds a secret.
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    Path(name).chmod(0o644)
    Path(name).replace(path)
