"""Access in an emergency: one panel, some hours, a reason."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from coordinator_app.domain.ids import PanelId
from coordinator_app.domain.organization import Panel
from coordinator_app.domain.oversight import Emergency


class Door(Protocol):
    """The database's own functions for it."""

    def open(self, login: str, panel: PanelId, hours: int, why: str) -> datetime:
        """Let a person hold one more panel; return until when."""

    def all(self) -> list[Emergency]:
        """Return every emergency, the latest first."""


class Panels(Protocol):
    """Finds the panel that is meant."""

    def meant_by(self, wanted: str, initiative: str | None = None) -> Panel:
        """Return the panel of this name or id."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What was opened."""

    login: str
    panel: Panel
    until: datetime


class Emergencies:
    """Opens access for some hours and tells which there were; it ends by itself."""

    def __init__(self, door: Door, panels: Panels) -> None:
        self._door, self._panels = door, panels

    def open(self, login: str, panel: str, hours: int, why: str, initiative: str | None = None) -> Opened:
        """Let a person hold one more panel; the database refuses what is too long or has no reason."""
        found = self._panels.meant_by(panel, initiative)
        return Opened(login, found, self._door.open(login, found.id, hours, why))

    def all(self) -> list[Emergency]:
        """Return every emergency, the latest first."""
        return self._door.all()
