"""The local rank: read in order, filtered and counted in SQL; written for changed people or whole."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import UTC, date, datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, Select, Text, and_, func, insert, not_, or_, select

from coordinator_app.domain.ids import MemberId
from coordinator_app.domain.ranked import Ranked, Shown, Tab
from coordinator_app.domain.reasons import ReasonKind, Tier
from coordinator_app.domain.sensitivity import Sensitivity
from coordinator_app.storage.local.shelves.reading import among, listed
from coordinator_app.storage.tables import local

_OF = local.rank.c
_LAST_DAY: Final = date.max.toordinal()
_MOST_POINTS: Final = 1 << 20
_PINNED_TO: Final = Tier.DISCHARGE

_HAS_NAMESAKE: Final = func.json_extract(_OF.shown, "$.has_namesake") == 1
_MARKED_AMONG: Final = select(_OF.member_id).where(among(_OF.member_id), _HAS_NAMESAKE)
_TAKE_OUT: Final = local.rank.delete().where(among(_OF.member_id))
_PUT_IN: Final = insert(local.rank)

"""What a list may be narrowed by."""


class RankShelf:
    """Rows of the queue as one connection sees them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def page(self, tab: Tab, wanted: Mapping[str, str], *, limit: int, offset: int) -> tuple[Ranked, ...]:
        """Return rows of a tab in rank order; rows of tiers 1 and 2 stay, whatever is wanted (practice 7)."""
        asked = select(local.rank).where(_OF.state == tab.value)
        if wanted:
            asked = asked.where(or_(_OF.tier <= int(_PINNED_TO), _fits(wanted)))
        rows = self._connection.execute(asked.order_by(_OF.rank, _OF.member_id).limit(limit).offset(offset))
        return tuple(ranked_of(row) for row in rows)

    def counts(self, wanted: Mapping[str, str] | None = None) -> dict[Tab, int]:
        """Return how many rows each tab has, of those that fit where filters are given."""
        asked: Select[Any] = select(_OF.state, func.count()).group_by(_OF.state)
        if wanted:
            asked = asked.where(or_(_OF.tier <= int(_PINNED_TO), _fits(wanted)))
        found = {Tab(state): count for state, count in self._connection.execute(asked)}
        return {tab: found.get(tab, 0) for tab in Tab}

    def urgent_hidden(self, tab: Tab, wanted: Mapping[str, str]) -> int:
        """Return how many rows of tiers 1 and 2 do not fit: they are shown pinned, or would not be."""
        if not wanted:
            return 0
        urgent = and_(_OF.state == tab.value, _OF.tier <= int(_PINNED_TO), not_(_fits(wanted)))
        return int(self._connection.execute(select(func.count()).where(urgent)).scalar_one())

    def one(self, member_id: MemberId) -> Ranked | None:
        """Return one person's row."""
        row = self._connection.execute(select(local.rank).where(_OF.member_id == member_id)).one_or_none()
        return None if row is None else ranked_of(row)

    def with_namesake(self, ids: Iterable[MemberId]) -> set[MemberId]:
        """Return those of ``ids`` whose rows are marked as easily taken for somebody else's."""
        return set(map(MemberId, self._connection.execute(_MARKED_AMONG, listed(ids)).scalars()))

    def back_by(self, at: datetime) -> tuple[MemberId, ...]:
        """Return the people whose row was to come back at an hour that is over."""
        back_at = func.json_extract(_OF.shown, "$.back_at")
        waiting = _OF.state.in_([Tab.WAITING.value, Tab.DONE_TODAY.value])
        # Both are written in UTC and to the second, so their texts stand in the order of time.
        asked = select(_OF.member_id).where(waiting, back_at <= at.astimezone(UTC).isoformat(timespec="seconds"))
        return tuple(MemberId(row.member_id) for row in self._connection.execute(asked))

    def computed_for(self) -> date | None:
        """Return the earliest day any row was computed for; nothing where there is none."""
        return self._connection.execute(select(func.min(_OF.computed_for))).scalar()


def put(connection: Connection, rows: Sequence[Ranked], gone: Iterable[MemberId], computed_for: date) -> None:
    """Write rows in place of the old ones of their people, and take out those who have nothing to show."""
    connection.execute(_TAKE_OUT, listed([*(row.member_id for row in rows), *gone]))
    _insert(connection, rows, computed_for)


