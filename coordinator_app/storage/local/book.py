"""The unit of work: what a nurse did and what will be sent of it, in one transaction or not at all."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Insert, bindparam, insert, select

from coordinator_app.domain.ids import MemberId, OpId, new_id
from coordinator_app.domain.trouble import Refusal, Trouble
from coordinator_app.storage.local import profile
from coordinator_app.storage.local.engine import Store
from coordinator_app.storage.tables import ACTS, care, local

PROTO = 1

OnMembers = Callable[[Connection, Iterable[str]], None]
"""Rewrites what is derived from the members' rows (the rank) inside the transaction that changed them."""

# The centre says these; what a workstation would claim of them is not sent.
_NOT_SENT = frozenset({"panel_id", "received_at", "row_version", "op_id"})

# Put together once: that costs more than asking, and a nurse waits for it.
_ADD: Mapping[str, Insert] = {table.name: insert(table) for table in ACTS}
_SEND = insert(local.outbox)
_PANEL = select(care.member.c.panel_id).where(care.member.c.id == bindparam("wanted"))
_OUT = local.outbox.c
_LAST = (
    select(_OUT.device_seq, _OUT.hash)
    .where(_OUT.device_id == bindparam("wanted"))
    .order_by(_OUT.device_seq.desc())
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class Saved:
    """What a commit left: the op that waits to be sent, and its number on this device."""

    op_id: OpId
    device_seq: int


class Book:
    """One act: rows are added, the act is sent, all is committed once."""

    def __init__(
        self,
        connection: Connection,
        now: Callable[[], datetime],
        on_members: OnMembers,
        moved: Callable[[], timedelta] = timedelta,
    ) -> None:
        self.connection = connection
        self._now, self._on_members = now, on_members
        self._op_id = OpId(new_id())
        self._rows: dict[str, list[dict[str, Any]]] = {}
        self._members: dict[str, str] = {}
        self._sent: tuple[str, MemberId | None, str | None] | None = None
        self._author, self._device, skew_ms = _author_of(connection)
        # What the centre said of this clock, less what was done to the clock since.
        self._skew_ms = skew_ms - moved() // timedelta(milliseconds=1)

    @property
    def op_id(self) -> OpId:
        """The id under which the act will be sent."""
        return self._op_id

    @property
    def author_id(self) -> str:
        """The person of this store, who is the author of every act in it."""
        return self._author

    def add(self, table_name: str, row: Mapping[str, Any]) -> str:
        """Write one row of an act where readers will see it, and return its id.

        ``id``, ``author_id``, ``recorded_at``, ``occurred_at``, ``panel_id`` and ``sensitivity`` are filled in where
        they are not given. Values are Python's: aware datetimes, dates, lists, bytes.
        """
        return self.add_all(table_name, [row])[0]

    def add_all(self, table_name: str, rows: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
        """Write rows with the same columns by one statement, and return their ids."""
        whole = [self._whole(row) for row in rows]
        if whole:
            self.connection.execute(_ADD[table_name], whole)
        self._rows.setdefault(table_name, []).extend(map(on_the_wire, whole))
        return tuple(str(row["id"]) for row in whole)

    def send(self, kind: str, member_id: str | None, *, depends_on: str | None = None) -> None:
        """Say what the act is called and whose it is; ``depends_on`` names the op without which it means nothing."""
        self._sent = (kind, None if member_id is None else MemberId(member_id), depends_on)

    def touch(self, member_id: str) -> None:
        """Have what is derived of a member rewritten, where the act adds no row for them."""
        self._panel_of(member_id)

    def commit(self) -> Saved:
        """Put rows, op and everything derived on the disk together; returns when they are there."""
        if self._sent is None:
            raise ValueError("an act is sent before it is committed")
        kind, member_id, depends_on = self._sent
        payload = json.dumps({"kind": kind, "rows": self._rows}, ensure_ascii=False, separators=(",", ":"))
        seq, prev_hash = _last_of(self.connection, self._device)
        self.connection.execute(
            _SEND,
            {
                "op_id": self._op_id,
                "device_id": self._device,
                "device_seq": seq + 1,
                "kind": kind,
                "member_id": member_id,
                "payload": payload,
                "authored_at": self._now(),
                "skew_ms": self._skew_ms,
                "proto": PROTO,
                "depends_on": depends_on,
                "prev_hash": prev_hash,
                "hash": chain(prev_hash, self._op_id, seq + 1, payload),
            },
        )
        self._on_members(self.connection, tuple(self._members))
        self.connection.commit()
        return Saved(self._op_id, seq + 1)

    def _whole(self, row: Mapping[str, Any]) -> dict[str, Any]:
        now = self._now()
        whole = {
            "id": new_id(),
            "author_id": self._author,
            "occurred_at": now,
            "recorded_at": now,
            "sensitivity": 0,
            **{name: _clean(value) for name, value in row.items()},
            "op_id": self._op_id,
            "device_id": self._device,
        }
        whole["panel_id"] = self._panel_of(str(whole["member_id"]))
        return whole

    def _panel_of(self, member_id: str) -> str:
        if member_id not in self._members:
            panel = self.connection.execute(_PANEL, {"wanted": member_id}).scalar()
            if panel is None:
                raise Refusal("unknown_member", "This person is not in your panel on this computer.")
            self._members[member_id] = panel
        return self._members[member_id]


class Bookkeeping:
    """Opens books on one store."""

    def __init__(
        self,
        store: Store,
        now: Callable[[], datetime],
        on_members: OnMembers,
        moved: Callable[[], timedelta] = timedelta,
    ) -> None:
        self._store, self._now, self._on_members, self._moved = store, now, on_members, moved

    @contextmanager
    def open_book(self) -> Iterator[Book]:
        """Give a book on the write lane; whatever was not committed is undone when it closes."""
        with self._store.saving() as connection:
            yield Book(connection, self._now, self._on_members, self._moved)


def chain(prev_hash: str, op_id: str, device_seq: int, payload: str) -> str:
    """Return the hash that ties an op to the one before it; the centre computes the same."""
    return hashlib.sha256(f"{prev_hash}|{op_id}|{device_seq}|{payload}".encode()).hexdigest()


def on_the_wire(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row of an act as it is sent."""
    return {name: _wire(value) for name, value in row.items() if name not in _NOT_SENT}


def nothing_derived(connection: Connection, member_ids: Iterable[str]) -> None:
    """Rewrite nothing: for stores without a queue."""


def _author_of(connection: Connection) -> tuple[str, str, int]:
    facts = profile.read_all(connection)
    person, device = facts.get(profile.PERSON), facts.get(profile.DEVICE)
    if person is None or device is None:
        raise Trouble("not_enrolled", "This profile is not enrolled: run `coordinator enroll` first.")
    return person, device, facts.get(profile.SKEW_MS, 0)


def _last_of(connection: Connection, device: str) -> tuple[int, str]:
    row = connection.execute(_LAST, {"wanted": device}).first()
    return (0, "") if row is None else (row.device_seq, row.hash)


def _clean(value: Any) -> Any:
    """Return what PostgreSQL and UTF-8 can hold: text without NUL and without halves of characters."""
    if isinstance(value, str):
        return value.replace("\0", "").encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, Mapping):
        return {str(key): _clean(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_clean(each) for each in value]
    return value


def _wire(value: Any) -> Any:
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, bytes):
        return f"\\x{value.hex()}"
    return value
