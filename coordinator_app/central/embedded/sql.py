"""The few statements a start needs, run by the bundled psql as superuser."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coordinator_app.central.embedded.folder import HOST, ServerFolder
from coordinator_app.domain.trouble import Trouble

if TYPE_CHECKING:
    from collections.abc import Callable

    from coordinator_app.central.embedded.account import Account
    from coordinator_app.central.embedded.binaries import Binaries

SUPERUSER = "postgres"


@dataclass(frozen=True, slots=True)
class SuperuserSql:
    """Speaks to one server through psql; the password comes from the server folder's passfile."""

    account: Account
    binaries: Binaries
    folder: ServerFolder
    port: int

    def server_version(self) -> str | None:
        """Return the version, such as 18.4; None if nobody answers who knows the password."""
        code, said = self._run("SHOW server_version", "postgres")
        return said.split()[0] if code == 0 and said else None

    def ensure_database(self, name: str) -> None:
        """Make the database if there is none; UTF-8, and sorted alike on every platform."""
        if not self.on("postgres")(f"SELECT 1 FROM pg_database WHERE datname = '{name}'"):
            self.on("postgres")(f'CREATE DATABASE "{name}" TEMPLATE template0')

    def on(self, database: str) -> Callable[[str], str]:
        """Return what runs one statement in a database and gives its rows as text; it raises Trouble."""

        def execute(statement: str) -> str:
            code, said = self._run(statement, database)
            if code != 0:
                # psql's own words may quote the statement, and one statement carries a key
                raise Trouble("sql_failed", f"A statement of the start failed in database {database}.")
            return said

        return execute

    def _run(self, statement: str, database: str) -> tuple[int, str]:
        options = ["-X", "-w", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1"]
        place = ["-h", HOST, "-p", str(self.port), "-U", SUPERUSER, "-d", database]
        done = self.account.run(
            [self.binaries.psql, *options, *place, "-f", "-"],
            self.folder.root,
            {
                "PGPASSFILE": str(self.folder.passfile),
                "PGREQUIREAUTH": "scram-sha-256",
                "PGCONNECT_TIMEOUT": "10",
                "PGCLIENTENCODING": "UTF8",
            },
            typed=f"{statement};\n",
        )
        return done.returncode, done.stdout.strip()
