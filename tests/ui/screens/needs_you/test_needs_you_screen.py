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
from tests.ui.screens.sample_people import made

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
        ("GARCÍA LÓPEZ, María José", "conflict", "Visit: which is right?"),
        ("TRAN, Minh Đức", "waits", "Call: waits for your supervisor"),
        ("WASHINGTON, Denise", "set aside", "Note: set aside by the center"),
    ]


def test_a_conflict_shows_both_versions_side_by_side_with_who_and_when(view, model, three):
    model.refresh()
    mine, theirs = (card._option for card in view.cards)
    assert (mine.key, mine.head, mine.lines) == (
        "1", "Yours", ("State: asked, not confirmed", "Time: Tue 24-Nov 14:00", "Clinician: Dr. Inés Peña")
    )  # fmt: skip
    assert (theirs.key, theirs.head, theirs.lines) == (
        "2", "In force", ("State: cancelled", "Time: nothing", "Clinician: nothing")
    )  # fmt: skip
    assert mine.foot[0].startswith("You, ")
    assert theirs.foot == ("Dana Cole, RN, Mon 23-Nov 16:05",)
    assert view.cards[0].y() == view.cards[1].y()
    assert "PCP visit after hospital, asked, not confirmed" in facts(view.written)["Visit"][0]


def test_nothing_is_chosen_beforehand_and_nothing_settled_unchosen(view, model, three):
    model.refresh()
    view.take_focus()
    assert not any(card.isChecked() for card in view.cards)
    assert not view._settle.isEnabled()
    press(Qt.Key.Key_Return, CTRL)
    assert len(three.desk.set_aside.open()) == 3


def test_one_key_chooses_mine_one_settles_and_a_week_takes_it_back(view, model, three):
    from coordinator_app.domain.activity import Visit

    model.refresh()
    view.take_focus()
    press(Qt.Key.Key_1)
    assert [line.text() for line in view.changes] == [
        "The visit stands as you wrote it, here and for everybody.",
        "Dana Cole, RN sees your choice at the next sync; what was in force stays in the record.",
    ]
    press(Qt.Key.Key_Return, CTRL)
    with three.sample.store.reading() as connection:
        rows = connection.execute(select(activity.visit.c.base_id, activity.visit.c.state, activity.visit.c.id)).all()
        sent = connection.execute(select(func.count()).select_from(local.outbox)).scalar()
    assert sorted((row.base_id is None, row.state) for row in rows) == [(False, "asked"), (True, "asked")]
    assert sent == 4
    model.show_tab("settled")
    assert view.what_to_do.text().startswith("You chose yours on ")
    assert view._undo.isEnabled()
    press(Qt.Key.Key_Z)
    assert len(three.desk.set_aside.open()) == 3
    with three.desk.set_aside._open_shelves() as shelves:
        assert len(shelves.acts.of(Visit, MARIA)) == 1, "the revision was taken back, by a further act"


def test_after_a_week_it_stands(view, model, three):
    model.refresh()
    [first, *_] = three.desk.set_aside.open()
    three.desk.set_aside.settle(first, "theirs")
    with three.sample.store.saving() as connection:
        eight_days = 8 * 24 * 3600 * 1_000_000
        connection.exec_driver_sql(f"UPDATE needs_you SET closed_at = closed_at - {eight_days}")
        connection.commit()
    [settled] = three.desk.set_aside.settled()
    assert not three.desk.set_aside.may_undo(settled)
    with pytest.raises(Refusal, match="too long ago"):
        three.desk.set_aside.undo(settled)


def test_a_refused_note_is_corrected_and_sent_again_as_a_new_entry(view, model, three):
    model.refresh()
    view.take_focus()
    view.rows.step(2)
    press(Qt.Key.Key_1)
    assert view.words_field.words() == "Asks for large print."
    view.words_field.set_words("Asks for large print, 18 point.")
    press(Qt.Key.Key_Return, CTRL)
    with three.sample.store.reading() as connection:
        texts = connection.execute(select(activity.note.c.text)).scalars().all()
        kinds = connection.execute(select(local.outbox.c.kind, local.outbox.c.state)).all()
    assert texts == ["Asks for large print, 18 point."]
    assert ("note", "waiting") in [tuple(row) for row in kinds]
    [settled] = three.desk.set_aside.settled()
    assert not three.desk.set_aside.may_undo(settled), "it is on its way"


