"""Reads out of a damaged store what the centre does not have, row by row, and says what could not be read."""

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2

from coordinator_app.domain.access import chained
from coordinator_app.storage.local.book import chain, on_the_wire
from coordinator_app.storage.local.engine import connect, single_engine
from coordinator_app.storage.tables import ACTS, local

PRECIOUS: Final = (local.profile, local.outbox, local.draft, local.needs_you, local.access_log)
"""What this store alone has; people and facts come again from the centre."""

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """An act put together again from its rows: about whom, what it is called, and its rows as they travel."""

    member_id: str
    kind: str
    rows: Mapping[str, Sequence[Mapping[str, Any]]]


@dataclass(frozen=True, slots=True)
class Salvaged:
    """Rows by their table, as the store keeps them; ``lost`` are ids of acts that were there and could not be read.

    ``rebuilt`` are those of them whose rows stood elsewhere in the store and were not at the centre yet.
    """

    rows: Mapping[str, Sequence[Row]]
    lost: frozenset[str] = frozenset()
    rebuilt: Mapping[str, Rebuilt] = field(default_factory=dict)


def salvage(path: Path, key: bytes) -> Salvaged:
    """Read a store whose pages were signed anew; what no hash speaks for is believed if it can be read at all."""
    try:
        driver = connect(path, key)
    except Exception:
        return Salvaged({table.name: () for table in PRECIOUS})
    try:
        read = {table.name: _rows(driver, table.name, [column.name for column in table.columns]) for table in PRECIOUS}
        known = _known_acts(driver) | {str(row["op_id"]) for row in read["outbox"] if _is_id(row["op_id"])}
        read["outbox"] = [row for row in read["outbox"] if _is_whole_act(row)]
        read["access_log"] = [row for row in read["access_log"] if _is_whole_entry(row)]
        read["draft"] = [row for row in read["draft"] if _is_json(row["content"])]
        read["profile"] = [row for row in read["profile"] if _is_json(row["value"])]
        lost = known - {str(row["op_id"]) for row in read["outbox"]}
        return Salvaged(read, frozenset(lost), _elsewhere(path, key, lost))
    finally:
        driver.close()


def _rows(driver: Any, table: str, columns: Sequence[str]) -> list[Row]:
    """Read a table from both ends towards what cannot be read, and then what lies between one by one."""
    named = ", ".join(f'"{column}"' for column in columns)
    found: dict[int, Row] = {}

    def take(where: str, *values: int) -> bool:
        try:
            for rowid, *row in driver.execute(f"SELECT rowid, {named} FROM {table} {where}", values):
                found[rowid] = dict(zip(columns, row, strict=True))
        except dbapi2.Error:
            return False
        return True

    if not take("ORDER BY rowid"):
        first = max(found, default=0)
        take("ORDER BY rowid DESC")
        later = [rowid for rowid in found if rowid > first]
        last = min(later, default=first + _BEYOND)
        for rowid in range(first + 1, last):
            take("WHERE rowid = ?", rowid)
    return [found[rowid] for rowid in sorted(found)]


_BEYOND: Final = 5_000
"""How far behind the last readable row others are looked for, where the end of a table cannot be read."""


def _known_acts(driver: Any) -> set[str]:
    """Return the ids of all acts as far as an index still tells: it lies on other pages than the acts do."""
    found: set[str] = set()
    for order in ("ASC", "DESC"):
        try:
            for (op_id,) in driver.execute(
                f"SELECT op_id FROM outbox INDEXED BY sqlite_autoindex_outbox_1 ORDER BY op_id {order}"
            ):
                found.add(str(op_id))
        except dbapi2.Error:
            continue
    return {each for each in found if _is_id(each)}


def _elsewhere(path: Path, key: bytes, lost: set[str]) -> Mapping[str, Rebuilt]:
    """Put lost acts together again from their rows that stand where readers see them and the centre has not yet."""
    found: dict[str, dict[str, list[Mapping[str, Any]]]] = {}
    engine = single_engine(path, key)
    try:
        with engine.connect() as connection:
            for table in ACTS if lost else ():
                unsent = select(table).where(table.c.row_version == 0)
                with suppress(DBAPIError):
                    for row in connection.execute(unsent).mappings():
                        if row["op_id"] in lost:
                            found.setdefault(str(row["op_id"]), {}).setdefault(table.name, []).append(
                                on_the_wire(dict(row))
                            )
    finally:
        engine.dispose()
    return {
        op_id: Rebuilt(str(next(iter(rows.values()))[0]["member_id"]), next(iter(rows)), rows)
        for op_id, rows in sorted(found.items())
    }


def _is_whole_act(row: Row) -> bool:
    return _holds(lambda: chain(row["prev_hash"], row["op_id"], int(row["device_seq"]), row["payload"]) == row["hash"])


def _is_whole_entry(row: Row) -> bool:
    return _holds(lambda: chained(row["device_id"], row["prev_hash"], int(row["seq"]), row["payload"]) == row["hash"])


def _is_json(value: Any) -> bool:
    return value is None or _holds(lambda: json.loads(value) is not _NOTHING)


def _is_id(value: Any) -> bool:
    return isinstance(value, str) and len(value) == 36 and value.isascii()


_NOTHING: Final = object()


def _holds(asked: Callable[[], bool]) -> bool:
    try:
        return asked()
    except (TypeError, ValueError, UnicodeError):
        return False
