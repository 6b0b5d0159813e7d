"""Keys: what belongs to a list, what belongs to a field, and what belongs to the screen even while one types."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence

from coordinator_app.ui.shared.actions import HERE, WITHIN, act, shown_keys
from coordinator_app.ui.shared.buttons import KeyButton
from coordinator_app.ui.shared.fields import LineField
from coordinator_app.ui.shared.layout import Pane
from coordinator_app.ui.shared.note_field import NoteField
from coordinator_app.ui.shared.queue_delegate import QueueDelegate, queue_model
from coordinator_app.ui.shared.row_list import RowList

CONTROL = Qt.KeyboardModifier.ControlModifier


class Screen(Pane):
    def __init__(self, theme, rows):
        super().__init__(theme)
        self.done = []
        self.list = RowList(theme, queue_model(), QueueDelegate(theme), "Call today")
        self.list.show_rows(rows)
        self.list.choose_first()
        self.note = NoteField(theme, "Note")
        self.line = LineField(theme, "Born")
        self.call = act(self.list, "Call", "C", lambda: self.done.append("call"), where=HERE)
        self.button = KeyButton(theme, self.call)
        down = self.column()
        for part in (self.list, self.note, self.line, self.button):
            down.addWidget(part)
        for words, keys in (("Save", "Ctrl+Return"), ("Back", "Esc"), ("Find", "Ctrl+K"), ("Next step", "Ctrl+D")):
            act(self, words, keys, lambda words=words: self.done.append(words), where=WITHIN)
        act(self, "Undo", "Ctrl+Z", lambda: self.done.append("Undo"), where=WITHIN)


@pytest.fixture
def screen(theme, qtbot, rows):
    screen = Screen(theme, rows)
    qtbot.addWidget(screen)
    screen.resize(800, 600)
    screen.show()
    qtbot.waitExposed(screen)
    return screen


def test_a_letter_calls_in_the_list_and_types_in_a_note(screen, qtbot):
    screen.list.setFocus()
    qtbot.keyClick(screen.list, Qt.Key.Key_C)
    screen.note.paper.setFocus()
    qtbot.keyClicks(screen.note.paper, "c")
    assert screen.done == ["call"]
    assert screen.note.words() == "c"


@pytest.mark.parametrize("place", ["note", "line"])
def test_the_keys_of_the_screen_work_while_one_types(screen, qtbot, place):
    field = getattr(screen, place).field
    field.setFocus()
    qtbot.keyClicks(field, "Feels better")
    for key in (Qt.Key.Key_K, Qt.Key.Key_D, Qt.Key.Key_Return):
        qtbot.keyClick(field, key, CONTROL)
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert screen.done == ["Find", "Next step", "Save", "Back"]
    assert getattr(screen, place).words() == "Feels better"


@pytest.mark.parametrize("place", ["note", "line"])
def test_ctrl_z_takes_typing_back_first_and_then_what_was_saved(screen, qtbot, place):
    field = getattr(screen, place).field
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_Z, CONTROL)
    assert screen.done == ["Undo"]
    qtbot.keyClicks(field, "x")
    qtbot.keyClick(field, Qt.Key.Key_Z, CONTROL)
    assert getattr(screen, place).words() == ""
    assert screen.done == ["Undo"]


def test_enter_opens_the_current_row_and_presses_the_button_that_has_the_keyboard(screen, qtbot, rows):
    screen.list.setFocus()
    with qtbot.waitSignal(screen.list.opened) as told:
        qtbot.keyClick(screen.list, Qt.Key.Key_Return)
    assert told.args == [rows[0]]
    screen.button.setFocus()
    qtbot.keyClick(screen.button, Qt.Key.Key_Return)
    assert screen.done == ["call"]


def test_a_button_follows_its_act(screen):
    screen.call.setEnabled(False)
    assert not screen.button.isEnabled()
    screen.call.setText("Call again")
    screen.call.setShortcut(QKeySequence("Ctrl+G"))
    assert screen.button.accessibleName() == "Call again, Ctrl+G"


def test_a_row_stays_current_when_the_list_around_it_changes(screen, rows, qtbot):
    screen.list.choose(rows[3].key)
    screen.list.show_rows(rows[2:])
    assert screen.list.current() == rows[3]
    screen.list.show_rows((rows[2], *rows[4:]))
    assert screen.list.current() == rows[4]
    screen.list.show_rows(())
    assert screen.list.current() is None


def test_caps_say_enter_and_esc(theme):
    assert shown_keys(QKeySequence("Ctrl+Return")) == "Ctrl+Enter"
    assert shown_keys(QKeySequence("Esc")) == "Esc"
