"""The frame: screens by rail and key, three widths, zoom, the toast, the lock."""

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from coordinator_app.ui.lock import IdleWatch, LockCurtain, LockWords
from coordinator_app.ui.shared.find_box import FoundRow
from coordinator_app.ui.shared.gate import Sign
from coordinator_app.ui.shared.layout import Breadth, Pane
from coordinator_app.ui.shared.status_bar import Status
from coordinator_app.ui.shared.toast import HEIGHT, QUIET_HEIGHT, Toast, ToastLine
from coordinator_app.ui.window import MainWindow

LOCK = LockWords(
    title="Locked after 10 minutes",
    subtitle="Ana Ruiz, RN. Your call and your note are kept.",
    passphrase="Passphrase",
    hint="The key is held on this computer; no network is needed.",
    unlock="Unlock",
    someone_else="Someone else signs in",
    help="Help",
    foot="Not an alarm system and no diagnosis. Absence from the list does not mean no need.",
    demo_note="Fictional people",
    demo="DEMO",
)


class Screen(Pane):
    def __init__(self, theme):
        super().__init__(theme)
        down = self.column()
        self.field = QLineEdit()
        down.addWidget(self.field)
        down.addStretch(1)
        self.toasts = ToastLine(theme)
        down.addWidget(self.toasts)
        self.breadths = []

    def toast_place(self):
        return self.toasts

    def set_breadth(self, breadth):
        self.breadths.append(breadth)


@pytest.fixture
def window(theme, qtbot, frame_words):
    window = MainWindow(theme, frame_words)
    qtbot.addWidget(window)
    for digit, (key, title, icon) in enumerate(
        [("today", "Today", "today"), ("patient", "Patient", "patient"), ("call", "Call", "call")], start=1
    ):
        window.add_screen(key, title, icon, Screen(theme), digit=digit)
    window.add_screen("needs", "Needs you", "needs", Screen(theme), at_foot=True)
    window.screen_wished.connect(window.show_screen)
    window.show_screen("today")
    window.show_status(Status("Online", ("Synced 10:42", "3 waiting to send", "Panel 412"), "Tue 24-Nov-2026  10:43"))
    window.show()
    qtbot.waitExposed(window)
    return window


@pytest.mark.parametrize(("width", "height"), [(960, 540), (1360, 850), (1920, 1080)])
def test_the_frame_holds_its_size_at_the_three_drawn_widths(window, picture, either_theme, width, height):
    window.set_count("needs", 2)
    window.show_toast(Toast("Saved. BROWN, Helen: no answer. Next try Wed 25-Nov, morning", "Undo", 7))
    picture(window, f"frame-{width}-{either_theme.tokens.name}", width, height)
    assert window.rail.width() == (60 if width == 960 else 172)
    assert window.breadth is Breadth.of(width)
    assert window.stack.currentWidget().breadths[-1] is window.breadth
    assert window.top.height() == 52
    assert window.status.height() == 32


def test_ctrl_and_a_digit_asks_for_a_screen_and_the_rail_marks_it(window, qtbot):
    with qtbot.waitSignal(window.screen_wished) as wished:
        QTest.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert wished.args == ["patient"]
    marked = {key for key, item in window.rail._items.items() if item.isChecked()}
    assert marked == {"patient"}


def test_what_needs_a_person_is_on_the_rail_only_while_something_does(window):
    item = window.rail._items["needs"]
    assert not item.isVisible()
    window.set_count("needs", 2)
    assert item.isVisible()
    assert item.accessibleName() == "Needs you, 2"
    window.set_count("needs", 0)
    assert not item.isVisible()


