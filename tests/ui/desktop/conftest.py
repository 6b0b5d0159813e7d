"""The whole window of one nurse on the sample panel, with real lanes."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from coordinator_app.bootstrap.desk import Desk
from coordinator_app.bootstrap.desktop import Around, Desktop
from coordinator_app.domain.trouble import Refusal
from coordinator_app.ui.shared.courier import Courier, LanesClosed
from coordinator_app.ui.shared.theme import Theme

PASSPHRASE = "eleven green lamps"


def hear(passphrase: str) -> None:
    if passphrase != PASSPHRASE:
        raise Refusal("wrong_passphrase", "The passphrase is wrong.")


@pytest.fixture
def faults() -> list[BaseException]:
    return []


@pytest.fixture
def desktop(theme: Theme, desk: Desk, faults: list[BaseException], qapp: QApplication, qtbot) -> Iterator[Desktop]:
    courier = Courier(lambda error: None if isinstance(error, LanesClosed) else faults.append(error))
    made = Desktop(Around(qapp, theme, courier, hear, is_demo=True), desk, "Ana Ruiz, RN")
    qtbot.addWidget(made.window)
    made.begin()
    made.window.activateWindow()
    qtbot.waitUntil(made.window.isActiveWindow)
    qtbot.waitUntil(lambda: courier.is_idle and QApplication.focusWidget() is not None)
    yield made
    made.finish()
    # What listens to the whole application must not outlive its window.
    for part in (made.hush, made.idle):
        part.deleteLater()
    assert faults == []
