"""The center of one seed: a real database, told what to do by its superuser, and the oracle at the end."""

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

import psycopg

from coordinator_app.storage.central.address import Address, address_of
from tests.conftest import SUPERUSER
from tests.simulation.cast import Cast


@dataclass(frozen=True)
class Known:
    """An op in the ledger."""

    outcome: str
    cause: str
    rows: Mapping[str, Sequence[str]] | None


class Centre:
    """A copy of the cast's database; ``name`` is free."""

    def __init__(self, cast: Cast, name: str) -> None:
        self.cast, self.name = cast, name
        self._backup = f"{name}_backup"
        self.has_backup = False
        self._copy(cast.name, name)
        self._work = self.connect()
        self.slow: tuple[psycopg.Connection[Any], str] | None = None

    @property
    def address(self) -> Address:
        """Where workstations connect."""
        return replace(address_of(self.cast.server.enroll_url(self.name)), prefix=self.cast.name)

    def connect(self, *, autocommit: bool = True, database: str | None = None) -> psycopg.Connection[Any]:
        """Connect as superuser."""
        server = self.cast.server
        return psycopg.connect(
            host="127.0.0.1",
            port=server.port,
            dbname=database or self.name,
            user=SUPERUSER,
            passfile=str(server.folder.passfile),
            autocommit=autocommit,
        )

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """Run a statement and return its rows, if it has any."""
        cursor = self._work.execute(sql, values or None)  # type: ignore[call-overload]
        return cursor.fetchall() if cursor.description else []

    def members(self) -> dict[str, str]:
        """Return the panel of every member, by the member's id."""
        return dict(self.rows("SELECT id::text, panel_id::text FROM care.member ORDER BY id"))

    def move(self, members: Sequence[str], panel: str) -> None:
        """Move members as a supervisor's function does."""
        self.end_slow(is_committed=True)
        self.rows("UPDATE care.member SET panel_id = %s WHERE id = ANY (%s::uuid[])", panel, list(members))

    def change_facts(self, member: str, how: str) -> None:
        """Change what a payer sends of a member."""
        match how:
            case "change":
                self.rows("UPDATE care.contact_point SET value = value || '1' WHERE member_id = %s", member)
            case "add":
                self.rows(
                    "INSERT INTO care.fact (id, member_id, panel_id, kind, code, display, starts_on, source) "
                    "SELECT gen_random_uuid(), id, panel_id, 'condition', 'I10', 'More', '2026-10-02', 'demo' "
                    "FROM care.member WHERE id = %s",
                    member,
                )
            case _:
                self.rows(
                    "DELETE FROM care.fact WHERE id = (SELECT min(id::text)::uuid FROM care.fact WHERE member_id = %s)",
                    member,
                )

    def begin_slow(self, member: str) -> None:
        """Change something in a transaction that stays open."""
        if self.slow is None:
            line = self.connect(autocommit=False)
            line.execute("UPDATE care.contact_point SET as_typed = 'slow' WHERE member_id = %s", (member,))
            line.execute("SAVEPOINT a")
            line.execute("UPDATE care.contact_point SET as_typed = 'undone' WHERE member_id = %s", (member,))
            line.execute("ROLLBACK TO a")
            self.slow = line, member

    def end_slow(self, *, is_committed: bool) -> None:
        """Let the open transaction go through, or undo it."""
        if self.slow is not None:
            (line, _), self.slow = self.slow, None
            if is_committed:
                line.commit()
            else:
                line.rollback()
            line.close()

    def give(self, person: str, panel: str, *, is_given: bool) -> None:
        """Give a nurse a panel, or take it away."""
        self.rows(
            "UPDATE sec.staff_panel SET valid = tstzrange(lower(valid), clock_timestamp()) "
            "WHERE staff_id = %s AND panel_id = %s AND upper_inf(valid)",
            person,
            panel,
        )
        if is_given:
            self.rows(
                "INSERT INTO sec.staff_panel (staff_id, panel_id, valid) VALUES (%s, %s, "
                "tstzrange(clock_timestamp(), NULL))",
                person,
                panel,
            )

    def panels_of(self, person: str, *, is_supervisor: bool) -> set[str]:
        """Return what somebody holds now."""
        if is_supervisor:
            return {row[0] for row in self.rows("SELECT id::text FROM org.panel")}
        held = "SELECT panel_id::text FROM sec.staff_panel WHERE staff_id = %s AND clock_timestamp() <@ valid"
        return {row[0] for row in self.rows(held, person)}

    def back_up(self) -> None:
        """Keep a copy of the database as it is; nobody is connected."""
        self.leave()
        if self.has_backup:
            self._run(f'DROP DATABASE "{self._backup}" WITH (FORCE)')
        self._copy(self.name, self._backup)
        self.has_backup, self._work = True, self.connect()

    def restore(self) -> None:
        """Go on from the copy: everything since is lost, and the history is another."""
        self.leave()
        self._run(
            f'DROP DATABASE "{self.name}" WITH (FORCE)', f'ALTER DATABASE "{self._backup}" RENAME TO "{self.name}"'
        )
        self.has_backup, self._work = False, self.connect()
        self.new_epoch()

    def new_epoch(self) -> None:
        """Say that old snapshots mean nothing any more."""
        self.end_slow(is_committed=True)
        self.rows("TRUNCATE sync.change")
        self.rows("UPDATE sync.epoch SET feed_epoch = feed_epoch + 1")

    def ledger(self) -> dict[str, Known]:
        """Return every op the center knows."""
        found = self.rows("SELECT op_id::text, outcome, coalesce(result ->> 'cause', ''), payload FROM sync.op")
        return {op: Known(outcome, cause, _rows_of(payload)) for op, outcome, cause, payload in found}

    def acts(self, table: str) -> dict[str, str]:
        """Return the op of every row of a kind of act, by the row's id."""
        return dict(self.rows(f"SELECT id::text, op_id::text FROM activity.{table}"))

    def leave(self) -> None:
        """Close every connection of ours."""
        self.end_slow(is_committed=True)
        self._work.close()

    def drop(self) -> None:
        """Remove the database and its copy."""
        with suppress(psycopg.Error):
            self.leave()
        self._run(*(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)' for name in (self.name, self._backup)))

    def _copy(self, source: str, name: str) -> None:
        self._run(f'CREATE DATABASE "{name}" TEMPLATE "{source}"')

    def _run(self, *statements: str) -> None:
        with self.connect(database="postgres") as line:
            for statement in statements:
                line.execute(statement)  # type: ignore[call-overload]


def _rows_of(op: Mapping[str, Any] | None) -> Mapping[str, Sequence[str]] | None:
    if op is None:
        return None
    return {table: [row["id"] for row in rows] for table, rows in json.loads(op["payload"])["rows"].items()}
