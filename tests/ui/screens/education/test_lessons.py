"""A lesson by keys, the row it leaves behind, and what is never assumed (practice 16, 29; ux 4.7)."""

import pytest
from PySide6.QtCore import Qt

from coordinator_app.domain.activity import TeachBack
from coordinator_app.domain.ids import MemberId
from tests.ui.screens.education.conftest import CONTROL, SAVE
from tests.ui.screens.sample_people import made


def test_a_lesson_with_its_teach_back_is_four_keys(lesson):
    lesson.teach("204 118")
    lesson.press("1", "1", SAVE)
    (taught,) = lesson.lessons("204 118")
    assert lesson.keys == 4
    assert (taught.topic, taught.result, taught.topic_version) == ("daily-weight", TeachBack.SAID_BACK, "1")
    assert (taught.language, taught.learner) == ("es", "patient")
    assert lesson.parts.ways.gone == ["back"]
    assert lesson.parts.ways.told == [
        ("Taught: GARCÍA LÓPEZ, María José, Weigh yourself every day, said it back.", "teaching", taught.id)
    ]


@pytest.mark.parametrize(("key", "result"), [(str(place), each) for place, each in enumerate(TeachBack, start=1)])
def test_every_result_has_its_digit(lesson, key, result):
    lesson.teach("204 118")
    lesson.press("2", key, SAVE)
    assert [each.result for each in lesson.lessons("204 118")] == [result]


def test_all_thirteen_topics_have_a_key_and_those_that_suit_come_first(lesson):
    lesson.teach("204 118")
    rows = lesson.view.topics.rows.rows
    assert [row.key for row in rows] == list("123456789ABCD")
    suits = [bool(row.aside) for row in rows]
    assert suits == sorted(suits, reverse=True)
    assert rows[0].value == "daily-weight"


def test_the_last_topic_is_chosen_by_its_letter(lesson):
    lesson.teach("204 118")
    lesson.press("d", "4", SAVE)
    assert [each.topic for each in lesson.lessons("204 118")] == ["tobacco"]


def test_nothing_is_pressed_beforehand(lesson):
    lesson.teach("204 118")
    assert lesson.view.topics.value() is None
    assert lesson.view.form.result.on() == ()


def test_a_lesson_without_a_result_is_not_saved(lesson):
    lesson.teach("204 118")
    lesson.press(SAVE)
    assert lesson.view._bar.words.text() == "Press the key of a topic first."
    lesson.press("1", SAVE)
    assert lesson.view._bar.words.text() == "Press 1 to 4: was it said back?"
    assert not lesson.lessons("204 118")


def test_another_topic_takes_its_result_anew(lesson):
    lesson.teach("204 118")
    lesson.press("1", "1", (Qt.Key.Key_T, CONTROL), "2", SAVE)
    assert not lesson.lessons("204 118")
    lesson.press("3", SAVE)
    (taught,) = lesson.lessons("204 118")
    assert (taught.topic, taught.result) == ("salt", TeachBack.NOT_YET)


def test_the_lesson_speaks_the_patients_language(lesson):
    lesson.teach("204 118")
    lesson.press("1")
    assert "Pésese" in lesson.view.lesson.accessibleName()
    assert "Llame al 911 si" in lesson.view.lesson.accessibleName()
    assert "Draft text, not approved" in lesson.view.lesson.accessibleName()


def test_a_language_nobody_wrote_is_said_and_kept(lesson):
    lesson.teach("204 402")
    lesson.press("1")
    assert "Nobody wrote this lesson in Vietnamese" in lesson.view.lesson.accessibleName()
    lesson.press("1", SAVE)
    assert [each.language for each in lesson.lessons("204 402")] == ["vi"]


def test_for_a_minor_the_parent_learned(lesson):
    lesson.teach("204 502")
    lesson.press("1", "1", SAVE)
    assert [each.learner for each in lesson.lessons("204 502")] == ["guardian"]


def test_a_confidential_reason_proposes_no_topic(lesson):
    lesson.teach("204 460")
    assert not any(row.aside for row in lesson.view.topics.rows.rows)


def test_a_plan_is_kept_with_the_lesson(lesson):
    lesson.teach("204 118")
    lesson.press("1", "3", (Qt.Key.Key_D, CONTROL), *"Again on Monday", SAVE)
    assert [each.plan for each in lesson.lessons("204 118")] == ["Again on Monday"]


def test_what_was_begun_is_found_again(lesson, make_lesson, theme):
    lesson.teach("204 118")
    lesson.press("1", "2", (Qt.Key.Key_D, CONTROL), *"Again", Qt.Key.Key_Escape)
    assert lesson.parts.ways.gone == ["back"]
    again = make_lesson(theme)
    again.teach("204 118")
    assert again.view.topics.value() == "daily-weight"
    assert again.view.form.result.on() == (TeachBack.AFTER_RETEACHING,)
    assert again.view.form.plan.words() == "Again"
    again.press(SAVE)
    assert lesson.parts.desk.drafts.of(MemberId(made("member", "204 118")), "teaching") is None


def test_a_lesson_can_be_taken_back(lesson):
    lesson.teach("204 118")
    lesson.press("1", "1", SAVE)
    (_, kind, act_id) = lesson.parts.ways.told[0]
    lesson.parts.desk.undoing.take_back(kind, act_id)
    assert not lesson.lessons("204 118")
