"""Parts of one or two lines, the empty list and the letter desk."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractButton, QWidget

from coordinator_app.ui.shared.actions import HERE, act
from coordinator_app.ui.shared.agenda import Agenda, Block, BlockState
from coordinator_app.ui.shared.buttons import KeyButton, Kind
from coordinator_app.ui.shared.chips import Chip, ChipKind
from coordinator_app.ui.shared.choices import Choice, ChoiceList, SlotPainter
from coordinator_app.ui.shared.desk import LetterDesk
from coordinator_app.ui.shared.empty_state import EmptyState, EmptyWords
from coordinator_app.ui.shared.feed_line import FeedLine
from coordinator_app.ui.shared.fields import ComboField, Option
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


BLOCKS = (
    Block("1", 540, 570, BlockState.WORK, "Call", "09:00 call", "NGUYEN, Thuy", "due Mon 30-Nov", icon="call"),
    Block("2", 570, 600, BlockState.BUSY, "Busy", "09:30 busy"),
    Block(
        "3",
        600,
        660,
        BlockState.WORK,
        "At Dr. Peña’s practice",
        "10:00",
        "",
        "huddle sheet ready",
        "4 of your patients have a visit today",
        "team",
    ),
    Block("4", 720, 780, BlockState.BUSY, "Lunch", "12:00 lunch"),
    Block(
        "5",
        840,
        870,
        BlockState.ASKED,
        "PCP visit asked",
        "14:00",
        "GARCÍA LÓPEZ, María José",
        "no answer yet",
        "",
        "visit",
    ),
    Block(
        "6",
        900,
        930,
        BlockState.CONFIRMED,
        "PCP visit confirmed",
        "15:00",
        "BROWN, Helen",
        "by the practice, 24-Nov 09:10",
        "",
        "visit",
    ),
)


def test_a_day_goes_from_block_to_block_by_key_and_passes_over_busy_time(either_theme, qtbot, picture):
    agenda = Agenda(either_theme, "Friday 27-Nov-2026")
    qtbot.addWidget(agenda)
    paper = Pane(either_theme)
    qtbot.addWidget(paper)
    paper.column().addWidget(agenda)
    agenda.show_day(BLOCKS)
    picture(paper, f"agenda-{either_theme.tokens.name}", 736, 640)
    agenda.focus_block("1")
    qtbot.keyClick(agenda.focusWidget(), Qt.Key.Key_Down)
    assert agenda.focusWidget().accessibleName() == "10:00"
    with qtbot.waitSignal(agenda.opened) as told:
        qtbot.keyClick(agenda.focusWidget(), Qt.Key.Key_Return)
    assert told.args == ["3"]


def test_two_blocks_at_one_time_stand_beside_each_other(theme, qtbot):
    agenda = Agenda(theme, "Friday")
    qtbot.addWidget(agenda)
    agenda.resize(700, 640)
    agenda.show_day(
        (
            Block("1", 540, 600, BlockState.WORK, "Call", "one"),
            Block("2", 570, 630, BlockState.CONFIRMED, "Visit", "two"),
        )
    )
    one, two = (child.geometry() for child in agenda.findChildren(QAbstractButton))
    assert not one.intersects(two)


def test_the_list_of_a_choice_has_paper_behind_its_words(theme, qtbot):
    combo = ComboField(theme, "With", options=(Option("Dr. Inés Peña", 1), Option("Dr. Voss", 2)))
    qtbot.addWidget(combo)
    assert combo.combo.palette().base().color().alpha() == 0
    assert combo.combo.view().palette().base().color() == theme.tokens.surface
