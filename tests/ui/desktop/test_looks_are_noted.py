"""Opening a chart or a confidential item, searching and taking a letter away leave entries in this computer's log."""

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from coordinator_app.services.touched import Touched
from coordinator_app.storage.local.access import AccessLog

PERSON = "robin"


@pytest.fixture
def noted(desktop, qtbot):
    """Return what the log says, once every lane is quiet."""

    def read():
        courier = desktop.parts.courier
        qtbot.waitUntil(lambda: courier.is_idle)
        unsent = AccessLog(desktop.desk.store, desktop.desk.clock.instant).waiting(100)
        told = [json.loads(each.payload) for each in unsent.entries] if unsent else []
        return [(each["kind"], each["member_id"]) for each in told]

    return read


def press(key, modifiers=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(QApplication.focusWidget(), key, modifiers)


def found_and_opened(desktop, qtbot):
    press(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(QApplication.focusWidget(), PERSON)
    box = desktop.window.top.find_box
    qtbot.waitUntil(lambda: box._drop is not None and box._drop.isVisible())
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: desktop.window.shown == "patient")


def test_a_search_and_the_chart_it_led_to_are_noted_without_a_word_typed(desktop, noted, qtbot):
    found_and_opened(desktop, qtbot)
    qtbot.waitUntil(lambda: len(noted()) == 2)
    (member,) = desktop.desk.searching.find(PERSON)
    assert noted() == [("searched", None), ("chart_opened", member.member_id)]
    unsent = AccessLog(desktop.desk.store, desktop.desk.clock.instant).waiting(100)
    assert PERSON not in "".join(each.payload for each in unsent.entries).lower()


def test_a_confidential_item_is_noted_when_it_opens_and_not_when_it_closes(desktop, noted, qtbot):
    found_and_opened(desktop, qtbot)
    qtbot.waitUntil(lambda: len(noted()) == 2)
    press(Qt.Key.Key_O)
    press(Qt.Key.Key_O)
    qtbot.waitUntil(lambda: len(noted()) == 3)
    assert noted()[-1][0] == "confidential_opened"


def test_a_chart_is_noted_once_however_often_it_is_read_again(desktop, noted, qtbot):
    found_and_opened(desktop, qtbot)
    qtbot.waitUntil(lambda: len(noted()) == 2)
    desktop.ways.go("today")
    desktop.ways.go("patient", desktop.desk.searching.find(PERSON)[0].member_id)
    desktop.noticeboard.post(Touched.everything())
    assert len(noted()) == 2


def test_a_letter_saved_as_a_file_is_noted_as_an_export(desktop, noted, qtbot):
    from coordinator_app.domain.access import Looked

    letter = next(each for each in desktop.ways.screens if each.key == "letter").widget
    model = letter._model
    member = desktop.desk.searching.find(PERSON)[0].member_id
    model.leaving.gone.emit(Looked.EXPORTED, member, 2)
    qtbot.waitUntil(lambda: noted() == [("exported", member)])
