"""What was looked at, as it is kept and sent: each entry holds the hash of the one before it (sync 4.10)."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from coordinator_app.domain.ids import MemberId


class Looked(StrEnum):
    """Ways in which something about people was seen or taken out."""

    CHART_OPENED = "chart_opened"
    SEARCHED = "searched"
    PRINTED = "printed"
    EXPORTED = "exported"
    CONFIDENTIAL_OPENED = "confidential_opened"


@dataclass(frozen=True, slots=True)
class AccessEntry:
    """One entry of a workstation's log; ``payload`` is what was hashed, byte for byte."""

    seq: int
    payload: str
    prev_hash: str
    hash: str


@dataclass(frozen=True, slots=True)
class Unsent:
    """The first unsent entries of one device id; ``is_oldest`` where the log holds none before them."""

    device_id: str
    entries: tuple[AccessEntry, ...]
    is_oldest: bool


def payload_of(what: Looked, at: datetime, member_id: MemberId | None, count: int) -> str:
    """Return what an entry says: no name, nothing that was typed."""
    said = {"kind": what.value, "at": at.isoformat(), "member_id": member_id, "count": count}
    return json.dumps(said, separators=(",", ":"))


def chained(device_id: str, prev_hash: str, seq: int, payload: str) -> str:
    """Return the hash that ties an entry to the one before it; the centre computes the same."""
    return hashlib.sha256(f"{prev_hash}|{device_id}|{seq}|{payload}".encode()).hexdigest()
