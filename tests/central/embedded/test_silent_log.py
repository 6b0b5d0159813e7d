"""No word of a patient reaches the server's log: not by an error, a slow statement, a parameter or a crash."""

import subprocess
from typing import TYPE_CHECKING

import pytest

from coordinator_app.central.embedded import HOST, SUPERUSER

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.server

CANARY = "Zacarias Canarywood"


def logged(server) -> str:
    places: list[Path] = [server.folder.start_log, *server.folder.log.iterdir()]
    return "".join(path.read_text() for path in places)


@pytest.mark.parametrize(
    "statement",
    [
        f"SELECT '{CANARY}'::date",
        f"SELECT '{CANARY}' FROM missing",
        f"CREATE TABLE u (n text UNIQUE); INSERT INTO u VALUES ('{CANARY}'), ('{CANARY}')",
        f"CREATE TABLE c (n text CHECK (n = '')); INSERT INTO c VALUES ('{CANARY}')",
        f"DO $$ BEGIN RAISE EXCEPTION '%', '{CANARY}'; END $$",
        f"DO $$ BEGIN RAISE WARNING '%', '{CANARY}'; END $$; SELECT 1/0",
        f"PREPARE p AS SELECT $1::int; EXECUTE p('{CANARY}')",
        f"SELECT broken '{CANARY}",
    ],
)
def test_a_failing_statement_tells_its_client_and_nobody_else(fresh_database, statement):
    database = fresh_database()
    told = database.server.psql(statement, database.name)
    assert told.returncode != 0
    assert "canarywood" not in logged(database.server).lower()


def test_a_session_that_crashes_in_mid_statement_leaves_no_statement_behind(debian_server, fresh_database_on):
    database = fresh_database_on(debian_server)
    before = logged(debian_server)
    with subprocess.Popen(
        [debian_server.binaries.psql, "-h", HOST, "-p", str(debian_server.port), "-U", SUPERUSER, "-X", "-At",
         "-d", database.name],
        env={"PGPASSFILE": str(debian_server.folder.passfile)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as session:  # fmt: skip
        assert session.stdin is not None
        assert session.stdout is not None
        session.stdin.write(f"SELECT pg_backend_pid();\nSELECT pg_sleep(60), '{CANARY}';\n")
        session.stdin.flush()
        pid = session.stdout.readline().strip()
        crash(debian_server, pid)
        session.communicate(timeout=30)
    after = logged(debian_server).removeprefix(before)
    assert f"(PID {pid}) was terminated by signal 9" in after
    assert "canarywood" not in after.lower()


def crash(server, pid: str) -> None:
    import os
    import signal

    waiting = f"SELECT count(*) FROM pg_stat_activity WHERE pid = {pid} AND query LIKE '%pg_sleep%'"
    while server.sql(waiting) != "1":
        pass
    os.kill(int(pid), signal.SIGKILL)
    gone = "SELECT 1"
    while server.psql(gone, "postgres").returncode != 0 or server.sql(waiting) != "0":
        pass
