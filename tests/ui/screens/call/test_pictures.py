"""The call screen beside its drawn pictures: light and dark, two languages, whole and at the smallest window."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from tests.ui.screens.call.conftest import CONTROL
from tests.ui.screens.framing import nameless, out_of_reach, settled

SIZES = [(1360, 850), (960, 540), (1920, 1080)]


def talk(called):
    called.call("204 118")
    called.press("1", "D", "Z", (Qt.Key.Key_T, CONTROL), Qt.Key.Key_Space, "1", Qt.Key.Key_Down, Qt.Key.Key_Space)
    called.press((Qt.Key.Key_N, CONTROL))
    called.view.body.note.note.paper.insertPlainText(
        "Feels better, weight 68 kg this morning. Daughter Lucía drives her. Has a scale at home "
        "and the new tablets. Asks whether she still takes"
    )
    called.view.body.note.note.say_now()


def shown(called, picture, name, width, height):
    settled(called.window, width, height)
    picture(called.window, name, width, height)
    assert not nameless(called.view)
    assert not out_of_reach(called.view)


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_a_call_beside_its_picture(make_call, either_theme, picture, width, height):
    called = make_call(either_theme)
    talk(called)
    shown(called, picture, f"call-{width}-{either_theme.tokens.name}", width, height)


@pytest.mark.parametrize(("width", "height"), SIZES[:2])
def test_a_call_in_spanish(make_call, theme, picture, width, height):
    called = make_call(theme, "es")
    talk(called)
    shown(called, picture, f"call-es-{width}", width, height)


def test_further_outcomes_a_similar_name_and_a_minor(make_call, theme, picture):
    called = make_call(theme)
    shown(called, picture, "call-empty", 1360, 850)
    called.call("204 455")
    called.press("9")
    shown(called, picture, "call-further-lookalike", 1360, 850)
    called.press(Qt.Key.Key_Escape)
    called.call("204 502")
    called.press("7", (Qt.Key.Key_D, CONTROL), *"wed 14:30")
    shown(called, picture, "call-minor-back", 1360, 850)


@pytest.mark.parametrize("zoom", [130, 200])
def test_larger_type_still_holds_the_call(make_call, theme, picture, zoom):
    called = make_call(theme)
    theme.set_zoom(zoom)
    talk(called)
    shown(called, picture, f"call-zoom-{zoom}", 1920, 1080)


def test_in_a_low_window_identity_comes_into_sight_with_a_conversation(make_call, theme):
    called = make_call(theme)
    settled(called.window, 960, 540)
    called.call("204 118")
    called.press("1")
    settled(called.window, 960, 540)
    assert is_in_sight(called, called.view.body.outcome.identity)
    assert is_in_sight(called, called.view.body.outcome.outcomes)


def test_in_a_low_window_the_key_of_a_part_brings_it_into_sight(make_call, theme):
    called = make_call(theme)
    settled(called.window, 960, 540)
    called.call("204 118")
    called.press("1", "D", "Z")
    for key in (Qt.Key.Key_T, Qt.Key.Key_D, Qt.Key.Key_N, Qt.Key.Key_O):
        called.press((key, CONTROL))
        settled(called.window, 960, 540)
        focused = called.window.focusWidget()
        assert focused is not None
        assert is_in_sight(called, focused), key


def test_the_list_is_a_drawer_in_a_narrow_window(make_call, theme):
    called = make_call(theme)
    settled(called.window, 960, 540)
    called.call("204 118")
    assert not called.view.list.isVisible()
    called.press((Qt.Key.Key_L, CONTROL | Qt.KeyboardModifier.ShiftModifier))
    assert called.view.list.isVisible()
    called.press(Qt.Key.Key_Escape)
    assert not called.view.list.isVisible()
    assert called.model.member_id is not None


def is_in_sight(called, part: QWidget) -> bool:
    port = called.view.body.page.viewport()
    corner = part.mapTo(port, part.rect().topLeft())
    return corner.y() >= 0 and corner.y() + part.height() <= port.height()
