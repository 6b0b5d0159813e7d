"""Acts as rows and back: one rule for all kinds, because columns are named as the fields are."""

from collections.abc import Callable, Mapping
from dataclasses import fields
from enum import Enum
from typing import Any, Final

from sqlalchemy import Table

from coordinator_app.domain import activity as acts
from coordinator_app.domain.activity import Act
from coordinator_app.domain.sensitivity import Sensitivity
from coordinator_app.storage.local.shelves.reading import Reading, as_tuple
from coordinator_app.storage.tables import activity as tables

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
    acts.RedFlag: tables.red_flag,
    acts.MedicineTold: tables.medicine,
}


def _identity(words: list[str] | None) -> tuple[acts.Identifier, ...]:
    return tuple(acts.Identifier(word) for word in words or ())


_TURNS: Final[Mapping[type[Act], Mapping[str, Callable[[Any], Any]]]] = {
    acts.Contact: {"outcome": acts.Outcome, "identity": _identity, "topics": as_tuple},
    acts.Response: {"response": acts.ResponseKind},
    acts.Teaching: {"result": acts.TeachBack},
    acts.Visit: {"state": acts.VisitState},
    acts.MedicineTold: {"how": acts.MedicineHow},
    acts.RedFlag: {"step": acts.FlagStep},
}

READINGS: Final[Mapping[type[Act], Reading[Any]]] = {
    kind: Reading(table, kind, {"sensitivity": Sensitivity, **_TURNS.get(kind, {})}) for kind, table in TABLES.items()
}


def table_of(act: Act | type[Act]) -> Table:
    """Return the table an act is kept in; its name is the act's kind."""
    return TABLES[act if isinstance(act, type) else type(act)]


def row_of(act: Act) -> dict[str, Any]:
    """Return the columns an act carries; the book knows the panel and the device."""
    return {each.name: _plain(getattr(act, each.name)) for each in fields(act)}


def _plain(value: Any) -> Any:
    if isinstance(value, Sensitivity):
        return int(value)
    if isinstance(value, tuple):
        return [str(each) for each in value]
    return value.value if isinstance(value, Enum) else value
