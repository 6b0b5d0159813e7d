"""The reference bundle as it was pulled: clinicians, colleagues, programs, topics, rule data."""

from typing import Any, Final

from sqlalchemy import Connection, bindparam, select

from coordinator_app.storage.tables import org

_OF: Final = org.reference.c
_ALL: Final = select(_OF.key, _OF.content).where(_OF.kind == bindparam("wanted")).order_by(_OF.key)


class ReferenceShelf:
    """The bundle of all the person's initiatives, as one read connection sees it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._kinds: dict[str, dict[str, Any]] = {}

    def all(self, kind: str) -> dict[str, Any]:
        """Return the contents of a kind by their keys; read once while the connection is open."""
        if kind not in self._kinds:
            self._kinds[kind] = {row.key: row.content for row in self._connection.execute(_ALL, {"wanted": kind})}
        return self._kinds[kind]

    def one(self, kind: str, key: str) -> Any:
        """Return one content, or nothing."""
        return self.all(kind).get(key)
