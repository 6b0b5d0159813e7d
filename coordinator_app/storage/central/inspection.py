"""What a server says about itself in its catalogue; what this login may not read comes back as None."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Engine, text

from coordinator_app.domain.oversight import SealState
from coordinator_app.domain.trouble import Refusal, Trouble
from coordinator_app.storage.central.auditing import AuditBook
from coordinator_app.storage.central.engine import transaction
from coordinator_app.storage.central.roles import GROUPS, SERVICES, Roles

Rows = Sequence[tuple[Any, ...]]

_OURS = (
    "nspname IN ('care', 'outreach', 'activity', 'org', 'sec', 'sync', 'load', 'audit', 'roles') "
    "OR nspname ~ '^(sync|cm)_v[0-9]+$'"
)
_OF_NAMESPACE = f"JOIN pg_namespace AS n ON n.oid = {{}} WHERE ({_OURS})"

_UNFORCED = f"""
SELECT c.oid::regclass::text FROM pg_class AS c {_OF_NAMESPACE.format("c.relnamespace")}
   AND c.relkind IN ('r', 'p') AND NOT (c.relrowsecurity AND c.relforcerowsecurity) ORDER BY 1
"""
_LOOSE_VIEWS = f"""
SELECT c.oid::regclass::text FROM pg_class AS c {_OF_NAMESPACE.format("c.relnamespace")}
   AND (c.relkind = 'm' OR (c.relkind = 'v'
        AND NOT coalesce(c.reloptions::text, '') ~ 'security_invoker=(true|on)')) ORDER BY 1
"""
_LOOSE_DEFINERS = f"""
SELECT p.oid::regprocedure::text FROM pg_proc AS p {_OF_NAMESPACE.format("p.pronamespace")}
   AND p.prosecdef AND NOT coalesce(p.proconfig, '{{}}') @> ARRAY['search_path=pg_catalog, pg_temp'] ORDER BY 1
"""
_OPEN_TO_ALL = f"""
SELECT c.oid::regclass::text FROM pg_class AS c {_OF_NAMESPACE.format("c.relnamespace")}
   AND EXISTS (SELECT FROM aclexplode(coalesce(c.relacl, acldefault('r', c.relowner))) AS g WHERE g.grantee = 0)
   AND c.relkind IN ('r', 'p', 'v', 'm')
UNION ALL
SELECT p.oid::regprocedure::text FROM pg_proc AS p {_OF_NAMESPACE.format("p.pronamespace")}
   AND EXISTS (SELECT FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) AS g WHERE g.grantee = 0)
UNION ALL
SELECT 'schema ' || nspname FROM pg_namespace AS n WHERE ({_OURS} OR nspname = 'public')
   AND EXISTS (SELECT FROM aclexplode(coalesce(nspacl, acldefault('n', nspowner))) AS g WHERE g.grantee = 0)
UNION ALL
SELECT 'database ' || datname FROM pg_database WHERE datname = current_database()
   AND EXISTS (SELECT FROM aclexplode(coalesce(datacl, acldefault('d', datdba))) AS g WHERE g.grantee = 0)
"""
_ROLES = """
SELECT rolname::text, rolcanlogin, rolsuper OR rolbypassrls OR rolreplication OR rolcreatedb, rolcreaterole
  FROM pg_roles WHERE starts_with(rolname, :prefix || '_')
"""
_MONTHS = """
SELECT i.inhparent::regclass::text, right(c.relname, 7)
  FROM pg_inherits AS i JOIN pg_class AS c ON c.oid = i.inhrelid
 WHERE i.inhparent IN (to_regclass('sync.change'), to_regclass('audit.event')) AND c.relname ~ '_[0-9]{4}_[0-9]{2}$'
"""
_GROUNDWORK = "SELECT substring(obj_description(to_regnamespace('roles'), 'pg_namespace') FROM 'groundwork (.*)')::int"
_HAS_UPKEEP = """
SELECT EXISTS (SELECT FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = p.pronamespace
                WHERE n.nspname = 'audit' AND p.proname = 'seal_events')
"""
_UNKEYED = """
SELECT i.name FROM org.initiative AS i
 WHERE NOT EXISTS (SELECT FROM sec.seal_key AS s WHERE s.initiative_id = i.id) ORDER BY 1
"""
_HBA = (
    "SELECT line_number, type, coalesce(address, ''), auth_method, error IS NOT NULL FROM pg_hba_file_rules ORDER BY 1"
)
_NOT_SCRAM = """
SELECT rolname::text FROM pg_authid
 WHERE rolcanlogin AND starts_with(rolname, :prefix || '_') AND coalesce(rolpassword, '') NOT LIKE 'SCRAM-SHA-256$%'
