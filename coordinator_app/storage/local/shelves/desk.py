"""What the store knows of its own desk."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select, update

from coordinator_app.domain.ids import MemberId
from coordinator_app.domain.set_aside import SetAsideItem
from coordinator_app.storage.local import profile
from coordinator_app.storage.tables import care, local

WAITING = "waiting"
SETTLED = "settled"


class DeskShelf:
    """Profile, outbox and items that need a person, as one read connection sees them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._facts: dict[str, Any] | None = None

    def facts(self) -> dict[str, Any]:
        """Return the profile's facts by their keys, without the password; read once while the connection is open."""
        if self._facts is None:
            self._facts = profile.read_all(self._connection)
        return self._facts

    def waiting(self) -> int:
        """Return how many acts wait to be sent."""
        return self._count(select(func.count()).select_from(local.outbox).where(local.outbox.c.state == WAITING))

    def members(self) -> int:
        """Return how many people are on this computer."""
        return self._count(select(func.count()).select_from(care.member))

    def needs_you(self) -> int:
        """Return how many items ask for a person's word."""
        table = local.needs_you
        return self._count(select(func.count()).select_from(table).where(table.c.closed_at.is_(None)))

    def held_back(self) -> str:
        """Return why the centre takes no more today, empty where it does."""
        of = local.outbox.c
        told = self._connection.execute(select(of.result).where(of.state == WAITING, of.outcome == "later").limit(1))
        row = told.first()
        return "" if row is None else str((row.result or {}).get("cause", "later"))

    def set_aside_count(self) -> int:
        """Return how many acts the centre keeps without having applied them."""
        return self._count(select(func.count()).select_from(local.outbox).where(local.outbox.c.state == "quarantined"))

    def set_aside(self, *, is_open: bool, limit: int) -> tuple[SetAsideItem, ...]:
        """Return what needs a person, the oldest first, or what was put away, the last first."""
        item, op = local.needs_you.c, local.outbox.c
        asked = (
            select(local.needs_you, op.kind.label("act"), op.authored_at, op.payload, op.result)
            .select_from(local.needs_you.outerjoin(local.outbox, item.op_id == op.op_id))
            .where(item.closed_at.is_(None) if is_open else item.closed_at.is_not(None))
            .order_by(*((item.opened_at, item.id) if is_open else (item.closed_at.desc(), item.id.desc())))
            .limit(limit)
        )
        return tuple(_item(row) for row in self._connection.execute(asked))

    def as_of(self) -> datetime | None:
        """Return the centre's time of the state last read, of the panel furthest behind."""
        of = local.feed_place.c
        return self._connection.execute(select(func.min(of.as_of)).where(of.is_complete.is_(True))).scalar()

    def _count(self, asked: Any) -> int:
        return int(self._connection.execute(asked).scalar_one())


def close_item(connection: Connection, item_id: str, at: datetime, how: Mapping[str, Any]) -> bool:
    """Put an item away with what was chosen; say whether it was open."""
    item = local.needs_you.c
    asked = select(item.arguments).where(item.id == item_id, item.closed_at.is_(None))
    row = connection.execute(asked).first()
    if row is None:
        return False
    told = {**(row.arguments or {}), SETTLED: dict(how)}
    connection.execute(update(local.needs_you).where(item.id == item_id).values(closed_at=at, arguments=told))
    return True


def reopen_item(connection: Connection, item_id: str) -> None:
    """Bring an item back that was put away."""
    item = local.needs_you.c
    told = dict(connection.execute(select(item.arguments).where(item.id == item_id)).scalar() or {})
    told.pop(SETTLED, None)
    connection.execute(update(local.needs_you).where(item.id == item_id).values(closed_at=None, arguments=told))


def _item(row: Row[Any]) -> SetAsideItem:
    payload = json.loads(row.payload) if row.payload else {}
    told = dict(row.arguments or {})
    settled = told.pop(SETTLED, {})
    if row.payload is None and "rows" in told:
        # Somebody else's act, listed by the centre for this supervisor.
        written = told.get("authored_at")
        return SetAsideItem(
            id=row.id,
            kind=row.kind,
            sentence=row.sentence,
            opened_at=row.opened_at,
            arguments=told,
            closed_at=row.closed_at,
            member_id=MemberId(row.member_id) if row.member_id else None,
            op_id=row.op_id or "",
            act=str(told.get("kind", "")),
            written_at=datetime.fromisoformat(written) if written else None,
            rows=told["rows"] or {},
            settled=settled,
        )
    return SetAsideItem(
        id=row.id,
        kind=row.kind,
        sentence=row.sentence,
        opened_at=row.opened_at,
        arguments=told,
        closed_at=row.closed_at,
        member_id=MemberId(row.member_id) if row.member_id else None,
        op_id=row.op_id or "",
        settled=settled,
        act=row.act or "",
        written_at=row.authored_at,
        rows=payload.get("rows", {}),
        answer=row.result or {},
    )
