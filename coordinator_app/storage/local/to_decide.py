"""What waits for a supervisor's word, as the centre listed it last."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select, update

from coordinator_app.storage.local import outbox
from coordinator_app.storage.tables import local

KIND = "to_decide"


def keep(connection: Connection, items: Sequence[Mapping[str, Any]], at: datetime) -> None:
    """Open an item for each act listed, and close those that are listed no more: somebody decided."""
    of = local.needs_you.c
    listed = [str(each["op_id"]) for each in items]
    gone = update(local.needs_you).where(of.kind == KIND, of.closed_at.is_(None), of.op_id.not_in(listed))
    connection.execute(gone.values(closed_at=at))
    known = set(connection.execute(select(of.op_id).where(of.kind == KIND, of.op_id.in_(listed))).scalars())
    for each in items:
        if each["op_id"] not in known:
            outbox.need_you(
                connection,
                KIND,
                "needs.to_decide",
                at,
                member_id=each.get("member_id"),
                op_id=each["op_id"],
                arguments=each,
            )


def close(connection: Connection, op_id: str, at: datetime) -> None:
    """Close an item that was decided."""
    of = local.needs_you.c
    connection.execute(update(local.needs_you).where(of.kind == KIND, of.op_id == op_id).values(closed_at=at))
