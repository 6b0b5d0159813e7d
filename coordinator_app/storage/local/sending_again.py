"""An act that was sent and not taken: written anew under new ids, so that it can be sent once more."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Date, LargeBinary, Table, select

from coordinator_app.domain.ids import new_id
from coordinator_app.storage.local.book import Book
from coordinator_app.storage.tables import ACTS, local
from coordinator_app.storage.tables.types import Instant

WORDS = ("note", "text", "comment")
"""The columns a person typed into."""

_TABLES: Mapping[str, Table] = {table.name: table for table in ACTS}
# The book says these anew.
_OF_THE_BOOK = frozenset({"panel_id", "op_id", "device_id", "author_id", "row_version", "received_at", "recorded_at"})


def send_again(book: Book, op_id: str, rows: Mapping[str, Sequence[Mapping[str, Any]]], words: str | None) -> str:
    """Add the rows of an act with fresh ids and, where given, other words; return the person it is about.

    Its former rows go: they were never anybody's but this computer's.
    """
    fresh = {str(row["id"]): new_id() for each in rows.values() for row in each if row.get("id")}
    member_id, is_said = "", words is None
    _drop(book.connection, op_id)
    for name, each in rows.items():
        table = _TABLES[name]
        for row in each:
            kept = {
                column: _read(table, column, fresh.get(str(value), value))
                for column, value in row.items()
                if column in table.c and column not in _OF_THE_BOOK
            }
            spoken = next((column for column in WORDS if column in table.c), None)
            if not is_said and spoken is not None:
                kept[spoken], is_said = words, True
            member_id = str(kept["member_id"])
            book.add(name, kept)
    return member_id


def _drop(connection: Connection, op_id: str) -> None:
    for table in ACTS:
        connection.execute(table.delete().where(table.c.op_id == op_id, table.c.row_version == 0))


def kind_of(connection: Connection, op_id: str) -> str:
    """Return what an op was called."""
    return str(connection.execute(select(local.outbox.c.kind).where(local.outbox.c.op_id == op_id)).scalar() or "act")


def _read(table: Table, column: str, value: Any) -> Any:
    """Return a value as it was before it was put on the wire."""
    if value is None:
        return None
    kind = table.c[column].type
    if isinstance(kind, Instant):
        return datetime.fromisoformat(str(value))
    if isinstance(kind, Date):
        return date.fromisoformat(str(value))
    if isinstance(kind, LargeBinary):
        return bytes.fromhex(str(value).removeprefix("\\x"))
    return value
