"""Plays a window by key events, as a person would who looks before the next key."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from coordinator_app.bootstrap.desktop import Desktop

PATIENCE_SECONDS: Final = 20.0
_LOOK_MS: Final = 15
_CALM_LOOKS: Final = 3
_MOST_TABS: Final = 40


class NothingHappened(RuntimeError):
    """What should have come to be on the screen did not within the patience there is."""


class Fingers:
    """Keys for one desktop; before each key everything that is under way comes to rest."""

    def __init__(self, desktop: Desktop) -> None:
        self._desktop = desktop

    def press(self, *keys: str) -> None:
        """Press keys one after the other, written as in menus: ``C``, ``Ctrl+Return``."""
        for each in keys:
            self.settle()
            QTest.keySequence(self._target(), QKeySequence(each))

    def type(self, words: str) -> None:
        """Type words into what has the keyboard."""
        self.settle()
        QTest.keyClicks(self._target(), words)

    def go_to(self, name: str) -> None:
        """Press Tab until a field is reached whose name begins so."""
        for _ in range(_MOST_TABS):
            focused = QApplication.focusWidget()
            if focused is not None and focused.accessibleName().startswith(name):
                return
            self.press("Tab")
        raise NothingHappened(f"no field that begins with {name}")

    def sync(self) -> None:
        """Press F5 and wait until the round is over."""
        syncing = self._desktop.syncing
        if syncing is None:
            return
        told: list[object] = []
        syncing.reported.connect(told.append)
        self.press("F5")
        self.wait(lambda: bool(told), "the round did not end")
        syncing.reported.disconnect(told.append)
        self.settle()

    def settle(self) -> None:
        """Wait until no lane works, every answer is shown, and keys count again."""
        calm = 0
        while calm < _CALM_LOOKS:
            self.wait(lambda: self._desktop.is_idle, "a lane does not come to rest")
            QTest.qWait(_LOOK_MS)
            calm = calm + 1 if self._desktop.is_idle else 0
        self.wait(lambda: not self._desktop.hush.is_on, "keys stay discarded")

    def picture(self, file: Path) -> None:
        """Keep what the window shows."""
        self.settle()
        self._desktop.window.grab().save(str(file))

    def wait(self, is_so: Callable[[], bool], complaint: str) -> None:
        """Let the window live until something is so."""
        until = time.monotonic() + PATIENCE_SECONDS
        while not is_so():
            if time.monotonic() > until:
                raise NothingHappened(complaint)
            QTest.qWait(10)

    def _target(self) -> QWidget:
        return QApplication.focusWidget() or self._desktop.window
