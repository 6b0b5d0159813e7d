"""Brings a central database up to date, choosing by whom: the superuser the first time, the migrator afterwards."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from coordinator_app.central.passfile import ANY, Entry, new_password, put, read
from coordinator_app.domain.trouble import Refusal, Trouble

_USUAL_SUPERUSER = "postgres"


class Schema(Protocol):
    """One database's schema; the revision before and after come back."""

    @property
    def logins(self) -> tuple[str, ...]:
        """The migrator, then the service logins."""

    def is_laid(self) -> bool:
        """Whether roles and groundwork are there, as far as the migrator can tell."""

    def lay_and_upgrade(
        self,
        superuser: str,
        known: Mapping[str, str],
        keep: Callable[[Mapping[str, str]], None],
        new_password: Callable[[], str],
        local_key: bytes | None,
    ) -> tuple[str, str]:
        """Make roles and logins, then the schema, in one transaction."""

    def upgrade(self, local_key: bytes | None) -> tuple[str, str]:
        """Bring the schema up to date as the owner."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the database is, as far as the passfile needs it."""

    host: str
    port: int
    database: str
    passfile: Path | None
    local_key: Path | None
    is_local: bool


@dataclass(frozen=True, slots=True)
class Migrated:
    """What was done; ``before`` is "" where there was no schema."""

    database: str
    before: str
    after: str
    is_first: bool


class Migrating:
    """The migrate command's one act, safe to repeat."""

    def __init__(self, schema: Schema, place: Place) -> None:
        self._schema, self._place = schema, place

    def run(self) -> Migrated:
        """Upgrade; lays the groundwork first where it is missing. Refusal says what is in the way."""
        known = self._known()
        local_key = self._local_key()
        if self._schema.logins[0] in known and self._schema.is_laid():
            before, after = self._schema.upgrade(local_key)
            return Migrated(self._place.database, before, after, is_first=False)
        superuser = self._superuser(known)
        before, after = self._schema.lay_and_upgrade(superuser, known, self._keep, new_password, local_key)
        return Migrated(self._place.database, before, after, is_first=True)

    def _known(self) -> dict[str, str]:
        if self._place.passfile is None:
            raise Refusal(
                "no_passfile", "The URL must name a passfile: it is where the first migration keeps passwords."
            )
        place = self._place
        fitting = (
            entry
            for entry in read(self._passfile)
            if entry.login != ANY and entry.fits(place.host, place.port, place.database, entry.login)
        )
        known: dict[str, str] = {}
        for entry in fitting:
            known.setdefault(entry.login, entry.password)
        return known

    def _superuser(self, known: Mapping[str, str]) -> str:
        strangers = [login for login in known if login not in self._schema.logins]
        if not strangers:
            raise Refusal(
                "no_superuser",
                "The first migration of a database needs a superuser's line in the passfile; nothing has been changed.",
            )
        return _USUAL_SUPERUSER if _USUAL_SUPERUSER in strangers else strangers[0]

    def _keep(self, passwords: Mapping[str, str]) -> None:
        place = self._place
        port = ANY if place.is_local else str(place.port)
        put(self._passfile, [Entry(place.host, login, word, port, place.database) for login, word in passwords.items()])

    @property
    def _passfile(self) -> Path:
        if self._place.passfile is None:
            raise Trouble("no_passfile", "The URL names no passfile.")
        return self._place.passfile

    def _local_key(self) -> bytes | None:
        path = self._place.local_key
        if path is None or not self._place.is_local:
            return None
        try:
            return path.read_bytes()
        except OSError:
            raise Trouble("no_local_key", f"The key of the local server, {path}, cannot be read.") from None
