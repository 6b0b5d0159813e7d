"""Who works where: initiatives, their panels, the people."""

from dataclasses import dataclass
from datetime import date

from coordinator_app.domain.ids import InitiativeId, PanelId

STAFF_ROLES = ("coordinator", "supervisor", "case_manager", "auditor")


@dataclass(frozen=True, slots=True)
class Initiative:
    """One arrangement of a payer with a provider group; ``frozen_on`` is its day where it is held still (ruling 5)."""

    id: InitiativeId
    name: str
    zone: str
    calendar: str
    office_opens: str
    office_closes: str
    frozen_on: date | None = None

    @property
    def office(self) -> str:
        """The office hours as they are typed: ``08:00-17:00``."""
        return f"{self.office_opens}-{self.office_closes}"


@dataclass(frozen=True, slots=True)
class Panel:
    """A list of members that one or several people care for."""

    id: PanelId
    name: str
    initiative_id: InitiativeId
    initiative: str
    is_unassigned: bool
    members: int
    staff: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StaffMember:
    """A person with a login; ``role_name`` is the role she has in PostgreSQL."""

    login: str
    role_name: str
    name: str
    role: str
    initiative: str
    panels: tuple[str, ...]
    is_active: bool


@dataclass(frozen=True, slots=True)
class NewStaff:
    """A person who is to get a login, perhaps with a panel to begin with."""

    login: str
    name: str
    role: str
    initiative_id: InitiativeId
    panel_id: PanelId | None = None
