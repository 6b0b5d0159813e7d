"""Sync in the window: one round at a time on the network lane, asked for by the timetable, by F5 and by a save."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from coordinator_app.bootstrap.ending import WIPE
from coordinator_app.domain.trouble import Refusal, Trouble
from coordinator_app.jobs.pausing import Pausing
from coordinator_app.jobs.sync_round import NAME, SyncRound
from coordinator_app.jobs.timetable import Timetable
from coordinator_app.services.touched import Touched
from coordinator_app.sync.rounds import OFFLINE, Report, Rounds
from coordinator_app.ui.frame_model import Connection
from coordinator_app.ui.shared.courier import Errands, Lane
from coordinator_app.ui.shared.noticeboard import Noticeboard

SAVED_MS = 2_000
"""How long after a save a round is asked for, so that a call and its lesson travel together."""

_OURS = Touched.CALLS | Touched.VISITS | Touched.TEACHING | Touched.LETTERS | Touched.REVIEWS


class Syncing(QObject):
    """Runs rounds and says how it stands; nothing here ever waits.

    Signals:
        connection_changed(Connection): how it stands with the centre.
        moved(int, int): people of a first copy that are here, of how many.
        reported(Report): a round is over, the centre was reached or not.
        wished(): a round is wanted; from any thread.
        ordered(): the centre has this profile ended; what waited was sent.
    """

    connection_changed = Signal(object)
    moved = Signal(int, int)
    reported = Signal(object)
    wished = Signal()
    ordered = Signal()
    _paged = Signal(int, int)
    _answered = Signal(object)
    _failed = Signal(object)

    def __init__(
        self,
        rounds: Rounds,
        courier: Errands,
        noticeboard: Noticeboard,
        now: Callable[[], datetime],
        failure: Callable[[Refusal | Trouble], str],
    ) -> None:
        super().__init__()
        self._courier, self._noticeboard, self._now, self._failure = courier, noticeboard, now, failure
        self._round = SyncRound(rounds, self._answered.emit, self._failed.emit, self._paged.emit)
        self._timetable = Timetable()
        self._pausing = Pausing(random.random)
        self._connection = Connection()
        self._is_under_way = self._is_wanted_again = False
        self._after_save = QTimer(self)
        self._after_save.setSingleShot(True)
        self._after_save.setInterval(SAVED_MS)
        self._after_save.timeout.connect(self.sync_now)
        queued = Qt.ConnectionType.QueuedConnection
        self.wished.connect(self.sync_now, queued)
        self._paged.connect(self._take_page, queued)
        self._answered.connect(self._take_report, queued)
        self._failed.connect(self._take_failure, queued)
        noticeboard.touched.connect(self._look)

    def begin(self) -> None:
        """Sync now and from time to time."""
        self._timetable.start()
        self.sync_now()

    def stop(self) -> None:
        """Ask for no more rounds and end the one under way after its page."""
        self._timetable.stop()
        self._after_save.stop()
        self._round.stop()

    def sync_now(self) -> None:
        """Send and receive; while a round is under way another follows it."""
        if self._is_under_way:
            self._is_wanted_again = True
            return
        self._is_under_way = True
        self._tell(replace(self._connection, is_syncing=True))
        self._courier.send(Lane.NETWORK, self._round, to=self._end, failed=self._crash, asker=self)

    def _end(self, _nothing: object) -> None:
        self._is_under_way = False
        is_in_use = QGuiApplication.applicationState() is Qt.ApplicationState.ApplicationActive
        pause = self._pausing.next(is_in_use=is_in_use)
        self._timetable.once(NAME, pause, self.wished.emit, lambda wish: wish())
        if self._is_wanted_again:
            self._is_wanted_again = False
            self.sync_now()

    def _crash(self, error: BaseException) -> None:
        self._is_under_way = False
        self._tell(replace(self._connection, is_syncing=False))
        raise error

    def _take_page(self, done: int, total: int) -> None:
        self._tell(replace(self._connection, done=done, total=total))
        self.moved.emit(done, total)
        self._noticeboard.post(Touched.PANEL)

    def _take_report(self, report: Report) -> None:
        since = None
        if report.state == OFFLINE:
            since = self._connection.offline_since or self._now()
            self._pausing = self._pausing.refused()
        else:
            self._pausing = self._pausing.reached()
        self._tell(Connection(is_known=True, offline_since=since))
        self.moved.emit(0, 0)
        self.reported.emit(report)
        self._noticeboard.post(Touched.everything() if report.received.changed_anything else Touched.SYNC)

    def _take_failure(self, failure: Refusal | Trouble) -> None:
        if failure.code == WIPE:
            self.ordered.emit()
            return
        self._pausing = self._pausing.refused()
        self._tell(Connection(is_known=True, trouble=self._failure(failure)))
        self.moved.emit(0, 0)
        self._noticeboard.post(Touched.SYNC)

    def _tell(self, connection: Connection) -> None:
        self._connection = connection
        self.connection_changed.emit(connection)

    def _look(self, touched: Touched) -> None:
        # While the centre turns everybody away, a save waits with the rest for its turn.
        if touched & _OURS and not touched & Touched.SYNC and not self._pausing.is_backing_off:
            self._after_save.start()
