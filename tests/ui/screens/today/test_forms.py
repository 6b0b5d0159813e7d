"""A form in the pane is about the person it was opened for, whoever is chosen by the time it is saved (practice 16)."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from coordinator_app.domain.activity import Note, Response
from tests.ui.screens.framing import LateCourier

CONTROL = Qt.KeyboardModifier.ControlModifier


def choose(today, name):
    rows = today.list_side.rows
    found = next(each for each in rows.rows.rows if each.name.startswith(name))
    assert rows.choose(found.key)
    return found.key


def kept(desk, kind):
    with desk.queue._open_shelves() as shelves:
        return shelves.acts.of_all(kind)


def test_a_note_stays_with_the_person_it_was_begun_for(view, desk):
    today = view()
    her = choose(today, "GARCÍA")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_N)
    QTest.keyClicks(QApplication.focusWidget(), "asks for large print")
    field = QApplication.focusWidget()
    other = choose(today, "NGUYEN")
    today.note.field.say_now()
    assert desk.drafts.of(her, "note").content == {"text": "asks for large print"}
    assert desk.drafts.of(other, "note") is None
    QTest.keyClick(field, Qt.Key.Key_Return, CONTROL)
    assert [(note.member_id, note.text) for note in kept(desk, Note)] == [(her, "asks for large print")]


def test_a_reason_is_put_off_for_the_person_who_was_asked_about(view, desk):
    today = view()
    her = choose(today, "NGUYEN")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_S)
    asked = QApplication.focusWidget()
    choose(today, "O’BRIEN")
    for key in (Qt.Key.Key_2, Qt.Key.Key_1):
        QTest.keyClick(asked, key)
    assert {response.member_id for response in kept(desk, Response)} == {her}


def test_a_draft_that_is_found_late_is_not_put_into_the_next_persons_note(view, desk, acts):
    today = view()
    late = acts._courier = LateCourier()
    desk.drafts.keep(choose(today, "GARCÍA"), "note", {"text": "asks for large"})
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_N)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    choose(today, "NGUYEN")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_N)
    late.let_through()
    assert today.note.field.words() == ""
