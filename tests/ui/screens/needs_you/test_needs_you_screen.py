"""What the centre set aside is said in words, is lost nowhere, and goes away once it was seen."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication
from sqlalchemy import func, select

from coordinator_app.domain.trouble import Refusal
from coordinator_app.storage.tables import activity, local
from coordinator_app.ui.shared.layout import Breadth
from coordinator_app.workstation.catalogue import Catalogue
from tests.ui.screens.needs_you.conftest import DENISE, MARIA

CTRL = Qt.KeyboardModifier.ControlModifier


def press(key, modifier=Qt.KeyboardModifier.NoModifier):
    """Press a key where the keyboard is, as a person does."""
    QTest.keyClick(QApplication.focusWidget(), key, modifier)


def told(view):
    return [(row.title, row.aside, row.second) for row in view.rows.rows.rows]


def facts(lines):
    return {fact.label: (fact.value, fact.second) for fact in lines._facts}


def test_items_stand_with_person_kind_and_what_happened(view, model, three):
    model.refresh()
    assert told(view) == [
        ("GARCÍA LÓPEZ, María José", "conflict", "Visit: two people changed it"),
        ("TRAN, Minh Đức", "waits", "Call: waits for your supervisor"),
        ("WASHINGTON, Denise", "set aside", "Note: set aside by the center"),
    ]


def test_a_conflict_shows_both_values_of_every_field_in_question(view, model, three):
    model.refresh()
    assert facts(view.differing) == {
        "State": ("You: asked, not confirmed", "In force: cancelled"),
        "Time": ("You: Tue 24-Nov 14:00", "In force: nothing"),
        "Clinician": ("You: Dr. Inés Peña", "In force: nothing"),
    }
    assert "PCP visit after hospital, asked, not confirmed" in facts(view.written)["Visit"][0]


def test_a_call_that_waits_says_not_to_write_it_again_and_shows_what_was_written(view, model, three):
    model.refresh()
    view.take_focus()
    press(Qt.Key.Key_J)
    assert view.what_to_do.text() == "Nothing to do. Do not write it again."
    assert facts(view.written)["Call"] == ("Left message, Will try the son.", "")


def test_a_refused_entry_says_the_centres_reason_in_words(view, model, three):
    model.refresh()
    view.rows.step(2)
    assert view.why.text() == "The center does not know this person."
    assert facts(view.written)["Note"] == ("Asks for large print.", "")


def test_a_reason_this_program_does_not_know_is_still_named(view, model, centre):
    centre.desk.notes.keep(DENISE, "x")
    centre.answer("note", "quarantined", cause="brand_new")
    model.refresh()
    assert view.why.text() == "The center gave a reason this program does not know: brand_new."


def test_what_is_confidential_says_no_more_than_that(view, model, centre):
    from coordinator_app.domain.sensitivity import Sensitivity

    centre.desk.notes.keep(DENISE, "about a clinic", Sensitivity.CONFIDENTIAL)
    centre.answer("note", "quarantined", cause="unknown_member")
    model.refresh()
    assert facts(view.written)["Note"] == ("Confidential item", "")


def test_one_key_puts_an_item_away_and_loses_nothing(view, model, three, noticeboard):
    touched = []
    noticeboard.touched.connect(touched.append)
    model.refresh()
    view.take_focus()
    press(Qt.Key.Key_Return, CTRL)
    assert [row[0] for row in told(view)] == ["TRAN, Minh Đức", "WASHINGTON, Denise"]
    assert touched, "the frame counts again"
    with three.sample.store.reading() as connection:
        open_items = select(func.count()).where(local.needs_you.c.closed_at.is_(None))
        assert connection.execute(open_items).scalar() == 2
        assert connection.execute(select(func.count()).select_from(activity.visit)).scalar() == 1
        assert connection.execute(select(func.count()).select_from(local.outbox)).scalar() == 3
    model.show_tab("settled")
    assert [row[0] for row in told(view)] == ["GARCÍA LÓPEZ, María José"]
    assert not view._settle.isEnabled()


def test_the_last_item_put_away_leaves_a_calm_sentence(view, model, three):
    model.refresh()
    view.take_focus()
    for _ in range(3):
        model.settle()
    assert told(view) == []
    assert view._empty.accessibleName() == "Nothing needs you."
    assert not view.banner.isVisible()
    assert three.desk.status.now().needs_you == 0


def test_an_item_is_put_away_once(three):
    [first, *_] = three.desk.set_aside.open()
    three.desk.set_aside.settle(first.item.id)
    with pytest.raises(Refusal, match="not open"):
        three.desk.set_aside.settle(first.item.id)


def test_enter_opens_the_person_and_esc_leaves_it_for_later(view, model, three):
    wished, closed = [], []
    model.patient_requested.connect(wished.append)
    model.close_requested.connect(lambda: closed.append(True))
    model.refresh()
    view.take_focus()
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Escape)
    assert (wished, closed) == ([MARIA], [True])


@pytest.mark.parametrize("size", [(1188, 766, Breadth.MIDDLE), (900, 456, Breadth.NARROW)], ids=["1360", "960"])
def test_the_screen_holds_its_size(view, model, three, picture, size):
    width, height, breadth = size
    model.refresh()
    view.set_breadth(breadth)
    QApplication.sendPostedEvents()
    picture(view, f"needs-{width}", width, height)


def test_everything_to_press_has_a_name(view, model, three):
    model.refresh()
    for part in filter(lambda each: each.isVisibleTo(view), view.findChildren(QAbstractButton)):
        assert part.accessibleName() or part.text(), part


def test_no_word_of_the_screen_is_missing_in_either_language(resources):
    spanish, english = (Catalogue.load(resources / "i18n", lang) for lang in ("es", "en"))
    assert not [key for key in spanish.missing if key.startswith("needs_you.")]
    for key in english.keys:
        if key.startswith("needs_you."):
            assert english.places_in(key) == spanish.places_in(key), key
