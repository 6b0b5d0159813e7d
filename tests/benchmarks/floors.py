"""The least a first copy can cost: the same rows over the same wire into the same encrypted form, and nothing else."""

import csv
import os
import sqlite3
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

import psycopg

from coordinator_app.central import embedded
from coordinator_app.storage.central.address import address_of
from coordinator_app.storage.local.engine import connect
from coordinator_app.storage.tables import PULLED
from coordinator_app.storage.tables.wire import insert_sql, select_list
from coordinator_app.workstation.resources import migrations_folder
from tests.benchmarks.figures import Spent, clocked

_SEARCH = """
INSERT INTO people_search (rowid, name, number, birth, phone)
SELECT n.no, m.family || ' ' || m.given || ' ' || m.preferred, m.member_number, m.birth_date,
       coalesce((SELECT group_concat(p.value, ' ') FROM contact_point AS p WHERE p.member_id = m.id), '')
  FROM member AS m JOIN person_no AS n ON n.member_id = m.id
"""


def floor_two(server: str, login: str, password: str, folder: Path) -> tuple[Spent, int]:
    """F2: COPY into memory as the same login under row security, then executemany in one transaction; and rows."""
    address = address_of(server)
    store = folder / f"floor-{time.monotonic_ns()}.db"
    driver = connect(store, os.urandom(32), synchronous="NORMAL")
    for statement in _statements(migrations_folder("local") / "versions" / "0001_first_store.sql"):
        driver.execute(statement)
    rows: dict[str, list[tuple[Any, ...]]] = {}

    def copy() -> None:
        with psycopg.connect(**address.arguments(address.roles.login(login), password)) as centre:  # type: ignore[arg-type]
            centre.execute("SET DateStyle = ISO")
            rows.update({table.name: _copied(centre, table) for table in PULLED})
        driver.execute("BEGIN IMMEDIATE")
        for table in PULLED:
            driver.executemany(insert_sql(table, newer_only=False), rows[table.name])
        driver.execute("INSERT INTO person_no (member_id) SELECT id FROM member")
        driver.execute(_SEARCH)
        driver.execute("COMMIT")

    taken = clocked(copy)
    driver.close()
    for file in folder.glob(f"{store.name}*"):
        file.unlink()
    return taken, sum(len(each) for each in rows.values())


def naked_floor(server: str, login: str, password: str, folder: Path) -> float:
    """Seconds of psql's COPY to files and a plain SQLite reading them: other tools, no encryption, no search."""
    address = address_of(server)
    arguments = address.arguments(address.roles.login(login), password)
    psql = embedded.bundled(18).psql
    where = [f"--{name}={arguments[key]}" for name, key in (("host", "host"), ("port", "port"), ("dbname", "dbname"))]
    who = {**os.environ, "PGUSER": str(arguments["user"]), "PGPASSWORD": password}
    with tempfile.TemporaryDirectory(dir=folder) as room:
        begun = time.perf_counter()
        script = "\n".join(
            rf"\copy (SELECT {select_list(table)} FROM {table.schema}.{table.name}) TO '{room}/{table.name}.csv' CSV"
            for table in PULLED
        )
        subprocess.run([str(psql), *where, "--quiet"], input=script, text=True, env=who, check=True)
        plain = sqlite3.connect(f"{room}/plain.db", isolation_level=None)
        plain.execute("PRAGMA journal_mode = WAL")
        plain.execute("BEGIN")
        for table in PULLED:
            names = ", ".join(f'"{column.name}"' for column in table.columns)
            plain.execute(f"CREATE TABLE {table.name} ({names})")
            places = ", ".join("?" for _ in table.columns)
            with Path(f"{room}/{table.name}.csv").open(encoding="utf-8", newline="") as file:
                plain.executemany(f"INSERT INTO {table.name} VALUES ({places})", csv.reader(file))
        plain.execute("COMMIT")
        taken = time.perf_counter() - begun
        plain.close()
    return taken


def _copied(centre: psycopg.Connection[Any], table: Any) -> list[tuple[Any, ...]]:
    with centre.cursor() as cursor:
        types = cursor.execute(f"SELECT {select_list(table)} FROM {table.schema}.{table.name} LIMIT 0").description
        copy_sql = f"COPY (SELECT {select_list(table)} FROM {table.schema}.{table.name}) TO STDOUT (FORMAT binary)"
        with cursor.copy(copy_sql) as copy:
            copy.set_types([column.type_code for column in types or ()])
            return list(copy.rows())


def _statements(file: Path) -> list[str]:
    found, statement = [], ""
    for line in file.read_text(encoding="utf-8").splitlines():
        statement += f"{line}\n"
        if sqlite3.complete_statement(statement):
            found.append(statement)
            statement = ""
    return found
