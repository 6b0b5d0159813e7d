"""What the administrator's login may do: initiatives, panels, logins; every rule is the database's own."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Engine, text

from coordinator_app.domain.ids import InitiativeId, MemberId, PanelId
from coordinator_app.domain.organization import Initiative, NewStaff, Panel, StaffMember
from coordinator_app.storage.central.engine import transaction, verifier_of


class Administration:
    """Each call is one transaction; what the database refuses leaves as Refusal with its code."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def initiatives(self) -> list[Initiative]:
        """Return every initiative this administrator serves, by name."""
        sql = """SELECT id::text, name, zone, calendar, office_opens, office_closes, frozen_on
                   FROM org.initiative ORDER BY name"""
        return [Initiative(*row) for row in self._rows(sql)]

    def create_initiative(self, name: str, zone: str, calendar: str, opens: str, closes: str) -> Initiative:
        """Make an initiative with its unassigned panel."""
        asked = {"name": name, "zone": zone, "calendar": calendar, "opens": opens, "closes": closes}
        made = self._value("SELECT sec.create_initiative(:name, :zone, :calendar, :opens, :closes)::text", **asked)
        return Initiative(InitiativeId(made), name, zone, calendar, opens, closes)

    def panels(self) -> list[Panel]:
        """Return every panel with its number of members and the logins that hold it."""
        sql = """SELECT id::text, name, initiative_id::text, initiative, is_unassigned, members, staff
                   FROM sec.list_panels()"""
        return [
            Panel(key, name, initiative_id, initiative, is_unassigned, members, tuple(staff))
            for key, name, initiative_id, initiative, is_unassigned, members, staff in self._rows(sql)
        ]

    def create_panel(self, initiative: InitiativeId, name: str) -> PanelId:
        """Make a panel."""
        sql = "SELECT sec.create_panel(CAST(:initiative AS uuid), :name)::text"
        return PanelId(self._value(sql, initiative=initiative, name=name))

    def assign_panel(self, panel: PanelId, login: str) -> None:
        """Let a person hold a panel from now on; one she holds already stays hers."""
        self._value("SELECT sec.assign_panel(CAST(:panel AS uuid), :login)", panel=panel, login=login)

    def move_members(self, panel: PanelId, members: Sequence[MemberId]) -> int:
        """Move people into a panel of their own initiative and return how many were elsewhere; all or none."""
        sql = "SELECT sec.move_members(CAST(:panel AS uuid), CAST(:members AS uuid[]))"
        return int(self._value(sql, panel=panel, members=list(members)))

    def staff(self) -> list[StaffMember]:
        """Return everybody with a login, by login."""
        sql = "SELECT login, role_name, name, role, initiative, panels, is_active FROM sec.list_staff()"
        return [
            StaffMember(login, role_name, name, role, initiative, tuple(panels), is_active)
            for login, role_name, name, role, initiative, panels, is_active in self._rows(sql)
        ]

    def add_staff(self, person: NewStaff, password: str) -> str:
        """Make a login with a one-time password and return its role in PostgreSQL."""
        sql = (
            "SELECT role_name FROM sec.add_staff("
            ":login, :name, :role, CAST(:initiative AS uuid), CAST(:panel AS uuid), :verifier)"
        )
        asked = {"login": person.login, "name": person.name, "role": person.role}
        homes = {"initiative": person.initiative_id, "panel": person.panel_id}
        return str(self._value(sql, password=password, **asked, **homes))

    def reset_staff(self, login: str, password: str) -> None:
        """Give a new one-time password, open a disabled login again, end its sessions."""
        self._value("SELECT sec.reset_staff(:login, :verifier)", password=password, login=login)

    def disable_staff(self, login: str) -> None:
        """Close a login and end its sessions; what the person did stays."""
        self._value("SELECT sec.disable_staff(:login)", login=login)

    def _rows(self, sql: str) -> list[tuple[Any, ...]]:
        with transaction(self._engine) as connection:
            return [tuple(row) for row in connection.execute(text(sql))]

    def _value(self, sql: str, *, password: str | None = None, **asked: Any) -> Any:
        with transaction(self._engine) as connection:
            if password is not None:
                asked["verifier"] = verifier_of(connection, str(asked["login"]), password)
            return connection.execute(text(sql), asked).scalar()
