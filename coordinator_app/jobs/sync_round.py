"""One push and one pull. The timetable says when, the lane says where."""

import logging
from collections.abc import Callable
from threading import Event

from coordinator_app.domain.trouble import Refusal, Trouble
from coordinator_app.sync.ports import Progress
from coordinator_app.sync.rounds import OFFLINE, Report, Rounds

log = logging.getLogger(__name__)

NAME = "sync"


class SyncRound:
    """A round that never raises what is only the world's weather; ``announce`` hears of each one, reached or not."""

    def __init__(
        self,
        rounds: Rounds,
        announce: Callable[[Report], None],
        trouble_told: Callable[[Refusal | Trouble], None],
        progress: Progress | None = None,
    ) -> None:
        self._rounds, self._announce = rounds, announce
        self._trouble_told, self._progress = trouble_told, progress
        self._stop = Event()

    def __call__(self) -> None:
        """Run one round on the lane of whoever calls."""
        try:
            report = self._rounds.run(self._stop.is_set, self._progress)
        except (Refusal, Trouble) as trouble:
            log.warning("sync put off", extra={"code": trouble.code})
            self._trouble_told(trouble)
            return
        if report.state == OFFLINE:
            log.info("center not reached", extra={"count": report.waiting})
        self._announce(report)

    def stop(self) -> None:
        """End a round after the page that is under way."""
        self._stop.set()
