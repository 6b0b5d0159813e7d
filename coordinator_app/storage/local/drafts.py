"""What was typed and not yet signed: on the disk within a second, on this computer only."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from coordinator_app.domain.ids import new_id
from coordinator_app.storage.local.engine import Store
from coordinator_app.storage.tables import local


@dataclass(frozen=True, slots=True)
class Draft:
    """An act in the making; ``content`` is the form's own."""

    id: str
    member_id: str | None
    kind: str
    content: Mapping[str, Any]
    saved_at: datetime


class Drafts:
    """The drafts of one store."""

    def __init__(self, store: Store, now: Callable[[], datetime]) -> None:
        self._store, self._now = store, now

    def keep(self, member_id: str | None, kind: str, content: Mapping[str, Any], draft_id: str | None = None) -> str:
        """Write a draft, or write it again, and return its id; it is on the disk when this returns."""
        row = {
            "id": draft_id or new_id(),
            "member_id": member_id,
            "kind": kind,
            "content": dict(content),
            "saved_at": self._now(),
        }
        put = insert(local.draft).values(row)
        put = put.on_conflict_do_update(
            index_elements=["id"], set_={"content": put.excluded.content, "saved_at": put.excluded.saved_at}
        )
        with self._store.saving() as connection:
            connection.execute(put)
            connection.commit()
        return str(row["id"])

    def all(self, member_id: str | None = None) -> tuple[Draft, ...]:
        """Return the drafts, of one member where one is named, newest first."""
        asked = select(local.draft).order_by(local.draft.c.saved_at.desc())
        if member_id is not None:
            asked = asked.where(local.draft.c.member_id == member_id)
        with self._store.reading() as connection:
            return tuple(
                Draft(row.id, row.member_id, row.kind, row.content, row.saved_at) for row in connection.execute(asked)
            )

    def discard(self, draft_id: str) -> None:
        """Throw a draft away."""
        with self._store.saving() as connection:
            discard(connection, draft_id)
            connection.commit()


def discard(connection: Connection, draft_id: str) -> None:
    """Throw a draft away in the transaction that signs it."""
    connection.execute(local.draft.delete().where(local.draft.c.id == draft_id))
