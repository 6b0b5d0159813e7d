"""Python's garbage is collected on the window's thread only: a QObject in a cycle freed on a lane is a crash.

Automatic collection runs on whatever thread happens to allocate, and view-models, their signals and the closures
between them are cycles. Here the same thresholds are kept, but looked at by a timer of the window.
"""

import gc

from PySide6.QtCore import QObject, QTimer

LOOK_MS = 1_000


class WindowCollector(QObject):
    """Takes automatic collection away from every thread and collects on its own, until it is stopped."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Collect the oldest generation that is due, if one is."""
        due = [
            age
            for age, (count, most) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True))
            if count > most
        ]
        if due:
            gc.collect(max(due))

    def stop(self) -> None:
        """Give collection back."""
        self._timer.stop()
        gc.enable()
