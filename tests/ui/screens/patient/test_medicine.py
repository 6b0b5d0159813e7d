"""What is told of a medicine, typed on the Patient screen without a call and without a line to the center."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from coordinator_app.bootstrap.screens.patient import build
from coordinator_app.domain.activity import MedicineHow, MedicineTold
from coordinator_app.domain.ids import MemberId
from coordinator_app.ui.shared.supply import SupplyBar
from coordinator_app.ui.window import MainWindow
from tests.ui.screens.framing import nameless

Key = Qt.Key
# Said by the display-less plugin only, of the list of names that drops down.
pytestmark = pytest.mark.qt_log_ignore(r"This plugin does not support (raise|grabbing)", extend=True)


@pytest.fixture
def shown(in_window, theme, desk, qtbot):
    """Return the screen in its window, her page open, and what it told."""
    held = []

    def open_her(lang="en", who="garc"):
        parts, screen, window = in_window(build, theme, lang)
        held.append(window)
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        her = desk.searching.find(who)[0].member_id
        screen.open_for(MemberId(her))
        screen.shown()
        return screen.widget, parts, her

    yield open_her
    held.clear()


def keyboard():
    [window] = [each for each in QApplication.topLevelWidgets() if isinstance(each, MainWindow) and each.isVisible()]
    return QApplication.activePopupWidget() or window.focusWidget()


def press(*keys):
    for key in keys:
        QApplication.processEvents()
        QTest.keyClick(keyboard(), key)


def write(words):
    QApplication.processEvents()
    QTest.keyClicks(keyboard(), words)


def kept(desk):
    with desk.queue._open_shelves() as shelves:
        return [
            (told.member_id, told.how, told.name, told.dose, told.days_supply)
            for told in shelves.acts.of_all(MedicineTold)
        ]


def lines(view):
    return [bar.accessibleName() for bar in view.facts.findChildren(SupplyBar)]


def test_a_stop_takes_four_keys_besides_the_name_and_stands_on_the_line_of_the_fills(shown, desk):
    view, parts, her = shown()
    press(Key.Key_M)
    write("metformin")
    press(Key.Key_Return, Key.Key_7, Key.Key_Return)
    assert kept(desk) == [(her, MedicineHow.STOPPED, "metformin", "", None)]
    assert view.left.currentWidget() is view.reasons
    assert "Metformin 1000 mg. stopped, told 24-Nov" in lines(view)
    [(words, kind, told)] = parts.ways.told
    assert (words, kind) == ("Saved. GARCÍA LÓPEZ, María José: medicine.", "medicine")
    desk.undoing.take_back(kind, told)
    assert {each.told for each in desk.chart.open(her).medicines} == {""}


def test_what_no_pharmacy_reports_is_listed_with_dose_and_days(shown, desk):
    view, _, her = shown()
    press(Key.Key_M)
    write("Ibuprofen")
    press(Key.Key_Return, Key.Key_1, Key.Key_Tab)
    write("two a day")
    press(Key.Key_Tab)
    write("10")
    press(Key.Key_Return)
    assert kept(desk) == [(her, MedicineHow.OTC, "Ibuprofen", "two a day", 10)]
    assert "Ibuprofen. over the counter, told 24-Nov · 10 days left" in lines(view)


def test_nothing_is_chosen_beforehand_and_nothing_is_saved_without_a_choice(shown, desk):
    view, *_ = shown()
    press(Key.Key_M)
    assert (view.medicine.hows.value(), view.medicine.name.words()) == (None, "")
    press(Key.Key_Return)
    write("metformin")
    press(Key.Key_Return, Key.Key_Return)
    assert keyboard() is view.medicine.hows
    assert kept(desk) == []
    press(Key.Key_Escape, Key.Key_M)
    assert (view.medicine.hows.value(), view.medicine.name.words()) == (None, "")


def test_her_own_medicines_complete_a_name_only_when_one_is_picked(shown):
    view, *_ = shown()
    press(Key.Key_M)
    write("met")
    completer = view.medicine.name.line.completer()
    assert (completer.completionCount(), completer.currentCompletion()) == (1, "Metformin 1000 mg")
    assert view.medicine.name.words() == "met"
    press(Key.Key_Down, Key.Key_Return)
    assert view.medicine.name.words() == "Metformin 1000 mg"
    assert keyboard() is view.medicine.hows


def test_a_confidential_medicine_is_not_offered(shown):
    view, *_ = shown(who="lee")
    assert [line.partition(".")[0] for line in lines(view)] == ["Confidential item"]
    press(Key.Key_M)
    assert view.medicine.name.line.completer().model().rowCount() == 0


@pytest.mark.parametrize(("days", "sentence"), [("0", "1 to 365"), ("ten", "1 to 365")])
def test_a_supply_that_cannot_be_is_refused_and_what_was_typed_stays(shown, desk, days, sentence):
    view, *_ = shown()
    press(Key.Key_M)
    write("metformin")
    press(Key.Key_Return, Key.Key_5, Key.Key_Tab, Key.Key_Tab)
    write(days)
    press(Key.Key_Return)
    assert kept(desk) == []
    assert sentence in view.medicine.error
    assert (view.medicine.name.words(), view.medicine.days.words()) == ("metformin", days)


def test_a_dose_is_asked_for_where_it_is_what_was_told_and_no_days(shown, desk):
    view, _, her = shown()
    press(Key.Key_M)
    write("metformin")
    press(Key.Key_Return, Key.Key_6)
    assert (keyboard() is view.medicine.dose.line, view.medicine.days.isVisible()) == (True, False)
    press(Key.Key_Return)
    assert view.medicine.error == "Say which dose."
    write("half a tablet")
    press(Key.Key_Return)
    assert kept(desk) == [(her, MedicineHow.DOSE, "metformin", "half a tablet", None)]


@pytest.mark.parametrize("lang", ["en", "es"])
def test_every_part_of_the_form_has_a_name(shown, lang):
    view, *_ = shown(lang)
    press(Key.Key_M)
    press(Key.Key_Tab, Key.Key_1)
    assert nameless(view.medicine) == []
