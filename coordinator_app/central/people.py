"""Initiatives, panels and logins, in the words of who administers them."""

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from coordinator_app.domain.ids import InitiativeId, MemberId, PanelId
from coordinator_app.domain.organization import STAFF_ROLES, Initiative, NewStaff, Panel, StaffMember
from coordinator_app.domain.trouble import Refusal

_OFFICE = re.compile(r"(([01]\d|2[0-3]):[0-5]\d)-(([01]\d|2[0-3]):[0-5]\d)")
# No letter or digit that could be read as another.
_LEGIBLE = "abcdefghjkmnpqrstuvwxyz23456789"


class Register(Protocol):
    """The database's own functions for it."""

    def initiatives(self) -> list[Initiative]:
        """Return every initiative, by name."""

    def create_initiative(self, name: str, zone: str, calendar: str, opens: str, closes: str) -> Initiative:
        """Make one with its unassigned panel."""

    def panels(self) -> list[Panel]:
        """Return every panel."""

    def create_panel(self, initiative: InitiativeId, name: str) -> PanelId:
        """Make a panel."""

    def assign_panel(self, panel: PanelId, login: str) -> None:
        """Let a person hold a panel."""

    def move_members(self, panel: PanelId, members: Sequence[MemberId]) -> int:
        """Move people, all or none; return how many were elsewhere."""

    def staff(self) -> list[StaffMember]:
        """Return everybody with a login."""

    def add_staff(self, person: NewStaff, password: str) -> str:
        """Make a login and return its role in PostgreSQL."""

    def reset_staff(self, login: str, password: str) -> None:
        """Set a one-time password."""

    def disable_staff(self, login: str) -> None:
        """Close a login."""


@dataclass(frozen=True, slots=True)
class NewLogin:
    """A login just made; the password is shown once and works until its owner chooses another."""

    login: str
    role_name: str
    one_time_password: str = field(repr=False)
    panel: Panel | None


class Initiatives:
    """Makes and lists initiatives, and finds the one that is meant."""

    def __init__(self, register: Register) -> None:
        self._register = register

    def create(self, name: str, zone: str, calendar: str, office: str) -> Initiative:
        """Make an initiative; ``office`` is ``HH:MM-HH:MM`` in its zone."""
        hours = _OFFICE.fullmatch(office)
        if hours is None or hours.group(1) >= hours.group(3):
            raise Refusal("bad_office", "Office hours are written 08:00-17:00, the earlier time first.")
        if not name.strip():
            raise Refusal("bad_name", "An initiative needs a name.")
        try:
            ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise Refusal("bad_zone", "The zone is not in the IANA list; write it like America/New_York.") from None
        return self._register.create_initiative(name.strip(), zone, calendar, hours.group(1), hours.group(3))

    def all(self) -> list[Initiative]:
        """Return every initiative, by name."""
        return self._register.initiatives()

    def meant_by(self, wanted: str | None) -> Initiative:
        """Return the one of this name or id; with nothing given, the only one there is."""
        known = self._register.initiatives()
        if wanted is not None:
            found = [one for one in known if wanted in (one.name, one.id)]
            if not found:
                raise Refusal("no_such_initiative", "There is no such initiative; `initiative list` names them.")
            return found[0]
        if len(known) != 1:
            said = "There is no initiative yet; make one." if not known else "There are several; say --initiative."
            raise Refusal("which_initiative", said)
        return known[0]


class Panels:
    """Makes panels, gives them to people, moves members."""

    def __init__(self, register: Register, initiatives: Initiatives) -> None:
        self._register, self._initiatives = register, initiatives

    def create(self, name: str, initiative: str | None = None) -> Panel:
        """Make a panel."""
        if not name.strip():
            raise Refusal("bad_name", "A panel needs a name.")
        home = self._initiatives.meant_by(initiative)
        made = self._register.create_panel(home.id, name.strip())
        return Panel(made, name.strip(), home.id, home.name, is_unassigned=False, members=0, staff=())

    def assign(self, panel: str, login: str, initiative: str | None = None) -> Panel:
        """Let a person hold a panel."""
        found = self.meant_by(panel, initiative)
        self._register.assign_panel(found.id, login)
        return found

    def move(self, panel: str, members: Sequence[MemberId], initiative: str | None = None) -> int:
        """Move people into a panel and return how many were elsewhere; all or none."""
        return self._register.move_members(self.meant_by(panel, initiative).id, members)

    def all(self) -> list[Panel]:
        """Return every panel."""
        return self._register.panels()

    def meant_by(self, wanted: str, initiative: str | None = None) -> Panel:
        """Return the panel of this name or id; a name that two initiatives use needs the initiative too."""
        home = None if initiative is None else self._initiatives.meant_by(initiative).id
        found = [
            one for one in self._register.panels() if wanted in (one.name, one.id) and home in (None, one.initiative_id)
        ]
        if not found:
            raise Refusal("no_such_panel", "There is no such panel; `panel list` names them.")
        if len(found) > 1:
            raise Refusal("which_panel", "Several initiatives have a panel of this name; say its id or --initiative.")
        return found[0]


class Staffing:
    """Makes, resets and closes logins."""

    def __init__(self, register: Register, initiatives: Initiatives, panels: Panels) -> None:
        self._register, self._initiatives, self._panels = register, initiatives, panels

    def add(
        self, login: str, name: str, role: str, initiative: str | None = None, panel: str | None = None
    ) -> NewLogin:
        """Make a login with a one-time password."""
        if role not in STAFF_ROLES:
            raise Refusal("bad_role", f"A role is one of {', '.join(STAFF_ROLES)}.")
        home = self._initiatives.meant_by(initiative)
        held = None if panel is None else self._panels.meant_by(panel, home.id)
        password = one_time_password()
        person = NewStaff(login, name, role, home.id, None if held is None else held.id)
        role_name = self._register.add_staff(person, password)
        return NewLogin(login, role_name, password, held)

    def reset(self, login: str) -> str:
        """Give a new one-time password and return it."""
        password = one_time_password()
        self._register.reset_staff(login, password)
        return password

    def disable(self, login: str) -> None:
        """Close a login."""
        self._register.disable_staff(login)

    def all(self) -> list[StaffMember]:
        """Return everybody with a login."""
        return self._register.staff()


def one_time_password() -> str:
    """Return a password that can be read out over the telephone: four groups of four (79 bits)."""
    return "-".join("".join(secrets.choice(_LEGIBLE) for _ in range(4)) for _ in range(4))
