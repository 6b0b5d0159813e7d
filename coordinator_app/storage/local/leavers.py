"""Members who are no longer ours: hidden at once, deleted when nothing of theirs is unsent (sync 4.5)."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Connection, exists, func, or_, select

from coordinator_app.storage.local import outbox
from coordinator_app.storage.local.arrival import driver_of, hide
from coordinator_app.storage.tables import local
from coordinator_app.storage.tables.types import from_microseconds

MANY = 20
LARGE_PART = 0.3


def held(connection: Connection, panel_id: str) -> set[str]:
    """Return the members of a panel whose rows are here, leaving or not."""
    found = driver_of(connection).execute("SELECT id FROM member WHERE panel_id = ?", (panel_id,))
    return {row[0] for row in found}


def note(connection: Connection, panel_id: str, members: Collection[str], at: datetime) -> None:
    """Hide members and note that they leave."""
    if not members:
        return
    gone = sorted(members)
    hide(connection, gone)
    rows = [{"member_id": each, "panel_id": panel_id, "noted_at": at} for each in gone]
    connection.execute(local.leaving.insert().prefix_with("OR IGNORE"), rows)


def all_leaving(connection: Connection) -> Collection[str]:
    """Return who was noted as leaving and is still here."""
    return connection.execute(select(local.leaving.c.member_id)).scalars().all()


def welcome_back(connection: Connection, members: Collection[str]) -> None:
    """Forget that members were leaving: they are ours again."""
    connection.execute(local.leaving.delete().where(local.leaving.c.member_id.in_(list(members))))


def free_to_go(connection: Connection, greeted_at: int) -> Sequence[str]:
    """Return who may be deleted: of whom there is no draft and nothing unsent.

    Of a large part of a panel it is only those who had left at another hello than the centre's last (microseconds).
    """
    leaving, member = local.leaving.c, local.leaving.c.member_id
    waits = exists().where(local.outbox.c.member_id == member, local.outbox.c.state == outbox.WAITING)
    drafted = exists().where(local.draft.c.member_id == member)
    asked = select(member).where(~waits, ~drafted)
    large = _large_parts(connection)
    if large:
        said_again = leaving.noted_at != from_microseconds(greeted_at)
        asked = asked.where(or_(leaving.panel_id.not_in(large), said_again))
    return connection.execute(asked).scalars().all()


def _large_parts(connection: Connection) -> list[str]:
    of = local.leaving.c
    counted = select(of.panel_id, func.count().label("gone")).group_by(of.panel_id)
    return [
        row.panel_id
        for row in connection.execute(counted)
        if row.gone >= MANY and row.gone > LARGE_PART * len(held(connection, row.panel_id))
    ]