"""


class Inspection:
    """Each question is a read-only transaction of its own."""

    def __init__(self, engine: Engine, roles: Roles, *, is_local: bool) -> None:
        self._engine, self._roles = engine, roles
        self.is_local = is_local

    @property
    def wanted_roles(self) -> tuple[str, ...]:
        """The roles a migrated database has."""
        roles = self._roles
        groups = tuple(roles.group(kind) for kind in (*GROUPS, *SERVICES))
        return (roles.owner, roles.definer, roles.keeper, roles.person, *groups, *roles.logins)

    @property
    def silent_roles(self) -> tuple[str, ...]:
        """Those nobody may log in as."""
        return (self._roles.owner, self._roles.definer, self._roles.keeper)

    @property
    def keeper(self) -> str:
        """The only role that may make others."""
        return self._roles.keeper

    def version(self) -> int:
        """Return the server's number, as 150004 for 15.4; here a failure is the caller's: nothing else would work."""
        with transaction(self._engine) as connection:
            return int(connection.execute(text("SHOW server_version_num")).scalar_one())

    def settings(self) -> Mapping[str, str]:
        """Return the settings this login may read."""
        return {str(name): str(value) for name, value in self._rows("SELECT name, setting FROM pg_settings") or ()}

    def is_encrypted(self) -> bool | None:
        """Whether this very connection is."""
        rows = self._rows("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
        return bool(rows[0][0]) if rows else None

    def access_rules(self) -> Rows | None:
        """Return (line, type, address, method, has an error) of pg_hba.conf."""
        return self._rows(_HBA)

    def roles(self) -> Rows:
        """Return (name, may log in, stands above row security or may make databases, may make roles)."""
        return self._rows(_ROLES, prefix=self._roles.prefix) or ()

    def logins_without_scram(self) -> list[str] | None:
        """Return logins of ours whose password is kept otherwise, or that have none."""
        return self._names(_NOT_SCRAM, prefix=self._roles.prefix)

    def unforced_tables(self) -> list[str] | None:
        """Return tables whose rows their owner could read."""
        return self._names(_UNFORCED)

    def loose_views(self) -> list[str] | None:
        """Return views that would show what their reader may not see."""
        return self._names(_LOOSE_VIEWS)

    def loose_definers(self) -> list[str] | None:
        """Return functions with more rights than their caller and no fixed search path."""
        return self._names(_LOOSE_DEFINERS)

    def open_to_all(self) -> list[str] | None:
        """Return what everybody was granted."""
        return self._names(_OPEN_TO_ALL)

    def groundwork(self) -> int | None:
        """Return the number of the groundwork that was laid, None for none."""
        rows = self._rows(_GROUNDWORK)
        return rows[0][0] if rows else None

    def has_upkeep(self) -> bool:
        """Whether the schema is young enough to seal its audit."""
        rows = self._rows(_HAS_UPKEEP)
        return bool(rows and rows[0][0])

    def months(self) -> Rows:
        """Return (table, YYYY_MM) of each month's partition."""
        return self._rows(_MONTHS) or ()

    def seal_state(self) -> SealState | None:
        """Return how far the sealing came."""
        try:
            return AuditBook(self._engine).seal_state()
        except (Refusal, Trouble):
            return None

    def without_seal_key(self) -> list[str] | None:
        """Return the initiatives whose workstations have no key to seal to."""
        try:
            # A superuser belongs to no initiative, and reads the tables; the administrator has a function for it.
            named = self._names(_UNKEYED)
            return self._names("SELECT initiative FROM sec.without_seal_key()") if named is None else named
        except (Refusal, Trouble):
            return None

    def archived(self) -> Rows | None:
        """Return (archived, failed, last archived at) of the write-ahead log."""
        return self._rows("SELECT archived_count, failed_count, last_archived_time FROM pg_stat_archiver")

    def _names(self, sql: str, **asked: Any) -> list[str] | None:
        rows = self._rows(sql, **asked)
        return None if rows is None else [str(row[0]) for row in rows]

    def _rows(self, sql: str, **asked: Any) -> Rows | None:
        try:
            with transaction(self._engine) as connection:
                connection.execute(text("SET TRANSACTION READ ONLY"))
                return [tuple(row) for row in connection.execute(text(sql), asked)]
        except Refusal as refusal:
            if refusal.code == "not_allowed":
                return None
            raise
