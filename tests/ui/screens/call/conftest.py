"""A call screen on the sample people, in its window."""

import pytest
from PySide6.QtCore import Qt

from coordinator_app.bootstrap.screens.call import build
from coordinator_app.domain.ids import MemberId
from tests.ui.screens.framing import Driven

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


class Called(Driven):
    """The screen with what its keys reach."""

    @property
    def model(self):
        return self.view._of

    def call(self, number: str) -> MemberId:
        """Do what C on somebody's row does."""
        return self.open_for(number)


@pytest.fixture
def make_call(in_window):
    def make(theme, lang="en") -> Called:
        return Called(*in_window(build, theme, lang))

    return make


@pytest.fixture
def called(make_call, theme) -> Called:
    return make_call(theme)
