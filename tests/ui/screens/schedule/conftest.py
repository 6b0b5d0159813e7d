"""A schedule on the sample people, in its window."""

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest

from coordinator_app.bootstrap.parts import Parts, Screen
from coordinator_app.bootstrap.screens.schedule import build
from coordinator_app.domain.activity import Visit
from coordinator_app.domain.ids import MemberId
from coordinator_app.ui.window import MainWindow
from tests.ui.screens.framing import framed, parts_of
from tests.ui.screens.sample_people import made

CONTROL = Qt.KeyboardModifier.ControlModifier
SAVE = (Qt.Key.Key_Return, CONTROL)


@dataclass
class Scheduled:
    """The screen with what its keys reach."""

    parts: Parts
    screen: Screen
    window: MainWindow
    keys: int = 0

    @property
    def view(self):
        return self.screen.widget

    @property
    def form(self):
        return self.view.form

    def ask_for(self, number: str) -> MemberId:
        """Do what A on somebody's row does."""
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

    def visits(self, number: str) -> tuple[Visit, ...]:
        """Every revision on the disk about a person."""
        with self.parts.desk.calls._open_shelves() as shelves:
            return shelves.acts.of(Visit, MemberId(made("member", number)))


@pytest.fixture
def make_schedule(sample, desk, courier, noticeboard, qtbot):
    def make(theme, lang="en") -> Scheduled:
        parts = parts_of(theme, desk if lang == "en" else sample.desk(lang), courier, noticeboard)
        screen = build(parts)
        window = framed(theme, screen)
        qtbot.addWidget(window)
        window.show()
        qtbot.waitExposed(window)
        return Scheduled(parts, screen, window)

    return make


@pytest.fixture
def schedule(make_schedule, theme) -> Scheduled:
    return make_schedule(theme)
