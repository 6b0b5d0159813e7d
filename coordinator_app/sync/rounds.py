"""A round as people hear of it: what came, what went, what waits, and whether the centre was reached at all."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from coordinator_app.domain.travel import PanelState
from coordinator_app.domain.trouble import Trouble
from coordinator_app.sync.exchange import Exchange, Received
from coordinator_app.sync.ports import Desk, Progress

OFFLINE = "offline"
ONLINE = "online"


@dataclass(frozen=True, slots=True)
class Report:
    """What a round did, and how the desk stands after it."""

    received: Received
    waiting: int
    state: str
    panels: Sequence[PanelState]


class Rounds:
    """Runs rounds and reports; nobody at home is a report, any other trouble is raised."""

    def __init__(self, exchange: Exchange, desk: Desk) -> None:
        self._exchange, self._desk = exchange, desk

    def run(self, is_stopped: Callable[[], bool] = lambda: False, progress: Progress | None = None) -> Report:
        """Send and receive once."""
        received, state = Received(), ONLINE
        try:
            self._exchange.round(is_stopped, progress, received)
        except Trouble as trouble:
            if trouble.code != OFFLINE:
                raise
            state = OFFLINE
        return Report(received, self._desk.waiting_count(), state, self._desk.panels())

    def verify(self) -> int:
        """Compare with the centre member by member and mend what differs; say how many differed."""
        differing = self._exchange.verify()
        if differing:
            self._exchange.round()
        return differing
