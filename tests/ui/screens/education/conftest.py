"""A lesson on the sample people, in its window."""

import pytest
from PySide6.QtCore import Qt

from coordinator_app.bootstrap.screens.education import build
from coordinator_app.domain.activity import Teaching
from coordinator_app.domain.ids import MemberId
from coordinator_app.storage.local import profile
from tests.ui.screens.framing import Driven
from tests.ui.screens.sample_people import NOW, made
from tests.ui.screens.sample_store import Sample

CONTROL = Qt.KeyboardModifier.ControlModifier
SAVE = (Qt.Key.Key_Return, CONTROL)


class Taught(Driven):
    """The screen with what its keys reach."""

    @property
    def form(self):
        return self.view.form

    def teach(self, number: str) -> MemberId:
        """Do what E on somebody's row does."""
        return self.open_for(number)

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
def sample(sample) -> Sample:
    """The sample store, enrolled at a server for trying out, which prints drafts."""
    with sample.store.saving() as connection:
        profile.write(connection, {profile.SERVER: "postgresql+psycopg://127.0.0.1:5432/care?keyfile=local.key"})
        connection.commit()
    return sample


@pytest.fixture
def make_lesson(in_window, paper):
    def make(theme, lang="en") -> Taught:
        return Taught(*in_window(lambda parts: build(parts, paper), theme, lang))

    return make


@pytest.fixture
def lesson(make_lesson, theme) -> Taught:
    return make_lesson(theme)
