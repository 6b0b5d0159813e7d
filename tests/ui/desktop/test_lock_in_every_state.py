"""The idle lock wherever it finds her: in a call, in a dialog, before a page to print; nothing is lost."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from coordinator_app.domain.ids import MemberId
from tests.ui.desktop.conftest import PASSPHRASE
from tests.ui.screens.sample_people import made

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
MARIA = MemberId(made("member", "204 118"))

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
"""The display-less plugin has no windows above windows and says so."""


def press(*keys, modifier=Qt.KeyboardModifier.NoModifier):
    for key in keys:
        QTest.keyClick(QApplication.focusWidget(), key, modifier)


def over(desktop):
    """Return what of this program stands on the screen beside the window."""
    return [each for each in QApplication.topLevelWidgets() if each.isVisible() and each is not desktop.window]


@pytest.fixture
def go(desktop, qtbot):
    """Show a screen for somebody and wait until it was read."""
    courier = desktop.parts.courier

    def to(screen):
        qtbot.waitUntil(lambda: courier.is_idle)
        desktop.ways.go(screen, MARIA)
        qtbot.waitUntil(lambda: courier.is_idle)
        QApplication.processEvents()
        qtbot.waitUntil(lambda: courier.is_idle)
        return desktop.window.stack.currentWidget()

    return to


@pytest.fixture
def unlock(desktop, qtbot):
    def with_passphrase():
        assert desktop.curtain.is_closed
        assert not desktop.window.stack.isVisible()
        # What stood over the window had the keyboard; a window manager gives it back.
        desktop.window.activateWindow()
        qtbot.waitUntil(lambda: QApplication.focusWidget() is desktop.curtain.field.line)
        QTest.keyClicks(QApplication.focusWidget(), PASSPHRASE)
        press(Key.Key_Return)
        qtbot.waitUntil(lambda: not desktop.curtain.is_closed)

    return with_passphrase


def test_a_call_goes_on_beneath_the_lock_with_its_note_and_its_time(desktop, go, unlock, sample, qtbot):
    view = go("call")
    press(Key.Key_1)
    press(Key.Key_N, modifier=CTRL)
    QTest.keyClicks(QApplication.focusWidget(), "Weighs sixty-ei")
    here = QApplication.focusWidget()
    sample.now += timedelta(minutes=10)
    desktop.idle.idled.emit()
    qtbot.waitUntil(lambda: desktop.parts.courier.is_idle)
    assert not view.isVisible()
    kept = desktop.desk.drafts.of(MARIA, "call")
    assert kept is not None
    assert kept.content["note"] == "Weighs sixty-ei"
    sample.now += timedelta(minutes=2, seconds=5)
    unlock()
    assert desktop.window.shown == "call"
    assert view.isVisible()
    assert QApplication.focusWidget() is here
    QTest.keyClicks(here, "ght")
    assert view.body.note.note.words() == "Weighs sixty-eight"
    elapsed = []
    view._of.elapsed.connect(elapsed.append)
    view._of._tick()
    assert elapsed == ["12:05"]


def test_the_lock_says_that_a_call_goes_on_and_names_nobody(desktop, go, unlock):
    go("call")
    press(Key.Key_1)
    desktop.idle.idled.emit()
    said = desktop.curtain._signs.accessibleName()
    assert said
    assert "GARC" not in said.upper()
    unlock()


def test_a_dialog_in_a_loop_of_its_own_is_left_and_nothing_is_written(desktop, go, unlock, tmp_path, qtbot):
    view = go("letter")
    seen = []

    def idle_in_the_dialog():
        seen.extend(
            each for each in QApplication.topLevelWidgets() if isinstance(each, QFileDialog) and each.isVisible()
        )
        desktop.idle.idled.emit()

    QTimer.singleShot(200, idle_in_the_dialog)
    view._browse(str(tmp_path / "letter.pdf"))
    assert seen
    assert over(desktop) == []
    assert not list(tmp_path.glob("*.pdf"))
    unlock()
    assert desktop.window.shown == "letter"


def test_a_page_to_be_printed_is_covered_and_is_there_again(desktop, go, unlock, qtbot):
    view = go("letter")
    qtbot.waitUntil(lambda: desktop.parts.courier.is_idle)
    press(Key.Key_1)
    qtbot.waitUntil(lambda: view.desk.page_rect(600, 800).height() > 0)
    desktop.idle.idled.emit()
    assert not view.desk.isVisible()
    assert over(desktop) == []
    unlock()
    assert view.desk.isVisible()


def test_what_was_copied_here_is_gone_with_the_lock(desktop, go, unlock):
    go("call")
    QApplication.clipboard().setText("+14135550161")
    desktop.idle.idled.emit()
    assert QApplication.clipboard().text() == ""
    unlock()


def test_the_list_that_drops_down_over_a_person_is_left(desktop, go, unlock):
    go("patient")
    press(Key.Key_K, modifier=CTRL)
    QTest.keyClicks(QApplication.focusWidget(), "wash")
    desktop.idle.idled.emit()
    assert over(desktop) == []
    unlock()
