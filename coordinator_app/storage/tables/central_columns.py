"""Columns and types that tables of the centre alone share."""

from typing import Any

from sqlalchemy import Boolean, Column, SmallInteger, Table, text
from sqlalchemy.schema import SchemaItem
from sqlalchemy.types import UserDefinedType
from typing_extensions import override

from coordinator_app.storage.tables.registry import central_only
from coordinator_app.storage.tables.types import Id, Instant


class TransactionNumber(UserDefinedType[str]):
    """PostgreSQL's ``xid8``: the whole transaction number, epoch included."""

    cache_ok = True

    @override
    def get_col_spec(self, **kw: Any) -> str:
        return "xid8"


def own_id() -> Column[Any]:
    """Return an id the centre gives where none is given."""
    return Column("id", Id, primary_key=True, server_default=text("gen_random_uuid()"))


def flag(name: str, *, default: bool = False) -> Column[Any]:
    """Return a yes-or-no column that is never null."""
    return Column(name, Boolean, nullable=False, server_default=text(str(default).lower()))


def instant_now(name: str) -> Column[Any]:
    """Return an instant that is now where none is given."""
    return Column(name, Instant, nullable=False, server_default=text("now()"))


def tenant() -> Column[Any]:
    """Return the column that says whose initiative a row is of (ruling 3)."""
    return Column("initiative_id", Id, nullable=False)


def single_row(name: str, schema: str, *items: SchemaItem) -> Table:
    """Define a table with room for one row."""
    place = Column("place", SmallInteger, primary_key=True, autoincrement=False, server_default=text("1"))
    return Table(name, central_only, place, *items, schema=schema)
