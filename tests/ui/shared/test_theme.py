"""The look: zoom steps, a change told once, a contrast theme that outranks our colors."""

import pytest
from PySide6.QtGui import QColor, QPalette

from coordinator_app.ui.shared.hand import cut, fitted, width_of, wrapped
from coordinator_app.ui.shared.system_look import SystemLook
from coordinator_app.ui.shared.theme import ZOOM_STEPS
from coordinator_app.ui.shared.tokens import DARK, LIGHT
from coordinator_app.ui.shared.typography import FAMILY, Type


def test_zoom_goes_by_steps_and_stops_at_both_ends(theme):
    seen = [theme.zoom]
    for _ in range(9):
        theme.larger()
        seen.append(theme.zoom)
    assert seen[:3] == [100, 115, 130]
    assert theme.zoom == ZOOM_STEPS[-1]
    for _ in range(9):
        theme.smaller()
    assert theme.zoom == ZOOM_STEPS[0]


def test_a_change_is_told_once_and_no_change_is_not_told(theme, qtbot):
    told = []
    theme.changed.connect(lambda: told.append(theme.tokens.name))
    theme.use_dark(dark=True)
    theme.use_dark(dark=True)
    theme.set_zoom(100)
    assert told == ["dark"]


def test_the_bundled_family_is_what_is_painted(theme):
    assert FAMILY in theme.families
    assert theme.font(Type.BODY).pixelSize() == 15
    theme.set_zoom(200)
    assert theme.font(Type.BODY).pixelSize() == 30
    assert theme.font(Type.BODY) is theme.font(Type.BODY)


def test_figures_are_of_one_width_so_that_clocks_stand_still(theme):
    assert width_of("11:11", Type.STRONG) == pytest.approx(width_of("48:09", Type.STRONG), abs=0.1)


def test_a_contrast_theme_replaces_every_color_of_ours(theme):
    palette = QPalette()
    for role, color in (
        (QPalette.ColorRole.Base, "#000000"),
        (QPalette.ColorRole.Window, "#000000"),
        (QPalette.ColorRole.WindowText, "#FFFF00"),
        (QPalette.ColorRole.Highlight, "#00FFFF"),
        (QPalette.ColorRole.HighlightedText, "#000000"),
    ):
        palette.setColor(role, QColor(color))
    theme.use_system_contrast(palette)
    assert theme.is_contrast
    assert theme.tokens.is_dark
    assert theme.tokens.safety == QColor("#FFFF00")
    assert theme.tokens.fill == QColor("#00FFFF")


def test_a_persons_choice_of_dark_outranks_the_system(theme, qapp):
    look = SystemLook(theme, qapp, dark=True)
    assert theme.tokens is DARK
    look.choose(dark=False)
    assert theme.tokens is LIGHT
    look.setParent(None)


def test_words_wrap_at_spaces_and_keep_a_long_word_whole(theme):
    lines = wrapped("Weight at home; whether the new medicines were picked up", Type.BODY, 240)
    assert " ".join(lines) == "Weight at home; whether the new medicines were picked up"
    assert all(width_of(line) <= 240 for line in lines)
    assert wrapped("Pneumonoultramicroscopic", Type.BODY, 20) == ["Pneumonoultramicroscopic"]


def test_a_name_grows_smaller_before_it_is_cut(theme):
    name = "GARCÍA LÓPEZ, María José"
    room = width_of(name, Type.LABEL) + 1
    assert fitted(name, (Type.STRONG, Type.LABEL), room) == (name, Type.LABEL)
    assert cut(name, Type.STRONG, 100).endswith("…")
