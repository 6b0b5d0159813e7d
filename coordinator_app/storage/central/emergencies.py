"""Access in an emergency, as the administrator opens it."""

from datetime import datetime
from typing import Any

from sqlalchemy import Engine, text

from coordinator_app.domain.ids import PanelId
from coordinator_app.domain.oversight import Emergency
from coordinator_app.storage.central.engine import transaction


class EmergencyDoor:
    """Each call is one transaction."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def open(self, login: str, panel: PanelId, hours: int, why: str) -> datetime:
        """Let a person hold one more panel for some hours, and return until when."""
        sql = "SELECT sec.open_emergency(:login, CAST(:panel AS uuid), :hours, :why)"
        asked: dict[str, Any] = {"login": login, "panel": panel, "hours": hours, "why": why}
        with transaction(self._engine) as connection:
            until: datetime = connection.execute(text(sql), asked).scalar_one()
        return until

    def all(self) -> list[Emergency]:
        """Return every emergency of this login's initiatives, the latest first."""
        sql = "SELECT login, name, panel, since, until, why, opened_by FROM sec.list_emergencies()"
        with transaction(self._engine) as connection:
            return [Emergency(*row) for row in connection.execute(text(sql))]
