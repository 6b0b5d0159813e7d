"""One central database's schema, reached by its address."""

from collections.abc import Callable, Mapping
from pathlib import Path

from coordinator_app.domain.trouble import Refusal
from coordinator_app.storage.central.address import Address
from coordinator_app.storage.central.engine import open_engine, transaction
from coordinator_app.storage.central.upgrade import Upgrade


class CentralSchema:
    """Upgrades one database with the migrations of one folder."""

    def __init__(self, address: Address, migrations: Path) -> None:
        self._address, self._upgrade = address, Upgrade(migrations)
        self._roles = address.roles

    @property
    def logins(self) -> tuple[str, ...]:
        """The migrator, then the service logins."""
        return self._roles.logins

    def is_laid(self) -> bool:
        """Whether roles and groundwork are there, as far as the migrator can tell."""
        try:
            with transaction(open_engine(self._address, self._roles.migrator)) as connection:
                return self._upgrade.is_laid(connection)
        except Refusal:
            return False

    def lay_and_upgrade(
        self,
        superuser: str,
        known: Mapping[str, str],
        keep: Callable[[Mapping[str, str]], None],
        new_password: Callable[[], str],
        local_key: bytes | None,
    ) -> tuple[str, str]:
        """Make roles and logins, then the schema, in one transaction; the revision before and after come back."""
        with transaction(open_engine(self._address, superuser, may_be_superuser=True)) as connection:
            self._upgrade.lay_groundwork(connection, self._roles, known, keep, new_password)
            done = self._upgrade.run(connection, self._roles, local_key)
        return done.before, done.after

    def upgrade(self, local_key: bytes | None) -> tuple[str, str]:
        """Bring the schema up to date as the owner."""
        with transaction(open_engine(self._address, self._roles.migrator)) as connection:
            done = self._upgrade.run(connection, self._roles, local_key)
        return done.before, done.after

    def downgrade(self, to: str) -> None:
        """Go back to a revision, for tests and rehearsals; roles stay."""
        with transaction(open_engine(self._address, self._roles.migrator)) as connection:
            self._upgrade.downgrade(connection, self._roles, to)
