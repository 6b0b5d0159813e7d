"""The end of a store: what was not sent is sealed first, then the key goes, then the files."""

import json
import os
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from coordinator_app.domain.trouble import Trouble
from coordinator_app.storage.local import outbox, profile
from coordinator_app.storage.local.engine import Store
from coordinator_app.storage.sealed import seal
from coordinator_app.storage.tables import local

_ALL = 1_000_000
_OP = (
    "op_id", "device_id", "device_seq", "kind", "member_id", "payload", "skew_ms", "proto", "depends_on", "prev_hash",
    "hash",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class LastWords:
    """What was sealed: counts, a digest over the box, and the file; no file where there was nothing to seal."""

    ops: int = 0
    drafts: int = 0
    digest: str = ""
    path: Path | None = None


def seal_unsent(store: Store, folder: Path) -> LastWords:
    """Seal unsent acts and unfinished forms into ``outbox-<device>.sealed``; on the disk when this returns.

    Trouble("no_seal_key") where the centre never named a key to seal them to: then nothing may be erased.
    """
    with store.reading() as connection:
        facts = profile.read_all(connection)
        ops, drafts = unsent(connection), _drafts(connection)
    if not ops and not drafts:
        return LastWords()
    public = facts.get(profile.SEAL_KEY)
    if public is None:
        raise Trouble(
            "no_seal_key",
            "There is unsent work, and the center never named a key to seal it to. Nothing was erased; connect this "
            "computer to the center.",
        )
    device = str(facts[profile.DEVICE])
    told = {
        "form": 1,
        "login": facts.get(profile.LOGIN),
        "epoch": facts.get(profile.EPOCH),
        "ops": ops,
        "drafts": drafts,
    }
    box = seal(bytes.fromhex(public), device, zlib.compress(json.dumps(told, ensure_ascii=False).encode()))
    path = folder / f"outbox-{device}.sealed"
    write_whole(path, box)
    return LastWords(len(ops), len(drafts), sha256(box).hexdigest(), path)


def unsent(connection: Connection) -> Sequence[Mapping[str, Any]]:
    """Return what waits, as it is sent, the oldest first."""
    return [
        {name: getattr(row, name) for name in _OP} | {"authored_at": row.authored_at.isoformat()}
        for row in outbox.waiting(connection, _ALL)
    ]


def _drafts(connection: Connection) -> Sequence[Mapping[str, Any]]:
    return [
        {"member_id": row.member_id, "kind": row.kind, "content": row.content, "saved_at": row.saved_at.isoformat()}
        for row in connection.execute(select(local.draft).order_by(local.draft.c.saved_at))
    ]


def erase(slots: Path, store: Path) -> None:
    """Forget the key, then the store and everything that was ever copied beside it.

    The key file is overwritten before it goes: without it the rest is noise, whatever becomes of the rest.
    """
    if slots.exists():
        with slots.open("r+b") as file:
            file.write(os.urandom(max(slots.stat().st_size, 4096)))
            file.flush()
            os.fsync(file.fileno())
        slots.unlink()
    for leftover in (*store.parent.glob(f"{store.name}*"), *slots.parent.glob(f"{slots.stem}*")):
        leftover.unlink(missing_ok=True)


def write_whole(path: Path, content: bytes) -> None:
    """Write a file for its owner alone, whole or not at all, on the disk when this returns."""
    fresh = path.with_name(f"{path.name}.new")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    if os.name == "posix":
        # The name too has to outlive a power cut: what it stands for is erased next.
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
