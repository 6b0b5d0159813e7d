"""What the administrator's login may do to keep the centre in order; it sees no patient."""

from typing import Any

from sqlalchemy import text

from coordinator_app.domain.oversight import Outlived, Workstation
from coordinator_app.storage.central.auditing import AuditBook
from coordinator_app.storage.central.engine import transaction


class Housekeeping(AuditBook):
    """Each call is one transaction."""

    def seal(self) -> int:
        """Seal the audit rows that nothing under way can add to, and return how many they were."""
        return int(self._one("SELECT audit.seal_events()"))

    def keep_partitions(self) -> int:
        """Make the months ahead of feed and audit, and return how many partitions were new."""
        return int(self._one("SELECT sync.keep_partitions()"))

    def prune_feed(self) -> int:
        """Give up months of the feed past their term, and drop what an earlier round gave up; return how many fell."""
        self._one("SELECT sync.close_months()::text")
        return int(self._one("SELECT sync.drop_closed_months()"))

    def try_unknown_again(self) -> int:
        """Try again acts of kinds an older centre did not know; return how many it reads by now."""
        return int(self._one("SELECT sync.try_unknown_again()"))

    def end_idle(self, seconds: int) -> int:
        """End sessions that held a transaction open and did nothing for so long; return how many."""
        return int(self._one("SELECT sec.end_idle(:seconds)", seconds=seconds))

    def outlived(self) -> list[Outlived]:
        """Return the months that are older than their term."""
        with transaction(self._engine) as connection:
            return [Outlived(*row) for row in connection.execute(text("SELECT kind, months, part FROM sec.outlived()"))]

    def workstations(self) -> list[Workstation]:
        """Return every workstation of this administrator's initiatives, by login."""
        sql = """SELECT id::text, login, name,
                        CASE WHEN k.wiped_at IS NOT NULL THEN 'wiped' WHEN k.device IS NOT NULL THEN 'wipe_ordered'
                             ELSE state END,
                        app_version, last_seq, enrolled_at, last_seen_at
                   FROM sec.list_devices() AS d LEFT JOIN sec.list_keepings() AS k ON k.device = d.id
                  ORDER BY login, enrolled_at"""
        with transaction(self._engine) as connection:
            return [Workstation(*row) for row in connection.execute(text(sql))]

    def revoke(self, workstation: str) -> str:
        """Take nothing more from a workstation, end its person's sessions, and return whose it was."""
        return str(self._one("SELECT sec.revoke_device(CAST(:device AS uuid))", device=workstation))

    def _one(self, sql: str, **asked: Any) -> Any:
        with transaction(self._engine) as connection:
            return connection.execute(text(sql), asked).scalar_one()
