"""What a migration of the centre is written with: SQL files of its own, run as the owner or as the definer."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import context

from coordinator_app.storage.central.engine import run_script
from coordinator_app.storage.central.roles import Roles  # noqa: TC001 - alembic loads this at run time


class Migration:
    """Runs the files of ``sql_<revision>/`` beside ``versions/``; ``@owner@`` and the like become names of roles."""

    def __init__(self, revision: str) -> None:
        self._connection = context.get_bind()
        self._roles: Roles = context.config.attributes["roles"]
        script = context.script
        self._folder = Path(script.dir) / f"sql_{revision}"

    def say(self, sql: str) -> None:
        """Run statements, as the owner."""
        run_script(self._connection, self._roles.fill(sql))

    def as_owner(self, *files: str) -> None:
        """Run files; what they make belongs to the owner."""
        for file in files:
            self.say((self._folder / f"{file}.sql").read_text(encoding="utf-8"))

    def as_definer(self, *files: str) -> None:
        """Run files; the functions they make run with the definer's rights, which row security does not bind."""
        self.say("SET LOCAL ROLE @definer@")
        self.as_owner(*files)
        self.say("SET LOCAL ROLE @owner@")

    @contextmanager
    def definer_may_create_in(self, *schemas: str) -> Iterator[None]:
        """Let the definer make functions in these schemas, for this migration only."""
        listed = ", ".join(schemas)
        self.say(f"GRANT USAGE, CREATE ON SCHEMA {listed} TO @definer@")
        yield
        self.say(f"REVOKE CREATE ON SCHEMA {listed} FROM @definer@")
        # A trigger can only be made by who may call its function.
        self.say("SET LOCAL ROLE @definer@")
        self.say(f"GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA {listed} TO @owner@")
        self.say("SET LOCAL ROLE @owner@")

    @contextmanager
    def rows_of(self, *tables: str) -> Iterator[None]:
        """Let the owner see and change the rows of these tables, which forced row security hides from it (ruling 1).

        Whoever changes rows in there counts them afterwards: an update that matches nothing raises no error.
        """
        for table in tables:
            self.say(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
        yield
        for table in tables:
            self.say(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
