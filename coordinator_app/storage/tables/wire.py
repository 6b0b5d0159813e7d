"""How a row travels from PostgreSQL into SQLite without a Python object in between."""

from collections.abc import Mapping
from typing import Final

from sqlalchemy import Boolean, Column, Date, Table

from coordinator_app.storage.tables import PULLED
from coordinator_app.storage.tables.registry import local_key
from coordinator_app.storage.tables.types import Id, Instant, Json

NUMBERS: Final[Mapping[str, int]] = {table.name: number for number, table in enumerate(PULLED)}
"""The feed's number of each table."""

REVIEW_LEAVES_OUT: Final = frozenset({"fact"})
"""What a subscription of depth ``review`` does not copy (ruling 19)."""


def tables_of(depth: str) -> tuple[Table, ...]:
    """Return what a subscription copies, parents first."""
    return tuple(table for table in PULLED if depth == "full" or table.name not in REVIEW_LEAVES_OUT)


def select_list(table: Table) -> str:
    """Return PostgreSQL's select list that gives each column in the form SQLite keeps."""
    return ", ".join(_as_kept(column) for column in table.columns)


def insert_sql(table: Table, *, newer_only: bool) -> str:
    """Return SQLite's statement that writes a row; ``newer_only`` leaves a row of the same or a later version alone."""
    names = [f'"{column.name}"' for column in table.columns]
    key = [f'"{name}"' for name in local_key(table)]
    places = ", ".join("?" for _ in names)
    changes = ", ".join(f"{name} = excluded.{name}" for name in names if name not in key)
    guard = f" WHERE excluded.row_version > {table.name}.row_version" if newer_only else ""
    return (
        f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({places}) "
        f"ON CONFLICT ({', '.join(key)}) DO UPDATE SET {changes}{guard}"
    )


def _as_kept(column: Column[object]) -> str:
    name = f'"{column.name}"'
    if isinstance(column.type, Instant):
        # Microseconds of a double are exact until the year 2242.
        return f"(date_part('epoch', {name}) * 1000000)::bigint"
    if isinstance(column.type, (Id, Json, Date)):
        return f"{name}::text"
    if isinstance(column.type, Boolean):
        return f"{name}::int"
    return name
