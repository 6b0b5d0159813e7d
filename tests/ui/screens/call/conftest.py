"""A call screen on the sample people, in its window."""

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest

from coordinator_app.bootstrap.parts import Parts, Screen
from coordinator_app.bootstrap.screens.call import build
from coordinator_app.domain.ids import MemberId
from coordinator_app.ui.window import MainWindow
from tests.ui.screens.framing import framed, parts_of
from tests.ui.screens.sample_people import made

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@dataclass
class Called:
    """The screen with what its keys reach."""

    parts: Parts
    screen: Screen
    window: MainWindow
    keys: int = 0

    @property
    def view(self):
        return self.screen.widget

    @property
    def model(self):
        return self.view._of

    def call(self, number: str) -> MemberId:
        """Do what C on somebody's row does."""
        member_id = MemberId(made("member", number))
        self.screen.open_for(member_id)
        self.screen.shown()
        self.keys += 1
        return member_id

    def press(self, *keys) -> None:
        """Press keys where the keyboard is; each counts one."""
        for key in keys:
            QCoreApplication.processEvents()
            where = self.window.focusWidget()
            assert where is not None, "no part has the keyboard"
            if isinstance(key, str):
                QTest.keyClick(where, key)
            else:
                plain, modifier = key if isinstance(key, tuple) else (key, Qt.KeyboardModifier.NoModifier)
                QTest.keyClick(where, plain, modifier)
            self.keys += 1


@pytest.fixture
def make_call(sample, desk, courier, noticeboard, qtbot):
    def make(theme, lang="en") -> Called:
        parts = parts_of(theme, desk if lang == "en" else sample.desk(lang), courier, noticeboard)
        screen = build(parts)
        window = framed(theme, screen)
        qtbot.addWidget(window)
        window.show()
        qtbot.waitExposed(window)
        return Called(parts, screen, window)

    return make


@pytest.fixture
def called(make_call, theme) -> Called:
    return make_call(theme)
