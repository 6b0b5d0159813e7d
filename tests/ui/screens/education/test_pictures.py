"""The education screen: light and dark, two languages, whole and at the smallest window."""

import pytest

from tests.ui.screens.framing import nameless, out_of_reach, settled

SIZES = [(1360, 850), (960, 540), (1920, 1080)]


def shown(lesson, picture, name, width, height):
    settled(lesson.window, width, height)
    picture(lesson.window, name, width, height)
    assert not nameless(lesson.view)
    assert not out_of_reach(lesson.view)


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_a_lesson(make_lesson, either_theme, picture, width, height):
    lesson = make_lesson(either_theme)
    lesson.teach("204 118")
    lesson.press("1", "1")
    shown(lesson, picture, f"education-{width}-{either_theme.tokens.name}", width, height)


@pytest.mark.parametrize(("width", "height"), SIZES[:2])
def test_a_lesson_in_spanish(make_lesson, theme, picture, width, height):
    lesson = make_lesson(theme, "es")
    lesson.teach("204 118")
    lesson.press("3")
    shown(lesson, picture, f"education-es-{width}", width, height)


def test_a_language_nobody_wrote(make_lesson, theme, picture):
    lesson = make_lesson(theme)
    lesson.teach("204 402")
    lesson.press("2")
    shown(lesson, picture, "education-vi", 1360, 850)


def test_before_a_topic_is_chosen(make_lesson, theme, picture):
    lesson = make_lesson(theme)
    shown(lesson, picture, "education-empty", 1360, 850)
    lesson.teach("204 118")
    shown(lesson, picture, "education-start", 960, 540)
