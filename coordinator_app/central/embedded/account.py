"""The account the server runs under: never root, never made in silence, no parent folder opened for it."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coordinator_app.domain.trouble import Refusal, Trouble

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

USUAL_ACCOUNT = "coordinator-app"
"""Taken when root names nobody and this account was made before."""

MAKE_ACCOUNT = f"useradd --system --home-dir /nonexistent --shell /usr/sbin/nologin {USUAL_ACCOUNT}"


@dataclass(frozen=True, slots=True)
class Account:
    """Runs programs as one user; `uid` is None where that is simply whoever runs us."""

    name: str | None = None
    uid: int | None = None
    gid: int | None = None

    def run(
        self,
        command: Sequence[str | Path],
        folder: Path,
        environment: Mapping[str, str] | None = None,
        typed: str = "",
    ) -> subprocess.CompletedProcess[str]:
        """Run a program in `folder` with `typed` as its input and wait; what it says comes back in one text.

        No exit code is raised. Secrets belong in `typed`: arguments and environment can be seen by others.
        """
        became: dict[str, Any] = {} if self.uid is None else {"user": self.uid, "group": self.gid, "extra_groups": []}
        if sys.platform != "win32":
            became["umask"] = 0o077
        # A file, not a pipe: a server started by the program would keep a pipe open and we should wait for ever.
        with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as keys:
            keys.write(typed.encode())
            keys.seek(0)
            ended = subprocess.run(  # noqa: S603 - programs of the installation in use, never a shell line
                list(command),
                cwd=folder,
                env=_plain_environment() | dict(environment or {}),
                stdin=keys,
                stdout=said,
                stderr=subprocess.STDOUT,
                check=False,
                **became,
            )
            said.seek(0)
            return subprocess.CompletedProcess(ended.args, ended.returncode, said.read().decode(errors="replace"))

    def own(self, folder: Path) -> None:
        """Hand a folder that was just made to this account."""
        if sys.platform != "win32" and self.uid is not None and self.gid is not None:
            os.chown(folder, self.uid, self.gid)

    def require_reach(self, *places: Path) -> None:
        """Trouble naming the first folder on the way to one of the places that this account may not search."""
        if self.uid is None:
            return
        for place in places:
            ways = [*reversed(place.parents), place]
            search = 'for way; do [ -x "$way" ] || { printf %s "$way"; exit 1; }; done'
            tried = self.run(["/bin/sh", "-c", search, "sh", *ways], Path("/"))
            if tried.returncode != 0:
                raise Trouble(
                    "not_searchable",
                    f"The user {self.name} may not enter or run {tried.stdout}. "
                    "Choose one that this user can reach; no folder's rights have been changed.",
                )


def choose(asked: str | None, cluster: Path) -> Account:
    """Say who runs the server in `cluster`: as root the one asked for, else its owner, else the usual account.

    Raises Trouble as root where there is nobody (naming the line that makes a user) and Refusal where the
    choice cannot be kept: a server keeps its user, and only root may become another.
    """
    if sys.platform == "win32":
        return Account()
    import pwd  # noqa: PLC0415 - does not exist on Windows

    if os.geteuid() != 0:
        mine = {entry.pw_name for entry in pwd.getpwall() if entry.pw_uid == os.geteuid()}
        if asked is not None and asked not in mine:
            raise Refusal("not_root", f"Only root can run the server as {asked}; leave out --run-as.")
        return Account()
    owner = pwd.getpwuid(cluster.stat().st_uid).pw_name if cluster.exists() else None
    if asked is not None and owner is not None and asked != owner:
        raise Refusal("other_owner", f"The server in this folder belongs to {owner}; leave out --run-as.")
    name = asked or owner or USUAL_ACCOUNT
    try:
        found = pwd.getpwnam(name)
    except KeyError as error:
        missing = "As root say --run-as USER: " if asked is None else f"There is no user {asked}. "
        raise Trouble(
            "no_account", f"{missing}PostgreSQL never runs as root. This line makes a user for it: {MAKE_ACCOUNT}"
        ) from error
    if found.pw_uid == 0:
        raise Trouble("no_account", f"PostgreSQL never runs as root. This line makes a user for it: {MAKE_ACCOUNT}")
    return Account(name, found.pw_uid, found.pw_gid)


def _plain_environment() -> dict[str, str]:
    kept = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "USERPROFILE", "APPDATA")
    return {name: os.environ[name] for name in kept if name in os.environ} | {"LC_ALL": "C"}
