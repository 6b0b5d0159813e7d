"""Parts of one or two lines, the empty list and the letter desk."""

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from coordinator_app.ui.shared.actions import HERE, act
from coordinator_app.ui.shared.buttons import KeyButton, Kind
from coordinator_app.ui.shared.chips import Chip, ChipKind
from coordinator_app.ui.shared.choices import Choice, ChoiceList, SlotPainter
from coordinator_app.ui.shared.desk import LetterDesk
from coordinator_app.ui.shared.empty_state import EmptyState, EmptyWords
from coordinator_app.ui.shared.feed_line import FeedLine
from coordinator_app.ui.shared.fields import Option
from coordinator_app.ui.shared.layout import Line, Pane, pin
from coordinator_app.ui.shared.scale_row import ScaleRow
from coordinator_app.ui.shared.steps import Step, StepLine, StepState
from coordinator_app.ui.shared.tally import Tally, TallyLines


class SmallParts(Pane):
    def __init__(self, theme):
        super().__init__(theme)
        down = self.column((24, 20, 24, 20), 12)
        feed = FeedLine(theme)
        feed.show_words("No hospital list since Tuesday: discharges may be missing.")
        down.addWidget(feed)
        steps = StepLine(theme)
        steps.show_steps(
            (
                Step("Wanted", StepState.DONE, "10:40"),
                Step("Asked", StepState.NOW, "phone 10:51"),
                Step("Confirmed", StepState.AHEAD),
                Step("She knows", StepState.AHEAD),
                Step("Kept", StepState.AHEAD),
            ),
            "Asked by phone 10:51",
        )
        pin(theme, steps, width=411)
        down.addWidget(steps)
        slots = ChoiceList(theme, "Times that fit", "chosen", SlotPainter(theme))
        slots.show_choices(
            (
                Choice("1", "Fri 27-Nov 14:00", 1, "in time"),
                Choice("2", "Fri 27-Nov 16:30", 2, "in time, daughter works"),
                Choice("3", "Mon 30-Nov 09:30", 3, "1 day late", warns=True),
            )
        )
        slots.set_value(1)
        down.addWidget(slots)
        for question, options in (
            ("Identity, two points", ("Pass", "Fail")),
            ("Reasons were addressed", ("Meets", "Partly", "Does not")),
            ("Said it back is written down", ("Meets", "Partly", "Does not")),
        ):
            row = ScaleRow(theme, question, [Option(words, words) for words in options])
            row.set_value(options[0] if len(options) == 2 else None)
            down.addWidget(row)
            self.last = row
        tallies = TallyLines(theme)
        tallies.show_lines(
            (
                Tally("Calls tried", "12 reached, 23 no answer, 6 message", "41"),
                Tally(
                    "Call, no answer",
                    "BROWN, Helen · 15:41",
                    icon="call",
                    chip=Chip("waiting", ChipKind.QUIET, "waiting"),
                ),
            )
        )
        down.addWidget(tallies)
        down.addStretch(1)


def test_small_parts(either_theme, qtbot, picture):
    parts = SmallParts(either_theme)
    qtbot.addWidget(parts)
    parts.show()
    parts.last.setFocus()
    picture(parts, f"parts-{either_theme.tokens.name}", 800, 640)
    assert parts.last.height() == 40


def test_empty_and_desk(either_theme, qtbot, picture):
    both = QWidget()
    qtbot.addWidget(both)
    across = Line(either_theme, both)
    buttons = tuple(
        KeyButton(either_theme, act(both, words, key, both.update, where=HERE), kind)
        for words, key, kind in (("Show due soon", "2", Kind.PLAIN), ("Close the day", "D", Kind.PRIMARY))
    )
    words = EmptyWords(
        "No calls left today",
        "41 done. Next due Monday: 12.",
        "Three items wait for the network; they are safe on this computer.",
    )
    across.addWidget(EmptyState(either_theme, words, buttons), 1)
    desk = LetterDesk(either_theme, "Letter")
    page = QImage(612, 792, QImage.Format.Format_RGB32)
    page.fill(0xFFFFFFFF)
    desk.show_pages((page, page), "Page 1 of 2  ·  Letter, 8½ × 11 in  ·  fits the window")
    across.addWidget(desk, 1)
    picture(both, f"empty-{either_theme.tokens.name}", 1300, 700)
    rect = desk.page_rect(650, 700)
    assert rect.width() / rect.height() == pytest.approx(8.5 / 11, abs=0.01)
    with qtbot.waitSignal(desk.page_changed):
        desk.turn(1)
    assert desk.page == 1
