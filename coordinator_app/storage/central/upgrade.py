"""Brings a central database to this program's schema, the first time together with its roles and logins."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from coordinator_app.domain.trouble import Refusal
from coordinator_app.storage.central.engine import run_script, verifier_of
from coordinator_app.storage.central.roles import Roles

OLDEST_SERVER = 150004
"""15.4: before it, row policies could be evaded (CVE-2023-2455, CVE-2023-39418)."""


_ALONE = 0x436F6F7264  # any number, as long as every migration of ours takes the same


@dataclass(frozen=True, slots=True)
class Upgraded:
    """From which revision to which; "" is a database without a schema."""

    before: str
    after: str


class Upgrade:
    """The migrations of the centre, found in one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def lay_groundwork(
        self,
        connection: Connection,
        roles: Roles,
        known: Mapping[str, str],
        keep: Callable[[Mapping[str, str]], None],
        new_password: Callable[[], str],
    ) -> None:
        """Make owner, groups and service logins, as a superuser; ``keep`` writes their passwords before they count.

        ``known`` are the passwords already kept by login; they are set again, so a repeated run changes none.
        """
        self._require_superuser(connection)
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_ALONE})")
        run_script(connection, roles.fill(self._groundwork()))
        passwords = {login: known.get(login) or new_password() for login in roles.logins}
        keep(passwords)
        for login, password in passwords.items():
            verifier = verifier_of(connection, login, password)
            connection.exec_driver_sql(f"ALTER ROLE {login} PASSWORD '{verifier}'")

    def is_laid(self, connection: Connection) -> bool:
        """Whether this program's groundwork, or a newer one, has been laid."""
        asked = (
            "SELECT substring(obj_description(to_regnamespace('roles'), 'pg_namespace') FROM 'groundwork (.*)')::int"
        )
        laid = connection.exec_driver_sql(asked).scalar()
        ours = re.search(r"'groundwork (\d+)'", self._groundwork())
        return laid is not None and ours is not None and int(laid) >= int(ours.group(1))

    def run(self, connection: Connection, roles: Roles, local_key: bytes | None = None) -> Upgraded:
        """Upgrade as the owner, inside the caller's transaction; a database newer than this program is refused."""
        self._require_recent_server(connection)
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_ALONE})")
        connection.exec_driver_sql(f"SET LOCAL ROLE {roles.owner}")
        config = self._config(connection, roles)
        before = self._revision(connection, config)
        command.upgrade(config, "head")
        connection.exec_driver_sql("SELECT sync.keep_partitions()")
        if local_key is not None:
            connection.exec_driver_sql("SELECT sec.keep_local_key(%s)", (local_key,))
        after = self._revision(connection, config)
        connection.exec_driver_sql("RESET ROLE")
        return Upgraded(before, after)

    def downgrade(self, connection: Connection, roles: Roles, to: str) -> None:
        """Go back, for tests and rehearsals; roles stay."""
        connection.exec_driver_sql(f"SET LOCAL ROLE {roles.owner}")
        command.downgrade(self._config(connection, roles), to)
        connection.exec_driver_sql("RESET ROLE")

    def _groundwork(self) -> str:
        return (self._folder / "groundwork.sql").read_text(encoding="utf-8")

    def _config(self, connection: Connection, roles: Roles) -> Config:
        config = Config()
        config.set_main_option("script_location", str(self._folder).replace("%", "%%"))
        config.set_main_option("path_separator", "os")
        config.attributes.update(connection=connection, roles=roles)
        return config

    @staticmethod
    def _revision(connection: Connection, config: Config) -> str:
        context = MigrationContext.configure(connection, opts={"version_table_schema": "public"})
        current = context.get_current_revision() or ""
        known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
        if current and current not in known:
            raise Refusal(
                "database_newer",
                f"The central database is at revision {current}, which is newer than this program. "
                "Install the newer program; nothing has been changed.",
            )
        return current

    @staticmethod
    def _require_superuser(connection: Connection) -> None:
        answer = connection.exec_driver_sql("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").scalar()
        if not answer:
            raise Refusal(
                "not_superuser",
                "The first migration of a database makes roles and needs a superuser's line in the passfile.",
            )

    @staticmethod
    def _require_recent_server(connection: Connection) -> None:
        version = int(connection.exec_driver_sql("SHOW server_version_num").scalar_one())
        if version < OLDEST_SERVER:
            raise Refusal("server_too_old", "PostgreSQL 15.4 or newer is needed; nothing has been changed.")
