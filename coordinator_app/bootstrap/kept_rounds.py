"""Rounds that end with the profile where the centre ordered that."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from typing_extensions import override

from coordinator_app.bootstrap.ending import WIPE
from coordinator_app.domain.trouble import Trouble
from coordinator_app.sync.access import AccessSending
from coordinator_app.sync.exchange import Exchange
from coordinator_app.sync.ports import Desk, Progress
from coordinator_app.sync.rounds import OFFLINE, Report, Rounds

if TYPE_CHECKING:
    from coordinator_app.storage.local.safe import OpenProfile


class KeptRounds(Rounds):
    """Sends what waits first; only a round that reached its end may be the last."""

    def __init__(self, exchange: Exchange, desk: Desk, opened: "OpenProfile", access: AccessSending) -> None:
        super().__init__(exchange, desk, access)
        self._opened = opened

    @override
    def run(self, is_stopped: Callable[[], bool] = lambda: False, progress: Progress | None = None) -> Report:
        report = super().run(is_stopped, progress)
        if report.state != OFFLINE and not is_stopped() and self._opened.read("wipe_ordered"):
            raise Trouble(WIPE, "The center has ordered this computer's panel to be removed.")
        return report
