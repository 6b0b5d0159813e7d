"""What PostgreSQL's own pid file says about a server, and whether that is still true."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path


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
    try:
        return Postmaster(abs(int(lines[0])), int(lines[3]) if len(lines) > 3 else None)
    except (ValueError, IndexError):
        return None


def is_alive(postmaster: Postmaster, cluster: Path) -> bool:
    """Whether the recorded process still is this server: after a crash another one may carry its number."""
    if not holds_number(postmaster):
        return False
    if sys.platform == "linux":
        return _works_in(postmaster.pid, cluster)
    if sys.platform == "win32":
        return True
    named = subprocess.run(  # noqa: S603 - fixed program, a number as argument
        ["/bin/ps", "-o", "comm=", "-p", str(postmaster.pid)], capture_output=True, text=True, check=False
    )
    return "postgres" in named.stdout


def holds_number(postmaster: Postmaster) -> bool:
    """Whether any process carries the recorded number."""
    if sys.platform == "win32":
        return True  # to ask by signal would end the process there
    try:
        os.kill(postmaster.pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _works_in(pid: int, cluster: Path) -> bool:
    process = Path("/proc") / str(pid)
    try:
        return process.joinpath("cwd").readlink() == cluster.resolve()
    except PermissionError:
        return process.joinpath("comm").read_text(encoding="utf-8").strip() == "postgres"
    except OSError:
        return False
