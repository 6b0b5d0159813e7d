"""What PostgreSQL's own pid file says about a server, and whether that is still true."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from coordinator_app.domain.failures import Trouble


@dataclass(frozen=True, slots=True)
class Postmaster:
    """The server process as its pid file names it."""

    pid: int
    port: int | None


def recorded(cluster: Path) -> Postmaster | None:
    """Read postmaster.pid; None where there is none or it is not whole yet."""
    try:
        lines = (cluster / "postmaster.pid").read_text(encoding="utf-8", errors="replace").splitlines()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise Trouble("not_yours", f"The server in {cluster.parent} belongs to somebody else.") from error
    try:
        return Postmaster(abs(int(lines[0])), int(lines[3]) if len(lines) > 3 else None)
    except (ValueError, IndexError):
        return None


def is_alive(postmaster: Postmaster, cluster: Path) -> bool:
    """Whether the recorded process still is this server: after a crash or a restart of the machine, another may
    carry its number."""
    if sys.platform == "win32":
        return True  # the pid file is removed there by the next start, and asking by signal would end the process
    try:
        os.kill(postmaster.pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    if sys.platform == "linux":
        return _works_in(postmaster.pid, cluster)
    named = subprocess.run(  # noqa: S603 - fixed program, a number as argument
        ["/bin/ps", "-o", "comm=", "-p", str(postmaster.pid)], capture_output=True, text=True, check=False
    )
    return "postgres" in named.stdout


def _works_in(pid: int, cluster: Path) -> bool:
    process = Path("/proc") / str(pid)
    try:
        return (process / "cwd").resolve() == cluster.resolve()
    except PermissionError:
        return (process / "comm").read_text().strip() == "postgres"
    except OSError:
        return False