@pytest.mark.parametrize("cause", ["unknown_kind", "depends_on", "device_frozen"])
def test_what_may_still_count_is_not_offered_to_be_sent_twice(centre, cause):
    centre.desk.notes.keep(DENISE, "x")
    centre.answer("note", "quarantined", cause=cause)
    [asked] = centre.desk.set_aside.open()
    assert asked.choices == ("note",)
    with pytest.raises(Refusal, match="not settled in this way"):
        centre.desk.set_aside.settle(asked, "again")


def test_a_refused_entry_is_kept_as_a_note_and_as_text(view, model, three, tmp_path):
    model.refresh()
    view.take_focus()
    view.rows.step(2)
    model.export(tmp_path / "entry.txt")
    assert (tmp_path / "entry.txt").read_text().splitlines()[1] == "The center does not know this person."
    press(Qt.Key.Key_2)
    assert view.words_field.words() == "Note: Asks for large print."
    press(Qt.Key.Key_Return, CTRL)
    with three.sample.store.reading() as connection:
        texts = connection.execute(select(activity.note.c.text)).scalars().all()
    assert "Note: Asks for large print." in texts


def test_a_supervisor_takes_up_what_waits_or_says_why_not(view, model, three, decided):
    from coordinator_app.storage.local import to_decide

    act = {"contact": [{"outcome": "left_message", "note": "Called on Friday."}]}
    listed = {"op_id": made("op", "1"), "kind": "call", "member_id": MARIA, "author": "Olga Diaz, RN",
              "authored_at": "2026-11-20T15:00:00+00:00", "cause": "not_your_panel", "rows": act}  # fmt: skip
    with three.sample.store.saving() as connection:
        to_decide.keep(connection, [listed], three.sample.now)
        connection.commit()
    model.refresh()
    view.take_focus()
    view.rows.step(3)
    assert view.title.text() == "Call: shall it count?"
    assert "Olga Diaz, RN wrote it" in view.why.text()
    assert "Called on Friday." in facts(view.written)["Call"][0]
    press(Qt.Key.Key_2)
    press(Qt.Key.Key_Return, CTRL)
    assert decided == [], "it is not refused without a word"
    view.words_field.set_words("Dana had called already.")
    press(Qt.Key.Key_Return, CTRL)
    assert decided == [(made("op", "1"), "Dana had called already.", False)]
    assert len(three.desk.set_aside.open()) == 3


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
    press(Qt.Key.Key_J)
    press(Qt.Key.Key_Return, CTRL)
    assert [row[0] for row in told(view)] == ["GARCÍA LÓPEZ, María José", "WASHINGTON, Denise"]
    assert touched, "the frame counts again"
    with three.sample.store.reading() as connection:
        open_items = select(func.count()).where(local.needs_you.c.closed_at.is_(None))
        assert connection.execute(open_items).scalar() == 2
        assert connection.execute(select(func.count()).select_from(activity.visit)).scalar() == 1
        assert connection.execute(select(func.count()).select_from(local.outbox)).scalar() == 3
    model.show_tab("settled")
    assert [row[0] for row in told(view)] == ["TRAN, Minh Đức"]
    assert not view._settle.isEnabled()


def test_the_last_item_put_away_leaves_a_calm_sentence(view, model, three):
    model.refresh()
    view.take_focus()
    for asked in three.desk.set_aside.open():
        three.desk.set_aside.settle(asked)
    model.refresh()
    assert told(view) == []
    assert view._empty.accessibleName() == "Nothing needs you."
    assert not view.banner.isVisible()
    assert three.desk.status.now().needs_you == 0


def test_an_item_is_put_away_once(three):
    [first, *_] = three.desk.set_aside.open()
    three.desk.set_aside.settle(first)
    with pytest.raises(Refusal, match="not open"):
        three.desk.set_aside.settle(first)


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
