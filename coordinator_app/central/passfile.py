"""Passwords of logins in a file of libpq's format, mode 0600, so that no URL carries one."""

from __future__ import annotations

import os
import secrets
import stat
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from coordinator_app.domain.trouble import Trouble

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

ANY = "*"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: this login's password at this server; `*` stands for any host, port or database."""

    host: str
    login: str
    password: str = field(repr=False)
    port: str = ANY
    database: str = ANY

    def fits(self, host: str, port: int, database: str, login: str) -> bool:
        """Whether libpq would use this line for such a connection."""
        asked = ((self.host, host), (self.port, str(port)), (self.database, database), (self.login, login))
        return all(mine in (ANY, theirs) for mine, theirs in asked)

    def replaces(self, other: Entry) -> bool:
        """Whether both lines speak of the same login at the same place."""
        mine = (self.host, self.port, self.database, self.login)
        return mine == (other.host, other.port, other.database, other.login)


def new_password() -> str:
    """Return 32 random characters (192 bits) that need no quoting anywhere."""
    return secrets.token_urlsafe(24)


def read(path: Path) -> tuple[Entry, ...]:
    """Return the lines in their order; Trouble where others may read the file, which libpq would ignore."""
    try:
        mode = path.stat().st_mode
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise Trouble("no_passfile", f"There is no passfile at {path}.") from error
    except OSError as error:
        raise Trouble("passfile_unreadable", f"The passfile {path} cannot be read.") from error
    if sys.platform != "win32" and mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise Trouble("passfile_open", f"Others may read {path}; set its mode to 0600.")
    return tuple(_entry(line, path) for line in text.splitlines() if line and not line.startswith("#"))


def password_of(path: Path, host: str, port: int, database: str, login: str) -> str | None:
    """Return the password libpq would take from the file, or None."""
    fitting = (entry.password for entry in read(path) if entry.fits(host, port, database, login))
    return next(fitting, None)


def put(path: Path, entries: Iterable[Entry]) -> None:
    """Add or replace lines, the rest stays; whoever reads meanwhile sees the old file or the new one, whole."""
    lines = list(read(path)) if path.exists() else []
    for entry in entries:
        place = next((at for at, line in enumerate(lines) if entry.replaces(line)), len(lines))
        lines[place : place + 1] = [entry]
    write_private(path, "".join(_line(entry) for entry in lines).encode())


def write_private(path: Path, content: bytes) -> None:
    """Write a file that only its owner may read, in one step; a replaced file keeps its owner."""
    before = path.stat() if path.exists() else None
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            if before is not None and sys.platform != "win32" and before.st_uid != os.geteuid():
                os.fchown(file.fileno(), before.st_uid, before.st_gid)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _line(entry: Entry) -> str:
    parts = (entry.host, entry.port, entry.database, entry.login, entry.password)
    return ":".join(part.replace("\\", "\\\\").replace(":", "\\:") for part in parts) + "\n"


def _entry(line: str, path: Path) -> Entry:
    parts: list[str] = [""]
    letters = iter(line)
    for letter in letters:
        if letter == "\\":
            parts[-1] += next(letters, "")
        elif letter == ":":
            parts.append("")
        else:
            parts[-1] += letter
    return _from_parts(parts, path)


def _from_parts(parts: Sequence[str], path: Path) -> Entry:
    if len(parts) != 5:
        raise Trouble("passfile_broken", f"A line of {path} is not host:port:database:login:password.")
    host, port, database, login, password = parts
    return Entry(host=host, port=port, database=database, login=login, password=password)
