"""After one person is done and the next is chosen, keys still on their way must not reach the next (practice 16)."""

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from typing_extensions import override

HUSH_MS = 400

_KEYS = frozenset({QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride, QEvent.Type.Shortcut})


class KeyHush(QObject):
    """Discards keys of the whole window for 400 ms, and a key that is held on until it is released.

    Signals:
        ended(): keys count again.
    """

    ended = Signal()

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._is_held = False
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.setInterval(HUSH_MS)
        self._clock.timeout.connect(self.ended)
        app.installEventFilter(self)

    @property
    def is_on(self) -> bool:
        """Whether every key is discarded now."""
        return self._clock.isActive()

    def begin(self) -> None:
        """Discard keys from now."""
        self._is_held = True
        self._clock.start()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() not in _KEYS or not (self._is_held or self.is_on):
            return False
        is_repeated = isinstance(event, QKeyEvent) and event.isAutoRepeat()
        if self.is_on or is_repeated:
            # An override that is taken keeps every shortcut from hearing the press, which is then discarded too.
            event.accept()
            return True
        self._is_held = False
        return False
