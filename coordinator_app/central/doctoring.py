"""Looks at an existing server and says what it lacks; it changes nothing."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Protocol

from coordinator_app.central.doctoring_rules import (
    access_finding,
    listing_finding,
    settings_findings,
    version_findings,
)
from coordinator_app.domain.oversight import Finding, Health, SealState
from coordinator_app.domain.trouble import Refusal

MONTHS_AHEAD = 2
UNSEALED = timedelta(minutes=15)
GROUNDWORK = 2

_MIGRATE = "Run `coordinator-central migrate`."
_REVOKE = "REVOKE it FROM PUBLIC as its owner; a database that was copied has lost its own revokes."
_SEAL_KEY = "Run `coordinator-central device seal-key`: until then no workstation with unsent work can be emptied."
_SUPERUSER = "Run doctor with --login of a superuser to see it."


class Inspection(Protocol):
    """What a server says about itself; None is what the login may not read."""

    is_local: bool

    @property
    def wanted_roles(self) -> tuple[str, ...]:
        """The roles a migrated database has."""

    @property
    def silent_roles(self) -> tuple[str, ...]:
        """Those nobody may log in as."""

    @property
    def keeper(self) -> str:
        """The only role that may make others."""

    def version(self) -> int:
        """Return the server's number."""

    def settings(self) -> Mapping[str, str]:
        """Return the settings."""

    def is_encrypted(self) -> bool | None:
        """Whether this connection is."""

    def access_rules(self) -> Sequence[tuple[Any, ...]] | None:
        """Return (line, type, address, method, has an error) of pg_hba.conf."""

    def roles(self) -> Sequence[tuple[Any, ...]]:
        """Return (name, may log in, stands above row security, may make roles)."""

    def logins_without_scram(self) -> list[str] | None:
        """Return logins whose password is kept otherwise."""

    def unforced_tables(self) -> list[str] | None:
        """Return tables without forced row security."""

    def loose_views(self) -> list[str] | None:
        """Return views without security_invoker."""

    def loose_definers(self) -> list[str] | None:
        """Return definer functions without a fixed search path."""

    def open_to_all(self) -> list[str] | None:
        """Return what everybody was granted."""

    def groundwork(self) -> int | None:
        """Return the number of the groundwork."""

    def has_upkeep(self) -> bool:
        """Whether the schema can seal."""

    def months(self) -> Sequence[tuple[Any, ...]]:
        """Return (table, YYYY_MM) of each partition."""

    def seal_state(self) -> SealState | None:
        """Return how far the sealing came."""

    def without_seal_key(self) -> list[str] | None:
        """Return the initiatives whose workstations have no key to seal to."""

    def archived(self) -> Sequence[tuple[Any, ...]] | None:
        """Return (archived, failed, last archived at)."""


