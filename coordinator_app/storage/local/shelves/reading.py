"""Rows into values, quickly: columns are asked for in the order of the fields, and questions are put together once."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from typing import Any, Final, Generic, TypeVar

from sqlalchemy import Column, ColumnElement, Row, Select, Table, bindparam, func, select

T = TypeVar("T")

_LISTED: Final = select(func.json_each(bindparam("ids")).table_valued("value").c.value)

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


def among(column: Column[Any]) -> ColumnElement[bool]:
    """Return the condition that a column holds one of the ids that ``listed`` gives.

    They travel as one value, so that one statement, put together and prepared once, serves any number of them.
    """
    return column.in_(_LISTED)


def listed(ids: Iterable[str]) -> dict[str, str]:
    """Return ids as what a statement with ``among`` is given."""
    return {"ids": json.dumps(list(ids))}


def as_tuple(value: Any) -> tuple[Any, ...]:
    """Return a list of the store as a tuple; nothing is the empty one."""
    return tuple(value or ())
