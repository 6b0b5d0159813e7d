"""How this desk stands: whose it is, how fresh, what waits."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from coordinator_app.domain.lease import Held
from coordinator_app.services.ports import Clock, OpenShelves


@dataclass(frozen=True, slots=True)
class DeskStatus:
    """What the status bar and ``coordinator status`` say."""

    login: str
    person: str
    role: str
    server: str
    epoch: str
    as_of: datetime | None
    members: int
    waiting: int
    needs_you: int
    frozen_on: date | None
    today: date
    lease: Held = field(default_factory=Held)
    initiatives: tuple[str, ...] = ()
    """The person's initiatives by name; days, calendar and office hours of this desk are those of the first."""


class Status:
    """Reads the desk's own facts."""

    def __init__(self, open_shelves: OpenShelves, clock: Clock, lease: Callable[[], Held] = Held) -> None:
        self._open_shelves, self._clock, self._lease = open_shelves, clock, lease

    def now(self) -> DeskStatus:
        """Return how the desk stands."""
        moment = self._clock.moment()
        with self._open_shelves() as shelves:
            facts = shelves.desk.facts()
            return DeskStatus(
                login=str(facts.get("login", "")),
                person=str(facts.get("name", "")),
                role=str(facts.get("role", "")),
                server=str(facts.get("server", "")),
                epoch=str(facts.get("epoch", "")),
                as_of=shelves.desk.as_of(),
                members=shelves.desk.members(),
                waiting=shelves.desk.waiting(),
                needs_you=shelves.desk.needs_you(),
                frozen_on=moment.today if moment.frozen else None,
                today=moment.today,
                lease=self._lease(),
                initiatives=tuple(str(each.get("name", "")) for each in facts.get("initiatives") or ()),
            )
