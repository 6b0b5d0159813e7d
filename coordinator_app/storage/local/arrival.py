"""What comes from the centre, written in bulk through the driver: rows, search index and everything derived."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table
from sqlcipher3 import dbapi2

from coordinator_app.domain.travel import Unread
from coordinator_app.storage.local.book import OnMembers
from coordinator_app.storage.tables import ACTS, PULLED
from coordinator_app.storage.tables.wire import insert_sql

OnAll = Callable[[Connection], None]
"""Rewrites what is derived, for everybody: of rule data, or of names."""

_CHILDREN = tuple(dict.fromkeys(table.name for table in (*reversed(PULLED), *ACTS) if table.name != "member"))
_ASKED = "(SELECT value FROM json_each(?))"
# What a row does that this program was not made for; a full disk or a broken file is none of it.
_UNFIT = (dbapi2.IntegrityError, dbapi2.DataError, dbapi2.InterfaceError, dbapi2.ProgrammingError, OverflowError)
_ODD = (ValueError, LookupError, TypeError, ArithmeticError, AttributeError)
_NAMED_BY = frozenset({"member", "contact_point"})

_APART = "-'\u2019\u02bc\u2018`.\u2010\u2011"
_PLAIN = {"Đ": "D", "đ": "d", "Ł": "L", "ł": "l", "Ø": "O", "ø": "o", "ß": "ss", "Æ": "Ae", "æ": "ae"}


def _joined(names: str) -> str:
    """Return SQL for names as people type them: O'Brien as OBrien, Smith-Jones as SmithJones, Đức as Duc.

    The index folds every accent that is a mark of its own; a stroke through a letter is none.
    """
    for sign in _APART:
        names = f"replace({names}, '{sign * 2 if sign == chr(39) else sign}', '')"
    for letter, plain in _PLAIN.items():
        names = f"replace({names}, '{letter}', '{plain}')"
    return names


_NAMES = "m.family || ' ' || m.given || ' ' || m.preferred"
_HAS_MORE_THAN_LETTERS = f"{_NAMES} GLOB '*[{_APART.replace(chr(39), chr(39) * 2)}{''.join(_PLAIN)}]*'"
_SEARCH = f"""
INSERT INTO people_search (rowid, name, number, birth, phone)
SELECT n.no, {_NAMES} || CASE WHEN {_HAS_MORE_THAN_LETTERS} THEN ' ' || {_joined(_NAMES)} ELSE '' END, m.member_number,
       m.birth_date || ' ' || strftime('%m/%d/%Y', m.birth_date),
       coalesce((SELECT group_concat(p.value || ' ' || p.as_typed || ' ' || substr(p.value, -7) || ' ' ||
                                     substr(p.value, -4), ' ') FROM contact_point AS p
                  WHERE p.member_id = m.id), '')
  FROM member AS m JOIN person_no AS n ON n.member_id = m.id WHERE m.id IN {_ASKED}
