"""Rows this program cannot take in: kept as the centre wrote them, their people marked, and nobody else held up."""

import json
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Connection, select, update
from sqlalchemy.dialects.sqlite import insert

from coordinator_app.domain.travel import Page, Unread
from coordinator_app.storage.local import outbox
from coordinator_app.storage.local.arrival import driver_of
from coordinator_app.storage.tables import local

KIND = "unreadable"
RANK = "rank"
"""Stands for a person whose rows were taken in and could not be judged."""

_AMONG = "(SELECT value FROM json_each(?))"


def any_kept(connection: Connection) -> bool:
    """Say whether anything is kept raw."""
    return driver_of(connection).execute("SELECT 1 FROM unread_row LIMIT 1").fetchone() is not None


def settle(
    connection: Connection, page: Page, members: Collection[str], unread: Sequence[Unread], at: datetime
) -> None:
    """Keep what a page brought that could not be taken in, and forget what came well by now; mark those it concerns."""
    driver = driver_of(connection)
    for table, came in page.rows.items():
        ids = json.dumps([row[0] for row in came])
        driver.execute(f"DELETE FROM unread_row WHERE table_name = ? AND row_id IN {_AMONG}", (table, ids))
    for table, whose in page.dropped.items():
        asked = json.dumps(list(whose))
        driver.execute(f"DELETE FROM unread_row WHERE table_name = ? AND member_id IN {_AMONG}", (table, asked))
    asked = json.dumps(sorted(members))
    driver.execute(f"DELETE FROM unread_row WHERE table_name = '{RANK}' AND member_id IN {_AMONG}", (asked,))
    if unread:
        _put(connection, unread, at)
    _mark(connection, members, at)


def _put(connection: Connection, unread: Sequence[Unread], at: datetime) -> None:
    put = insert(local.unread_row)
    fresh = {"raw": put.excluded.raw, "noted_at": put.excluded.noted_at}
    put = put.on_conflict_do_update(index_elements=["table_name", "row_id"], set_=fresh)
    told = [
        {"table_name": each.table, "row_id": each.row_id, "member_id": each.member_id, "raw": each.raw, "noted_at": at}
        for each in unread
    ]
    connection.execute(put, told)


def _mark(connection: Connection, members: Collection[str], at: datetime) -> None:
    item, kept = local.needs_you.c, local.unread_row.c
    marked = set(
        connection.execute(select(item.member_id).where(item.kind == KIND, item.closed_at.is_(None))).scalars()
    )
    hurt = set(connection.execute(select(kept.member_id).distinct()).scalars())
    for member_id in sorted((hurt & set(members)) - marked):
        outbox.need_you(connection, KIND, "needs.unreadable", at, member_id=member_id)
    well = (marked & set(members)) - hurt
    if well:
        closed = update(local.needs_you).where(item.kind == KIND, item.closed_at.is_(None), item.member_id.in_(well))
        connection.execute(closed.values(closed_at=at))
