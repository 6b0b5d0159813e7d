"""A day by the hour: calls, visits in their states, busy time; each block can be reached by key and read whole."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget
from typing_extensions import override

from coordinator_app.ui.shared.hand import Hand, Ink, cut, fitted, width_of
from coordinator_app.ui.shared.marks import focus_ring
from coordinator_app.ui.shared.painted import Painted, hand_on
from coordinator_app.ui.shared.theme import Theme
from coordinator_app.ui.shared.tokens import Tone
from coordinator_app.ui.shared.typography import Type

HOUR = 62
_TOP, _LABEL, _LINES, _LEFT, _RIGHT = 18, 66, 82, 84, 22


class BlockState(Enum):
    """How a block looks: ours to do, or the state of a visit, or time that is taken."""

    WORK = "work"
    WANTED = "wanted"
    ASKED = "asked"
    CONFIRMED = "confirmed"
    KEPT = "kept"
    BUSY = "busy"


@dataclass(frozen=True, slots=True)
class Block:
    """One stretch of the day, in minutes after midnight, with finished words."""

    key: str
    start: int
    end: int
    state: BlockState
    kind: str
    sentence: str
    name: str = ""
    aside: str = ""
    second: str = ""
    icon: str = ""


def draw_state_box(hand: Hand, rect: QRectF, state: BlockState) -> Ink:
    """Draw the paper of a state and return the tone of its words: outline, dashed amber, green, quiet."""
    look = hand.look
    if state is BlockState.ASKED:
        hand.box(rect, 4, fill=look.hightint, line=look.high, dashed=True)
        return Tone.HIGH
    if state is BlockState.CONFIRMED:
        hand.box(rect, 4, fill=look.donetint, line=look.done)
        return Tone.DONE
    if state in (BlockState.KEPT, BlockState.BUSY):
        hand.box(rect, 4, fill=look.sunken)
        return Tone.SECOND
    hand.box(rect, 4, fill=look.surface, line=look.line)
    return Tone.SECOND


class _BlockButton(QAbstractButton):
    """A block as a thing to press."""

    def __init__(self, theme: Theme, block: Block, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self.block = block
        self.setAccessibleName(block.sentence)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus if block.state is BlockState.BUSY else Qt.FocusPolicy.StrongFocus)

    @override
    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(100), self.theme.px(24))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        block = self.block
        with hand_on(self, self.theme) as hand:
            rect = QRectF(0, 0, hand.w, hand.h)
            tone = draw_state_box(hand, rect, block.state)
            if block.state is BlockState.WORK:
                hand.fill(0, 0, 4, hand.h, hand.look.barfill)
            if block.state is BlockState.BUSY:
                _hatch(hand, rect)
            self._words(hand, tone)
            if self.hasFocus():
                focus_ring(hand, rect, 4)

    def _words(self, hand: Hand, tone: Ink) -> None:
        block, two = self.block, bool(self.block.second)
        baseline = 19.0 if two or hand.h > 34 else hand.h / 2 + 5
        right = hand.w - 12
        if block.aside:
            left = right - width_of(block.aside, Type.SMALL)
            hand.text(left, baseline, block.aside, Type.SMALL, tone)
            right = left - 12
        x = 16.0
        if block.icon:
            hand.icon(block.icon, 14, baseline - 13, 17, tone)
            x = 40
        x = hand.text(x, baseline, cut(block.kind, Type.LABEL, right - x), Type.LABEL, tone) + 12
        if block.name and right - x > 40:
            name, role = fitted(block.name, (Type.STRONG, Type.LABEL), right - x)
            hand.text(x, baseline, name, role)
        if two:
            hand.text(40, baseline + 21, cut(block.second, Type.MEDIUM, hand.w - 52), Type.MEDIUM)


def _hatch(hand: Hand, rect: QRectF) -> None:
    color = QColor(hand.look.line)
    color.setAlpha(110)
    with hand.smooth():
        hand.painter.fillRect(rect, QBrush(color, Qt.BrushStyle.BDiagPattern))


class Agenda(Painted):
    """A day from one hour to another, 62 an hour; Up and Down go from block to block.

    Signals:
        opened(str): the key of the block that was pressed.
    """

    opened = Signal(str)

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._hours = (8, 17)
        self._blocks: list[_BlockButton] = []
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def show_day(self, blocks: tuple[Block, ...], first_hour: int = 8, last_hour: int = 17) -> None:
        """Show other blocks; the hours grow to hold them all."""
        for old in self._blocks:
            old.setParent(None)
        starts, ends = [block.start for block in blocks], [block.end for block in blocks]
        self._hours = (
            min([first_hour, *(start // 60 for start in starts)]),
            max([last_hour, *(-(-end // 60) for end in ends)]),
        )
        self._blocks = [_BlockButton(self.theme, block, self) for block in sorted(blocks, key=lambda one: one.start)]
        for button in self._blocks:
            button.clicked.connect(lambda _checked=False, key=button.block.key: self.opened.emit(key))
            button.show()
        self._place()
        self.relook()

    def focus_block(self, key: str) -> None:
        """Give a block the keyboard."""
        for button in self._blocks:
            if button.block.key == key:
                button.setFocus()

    @override
    def design_size(self) -> tuple[float, float]:
        return 300, _TOP + HOUR * (self._hours[1] - self._hours[0]) + 24

    @override
    def relook(self) -> None:
        self._place()
        super().relook()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        able = [button for button in self._blocks if button.focusPolicy() != Qt.FocusPolicy.NoFocus]
        here = next((place for place, button in enumerate(able) if button.hasFocus()), -1)
        if step and able:
            able[min(max(here + step, 0), len(able) - 1)].setFocus()
        else:
            super().keyPressEvent(event)

    @override
    def paint(self, hand: Hand) -> None:
        first, last = self._hours
        for hour in range(first, last + 1):
            y = _TOP + HOUR * (hour - first)
            hand.text_right(_LABEL, y + 5, f"{hour:02}:00", Type.BODY, Tone.SECOND)
            hand.rule(_LINES, y, hand.w - _LINES - _RIGHT + 2)

    def _place(self) -> None:
        px, first = self.theme.px, self._hours[0] * 60
        width = self.width() - px(_LEFT) - px(_RIGHT)
        # Blocks at one time stand beside each other: a clash is seen, never covered.
        for column, columns, button in _beside(self._blocks):
            block = button.block
            share = width // columns
            top = px(_TOP + 2 + (block.start - first) * HOUR / 60)
            height = px(max(24.0, (block.end - block.start) * HOUR / 60 - 3))
            button.setGeometry(px(_LEFT) + share * column, top, share - (px(4) if columns > 1 else 0), height)


def _beside(buttons: list[_BlockButton]) -> Iterator[tuple[int, int, _BlockButton]]:
    """Yield each block, in the order of their starts, with its column and how many share its stretch of time."""
    together: list[tuple[int, _BlockButton]] = []
    until: dict[int, int] = {}
    for button in buttons:
        if together and button.block.start >= max(until.values()):
            yield from ((column, len(until), each) for column, each in together)
            together, until = [], {}
        column = next((place for place, end in until.items() if end <= button.block.start), len(until))
        until[column] = button.block.end
        together.append((column, button))
    yield from ((column, len(until), each) for column, each in together)
