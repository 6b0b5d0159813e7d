"""The screen by keys: rows, tabs, acts, a note, a snooze; single letters type in a note and act on the list."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from coordinator_app.domain.activity import Note, Response
from coordinator_app.ui.shared.layout import Breadth
from coordinator_app.ui.shared.list_model import ROW

Key = Qt.Key


def press(*keys, modifier=Qt.KeyboardModifier.NoModifier):
    for key in keys:
        QTest.keyClick(QApplication.focusWidget(), key, modifier)


def kept(desk, kind):
    with desk.queue._open_shelves() as shelves:
        return shelves.acts.of_all(kind)


def current(view):
    return view.list_side.rows.current().name


def choose(view, name):
    rows = view.list_side.rows
    assert rows.choose(next(each.key for each in rows.rows.rows if each.name.startswith(name)))


def test_arrows_and_j_k_move_and_the_pane_follows(view):
    today = view()
    assert current(today).startswith("GARCÍA")
    press(Key.Key_J)
    assert current(today).startswith("TRAN")
    assert "TRAN" in today.person.banner.accessibleName()
    press(Key.Key_Down, Key.Key_K, Key.Key_K)
    assert current(today).startswith("GARCÍA")


@pytest.mark.parametrize(
    ("key", "wish"),
    [
        (Key.Key_C, "call_requested"),
        (Key.Key_A, "appointment_requested"),
        (Key.Key_E, "teaching_requested"),
        (Key.Key_R, "letter_requested"),
        (Key.Key_Return, "patient_requested"),
    ],
)
def test_one_key_asks_for_another_screen_about_the_person_chosen(view, model, qtbot, key, wish):
    today = view()
    choose(today, "NGUYEN")
    with qtbot.waitSignal(getattr(model, wish)) as told:
        press(key)
    assert told.args == [today.list_side.rows.current().key]


def test_digits_show_the_parts_of_the_list(view):
    today = view()
    for key, tab in (("2", "due_soon"), ("3", "waiting"), ("4", "done_today"), ("1", "call_today")):
        press(Key(ord(key)))
        assert today.list_side.tabs.current == tab
    press(Key.Key_5)
    assert today.list_side.tabs.current == ""
    assert current(today).startswith("RIVERA")


def test_w_opens_all_reasons_and_keeps_them_open_for_the_next(view):
    today = view()
    choose(today, "GARCÍA")
    assert len(today.person.ledger.open_keys) == 1
    press(Key.Key_W)
    assert len(today.person.ledger.open_keys) == 2
    press(Key.Key_J)
    assert len(today.person.ledger.open_keys) == 2
    press(Key.Key_W)
    assert len(today.person.ledger.open_keys) == 1


def test_a_note_is_kept_while_it_is_typed_and_saved_by_ctrl_enter(view, desk, acts, qtbot):
    today = view()
    press(Key.Key_N)
    QTest.keyClicks(QApplication.focusWidget(), "calls with C and S")
    assert today.note.field.words() == "calls with C and S"
    today.note.field.say_now()
    member = today.list_side.rows.current().key
    assert desk.drafts.of(member, "note").content == {"text": "calls with C and S"}
    with qtbot.waitSignal(acts.saved) as told:
        press(Key.Key_Return, modifier=Qt.KeyboardModifier.ControlModifier)
    [note] = kept(desk, Note)
    assert (note.member_id, note.text) == (member, "calls with C and S")
    assert told.args == ["Saved. GARCÍA LÓPEZ, María José: note.", (("note", note.id),)]
    assert desk.drafts.of(member, "note") is None
    assert not today.person.is_form_open
    assert today.list_side.rows.hasFocus()


def test_a_note_left_unfinished_is_there_again(view, desk):
    today = view()
    press(Key.Key_N)
    QTest.keyClicks(QApplication.focusWidget(), "half a sent")
    press(Key.Key_Escape)
    assert kept(desk, Note) == ()
    press(Key.Key_N)
    assert today.note.field.words() == "half a sent"


def test_an_empty_note_is_refused_and_stays_open(view, desk):
    today = view()
    press(Key.Key_N)
    press(Key.Key_Return, modifier=Qt.KeyboardModifier.ControlModifier)
    assert today.person.is_form_open
    assert kept(desk, Note) == ()


def test_three_keys_put_a_routine_reason_off_with_its_cause_and_the_next_is_chosen(view, desk, acts, qtbot):
    today = view()
    choose(today, "NGUYEN")
    following = today.list_side.rows.rows.rows[today.list_side.rows.currentIndex().row() + 1].name
    with qtbot.waitSignal(acts.saved) as told:
        press(Key.Key_S, Key.Key_2, Key.Key_1)
    assert told.args[0] == "Put off until Fri 27-Nov: NGUYEN, Thuy."
    responses = kept(desk, Response)
    said = {(each.response.value, str(each.until), each.cause) for each in responses}
    assert said == {("snoozed", "2026-11-27", "patient_asked")}
    assert len(responses) == len(told.args[1]) == 2
    assert current(today) == following


def test_a_discharge_due_today_cannot_be_put_off(view, desk):
    today = view()
    choose(today, "GARCÍA")
    press(Key.Key_S)
    assert today.question.list.rows.rows == ()
    press(Key.Key_1, Key.Key_Escape)
    assert kept(desk, Response) == ()
    assert not today.person.is_form_open


def test_a_discharge_is_never_put_off_past_its_day(view):
    today = view()
    choose(today, "TRAN")
    press(Key.Key_S)
    assert [each.words for each in today.question.list.rows.rows] == ["Tomorrow"]


def test_nothing_is_chosen_beforehand_in_a_snooze(view):
    today = view()
    choose(today, "NGUYEN")
    press(Key.Key_S)
    assert today.question.list.value() is None


def test_x_says_that_a_reason_is_wrong_with_its_cause(view, desk, acts, qtbot):
    today = view()
    choose(today, "NGUYEN")
    with qtbot.waitSignal(acts.saved):
        press(Key.Key_X, Key.Key_1, Key.Key_4)
    assert [(each.response.value, each.cause) for each in kept(desk, Response)] == [("wrong", "data_old")]


def test_p_puts_a_reason_a_tier_lower_until_a_day_with_its_cause(view, desk, acts, qtbot):
    today = view()
    choose(today, "NGUYEN")
    with qtbot.waitSignal(acts.saved) as told:
        press(Key.Key_P, Key.Key_1, Key.Key_1, Key.Key_2, Key.Key_2)
    assert told.args[0] == "One tier higher until 1-Dec: NGUYEN, Thuy."
    [said] = kept(desk, Response)
    assert (said.response.value, said.cause, str(said.until)) == ("raised", "family_worried", "2026-12-01")


def test_x_says_that_somebody_is_wrongly_not_listed(view, desk):
    today = view()
    press(Key.Key_X, Key.Key_Escape)
    assert not today.person.is_form_open
    press(Key.Key_5, Key.Key_X)
    assert today.person.is_form_open
    QTest.keyClicks(QApplication.focusWidget(), "she asked me to call")
    press(Key.Key_Return, modifier=Qt.KeyboardModifier.ControlModifier)
    assert [note.text for note in kept(desk, Note)] == ["Should be listed: she asked me to call"]


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_f_opens_the_filters(view):
    today = view()
    press(Key.Key_F)
    [menu] = [each for each in today.list_side.findChildren(QMenu) if each.parent() is today.list_side]
    assert [action.text() for action in menu.actions()] == ["Reason", "Priority", "Language", "Marked"]
    languages = menu.actions()[2].menu().actions()
    next(action for action in languages if action.text() == "Vietnamese").trigger()
    assert [each.words for each in today.list_side._state.filters] == ["Vietnamese"]
    menu.close()


def test_an_empty_part_says_so_and_its_key_leads_on(view, model):
    today = view()
    press(Key.Key_3)
    model.set_filter("language", "pl")
    assert today.list_side.empty.isVisible()
    assert today.day.isVisible()
    press(Key.Key_1)
    model.remove_filter()
    assert today.list_side.rows.isVisible()


def test_the_chosen_person_stays_chosen_when_the_list_comes_anew(view, model):
    today = view()
    choose(today, "WASHINGTON")
    model.refresh()
    assert current(today).startswith("WASHINGTON")
    assert today.list_side.rows.hasFocus()


def test_the_keyboard_goes_from_pane_to_pane(view):
    today = view()
    press(Key.Key_F6)
    assert today.person.isAncestorOf(QApplication.focusWidget())
    press(Key.Key_F6)
    assert today.list_side.isAncestorOf(QApplication.focusWidget())


def test_a_row_tells_a_screen_reader_its_whole_sentence(view):
    today = view()
    index = today.list_side.rows.currentIndex()
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == index.data(ROW).sentence


@pytest.mark.parametrize(("breadth", "width"), [(Breadth.NARROW, 384), (Breadth.MIDDLE, 432), (Breadth.WIDE, 520)])
def test_the_pane_has_its_drawn_width(view, breadth, width):
    today = view()
    today.set_breadth(breadth)
    QApplication.sendPostedEvents()
    assert today.pane.maximumWidth() == width
