"""Reading a page's rows: all tables at once, and where one row cannot be read, every other one all the same."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import psycopg
from sqlalchemy import Table

from coordinator_app.domain.travel import Unread
from coordinator_app.storage.central.conversation import Driver
from coordinator_app.storage.tables.wire import select_list, tables_of

Rows = Mapping[str, Sequence[tuple[Any, ...]]]


def all_at_once(driver: Driver, panel_id: str, depth: str, wanted: Mapping[str, Sequence[str]]) -> Rows:
    """Return the rows of some members by table; psycopg.DataError where one of them cannot be read."""
    asked = {}
    # All tables are asked for at once: one wait for the line, and the centre reads on while we take rows in.
    with driver.pipeline():
        for table in tables_of(depth):
            members = wanted.get(table.name)
            if members:
                asked[table.name] = driver.cursor(binary=True).execute(
                    _asking(table, select_list(table)),
                    (
                        _listed(members),
                        panel_id,
                    ),
                )
        return {name: cursor.fetchall() for name, cursor in asked.items()}


def one_by_one(
    driver: Driver, panel_id: str, depth: str, wanted: Mapping[str, Sequence[str]]
) -> tuple[Rows, tuple[Unread, ...]]:
    """Return the rows that can be read, and the others as the centre wrote them; inside a transaction."""
    rows: dict[str, Sequence[tuple[Any, ...]]] = {}
    unread: list[Unread] = []
    for table in tables_of(depth):
        members = wanted.get(table.name)
        if not members:
            continue
        try:
            with driver.transaction():
                rows[table.name] = _read(driver, _asking(table, select_list(table)), (_listed(members), panel_id))
        except psycopg.DataError:
            rows[table.name], lost = _row_by_row(driver, table, members, panel_id)
            unread += lost
    return rows, tuple(unread)


def _row_by_row(
    driver: Driver, table: Table, members: Sequence[str], panel_id: str
) -> tuple[Sequence[tuple[Any, ...]], list[Unread]]:
    rows: list[tuple[Any, ...]] = []
    unread: list[Unread] = []
    key = _key(table)
    # As text every row can be read.
    found = driver.execute(
        _asking(table, f"id::text, {key}::text, to_jsonb({table.name})::text"),
        (
            _listed(members),
            panel_id,
        ),
    ).fetchall()
    for row_id, member_id, raw in found:
        try:
            with driver.transaction():
                rows += _read(
                    driver,
                    f"{_asking(table, select_list(table))} AND id = %s",
                    (
                        _listed([member_id]),
                        panel_id,
                        row_id,
                    ),
                )
        except psycopg.DataError:
            unread.append(Unread(table.name, row_id, member_id, json.dumps(json.loads(raw))))
    return rows, unread


def _read(driver: Driver, sql: str, told: Sequence[Any]) -> list[tuple[Any, ...]]:
    return driver.cursor(binary=True).execute(sql, told).fetchall()


def _asking(table: Table, columns: str) -> str:
    return f"SELECT {columns} FROM {table.schema}.{table.name} WHERE {_key(table)} = ANY (%s::uuid[]) AND panel_id = %s"


def _key(table: Table) -> str:
    return "id" if table.name == "member" else "member_id"


def _listed(members: Sequence[str]) -> str:
    return f"{{{','.join(members)}}}"
