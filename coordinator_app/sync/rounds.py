"""A round as people hear of it: what came, what went, what waits, and whether the centre was reached at all."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from coordinator_app.domain.travel import PanelState
from coordinator_app.domain.trouble import Refusal, Trouble
from coordinator_app.sync.access import AccessSending
from coordinator_app.sync.exchange import Exchange, Received
from coordinator_app.sync.ports import Desk, Progress

log = logging.getLogger(__name__)

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

    def __init__(self, exchange: Exchange, desk: Desk, access: AccessSending | None = None) -> None:
        self._exchange, self._desk, self._access = exchange, desk, access

    def run(self, is_stopped: Callable[[], bool] = lambda: False, progress: Progress | None = None) -> Report:
        """Send and receive once."""
        received, state = Received(), ONLINE
        try:
            self._exchange.round(is_stopped, progress, received)
        except Trouble as trouble:
            if trouble.code != OFFLINE:
                raise
            state = OFFLINE
        if state == ONLINE and self._access is not None:
            self._send_access(self._access)
        return Report(received, self._desk.waiting_count(), state, self._desk.panels())

    def verify(self) -> int:
        """Compare with the centre member by member and mend what differs; say how many differed."""
        differing = self._exchange.verify()
        if differing:
            self._exchange.round()
        return differing

    @staticmethod
    def _send_access(access: AccessSending) -> None:
        try:
            access.run()
        except (Refusal, Trouble) as failure:
            # It waits for the next round; what a nurse sent and received stands.
            log.warning("access log not sent", extra={"code": failure.code})
