"""The painted parts as pictures: each holds its size, keeps its words and differs by more than color."""

import pytest
from PySide6.QtCore import Qt

from coordinator_app.ui.shared.actions import HERE, act
from coordinator_app.ui.shared.buttons import KeyButton, Kind
from coordinator_app.ui.shared.chips import HEIGHT, Chip, ChipKind, chip_width, draw_chip
from coordinator_app.ui.shared.fields import ComboField, LineField, Option
from coordinator_app.ui.shared.hand import Hand
from coordinator_app.ui.shared.layout import Line, Pane
from coordinator_app.ui.shared.marks import TierMark, Try, attempt_strip, due_clock, key_cap, tier_glyph
from coordinator_app.ui.shared.painted import Painted
from coordinator_app.ui.shared.queue_delegate import QueueDelegate, queue_model
from coordinator_app.ui.shared.row_list import RowList
from coordinator_app.ui.shared.text import Text
from coordinator_app.ui.shared.tokens import Tone
from coordinator_app.ui.shared.typography import Type

WORDS = {1: "Safety", 2: "Urgent", 3: "High", 4: "Routine", 5: "Low"}


class Marks(Painted):
    def paint(self, hand: Hand) -> None:
        hand.fill(0, 0, hand.w, hand.h, hand.look.surface)
        for place, tier in enumerate(TierMark):
            line = 27 + 28 * place
            tier_glyph(hand, tier, 12, line, ink=tier.tone, paper=hand.look.surface)
            hand.text(38, line, WORDS[tier], Type.STRONG, tier.tone)
        for place, (gone, tone, words) in enumerate(
            [
                (0.75, Tone.URGENT, "today 12:00"),
                (0.5, Tone.HIGH, "Wed 25-Nov"),
                (0.2, Tone.SECOND, "Fri 27-Nov"),
                (0, Tone.SECOND, "18-Dec"),
                (1, Tone.URGENT, "2 days late"),
            ]
        ):
            due_clock(hand, 140, 27 + 28 * place, gone, tone)
            hand.text(162, 27 + 28 * place, words, Type.LABEL, tone)
        free, full, half = Try.FREE, Try.NO_ANSWER, Try.MESSAGE
        for place, tries in enumerate([(free,) * 4, (full, free, free, free), (half, full, free, free)]):
            attempt_strip(hand, 280, 27 + 28 * place, tries)
        x = 280
        for keys in ("C", "Esc", "Enter", "F6", "Ctrl+K"):
            x = key_cap(hand, x, 130, keys) + 6


CHIPS = (
    Chip("Spanish"),
    Chip("Special contact", ChipKind.QUIET, "shield", keeps=True),
    Chip("Similar name", ChipKind.CAUTION, "patient", keeps=True),
    Chip("Draft", ChipKind.ACCENT, "note"),
    Chip("waiting to send", ChipKind.QUIET, "waiting"),
    Chip("Confirmed", ChipKind.DONE, "check"),
    Chip("Red flag", ChipKind.RED, "flag"),
)


class OneChip(Painted):
    def __init__(self, theme, chip):
        super().__init__(theme)
        self._chip = chip

    def design_size(self):
        return chip_width(self._chip), HEIGHT

    def paint(self, hand: Hand) -> None:
        draw_chip(hand, self._chip, 0, hand.h / 2)


def queue(theme, rows):
    view = RowList(theme, queue_model(), QueueDelegate(theme), "Call today")
    view.show_rows(rows)
    view.choose(rows[1].key)
    return view


def test_marks_differ_in_shape_not_in_color_alone(either_theme, picture, qtbot):
    marks = Marks(either_theme)
    qtbot.addWidget(marks)
    image = picture(marks, f"marks-{either_theme.tokens.name}", 520, 170)
    paper = image.pixel(1, 1)
    shapes = {
        bytes(
            image.pixel(x, y) != paper for y in range(22 + 28 * place - 8, 22 + 28 * place + 9) for x in range(12, 28)
        )
        for place in range(5)
    }
    assert len(shapes) == 5


def test_chips_buttons_and_fields(either_theme, picture, qtbot):
    theme = either_theme
    sheet = Pane(theme)
    qtbot.addWidget(sheet)
    down = sheet.column((20, 20, 20, 20), 14)
    chips = Line(theme, spacing=8)
    for chip in CHIPS:
        chips.addWidget(OneChip(theme, chip))
    chips.addStretch()
    down.addLayout(chips)
    buttons = Line(theme, spacing=14)
    for words, keys, kind, icon in (
        ("Letter", "R", Kind.PLAIN, ""),
        ("Call", "C", Kind.PRIMARY, "call"),
        ("Who was told…", "T", Kind.DANGER, ""),
        ("Save and next", "Ctrl+Return", Kind.PRIMARY, ""),
        ("Keep as draft", "Esc", Kind.PLAIN, ""),
        ("Not listed 14", "", Kind.QUIET, ""),
    ):
        buttons.addWidget(KeyButton(theme, act(sheet, words, keys, sheet.update, where=HERE), kind, icon=icon))
    off = act(sheet, "Off", "", sheet.update)
    off.setEnabled(False)
    buttons.addWidget(KeyButton(theme, off))
    buttons.addStretch()
    down.addLayout(buttons)
    fields = Line(theme, spacing=14)
    combo = ComboField(theme, "With", options=[Option("Dr. Inés Peña", 1)])
    combo.set_value(1)
    right, wrong = LineField(theme, "Born"), LineField(theme, "Born")
    right.set_words("14-Jul-1945")
    wrong.set_words("13-Jul-1945")
    wrong.set_error("Does not match the birth date on file")
    for field in (combo, right, wrong):
        fields.addWidget(field)
    fields.addWidget(Text(theme, wrong.error, Type.MEDIUM, Tone.URGENT))
    down.addLayout(fields)
    down.addStretch()
    sheet.show()
    right.setFocus()
    picture(sheet, f"controls-{theme.tokens.name}", 1060, 180)
    assert right.height() == 36
    assert all(button.height() == 36 for button in sheet.findChildren(KeyButton))


@pytest.mark.parametrize(("width", "name"), [(756, "wide"), (516, "narrow")])
def test_the_queue_shows_who_and_why(either_theme, picture, qtbot, rows, *, width, name):
    view = queue(either_theme, rows)
    qtbot.addWidget(view)
    view.show()
    view.setFocus()
    picture(view, f"queue-{name}-{either_theme.tokens.name}", width, 580)
    assert view.sizeHintForRow(0) == 64
    assert view.model().index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole) == rows[1].sentence
