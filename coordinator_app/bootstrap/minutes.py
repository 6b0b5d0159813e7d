"""What goes by the minute in the window: the time that was seen, the lease, and rows whose promised hour has come."""

from PySide6.QtCore import QObject, QTimer, Signal

from coordinator_app.domain.lease import Held, Standing
from coordinator_app.services.lease import LeaseKeeper
from coordinator_app.services.touched import Touched
from coordinator_app.services.work_queue import WorkQueue
from coordinator_app.ui.shared.courier import Errands, Lane

MINUTE_MS = 60_000


class Minutes(QObject):
    """Looks at once and then every minute.

    Signals:
        locked(Held): the lease lets nobody look any more.
        touched(Touched): what was written again because time went on.
    """

    locked = Signal(object)
    touched = Signal(object)

    def __init__(self, lease: LeaseKeeper, queue: WorkQueue, courier: Errands) -> None:
        super().__init__()
        self._lease, self._queue, self._courier = lease, queue, courier
        self._timer = QTimer(self)
        self._timer.setInterval(MINUTE_MS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Look now and every minute."""
        self._timer.start()
        self.look()

    def stop(self) -> None:
        """Look no more."""
        self._timer.stop()

    def look(self) -> None:
        """Look now."""
        self._courier.send(Lane.WRITE, self._work, to=self._tell, asker=self)

    def _work(self) -> tuple[Held, Touched]:
        found = self._lease.tick()
        return found, Touched.nothing() if found.standing >= Standing.LOCKED else self._queue.freshen()

    def _tell(self, told: tuple[Held, Touched]) -> None:
        found, touched = told
        if found.standing >= Standing.LOCKED:
            self.locked.emit(found)
        self.touched.emit(touched)
