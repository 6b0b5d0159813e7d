"""How far each panel was read; a place moves only together with the page it speaks of."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Connection, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as put

from coordinator_app.domain.travel import Panel, PanelState, Place
from coordinator_app.domain.trouble import Trouble
from coordinator_app.storage.local import profile
from coordinator_app.storage.tables import care, local

_at = local.feed_place.c


def all_places(connection: Connection) -> Sequence[Place]:
    """Return the place of every panel, by panel id."""
    owed = select(func.count()).where(local.to_copy.c.panel_id == _at.panel_id).scalar_subquery()
    asked = select(local.feed_place, owed.label("to_copy")).order_by(_at.panel_id)
    fills = profile.read(connection, profile.BACKFILL, {})
    return tuple(
        Place(
            tables=tuple(fills.get(row.panel_id, {}).get("tables", ())),
            is_filling=bool(fills.get(row.panel_id, {}).get("begun")),
            panel_id=row.panel_id,
            epoch=row.epoch,
            s_old=row.s_old,
            s_target=row.s_target,
            pos=row.pos,
            is_complete=row.is_complete,
            total=row.total,
            to_copy=row.to_copy,
            depth=row.depth,
            verified_at=row.verified_at,
        )
        for row in connection.execute(asked)
    )


def panel_states(connection: Connection) -> Sequence[PanelState]:
    """Return what is held of each panel, by name; those who are leaving are not counted."""
    of = care.member.c
    staying = of.id.not_in(select(local.leaving.c.member_id))
    held = select(func.count()).where(of.panel_id == _at.panel_id, staying).scalar_subquery()
    asked = select(_at.panel_id, _at.name, held.label("members"), _at.is_complete, _at.as_of).order_by(_at.name)
    return tuple(PanelState(*row) for row in connection.execute(asked))


def keep_panels(connection: Connection, panels: Iterable[Panel]) -> None:
    """Learn panels and their names; a panel whose depth changed is read again from the start."""
    for panel in panels:
        row = {"initiative_id": panel.initiative_id, "name": panel.name, "depth": panel.depth}
        known = connection.execute(select(_at.depth).where(_at.panel_id == panel.id)).first()
        if known is not None and known.depth != panel.depth:
            row |= {"s_old": None, "s_target": None, "pos": None, "is_complete": False}  # type: ignore[dict-item]
        connection.execute(
            put(local.feed_place)
            .values(panel_id=panel.id, **row)
            .on_conflict_do_update(index_elements=["panel_id"], set_=row)
        )


def begin_copy(connection: Connection, panel_id: str, epoch: str, snapshot: str, members: Sequence[str]) -> None:
    """Start owing a panel's members; the feed goes on from ``snapshot`` once none is owed."""
    forget_owed(connection, panel_id)
    if members:
        owed = [{"panel_id": panel_id, "place": place, "member_id": each} for place, each in enumerate(members)]
        connection.execute(insert(local.to_copy), owed)
    connection.execute(
        update(local.feed_place)
        .where(_at.panel_id == panel_id)
        .values(epoch=epoch, s_old=snapshot, s_target=None, pos=None, is_complete=False, total=len(members))
    )


def next_owed(connection: Connection, panel_id: str, limit: int) -> Sequence[str]:
    """Return the next members a first copy owes, those to be called first in front."""
    owed = local.to_copy.c
    asked = select(owed.member_id).where(owed.panel_id == panel_id).order_by(owed.place).limit(limit)
    return connection.execute(asked).scalars().all()


def cross_off(connection: Connection, panel_id: str, how_many: int) -> None:
    """Cross the first members off what is owed."""
    owed = local.to_copy.c
    done = select(owed.place).where(owed.panel_id == panel_id).order_by(owed.place).limit(how_many)
    connection.execute(local.to_copy.delete().where(owed.panel_id == panel_id, owed.place.in_(done)))


def end_copy(connection: Connection, panel_id: str, as_of: datetime) -> None:
    """Note that a panel is whole."""
    connection.execute(update(local.feed_place).where(_at.panel_id == panel_id).values(is_complete=True, as_of=as_of))


def verified(connection: Connection, panel_id: str, at: datetime) -> None:
    """Note when a panel was last compared with the centre."""
    connection.execute(update(local.feed_place).where(_at.panel_id == panel_id).values(verified_at=at))


def expire(connection: Connection, panel_id: str) -> None:
    """Give a cursor up; the panel is copied whole again."""
    gone = {"s_old": None, "s_target": None, "pos": None, "is_complete": False}
    connection.execute(update(local.feed_place).where(_at.panel_id == panel_id).values(**gone))


def doubt_all(connection: Connection) -> None:
    """Hold every place to be of another history, so that all is compared."""
    connection.execute(update(local.feed_place).values(epoch=""))


def is_copying(connection: Connection) -> bool:
    """Say whether any panel is not whole yet."""
    return connection.execute(select(_at.panel_id).where(_at.is_complete.is_(False)).limit(1)).first() is not None


def move(
    connection: Connection, place: Place, *, s_old: str | None, s_target: str | None, pos: str | None, as_of: datetime
) -> None:
    """Move a place, unless another program on this store moved it meanwhile: then Trouble, and the page is undone."""
    values = {"s_old": s_old, "s_target": s_target, "pos": pos}
    if s_target is None:
        values["as_of"] = as_of  # type: ignore[assignment]
    moved = connection.execute(
        update(local.feed_place)
        .where(
            _at.panel_id == place.panel_id,
            _at.s_old.is_not_distinct_from(place.s_old),
            _at.s_target.is_not_distinct_from(place.s_target),
            _at.pos.is_not_distinct_from(place.pos),
        )
        .values(**values)
    )
    if moved.rowcount != 1:
        raise Trouble("overtaken", "Another window of this profile is receiving; nothing was taken twice.")


def forget(connection: Connection, panel_id: str) -> None:
    """Drop a panel's place."""
    forget_owed(connection, panel_id)
    connection.execute(local.feed_place.delete().where(_at.panel_id == panel_id))


def forget_owed(connection: Connection, panel_id: str) -> None:
    """Owe nothing of a panel."""
    connection.execute(local.to_copy.delete().where(local.to_copy.c.panel_id == panel_id))
