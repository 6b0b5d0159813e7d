"""A lesson on the sample people, in its window."""

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest

from coordinator_app.bootstrap.desk import Desk
from coordinator_app.bootstrap.parts import Parts, Screen
from coordinator_app.bootstrap.screens.education import build
from coordinator_app.domain.activity import Teaching
from coordinator_app.domain.ids import MemberId
from coordinator_app.storage.local import profile
from coordinator_app.ui.window import MainWindow
from tests.ui.screens.framing import framed, parts_of
from tests.ui.screens.sample_people import NOW, made
from tests.ui.screens.sample_store import Sample

CONTROL = Qt.KeyboardModifier.ControlModifier
SAVE = (Qt.Key.Key_Return, CONTROL)


@dataclass
class Taught:
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

    def teach(self, number: str) -> MemberId:
        """Do what E on somebody's row does."""
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

    def lessons(self, number: str) -> tuple[Teaching, ...]:
        """What was taught since the test began."""
        with self.parts.desk.calls._open_shelves() as shelves:
            every = shelves.acts.of(Teaching, MemberId(made("member", number)))
        return tuple(each for each in every if each.recorded_at >= NOW)


class Paper:
    """A press that keeps what it is given; without a name there is no printer."""

    def __init__(self) -> None:
        self.printers: tuple[str, ...] = ("Front desk",)
        self.printed: list[tuple[str, int]] = []

    def names(self) -> tuple[str, ...]:
        return self.printers

    def put(self, pages, printer: str) -> None:
        self.printed.append((printer, len(pages)))


@pytest.fixture
def paper() -> Paper:
    return Paper()


@pytest.fixture
def sample(filled) -> Sample:
    """The sample store, enrolled at a server for trying out, which prints drafts."""
    sample = filled[0]
    with sample.store.saving() as connection:
        profile.write(connection, {profile.SERVER: "postgresql+psycopg://127.0.0.1:5432/care?keyfile=local.key"})
        connection.commit()
    return sample


@pytest.fixture
def desk(sample) -> Desk:
    return sample.desk()


@pytest.fixture
def make_lesson(sample, desk, courier, noticeboard, paper, qtbot):  # noqa: PLR0917
    def make(theme, lang="en") -> Taught:
        parts = parts_of(theme, desk if lang == "en" else sample.desk(lang), courier, noticeboard)
        screen = build(parts, paper)
        window = framed(theme, screen)
        qtbot.addWidget(window)
        window.show()
        qtbot.waitExposed(window)
        return Taught(parts, screen, window)

    return make


@pytest.fixture
def lesson(make_lesson, theme) -> Taught:
    return make_lesson(theme)
