"""The lock comes over every state, holds the keyboard, and gives the work back as it was."""

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QLineEdit, QMenu, QVBoxLayout, QWidget

from coordinator_app.ui.lock import MINUTES, IdleWatch, LockCurtain, LockWords
from coordinator_app.ui.shared.find_box import FoundRow
from coordinator_app.ui.window import FrameWords, MainWindow

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
"""The display-less plugin has no windows above windows and says so."""

WORDS = LockWords("Locked after 10 minutes", "", "Passphrase", "", "Unlock", "Someone else", "Help", "No alarm.")
FRAME = FrameWords("Coordinator", "Find", "Find", "Screens", "Ana Ruiz, RN", "Lock, Ctrl+L")
NAMES = (FoundRow("7", "BROWN, Helen", "Born 3-Mar-1951 (75 y)", "High"),)


class Work(QWidget):
    """A screen with something to type in and something that drops down."""

    def __init__(self):
        super().__init__()
        down = QVBoxLayout(self)
        self.line = QLineEdit()
        self.combo = QComboBox()
        self.combo.addItems(["fax", "mail"])
        for part in (self.line, self.combo):
            down.addWidget(part)


@pytest.fixture
def window(theme, qtbot):
    window = MainWindow(theme, FRAME)
    qtbot.addWidget(window)
    window.add_screen("today", "Today", "today", Work(), digit=1)
    window.show_screen("today")
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    return window


@pytest.fixture
def work(window):
    return window.stack.currentWidget()


@pytest.fixture
def curtain(window, theme):
    curtain = LockCurtain(theme, WORDS, window, covers=window.centralWidget())
    curtain.unlock_wished.connect(lambda words: curtain.open() if words == "right" else curtain.refuse("Not it."))
    return curtain


@pytest.fixture
def now():
    return [1_000.0]


@pytest.fixture
def watch(qapp, now):
    """A watch whose timer and clock a test moves by hand."""
    timer = QTimer()
    watch = IdleWatch(qapp, timer=timer, wall=lambda: now[0])
    yield watch
    watch.stop()
    qapp.removeEventFilter(watch)


def over(window):
    """Return what of this program stands on the screen beside the window."""
    return [each for each in QApplication.topLevelWidgets() if each.isVisible() and each is not window]


def unlock(curtain):
    QTest.keyClicks(curtain.field.line, "right")
    QTest.keyClick(curtain.field.line, Qt.Key.Key_Return)


def test_ten_quiet_minutes_by_the_timer_lock_once(watch, qtbot):
    assert watch._timer.interval() == MINUTES * 60_000
    watch.start()
    with qtbot.waitSignal(watch.idled):
        watch._timer.timeout.emit()


def test_a_key_puts_the_lock_off(watch, window, work, now):
    watch.start()
    now[0] += 540
    QTest.keyClick(work.line, Qt.Key.Key_A)
    now[0] += 540
    QTest.keyClick(work.line, Qt.Key.Key_B)
    assert work.line.text() == "ab"
    assert watch.is_counting


def test_after_a_long_sleep_the_first_key_locks_and_types_nothing(watch, window, work, now):
    idled = []
    watch.idled.connect(lambda: idled.append(True))
    watch.start()
    now[0] += MINUTES * 60
    QTest.keyClick(work.line, Qt.Key.Key_A)
    assert idled == [True]
    assert work.line.text() == ""
    assert not watch.is_counting


def test_an_open_menu_is_left_when_the_lock_comes(window, work, curtain):
    menu = QMenu(work)
    menu.addMenu("Language").addAction("Spanish")
    menu.popup(work.mapToGlobal(QPoint(10, 10)))
    assert over(window)
    curtain.close_over("Locked", "")
    assert over(window) == []
    assert QApplication.focusWidget() is curtain.field.line


def test_a_list_that_dropped_down_is_left_and_nothing_is_chosen(window, work, curtain):
    work.combo.setCurrentIndex(-1)
    work.combo.showPopup()
    curtain.close_over("Locked", "")
    assert over(window) == []
    assert work.combo.currentIndex() == -1


def test_a_dialog_is_left_as_if_nothing_had_been_chosen(window, work, curtain):
    dialog = QFileDialog(work)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    left = []
    dialog.rejected.connect(lambda: left.append(True))
    dialog.setModal(True)
    dialog.show()
    curtain.close_over("Locked", "")
    assert left == [True]
    assert over(window) == []
    QTest.keyClicks(curtain.field.line, "x")
    assert curtain.field.words() == "x"


def test_what_is_typed_stays_and_the_keyboard_comes_back(window, work, curtain):
    work.line.setFocus()
    QTest.keyClicks(work.line, "half a sen")
    curtain.close_over("Locked", "")
    unlock(curtain)
    assert QApplication.focusWidget() is work.line
    assert work.line.text() == "half a sen"


def test_what_comes_late_beneath_cannot_take_the_keyboard(window, work, curtain):
    curtain.close_over("Locked", "")
    work.combo.setFocus()
    assert QApplication.focusWidget() is curtain.field.line
    QTest.keyClicks(QApplication.focusWidget(), "right")
    assert work.combo.currentIndex() == 0
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert not curtain.is_closed


def test_names_found_after_the_lock_are_not_shown_over_it(window, work, curtain):
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(window.top.find_box.line, "bro")
    curtain.close_over("Locked", "")
    window.show_found(NAMES)
    drop = window.top.find_box._drop
    assert drop is None or not drop.isVisible()


def test_locking_twice_keeps_what_was_typed_of_the_passphrase_and_where_the_keyboard_was(window, work, curtain):
    work.line.setFocus()
    curtain.close_over("Locked", "")
    QTest.keyClicks(curtain.field.line, "rig")
    curtain.close_over("Locked", "")
    assert curtain.field.words() == "rig"
    QTest.keyClicks(curtain.field.line, "ht")
    QTest.keyClick(curtain.field.line, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is work.line


def test_a_wrong_passphrase_keeps_the_work_covered(window, work, curtain):
    curtain.close_over("Locked", "")
    QTest.keyClicks(curtain.field.line, "wrong")
    QTest.keyClick(curtain.field.line, Qt.Key.Key_Return)
    assert curtain.is_closed
    assert not work.isVisible()
    assert curtain.field.error == "Not it."
