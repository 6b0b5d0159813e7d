"""What was typed and not signed: one draft of each kind for each person."""

from typing import Any, Final

from sqlalchemy import Connection, Row, Select, bindparam, insert, select

from coordinator_app.domain.draft import Draft
from coordinator_app.domain.ids import MemberId, new_id
from coordinator_app.storage.tables import local

_DROP: Final = local.draft.delete().where(
    local.draft.c.member_id == bindparam("of_member"), local.draft.c.kind == bindparam("of_kind")
)


class DraftShelf:
    """Drafts as one connection sees them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> tuple[Draft, ...]:
        """Return the drafts, the last written first."""
        return self._drafts(select(local.draft))

    def of(self, member_id: MemberId, kind: str) -> Draft | None:
        """Return somebody's draft of a kind."""
        table = local.draft
        found = self._drafts(select(table).where(table.c.member_id == member_id, table.c.kind == kind))
        return found[0] if found else None

    def _drafts(self, asked: Select[Any]) -> tuple[Draft, ...]:
        newest = asked.order_by(local.draft.c.saved_at.desc(), local.draft.c.id)
        return tuple(_draft(row) for row in self._connection.execute(newest))


def put(connection: Connection, draft: Draft) -> None:
    """Write a draft in place of the one there was."""
    drop(connection, draft.member_id, draft.kind)
    connection.execute(
        insert(local.draft).values(
            id=new_id(),
            member_id=draft.member_id,
            kind=draft.kind,
            content=dict(draft.content),
            saved_at=draft.saved_at,
        )
    )


def drop(connection: Connection, member_id: MemberId, kind: str) -> None:
    """Forget a draft that was signed or thrown away."""
    connection.execute(_DROP, {"of_member": member_id, "of_kind": kind})


def _draft(row: Row[Any]) -> Draft:
    return Draft(MemberId(row.member_id), row.kind, row.saved_at, row.content)
