"""Boxes under headings: facts, medicines, copies; each goes in and out by Space."""

from PySide6.QtCore import QPoint, QRectF, QSize, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget
from typing_extensions import override

from coordinator_app.ui.screens.letter.rows import TickGroup, TickLine
from coordinator_app.ui.shared.hand import wrapped
from coordinator_app.ui.shared.headings import Heading
from coordinator_app.ui.shared.layout import Column
from coordinator_app.ui.shared.marks import check_box, focus_ring
from coordinator_app.ui.shared.painted import hand_on
from coordinator_app.ui.shared.theme import Theme
from coordinator_app.ui.shared.tokens import Tone
from coordinator_app.ui.shared.typography import Type

_LEFT, _PITCH, _SMALL_PITCH = 38, 20, 18


class TickBox(QCheckBox):
    """A box whose words wrap rather than be cut; what there is to say of it stands smaller below."""

    def __init__(self, theme: Theme, line: TickLine) -> None:
        super().__init__(line.words)
        self.theme = theme
        self._line = line
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self.updateGeometry)
        self.show_line(line)

    def show_line(self, line: TickLine) -> None:
        """Show other words and whether it is on; nobody is told."""
        self._line = line
        self.setText(line.words)
        self.setAccessibleDescription(line.detail)
        self.setChecked(line.is_on)
        self.setEnabled(line.is_enabled)
        self.updateGeometry()
        self.update()

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        words, detail = self._lines(width * 100 / self.theme.zoom)
        return self.theme.px(34 + _PITCH * (len(words) - 1) + _SMALL_PITCH * len(detail))

    @override
    def sizeHint(self) -> QSize:
        width = self.width() if self.width() > self.theme.px(100) else self.theme.px(304)
        return QSize(width, self.heightForWidth(width))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px(100), self.sizeHint().height())

    @override
    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with hand_on(self, self.theme) as hand:
            words, detail = self._lines(hand.w)
            check_box(hand, 8, 17, on=self.isChecked(), enabled=self.isEnabled())
            tone = Tone.TEXT if self.isEnabled() else Tone.THIRD
            baseline = hand.lines(
                _LEFT, 22.2, words, Type.MEDIUM if self.isChecked() else Type.BODY, tone, pitch=_PITCH
            )
            tone = Tone.URGENT if self._line.warns else Tone.SECOND
            hand.lines(_LEFT, baseline - 3, detail, Type.SMALL, tone, pitch=_SMALL_PITCH)
            if self.hasFocus():
                focus_ring(hand, QRectF(2, 1, hand.w - 2, hand.h - 2))

    def _lines(self, width: float) -> tuple[list[str], list[str]]:
        # Measured in the heavier type, so that a box does not grow when it is ticked.
        room = max(60.0, width - _LEFT - 4)
        detail = wrapped(self._line.detail, Type.SMALL, room) if self._line.detail else []
        return wrapped(self._line.words, Type.MEDIUM, room), detail


class Ticks(QWidget):
    """A heading that counts, then boxes; the same keys keep their boxes and so the keyboard.

    Signals:
        ticked(str, bool): a box was pressed, and whether it is on now.
        opened(): a confidential item was pressed; it says what it is before it can go in.
    """

    ticked = Signal(str, bool)
    opened = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self._heading = Heading(theme, "")
        self._rows: dict[str, TickBox] = {}
        self._lines: dict[str, TickLine] = {}
        self._down = Column(theme, self, (0, 16, 0, 0))
        self._down.addWidget(self._heading)
        self._down.add_gap(4)

    def show_group(self, group: TickGroup) -> None:
        """Show other boxes; a group without boxes is not there."""
        self.setVisible(bool(group.lines))
        self._heading.set_words(group.title)
        self._heading.set_aside(group.aside)
        lines = {line.key: line for line in group.lines}
        if list(lines) != list(self._rows):
            for old in self._rows.values():
                self._down.removeWidget(old)
                old.setParent(None)
            self._rows = {key: self._made(line) for key, line in lines.items()}
        self._lines = lines
        for key, line in lines.items():
            self._rows[key].show_line(line)

    def boxes(self) -> tuple[TickBox, ...]:
        """Return the boxes in their order."""
        return tuple(self._rows.values())

    def _made(self, line: TickLine) -> TickBox:
        row = TickBox(self.theme, line)
        row.clicked.connect(lambda on, key=line.key: self._pressed(key, on=on))
        self._down.addWidget(row)
        # A layout shows what it takes in only later; a key pressed at once would find no box.
        row.show()
        return row

    def _pressed(self, key: str, *, on: bool) -> None:
        if self._lines[key].is_closed:
            self._rows[key].setChecked(False)
            self.opened.emit()
        else:
            self.ticked.emit(key, on)
