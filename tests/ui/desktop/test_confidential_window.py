"""What is confidential of a person is on no screen before it is opened by a key."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

SECRETS = ("dolutegravir", "antiretroviral", "1433868")
TELLING = ("text", "toPlainText", "words", "title", "accessibleName", "accessibleDescription", "toolTip", "windowTitle")


@pytest.fixture
def settled(desktop, qtbot):
    def wait():
        courier = desktop.parts.courier
        qtbot.waitUntil(lambda: courier.is_idle)
        answered = []
        courier.send(next(iter(courier._lanes)), lambda: None, to=answered.append)
        qtbot.waitUntil(lambda: bool(answered) and courier.is_idle)

    return wait


def told_by(part):
    """Return everything one part may tell a person who sees or hears it."""
    for name in TELLING:
        value = getattr(part, name, None)
        yield str(value() if callable(value) else value)
    if isinstance(part, QAbstractItemView) and part.model() is not None:
        model = part.model()
        for row in range(model.rowCount()):
            roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole)
            yield from (str(model.index(row, 0).data(role)) for role in roles)


def everything(window):
    return "\n".join(words for part in [window, *window.findChildren(QWidget)] for words in told_by(part)).lower()


def test_no_screen_shows_what_was_not_opened(desktop, settled, qtbot):
    settled()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(QApplication.focusWidget(), "robin")
    drop = desktop.window.top.find_box
    qtbot.waitUntil(lambda: drop._drop is not None and drop._drop.isVisible())
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    settled()
    assert desktop.window.shown == "patient"
    qtbot.waitUntil(lambda: "lee, robin" in everything(desktop.window))
    seen = {"patient": everything(desktop.window)}
    for screen in [each.key for each in desktop.ways.screens]:
        desktop.ways.go(screen)
        settled()
        seen[screen] = everything(desktop.window)
    assert "confidential item" in seen["patient"]
    leaks = {name: [each for each in SECRETS if each in words] for name, words in seen.items()}
    assert {name: found for name, found in leaks.items() if found} == {}
    # The search is worth something: what a key opens is found by it.
    desktop.ways.go("patient")
    settled()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_O)
    qtbot.waitUntil(lambda: "dolutegravir" in everything(desktop.window))
