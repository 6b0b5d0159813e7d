"""Where a write says what it touched, and every screen that cares looks again."""

from PySide6.QtCore import QObject, Signal

from coordinator_app.services.touched import Touched


class Noticeboard(QObject):
    """One per window; build it on the window's thread.

    Signals:
        touched(Touched): records of these kinds have changed on this computer.
    """

    touched = Signal(object)
    _posted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._posted.connect(self._tell)

    def post(self, touched: Touched) -> None:
        """Say what changed; from the window's thread it is heard at once, from a lane in turn."""
        if touched:
            self._posted.emit(touched)

    def _tell(self, touched: Touched) -> None:
        self.touched.emit(touched)