def put_whole(connection: Connection, rows: Sequence[Ranked], computed_for: date) -> None:
    """Write rows in place of all."""
    connection.execute(local.rank.delete())
    _insert(connection, rows, computed_for)


def mark_namesakes(connection: Connection, alike: Collection[MemberId]) -> None:
    """Mark the rows of people who are easily taken for somebody else, and no other row."""
    marked = set(connection.execute(select(_OF.member_id).where(_HAS_NAMESAKE)).scalars())
    told = func.json_set(_OF.shown, "$.has_namesake", func.json("true"), type_=Text())
    plain = func.json_remove(_OF.shown, "$.has_namesake", type_=Text())
    for shown, ids in ((told, set(alike) - marked), (plain, marked - set(alike))):
        connection.execute(local.rank.update().where(among(_OF.member_id)).values(shown=shown), listed(ids))


def place_of(row: Ranked) -> int:
    """Return the row's place within its tab as one number: tier, then points, then deadline; the id breaks ties."""
    if row.tab is Tab.DONE_TODAY and row.shown.done_at is not None:
        return -int(row.shown.done_at.timestamp() * 1000)
    due = _LAST_DAY if row.due_on is None else row.due_on.toordinal()
    points = max(0, min(_MOST_POINTS - 1, row.points))
    return (int(row.tier) * _MOST_POINTS + (_MOST_POINTS - 1 - points)) * (_LAST_DAY + 1) + due


def ranked_of(row: Row[Any]) -> Ranked:
    """Return the place a row holds."""
    return Ranked(
        member_id=MemberId(row.member_id),
        tab=Tab(row.state),
        tier=Tier(row.tier),
        points=row.points,
        due_on=row.due_on,
        shown=_shown(row.shown),
    )


def _fits(wanted: Mapping[str, str]) -> ColumnElement[bool]:
    shown = _OF.shown
    text = func.json_extract
    clauses: list[ColumnElement[bool]] = []
    for name, value in wanted.items():
        if name == "tier":
            clauses.append(_OF.tier == int(value))
        elif name == "language":
            clauses.append(text(shown, "$.language") == value)
        elif name in {"kind", "tag"}:
            each = func.json_each(shown, f"$.{name}s").table_valued("value")
            clauses.append(select(1).select_from(each).where(each.c.value == value).exists())
        else:
            raise ValueError(f"a queue is not narrowed by {name}")
    return and_(*clauses)


def _insert(connection: Connection, rows: Sequence[Ranked], computed_for: date) -> None:
    if not rows:
        return
    connection.execute(
        _PUT_IN,
        [
            {
                "member_id": row.member_id,
                "tier": int(row.tier),
                "points": row.points,
                "due_on": row.due_on,
                "rank": place_of(row),
                "state": row.tab.value,
                "computed_for": computed_for,
                "shown": _record(row.shown),
            }
            for row in rows
        ],
    )


def _record(shown: Shown) -> dict[str, Any]:
    """Return what differs from an empty row, as JSON can hold it."""
    found = ((name, getattr(shown, name)) for name in _NAMES)
    return {name: _plain(value) for name, value in found if value != _EMPTY.get(name)}


_NAMES: Final = tuple(each.name for each in fields(Shown))
# The language is what lists are narrowed by, so it is written also where it is the usual one.
_EMPTY: Final[Mapping[str, Any]] = {
    name: getattr(Shown(name=""), name) for name in _NAMES if name not in {"name", "language"}
}


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [str(each) for each in value]
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="auto")
    return value.isoformat() if isinstance(value, date) else value


_TURN: Final[Mapping[str, Any]] = {
    "birth_date": date.fromisoformat,
    "opens_on": date.fromisoformat,
    "back_on": date.fromisoformat,
    "moved_until": date.fromisoformat,
    "quiet_until": date.fromisoformat,
    "on": date.fromisoformat,
    "asked_on": date.fromisoformat,
    "done_at": datetime.fromisoformat,
    "back_at": datetime.fromisoformat,
    "kind": ReasonKind,
    "kinds": lambda kinds: tuple(ReasonKind(kind) for kind in kinds),
    "tags": tuple,
    "tries": tuple,
    "sensitivity": Sensitivity,
}


def _shown(record: Mapping[str, Any]) -> Shown:
    return Shown(**{name: _TURN[name](value) if name in _TURN else value for name, value in record.items()})
