"""Starting and stopping the server process, whatever an earlier crash left behind."""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from coordinator_app.central.embedded import postmaster
from coordinator_app.central.embedded.ports import free_ports, is_free
from coordinator_app.central.embedded.settings import access_rules, server_settings
from coordinator_app.domain.failures import Trouble

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
    """Start the server and return its port, which is remembered; Trouble says why it would not start."""
    _forget_stale_number(folder)
    if port is not None and not is_free(port):
        raise Trouble("port_taken", f"Port {port} is taken by another program.")
    candidates = iter([port]) if port is not None else free_ports(folder.root, _remembered(folder))
    for _ in range(_TRIES_FOR_A_PORT):
        chosen = next(candidates, None)
        if chosen is None:
            break
        _write(folder.settings / "postgresql.conf", server_settings(folder, chosen, settings))
        _write(folder.settings / "pg_hba.conf", access_rules(access))
        _write(folder.settings / "pg_ident.conf", "")
        if _start(folder, account, binaries):
            _write(folder.remembered_port, f"{chosen}\n")
            return chosen
        if is_free(chosen):
            raise Trouble("not_started", f"The server did not start: {_last_words(folder)}")
    raise Trouble("port_taken", "No free port was found for the server.")


def halt(folder: ServerFolder, account: Account, binaries: Binaries) -> None:
    """Stop the server, ending its sessions; Trouble if it is still there after a minute."""
    command: list[str | Path] = [binaries.pg_ctl, "stop", "-D", folder.settings, "-m", "fast", "-w", "-t", "60", "-s"]
    if account.run(command, folder.root).returncode != 0:
        raise Trouble("not_stopped", f"The server in {folder.root} did not stop within a minute.")


def _start(folder: ServerFolder, account: Account, binaries: Binaries) -> bool:
    command: list[str | Path] = [binaries.pg_ctl, "start", "-D", folder.settings, "-l", folder.start_log, "-w", "-s"]
    deadline = time.monotonic() + _SECONDS_FOR_ORPHANS
    while True:
        folder.start_log.unlink(missing_ok=True)
        if account.run([*command, "-t", str(_SECONDS_TO_RECOVER)], folder.root).returncode == 0:
            return True
        # Sessions of a killed server hold its shared memory for a moment until they notice.
        if "shared memory block" not in _said(folder) or time.monotonic() > deadline:
            return False
        time.sleep(_PAUSE)


def _forget_stale_number(folder: ServerFolder) -> None:
    known = postmaster.recorded(folder.cluster)
    if known is None or not postmaster.holds_number(known):
        return  # PostgreSQL itself forgets a number that nobody carries
    if not postmaster.is_alive(known, folder.cluster):
        (folder.cluster / "postmaster.pid").unlink(missing_ok=True)


def _remembered(folder: ServerFolder) -> int | None:
    try:
        return int(folder.remembered_port.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None


def _said(folder: ServerFolder) -> str:
    try:
        return folder.start_log.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _last_words(folder: ServerFolder) -> str:
    fatal = [line for line in _said(folder).splitlines() if "FATAL:" in line or "could not" in line]
    return fatal[-1].partition("FATAL:")[2].strip() or fatal[-1] if fatal else f"see {folder.log}"


def _write(path: Path, text: str) -> None:
    # The server's account reads these and may not change them; none holds a secret.
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    Path(name).chmod(0o644)
    Path(name).replace(path)
