"""The call screen beside its drawn pictures, light and dark, whole and at the smallest window."""

import pytest
from PySide6.QtCore import QCoreApplication, Qt

from tests.ui.screens.call.conftest import CONTROL


def settled(window, picture, name, width, height):
    window.resize(width, height)
    for _ in range(6):
        QCoreApplication.processEvents()
    picture(window, name, width, height)


def talk(called):
    called.call("204 118")
    called.press("1", "D", "Z", (Qt.Key.Key_T, CONTROL), Qt.Key.Key_Space, "1", Qt.Key.Key_Down, Qt.Key.Key_Space)
    called.press((Qt.Key.Key_N, CONTROL))
    called.view.body.note.note.paper.insertPlainText(
        "Feels better, weight 68 kg this morning. Daughter Lucía drives her. Has a scale at home "
        "and the new tablets. Asks whether she still takes"
    )
    called.view.body.note.note.say_now()


@pytest.mark.parametrize(("width", "height"), [(1360, 850), (960, 540), (1920, 1080)])
def test_a_call_beside_its_picture(make_call, either_theme, picture, width, height):
    called = make_call(either_theme)
    talk(called)
    settled(called.window, picture, f"call-{width}-{either_theme.tokens.name}", width, height)


def test_other_states(make_call, theme, picture):
    called = make_call(theme)
    settled(called.window, picture, "call-empty", 1360, 850)
    called.call("204 455")
    called.press("9")
    settled(called.window, picture, "call-further-lookalike", 1360, 850)
    called.press(Qt.Key.Key_Escape)
    called.call("204 502")
    called.press("7", (Qt.Key.Key_D, CONTROL))
    called.press(*"wed 14:30")
    settled(called.window, picture, "call-minor-back", 1360, 850)
    called.press((Qt.Key.Key_S, CONTROL), Qt.Key.Key_Escape)
    called.call("204 460")
    called.press("4")
    settled(called.window, picture, "call-confidential", 960, 540)
