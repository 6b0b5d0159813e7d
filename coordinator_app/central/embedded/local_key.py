"""The key by which a workstation on this machine knows the embedded server without TLS."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from coordinator_app.central.embedded.folder import LOCAL_KEY
from coordinator_app.central.passfile import write_private
from coordinator_app.domain.trouble import Trouble

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LENGTH = 32


def ensure(path: Path) -> bytes:
    """Return the key of the file, made now (mode 0600) if there is none."""
    if not path.exists():
        write_private(path, secrets.token_bytes(LENGTH))
    return read(path)


def beside(passfile: Path) -> bytes | None:
    """Return the key in the folder of a passfile; None where the passfile is not an embedded server's."""
    path = passfile.parent / LOCAL_KEY
    return read(path) if path.exists() else None


def read(path: Path) -> bytes:
    """Return the key; Trouble if the file is missing, unreadable or not 32 bytes long."""
    try:
        key = path.read_bytes()
    except OSError as error:
        raise Trouble("no_local_key", f"The key of the local server, {path}, cannot be read.") from error
    if len(key) != LENGTH:
        raise Trouble("broken_local_key", f"{path} is not a key of {LENGTH} bytes.")
    return key


def install_local_key(execute: Callable[[str], object], key: bytes) -> None:
    """Put the key where the database's own answer to a challenge finds it; before the first migrate, do nothing.

    `execute` takes one SQL statement without parameters and runs it as superuser or as the owner.
    """
    if len(key) != LENGTH:
        raise ValueError("not a local key")
    execute(
        "DO $$ BEGIN IF to_regprocedure('sec.keep_local_key(bytea)') IS NOT NULL THEN "
        f"PERFORM sec.keep_local_key('\\x{key.hex()}'); END IF; END $$"
    )
