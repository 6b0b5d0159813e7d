"""What waits to be sent, and what became of what was."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, func, literal_column, select, update

from coordinator_app.domain.ids import new_id
from coordinator_app.storage.tables import ACTS, local

WAITING = "waiting"
ACKED = "acked"
QUARANTINED = "quarantined"
# After this long an acknowledged op is not sent again, whatever becomes of the centre (sync 4.6).
KEPT = timedelta(days=14)


def waiting(connection: Connection, limit: int) -> Sequence[Any]:
    """Return the oldest unsent ops as rows, in the order they were written."""
    of = local.outbox.c
    asked = select(local.outbox).where(of.state == WAITING).order_by(literal_column("outbox.rowid")).limit(limit)
    return connection.execute(asked).all()


def counts(connection: Connection) -> Mapping[str, int]:
    """Return how many ops are in each state."""
    of = local.outbox.c
    asked = select(of.state, func.count().label("number")).group_by(of.state)
    return {row.state: row.number for row in connection.execute(asked)}


def set_aside(connection: Connection, limit: int) -> Sequence[str]:
    """Return the ops the centre set aside, the latest first."""
    of = local.outbox.c
    asked = select(of.op_id).where(of.state == QUARANTINED).order_by(of.acked_at.desc(), of.op_id).limit(limit)
    return connection.execute(asked).scalars().all()


def settle(
    connection: Connection, op_id: str, *, state: str, outcome: str, result: Mapping[str, Any], at: datetime
) -> None:
    """Keep what the centre said of one op."""
    of = local.outbox.c
    connection.execute(
        update(local.outbox)
        .where(of.op_id == op_id)
        .values(state=state, outcome=outcome, result=dict(result), acked_at=at)
    )


def answers(connection: Connection, ops: Sequence[str]) -> Mapping[str, tuple[str, Mapping[str, Any]]]:
    """Return what the centre said last of these ops."""
    of = local.outbox.c
    asked = select(of.op_id, of.outcome, of.result).where(of.op_id.in_(list(ops)))
    return {row.op_id: (row.outcome, row.result or {}) for row in connection.execute(asked)}


def take_back(connection: Connection, op_id: str) -> None:
    """Show an op's rows as our own words again: the centre has none of them, though before a restore it may have."""
    for table in ACTS:
        ours = table.c.op_id == op_id, table.c.row_version > 0
        connection.execute(update(table).where(*ours).values(row_version=0))


def replay(connection: Connection) -> int:
    """Have everything ever answered sent again, what waits for a person there too; the ledger knows what it kept."""
    again = update(local.outbox).where(local.outbox.c.state.in_((ACKED, QUARANTINED))).values(state=WAITING)
    return connection.execute(again).rowcount


def forget_old(connection: Connection, now: datetime) -> int:
    """Drop acknowledged ops past their time; the last of each device stays, for the numbers go on from it."""
    of, newer = local.outbox.c, local.outbox.alias()
    goes_on = select(newer.c.op_id).where(newer.c.device_id == of.device_id, newer.c.device_seq > of.device_seq)
    old = local.outbox.delete().where(of.state == ACKED, of.acked_at < now - KEPT, goes_on.exists())
    return connection.execute(old).rowcount


def no_longer_ask(connection: Connection, op_id: str, at: datetime) -> None:
    """Close what was asked about an op that is now settled, as after a restore it may be."""
    items = local.needs_you.c
    closed = update(local.needs_you).where(items.op_id == op_id, items.closed_at.is_(None)).values(closed_at=at)
    connection.execute(closed)


def need_you(
    connection: Connection,
    kind: str,
    sentence: str,
    at: datetime,
    *,
    member_id: str | None = None,
    op_id: str | None = None,
    arguments: Mapping[str, Any] | None = None,
) -> None:
    """Open an item that only a person can settle; one per op, however often it is told."""
    items = local.needs_you.c
    if op_id is not None:
        known = select(items.id).where(items.op_id == op_id, items.kind == kind)
        if connection.execute(known).first() is not None:
            return
    connection.execute(
        local.needs_you.insert().values(
            id=new_id(),
            kind=kind,
            sentence=sentence,
            member_id=member_id,
            op_id=op_id,
            arguments=dict(arguments or {}),
            opened_at=at,
        )
    )
