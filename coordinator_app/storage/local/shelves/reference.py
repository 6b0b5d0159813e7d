"""The reference bundle as it was pulled: clinicians, colleagues, programs, topics, rule data."""

from typing import Any

from sqlalchemy import Connection, select

from coordinator_app.storage.tables import org


class ReferenceShelf:
    """The bundle of all the person's initiatives, as one read connection sees it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._kinds: dict[str, dict[str, Any]] = {}

    def all(self, kind: str) -> dict[str, Any]:
        """Return the contents of a kind by their keys; read once while the connection is open."""
        if kind not in self._kinds:
            table = org.reference
            asked = select(table.c.key, table.c.content).where(table.c.kind == kind).order_by(table.c.key)
            self._kinds[kind] = {row.key: row.content for row in self._connection.execute(asked)}
        return self._kinds[kind]

    def one(self, kind: str, key: str) -> Any:
        """Return one content, or nothing."""
        return self.all(kind).get(key)
