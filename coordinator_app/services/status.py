"""How this desk stands: whose it is, how fresh, what waits."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from coordinator_app.domain.clock import is_off
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
    # The centre's time minus this computer's, where a person is to know.
    clock_off: timedelta = timedelta()
    # Why work waits although the centre was reached: a code, empty where nothing does.
    held_back: str = ""
    set_aside: int = 0
    # The last day on which this program may receive, where one was named.
    pull_until: date | None = None
    initiatives: tuple[str, ...] = ()
    """The person's initiatives by name; days, calendar and office hours of this desk are those of the first."""


class Status:
    """Reads the desk's own facts."""

    def __init__(
        self,
        open_shelves: OpenShelves,
        clock: Clock,
        lease: Callable[[], Held] = Held,
        clock_off: Callable[[Mapping[str, Any]], timedelta] = lambda _: timedelta(),
    ) -> None:
        self._open_shelves, self._clock, self._lease, self._clock_off = open_shelves, clock, lease, clock_off

    def now(self) -> DeskStatus:
        """Return how the desk stands."""
        moment = self._clock.moment()
        with self._open_shelves() as shelves:
            facts = shelves.desk.facts()
            clock_off = self._clock_off(facts)
            until = facts.get("pull_until")
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
                clock_off=clock_off if is_off(clock_off) else timedelta(),
                held_back=shelves.desk.held_back(),
                set_aside=shelves.desk.set_aside_count(),
                pull_until=date.fromisoformat(until) if until else None,
                initiatives=tuple(str(each.get("name", "")) for each in facts.get("initiatives") or ()),
            )
