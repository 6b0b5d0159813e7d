"""The window put together: status, finding, undo, lock, and a close that loses nothing."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from coordinator_app.domain.activity import Note, Response, Retraction
from coordinator_app.storage.local.engine import Store
from tests.ui.desktop.conftest import PASSPHRASE

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


def press(*keys, modifier=Qt.KeyboardModifier.NoModifier):
    for key in keys:
        QTest.keyClick(QApplication.focusWidget(), key, modifier)


@pytest.fixture
def settled(desktop, qtbot):
    """Wait until every errand was run and its answer was taken."""

    def wait():
        courier = desktop.parts.courier
        qtbot.waitUntil(lambda: courier.is_idle)
        answered = []
        courier.send(next(iter(courier._lanes)), lambda: None, to=answered.append)
        qtbot.waitUntil(lambda: bool(answered) and courier.is_idle)

    return wait


def rows(desktop):
    return desktop.window.stack.widget(0).list_side.rows


def test_the_status_says_who_is_here_and_what_waits(desktop, settled, desk):
    settled()
    status = desktop.window.status._status
    assert (status.words, status.parts) == (
        "Working on this computer",
        ("Synced 10:43", "Nothing waiting", "Panel 16"),
    )
    assert status.when == "Tue 24-Nov-2026  10:43"


def test_a_person_is_found_by_four_letters_and_opened_by_enter(desktop, settled, qtbot):
    settled()
    press(Key.Key_K, modifier=CTRL)
    QTest.keyClicks(QApplication.focusWidget(), "wash")
    qtbot.waitUntil(
        lambda: desktop.window.top.find_box._drop is not None and desktop.window.top.find_box._drop.isVisible()
    )
    press(Key.Key_Return)
    settled()
    assert desktop.window.shown == "patient"
    patient = desktop.window.stack.currentWidget()
    qtbot.waitUntil(lambda: "WASHINGTON, Denise" in patient.banner.accessibleName())


def test_a_person_is_found_by_birth_date_and_by_number(desktop, settled):
    found = []
    desktop.frame.found.connect(lambda rows, _words: found.append([row.name for row in rows]))
    for typed in ("05/20/1954", "204 305", "wash"):
        desktop.frame.find(typed)
        settled()
    assert found == [["WASHINGTON, Denise"]] * 3


def test_a_command_is_found_beside_people(desktop, settled):
    found = []
    desktop.frame.found.connect(lambda rows, _words: found.extend(rows))
    desktop.frame.find("lock")
    settled()
    assert [(row.key, row.aside) for row in found] == [("/lock", "Ctrl+L")]


def test_undo_takes_a_snooze_back_as_further_acts(desktop, settled, desk, qtbot):
    settled()
    listed = rows(desktop)
    nguyen = next(row.key for row in listed.rows.rows if row.name.startswith("NGUYEN"))
    listed.choose(nguyen)
    settled()
    press(Key.Key_S, Key.Key_2, Key.Key_1)
    qtbot.waitUntil(lambda: desktop.window._toast_places()[1].toast is not None)
    settled()
    assert nguyen not in [row.key for row in listed.rows.rows]
    press(Key.Key_Z, modifier=CTRL)
    qtbot.waitUntil(lambda: nguyen in [row.key for row in listed.rows.rows])
    with desk.queue._open_shelves() as shelves:
        assert shelves.acts.of_all(Response) == ()
        assert len(shelves.acts.of_all(Retraction)) == 2
        assert shelves.desk.waiting() == 4


def test_the_lock_covers_everything_and_gives_the_keyboard_back(desktop, settled, qtbot):
    settled()
    press(Key.Key_N)
    QTest.keyClicks(QApplication.focusWidget(), "half a no")
    here = QApplication.focusWidget()
    press(Key.Key_L, modifier=CTRL)
    assert desktop.curtain.isVisible()
    assert not rows(desktop).isVisible()
    QTest.keyClicks(QApplication.focusWidget(), "not the passphrase")
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: desktop.curtain.field.error != "")
    assert desktop.curtain.field.error == "The passphrase is wrong. What you saved is safe."
    QTest.keyClicks(QApplication.focusWidget(), PASSPHRASE)
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: not desktop.curtain.isVisible())
    assert QApplication.focusWidget() is here
    assert here.toPlainText() == "half a no"


def test_quiet_minutes_lock_and_unlocking_counts_again(desktop, settled):
    settled()
    assert desktop.idle.is_counting
    desktop.idle.idled.emit()
    assert desktop.curtain.isVisible()
    assert not desktop.idle.is_counting


def test_back_returns_to_the_screen_one_came_from(desktop, settled):
    desktop.ways.go("patient")
    desktop.ways.back()
    assert desktop.window.shown == "today"
    desktop.ways.back()
    assert desktop.window.shown == "today"


def test_keys_on_their_way_do_not_reach_the_next_person(desktop, settled, qtbot):
    settled()
    wishes = []
    desktop.window.screen_wished.connect(wishes.append)
    before = rows(desktop).current().key
    desktop.ways.next()
    press(Key.Key_J, Key.Key_N, Key.Key_2)
    press(Key.Key_2, modifier=CTRL)
    assert rows(desktop).current().key == before
    assert desktop.window.shown == "today"
    assert wishes == []
    qtbot.waitUntil(lambda: not desktop.hush.is_on)
    press(Key.Key_J)
    assert rows(desktop).current().key != before


def test_a_defect_is_told_by_its_number_and_what_was_saved_is_safe(desktop):
    desktop.tell_incident("1124-1043-7f3a")
    toast = next(place.toast for place in desktop.window._toast_places() if place.toast is not None)
    assert toast.words.startswith("Something went wrong in this program. Incident 1124-1043-7f3a.")
    assert toast.undo == ""


def test_a_note_saved_a_moment_before_the_window_closes_is_on_the_disk(desktop, settled, sample):
    settled()
    press(Key.Key_N)
    QTest.keyClicks(QApplication.focusWidget(), "kept")
    press(Key.Key_Return, modifier=CTRL)
    desktop.finish()
    store = Store(sample.path, sample.key)
    from coordinator_app.bootstrap.desk import build_desk

    with build_desk(store).queue._open_shelves() as shelves:
        assert [note.text for note in shelves.acts.of_all(Note)] == ["kept"]
    store.close()


def test_what_was_typed_last_is_a_draft_when_the_window_closes(desktop, settled, sample):
    settled()
    member = rows(desktop).current().key
    press(Key.Key_N)
    QTest.keyClicks(QApplication.focusWidget(), "typed just n")
    desktop.finish()
    from coordinator_app.bootstrap.desk import build_desk

    store = Store(sample.path, sample.key)
    assert build_desk(store).drafts.of(member, "note").content == {"text": "typed just n"}
    store.close()


def test_every_part_that_can_be_reached_has_a_name(desktop, settled):
    for key in [screen.key for screen in desktop.ways.screens]:
        desktop.ways.go(key)
        settled()
        shown = [part for part in desktop.window.findChildren(QWidget) if part.isVisible()]
        reachable = [part for part in shown if part.focusPolicy() != Qt.FocusPolicy.NoFocus]
        nameless = [part for part in reachable if not (part.accessibleName() or getattr(part, "text", str)())]
        assert nameless == [], key


def test_the_title_of_the_window_never_names_a_patient(desktop, settled):
    settled()
    assert desktop.window.windowTitle() == "Coordinator · DEMO"
