"""What the store knows of its own desk."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from coordinator_app.storage.local import profile
from coordinator_app.storage.tables import care, local

WAITING = "waiting"


class DeskShelf:
    """Profile, outbox and items that need a person, as one read connection sees them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._facts: dict[str, Any] | None = None

    def facts(self) -> dict[str, Any]:
        """Return the profile's facts by their keys, without the password; read once while the connection is open."""
        if self._facts is None:
            self._facts = profile.read_all(self._connection)
        return self._facts

    def waiting(self) -> int:
        """Return how many acts wait to be sent."""
        return self._count(select(func.count()).select_from(local.outbox).where(local.outbox.c.state == WAITING))

    def members(self) -> int:
        """Return how many people are on this computer."""
        return self._count(select(func.count()).select_from(care.member))

    def needs_you(self) -> int:
        """Return how many items ask for a person's word."""
        table = local.needs_you
        return self._count(select(func.count()).select_from(table).where(table.c.closed_at.is_(None)))

    def as_of(self) -> datetime | None:
        """Return the centre's time of the state last read, of the panel furthest behind."""
        of = local.feed_place.c
        return self._connection.execute(select(func.min(of.as_of)).where(of.is_complete.is_(True))).scalar()

    def _count(self, asked: Any) -> int:
        return int(self._connection.execute(asked).scalar_one())
