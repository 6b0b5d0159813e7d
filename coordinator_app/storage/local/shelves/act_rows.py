"""Acts as rows and back: one rule for all kinds, because columns are named as the fields are."""

from collections.abc import Callable, Mapping
from dataclasses import fields
from enum import Enum
from typing import Any, Final, TypeVar

from sqlalchemy import Row, Table

from coordinator_app.domain import activity as acts
from coordinator_app.domain.activity import Act
from coordinator_app.domain.ids import MemberId
from coordinator_app.domain.sensitivity import Sensitivity
from coordinator_app.storage.tables import activity as tables

A = TypeVar("A", bound=Act)

TABLES: Final[Mapping[type[Act], Table]] = {
    acts.Contact: tables.contact,
    acts.Response: tables.response,
    acts.FollowUp: tables.follow_up,
    acts.Teaching: tables.teaching,
    acts.Visit: tables.visit,
    acts.LetterPrinted: tables.letter,
    acts.Note: tables.note,
    acts.Retraction: tables.retraction,
    acts.Review: tables.review,
}

_READ: Final[Mapping[str, Callable[[Any], Any]]] = {
    "sensitivity": Sensitivity,
    "outcome": acts.Outcome,
    "identity": lambda words: tuple(acts.Identifier(word) for word in words or ()),
    "topics": lambda words: tuple(words or ()),
    "response": acts.ResponseKind,
    "state": acts.VisitState,
}


def table_of(act: Act | type[Act]) -> Table:
    """Return the table an act is kept in; its name is the act's kind."""
    return TABLES[act if isinstance(act, type) else type(act)]


def row_of(act: Act) -> dict[str, Any]:
    """Return the columns an act carries; the book knows the panel and the device."""
    return {each.name: _plain(getattr(act, each.name)) for each in fields(act)}


def act_of(kind: type[A], row: Row[Any]) -> A:
    """Return the act a row holds."""
    values = row._mapping  # noqa: SLF001 (SQLAlchemy's public name for it)
    return kind(**{each.name: _read(kind, each.name, values[each.name]) for each in fields(kind)})


def owner_of(row: Row[Any]) -> MemberId:
    """Return whose row it is."""
    return MemberId(row.member_id)


def _read(kind: type[Act], name: str, value: Any) -> Any:
    if name == "result" and kind is acts.Teaching:
        return acts.TeachBack(value)
    turn = _READ.get(name)
    return value if turn is None else turn(value)


def _plain(value: Any) -> Any:
    if isinstance(value, Sensitivity):
        return int(value)
    if isinstance(value, tuple):
        return [str(each) for each in value]
    if isinstance(value, Enum):
        return value.value
    return value