class Doctoring:
    """One look at one server."""

    def __init__(self, server: Inspection, floors: Mapping[str, str], now: Callable[[], datetime]) -> None:
        self._server, self._floors, self._now = server, floors, now

    def look(self) -> list[Finding]:
        """Return every finding, in the order in which one puts things right; Refusal where the login is not let in."""
        server = self._server
        settings = server.settings()
        return [
            *version_findings(server.version(), self._floors),
            self._transport(settings),
            access_finding(server.access_rules(), _SUPERUSER),
            listing_finding("passwords", server.logins_without_scram(), "logins without a SCRAM password", _SUPERUSER),
            *settings_findings(settings),
            self._schema(),
            self._roles(),
            listing_finding("row_security", server.unforced_tables(), "tables without forced row security", _MIGRATE),
            listing_finding("views", server.loose_views(), "views without security_invoker", _MIGRATE),
            listing_finding("definers", server.loose_definers(), "definer functions without search_path", _MIGRATE),
            listing_finding("public", server.open_to_all(), "things granted to PUBLIC", _REVOKE),
            self._partitions(),
            self._seals(),
            listing_finding("seal_key", server.without_seal_key(), "initiatives without a seal key", _SEAL_KEY),
            self._backups(settings),
        ]

    def _transport(self, settings: Mapping[str, str]) -> Finding:
        if self._server.is_local:
            return Finding("tls", Health.OK, "the embedded server of this machine, reached without a network")
        if not self._server.is_encrypted() or settings.get("ssl") != "on":
            return Finding(
                "tls", Health.MISSING, "this connection is not encrypted", "Set ssl = on, with a certificate."
            )
        oldest = settings.get("ssl_min_protocol_version")
        if oldest is None:
            said = "encrypted; which older TLS is admitted may not be read by this login"
            return Finding("tls", Health.UNKNOWN, said, _SUPERUSER)
        if oldest not in ("TLSv1.2", "TLSv1.3"):
            return Finding("tls", Health.MISSING, "older TLS is admitted", "Set ssl_min_protocol_version = TLSv1.2.")
        return Finding("tls", Health.OK, "encrypted, TLS 1.2 or newer")

    def _schema(self) -> Finding:
        laid = self._server.groundwork()
        if laid is None or laid < GROUNDWORK or not self._server.has_upkeep():
            return Finding("schema", Health.MISSING, f"groundwork {laid}, older than this program", _MIGRATE)
        return Finding("schema", Health.OK, f"groundwork {laid}")

    def _roles(self) -> Finding:
        known = {row[0]: row for row in self._server.roles()}
        absent = [name for name in self._server.wanted_roles if name not in known]
        mighty = [name for name, _, above, makes in known.values() if above or (makes and name != self._server.keeper)]
        loud = [name for name in self._server.silent_roles if name in known and known[name][1]]
        if absent:
            return Finding("roles", Health.MISSING, f"missing: {', '.join(absent)}", _MIGRATE)
        if mighty or loud:
            said = f"too mighty, or open to logins: {', '.join(sorted({*mighty, *loud}))}"
            return Finding("roles", Health.MISSING, said, "Take it back with ALTER ROLE; ask who gave it.")
        return Finding("roles", Health.OK, f"{len(known)} roles, none above row security")

    def _partitions(self) -> Finding:
        now = self._now()
        counted = [now.year * 12 + now.month - 1 + ahead for ahead in range(MONTHS_AHEAD + 1)]
        wanted = [f"{month // 12}_{month % 12 + 1:02}" for month in counted]
        made = {(str(table), str(month)) for table, month in self._server.months()}
        absent = [f"{t} {m}" for t in ("sync.change", "audit.event") for m in wanted if (t, m) not in made]
        if absent:
            return Finding("partitions", Health.MISSING, f"not made: {', '.join(absent)}", "Keep upkeep running.")
        return Finding("partitions", Health.OK, f"made up to {wanted[-1]} at least")

    def _seals(self) -> Finding:
        state = self._server.seal_state()
        if state is None:
            return Finding("seals", Health.UNKNOWN, "this login may not ask, or the schema is too old", _MIGRATE)
        if state.oldest_unsealed is not None and self._now() - state.oldest_unsealed > UNSEALED:
            said = f"{state.unsealed} audit rows unsealed since {state.oldest_unsealed.isoformat(timespec='seconds')}"
            return Finding("seals", Health.MISSING, said, "Keep `coordinator-central upkeep` running.")
        return Finding("seals", Health.OK, f"{state.blocks} blocks, {state.unsealed} rows wait for the next")

    def _backups(self, settings: Mapping[str, str]) -> Finding:
        try:
            rows = self._server.archived()
        except Refusal:
            rows = None
        said = "a backup that was brought back cannot be known from here"
        if rows:
            archived, failed, last = rows[0]
            when = "never" if last is None else last.isoformat(timespec="seconds")
            said += (
                f"; archive_mode {settings.get('archive_mode', '?')}, archived {archived}, failed {failed}, last {when}"
            )
        return Finding("backups", Health.UNKNOWN, said, "Bring one back each quarter: restore.sh of `provision`.")