def test_ctrl_equals_and_minus_change_every_size_and_come_back(window, theme):
    before = window.rail.width()
    QTest.keyClick(window, Qt.Key.Key_Equal, Qt.KeyboardModifier.ControlModifier)
    assert theme.zoom == 115
    assert window.status.height() == round(32 * 1.15)
    QTest.keyClick(window, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    assert (theme.zoom, window.rail.width()) == (100, before)


def test_the_toast_is_taken_back_by_its_key_and_only_while_it_is_shown(window, qtbot):
    undone = []
    window.toast_undone.connect(undone.append)
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    window.show_toast(Toast("Saved.", "Undo", 7))
    assert window.stack.currentWidget().toasts.isVisible()
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert undone == [7]
    assert not window.stack.currentWidget().toasts.isVisible()


def test_undo_goes_where_the_person_goes(window):
    undone, gone = [], []
    window.toast_undone.connect(undone.append)
    window.toast_gone.connect(gone.append)
    window.show_toast(Toast("Saved.", "Undo", 7))
    window.show_screen("call")
    assert window.stack.currentWidget().toasts.isVisible()
    assert gone == []
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert undone == [7]


def test_a_toast_from_before_is_small_over_other_work_and_still_taken_back(window, qtbot):
    class Work(QWidget):
        def quiets_toasts(self):
            return True

    undone = []
    window.toast_undone.connect(undone.append)
    window.add_page("work", Work())
    window.show_toast(Toast("Saved.", "Undo", 7))
    window.show_screen("work", "today")
    place = next(each for each in window.findChildren(ToastLine) if each.isVisible())
    assert place.height() == QUIET_HEIGHT
    window.show_toast(Toast("Taught.", "Undo", 8))
    qtbot.waitUntil(lambda: place.height() == HEIGHT)
    window.show_screen("today")
    window.show_screen("work", "today")
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert undone == [8]


def test_a_toast_without_undo_offers_none(window):
    undone = []
    window.toast_undone.connect(undone.append)
    window.show_toast(Toast("Offline. 3 waiting to send."))
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert undone == []


def test_the_find_box_opens_what_was_found_without_a_mouse(window, qtbot, picture):
    opened = []
    window.find_opened.connect(opened.append)
    found = (
        FoundRow("7", "BROWN, Helen", "Born 3-Mar-1951 (75 y) · Female · ID DEMO 204 007", "High"),
        FoundRow("8", "BROWN, Walter", "Born 9-Jan-1956 (70 y) · Male · ID DEMO 204 008", "Low"),
    )
    window.find_typed.connect(lambda words: window.show_found(found if words == "bro" else ()))
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    field = window.top.find_box.line
    assert QApplication.focusWidget() is field
    QTest.keyClicks(field, "bro")
    picture(window, "frame-found", 1360, 850)
    QTest.keyClick(field, Qt.Key.Key_Down)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert opened == ["8"]
    assert field.text() == ""


def test_the_lock_hides_the_work_and_gives_the_keyboard_back_to_the_same_field(window, theme, qtbot, picture):
    field = window.stack.currentWidget().field
    field.setFocus()
    curtain = LockCurtain(theme, LOCK, window, covers=window.centralWidget())
    wished = []
    window.screen_wished.connect(wished.append)
    curtain.unlock_wished.connect(lambda words: curtain.open() if words == "right" else curtain.refuse("Not the one."))
    curtain.close_over(
        LOCK.title,
        LOCK.subtitle,
        (
            Sign("call", "Call in progress 04:32, draft saved 10:47:09", is_strong=True),
            Sign("offline", "Offline since 10:42, 3 waiting to send"),
        ),
    )
    picture(window, "lock", 1360, 850)
    assert curtain.size() == QSize(1360, 850)
    assert not field.isVisible()
    QTest.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert wished == []
    QTest.keyClicks(curtain.field.line, "wrong")
    QTest.keyClick(curtain.field.line, Qt.Key.Key_Return)
    assert curtain.field.error == "Not the one."
    assert curtain.field.words() == ""
    QTest.keyClicks(curtain.field.line, "right")
    QTest.keyClick(curtain.field.line, Qt.Key.Key_Return)
    assert field.isVisible()
    assert QApplication.focusWidget() is field


def test_quiet_minutes_lock_and_a_key_puts_it_off(window, qapp, qtbot):
    watch = IdleWatch(qapp, minutes=0.005)
    with qtbot.waitSignal(watch.idled, timeout=5000):
        watch.start()
    assert not watch.is_counting
    QTest.keyClick(window, Qt.Key.Key_Shift)
    assert not watch.is_counting
    qapp.removeEventFilter(watch)
