"""A schedule on the sample people, in its window."""

import pytest
from PySide6.QtCore import Qt

from coordinator_app.bootstrap.screens.schedule import build
from coordinator_app.domain.activity import Visit
from coordinator_app.domain.ids import MemberId
from tests.ui.screens.framing import Driven
from tests.ui.screens.sample_people import made

CONTROL = Qt.KeyboardModifier.ControlModifier
SAVE = (Qt.Key.Key_Return, CONTROL)


class Scheduled(Driven):
    """The screen with what its keys reach."""

    @property
    def form(self):
        return self.view.form

    def ask_for(self, number: str) -> MemberId:
        """Do what A on somebody's row does."""
        return self.open_for(number)

    def visits(self, number: str) -> tuple[Visit, ...]:
        """Every revision on the disk about a person."""
        with self.parts.desk.calls._open_shelves() as shelves:
            return shelves.acts.of(Visit, MemberId(made("member", number)))


@pytest.fixture
def make_schedule(in_window):
    def make(theme, lang="en") -> Scheduled:
        return Scheduled(*in_window(build, theme, lang))

    return make


@pytest.fixture
def schedule(make_schedule, theme) -> Scheduled:
    return make_schedule(theme)
