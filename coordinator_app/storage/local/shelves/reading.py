"""Rows into values, quickly: columns are asked for in the order of the fields, and questions are put together once."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields
from typing import Any, Generic, TypeVar

from sqlalchemy import Column, Connection, Row, Select, Table, bindparam, select

from coordinator_app.domain.ids import MemberId

T = TypeVar("T")

AT_ONCE = 500
"""Ids in one statement; SQLite takes far more, but a statement of this size is prepared once and kept."""

Turns = Mapping[str, Callable[[Any], Any]]


class Reading(Generic[T]):
    """Makes values of one kind out of the rows of one table whose columns are named as the fields are.

    ``turns`` change what a column holds into what the field holds.
    """

    def __init__(self, table: Table, kind: type[T], turns: Turns | None = None) -> None:
        names = [each.name for each in fields(kind)]  # type: ignore[arg-type]
        self._kind = kind
        self._turns = tuple((names.index(name), turn) for name, turn in (turns or {}).items())
        self.columns: list[Column[Any]] = [table.c[name] for name in names]

    def made(self, row: Row[Any]) -> T:
        """Return the value of a row that holds the columns first."""
        values = list(row[: len(self.columns)])
        for place, turn in self._turns:
            values[place] = turn(values[place])
        return self._kind(*values)

    def asking(self) -> Select[Any]:
        """Return the question for all rows."""
        return select(*self.columns)


def of_members(table: Table, asked: Select[Any]) -> Select[Any]:
    """Return the question narrowed to the members given as ``ids``."""
    return asked.where(table.c.member_id.in_(bindparam("ids", expanding=True)))


def for_lots(
    connection: Connection, asked: Select[Any], ids: Iterable[MemberId], given: Mapping[str, Any] | None = None
) -> Iterator[Row[Any]]:
    """Ask for ``ids`` in lots that fit one statement, and yield the rows."""
    for some in in_lots(ids):
        yield from connection.execute(asked, {**(given or {}), "ids": some})


def in_lots(ids: Iterable[T]) -> Iterator[list[T]]:
    """Yield ids in lots that fit one statement."""
    every = list(ids)
    return (every[start : start + AT_ONCE] for start in range(0, len(every), AT_ONCE))


def as_tuple(value: Any) -> tuple[Any, ...]:
    """Return a list of the store as a tuple; nothing is the empty one."""
    return tuple(value or ())
