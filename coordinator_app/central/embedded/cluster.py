"""Making the folder and PostgreSQL's data folder inside it; half-made ones are thrown away, never mended."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from coordinator_app.central import passfile
from coordinator_app.central.embedded.binaries import Binaries, bundled
from coordinator_app.central.embedded.folder import HOST, ServerFolder
from coordinator_app.central.embedded.sql import SUPERUSER
from coordinator_app.domain.trouble import Refusal, Trouble

if TYPE_CHECKING:
    from coordinator_app.central.embedded.account import Account

_HALF_MADE = "pgdata.new-"
_TOLD_ONCE = ".told-"
_UNFIT_FOR_A_SHELL = set('"$`\\\n')  # pg_ctl puts the name between double quotes and hands it to a shell


def fitting_binaries(folder: ServerFolder) -> Binaries:
    """Return the bundled programs of the version that made the data folder; the newest where there is none."""
    made_by = _made_by(folder)
    if made_by is None:
        return bundled()
    if made_by not in (16, 18):
        raise Trouble("other_version", f"The server in {folder.root} was made by PostgreSQL {made_by}.")
    return bundled(made_by)


def prepare_root(folder: ServerFolder, account: Account, binaries: Binaries) -> None:
    """Make the server's folder, reachable by its account; parents are left as they are."""
    if sys.platform != "win32" and set(str(folder.root)) & _UNFIT_FOR_A_SHELL:
        raise Refusal("odd_name", f"PostgreSQL cannot be started in a folder with such a name: {folder.root}")
    existing = next(place for place in (folder.root, *folder.root.parents) if place.exists())
    account.require_reach(existing, binaries.program("postgres"))
    if folder.root.exists() and not folder.cluster.exists() and not _is_ours(folder.root):
        raise Refusal("other_things", f"{folder.root} holds other things; choose a new or an empty folder.")
    folder.root.parent.mkdir(parents=True, exist_ok=True)
    _make(folder.root, 0o700 if account.uid is None else 0o711)
    account.require_reach(folder.root)


def prepare_rooms(folder: ServerFolder, account: Account) -> None:
    """Make the folders of settings and sockets; the caller holds the lock."""
    _make(folder.settings, 0o700 if account.uid is None else 0o755)
    if _make(folder.run, 0o700 if account.uid is None else 0o755):
        account.own(folder.run)


def ensure(folder: ServerFolder, account: Account, binaries: Binaries) -> None:
    """Make the data folder if there is none; interrupted at any point, the next call begins afresh.

    The superuser's password is on disk before the server that wants it, so the two cannot part.
    """
    if folder.cluster.exists():
        if not folder.passfile.exists():
            raise Trouble("no_passfile", f"{folder.passfile} is missing; without it nobody can enter this server.")
        return
    _throw_away_half_made(folder)
    password = _superuser_password(folder)
    half_made = Path(tempfile.mkdtemp(prefix=_HALF_MADE, dir=folder.root))
    account.own(half_made)
    handle, name = tempfile.mkstemp(prefix=_TOLD_ONCE, dir=folder.root)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(password)
    told = Path(name)
    account.own(told)
    try:
        made = account.run([binaries.initdb, *_initdb_options(half_made, told, binaries)], folder.root)
    finally:
        told.unlink()
    if made.returncode != 0:
        shutil.rmtree(half_made, ignore_errors=True)
        last = made.stdout.strip().splitlines()[-1:] or ["it said nothing"]
        raise Trouble("initdb_failed", f"PostgreSQL could not make its data folder: {last[0]}")
    half_made.replace(folder.cluster)


def _initdb_options(data: Path, password: Path, binaries: Binaries) -> list[str]:
    # Sorted by code point, upper and lower case by Unicode: alike on every platform and after every upgrade of it.
    locale = ["--locale=C"]
    if binaries.major() >= 17:
        locale += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    elif sys.platform == "linux":
        locale = ["--locale=C.UTF-8"]
    return ["-D", str(data), "-U", SUPERUSER, f"--pwfile={password}", "-A", "scram-sha-256", "-E", "UTF8", *locale]


def _superuser_password(folder: ServerFolder) -> str:
    known = None
    if folder.passfile.exists():
        known = passfile.password_of(folder.passfile, HOST, 0, "postgres", SUPERUSER)
    if known is None:
        known = passfile.new_password()
        passfile.put(folder.passfile, [passfile.Entry(HOST, SUPERUSER, known)])
    return known


def _made_by(folder: ServerFolder) -> int | None:
    try:
        return int((folder.cluster / "PG_VERSION").read_text(encoding="ascii"))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError) as error:
        raise Trouble("not_yours", f"The server in {folder.root} belongs to somebody else.") from error


def _make(place: Path, mode: int) -> bool:
    try:
        place.mkdir(mode)
    except FileExistsError:
        return False
    place.chmod(mode)  # whatever the caller's umask says
    return True


def _is_ours(root: Path) -> bool:
    marks = {"conf", "run", "lock", "passfile"}
    return all(
        entry.name in marks or entry.name.startswith((_HALF_MADE, _TOLD_ONCE, ".passfile.")) for entry in root.iterdir()
    )


def _throw_away_half_made(folder: ServerFolder) -> None:
    for left in folder.root.glob(f"{_HALF_MADE}*"):
        shutil.rmtree(left, ignore_errors=True)
    for left in folder.root.glob(f"{_TOLD_ONCE}*"):
        left.unlink(missing_ok=True)