"""


class Arrival:
    """Writes pages on a connection whose transaction the caller began and commits."""

    def __init__(self, on_members: OnMembers, on_bundle: OnAll, on_names: OnAll | None = None) -> None:
        self._on_members, self._on_bundle, self._on_names = on_members, on_bundle, on_names

    def write(
        self,
        connection: Connection,
        rows: Mapping[str, Sequence[tuple[Any, ...]]],
        dropped: Mapping[str, Sequence[str]],
        *,
        newer_only: bool,
    ) -> list[Unread]:
        """Write rows, parents first, and return those that do not fit.

        ``dropped`` names by table the members whose rows there are replaced whole.
        """
        refused: list[Unread] = []
        driver = driver_of(connection)
        for name, members in dropped.items():
            # Version 0 is ours and not seen by the centre yet: never its to drop.
            driver.execute(
                f"DELETE FROM {name} WHERE member_id IN {_ASKED} AND row_version > 0", (json.dumps(list(members)),)
            )
        for table in PULLED:
            if rows.get(table.name):
                refused += _written(driver, table, rows[table.name], newer_only=newer_only)
        return refused

    def derive(self, connection: Connection, members: Sequence[str], tables: Iterable[str]) -> list[str]:
        """Rewrite search and rank of members whose rows in ``tables`` arrived; return whom nothing can be said of."""
        if not members:
            return []
        if not _NAMED_BY.isdisjoint(tables):
            asked = (json.dumps(list(members)),)
            driver = driver_of(connection)
            driver.execute("INSERT OR IGNORE INTO person_no (member_id) SELECT value FROM json_each(?)", asked)
            driver.execute(
                f"DELETE FROM people_search WHERE rowid IN (SELECT no FROM person_no WHERE member_id IN {_ASKED})",
                asked,
            )
            driver.execute(_SEARCH, asked)
        try:
            self._on_members(connection, members)
        except _ODD:
            return [member for member in members if not self._is_judged(connection, member)]
        return []

    def _is_judged(self, connection: Connection, member: str) -> bool:
        try:
            self._on_members(connection, [member])
        except _ODD:
            return False
        return True

    def bundle(self, connection: Connection, initiative_id: str, rows: Sequence[tuple[Any, ...]]) -> None:
        """Replace an initiative's reference bundle; rows are (kind, key, content as text)."""
        driver = driver_of(connection)
        driver.execute("DELETE FROM reference WHERE initiative_id = ?", (initiative_id,))
        driver.executemany(
            'INSERT INTO reference (initiative_id, kind, "key", content) VALUES (?, ?, ?, ?)',
            [(initiative_id, *row) for row in rows],
        )
        self._on_bundle(connection)

    def compare_names(self, connection: Connection) -> None:
        """Finish what no page can tell by itself: who is easily taken for whom."""
        if self._on_names is not None:
            self._on_names(connection)

    def rewrite_all(self, connection: Connection) -> None:
        """Rewrite everything derived, for everybody."""
        self._on_bundle(connection)


def _written(driver: Any, table: Table, rows: Sequence[tuple[Any, ...]], *, newer_only: bool) -> list[Unread]:
    """Write rows; one that does not fit is handed back as it came, and the others are written all the same."""
    sql = insert_sql(table, newer_only=newer_only)
    try:
        driver.executemany(sql, rows)
    except _UNFIT:
        names = [column.name for column in table.columns]
        return [
            Unread(table.name, str(row[0]), _whose(names, row), _raw(names, row))
            for row in rows
            if not _fits(driver, sql, row)
        ]
    return []


def _fits(driver: Any, sql: str, row: tuple[Any, ...]) -> bool:
    try:
        driver.execute(sql, row)
    except _UNFIT:
        return False
    return True


def _raw(names: Sequence[str], row: tuple[Any, ...]) -> str:
    return json.dumps(dict(zip(names, row, strict=True)), default=str)


def _whose(names: Sequence[str], row: tuple[Any, ...]) -> str:
    return str(row[names.index("member_id" if "member_id" in names else "id")])


def hide(connection: Connection, members: Sequence[str]) -> None:
    """Take members out of every list and search, and leave their rows for what is still to be sent."""
    asked = (json.dumps(list(members)),)
    driver = driver_of(connection)
    driver.execute(f"DELETE FROM rank WHERE member_id IN {_ASKED}", asked)
    driver.execute(
        f"DELETE FROM people_search WHERE rowid IN (SELECT no FROM person_no WHERE member_id IN {_ASKED})", asked
    )


def erase(connection: Connection, members: Sequence[str]) -> None:
    """Delete members with everything about them; unsent and recently sent ops stay in the outbox."""
    hide(connection, members)
    asked = (json.dumps(list(members)),)
    driver = driver_of(connection)
    for name in (*_CHILDREN, "person_no", "to_copy", "leaving", "unread_row"):
        driver.execute(f"DELETE FROM {name} WHERE member_id IN {_ASKED}", asked)
    driver.execute(f"DELETE FROM member WHERE id IN {_ASKED}", asked)


def driver_of(connection: Connection) -> Any:
    """Return the driver's own connection, inside the transaction of ``connection``."""
    if not connection.in_transaction():
        connection.begin()
    return connection.connection.driver_connection
