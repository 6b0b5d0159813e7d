"""The rail: the screens at the left edge, each with its digit; what needs a person alone at the foot."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QKeySequence, QPaintEvent, QShortcut
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget
from typing_extensions import override

from coordinator_app.ui.shared.hand import Hand, cut, width_of
from coordinator_app.ui.shared.layout import Breadth, Edge, Pane, pin
from coordinator_app.ui.shared.marks import focus_ring
from coordinator_app.ui.shared.painted import hand_on
from coordinator_app.ui.shared.theme import Theme
from coordinator_app.ui.shared.tokens import Tone
from coordinator_app.ui.shared.typography import Type

_WIDTHS = {Breadth.NARROW: 60, Breadth.MIDDLE: 172, Breadth.WIDE: 172}
_ITEM, _GAP = 40, 4


@dataclass(frozen=True, slots=True)
class RailEntry:
    """One screen on the rail: its key, its word, its icon and the digit that calls it with Ctrl (0 for none)."""

    key: str
    word: str
    icon: str
    digit: int = 0


class RailItem(QAbstractButton):
    """One place of the rail; narrow it shows its icon alone, and its word while it has the keyboard or the mouse."""

    def __init__(self, theme: Theme, entry: RailEntry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.entry = entry
        self._count = 0
        self._is_narrow = False
        self.setCheckable(True)
        self.setText(entry.word)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._name_itself()
        theme.changed.connect(self.updateGeometry)

    def set_count(self, count: int) -> None:
        """Show a pill with a count; nothing for 0."""
        self._count = count
        self._name_itself()
        self.update()

    def set_narrow(self, *, narrow: bool) -> None:
        """Show the icon alone, the word as a tip."""
        self._is_narrow = narrow
        self.setToolTip(self.entry.word if narrow else "")
        self.update()

    @override
    def nextCheckState(self) -> None:
        # What is shown is decided elsewhere: the mark waits for `Rail.select`.
        return

    @override
    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(60), self.theme.px(_ITEM))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with hand_on(self, self.theme) as hand:
            rect = QRectF(8, 0, hand.w - 16, hand.h)
            if self.isChecked():
                hand.box(rect, 6, fill=hand.look.select)
            if self.hasFocus():
                focus_ring(hand, rect)
            is_on = self.isChecked()
            hand.icon(self.entry.icon, 20, hand.h / 2 - 10, 20, Tone.ACCENT if is_on else Tone.SECOND)
            if self._is_narrow:
                if self._count:
                    self._pill(hand, hand.w - 8, 10)
                return
            tail = hand.w - 22
            if self._count:
                tail = self._pill(hand, hand.w - 18, hand.h / 2) - 4
            elif self.entry.digit:
                digit = str(self.entry.digit)
                tail = hand.text_right(tail, hand.h / 2 + 4.7, digit, Type.SMALL_MEDIUM, Tone.SECOND)
            role = Type.STRONG if is_on else Type.MEDIUM
            word = cut(self.entry.word, role, tail - 48 - 2)
            hand.text(48, hand.h / 2 + 5.2, word, role, Tone.TEXT if is_on else Tone.SECOND)

    def _pill(self, hand: Hand, right: float, middle: float) -> float:
        words = str(self._count)
        width = max(20.0, round(width_of(words, Type.LABEL)) + 12)
        if width <= 20:
            width = 22 if not self._is_narrow else 20
        height = 20 if self._is_narrow else 22
        hand.box(QRectF(right - width, middle - height / 2, width, height), height / 2, fill=hand.look.ink)
        hand.text_amid(right - width / 2, middle + 4.7, words, Type.LABEL, Tone.ON_INK)
        return right - width

    def _name_itself(self) -> None:
        self.setAccessibleName(f"{self.entry.word}, {self._count}" if self._count else self.entry.word)


class Rail(Pane):
    """The screens in their fixed order; Ctrl and the digit call them from everywhere.

    Signals:
        screen_wished(str): the key of the screen a person asked for.
    """

    screen_wished = Signal(str)

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, "window", Edge.RIGHT, parent)
        self.setAccessibleName(name)
        self._items: dict[str, RailItem] = {}
        self._above = 0
        self._places = self.column((0, 12, 0, 12), _GAP)
        self._places.addStretch(1)
        self._breadth = Breadth.MIDDLE
        pin(theme, self, width=_WIDTHS[self._breadth])

    def add(self, entry: RailEntry, *, at_foot: bool = False) -> None:
        """Put a screen on the rail, above the gap or at the foot; at the foot it shows only while it has a count."""
        item = RailItem(self.theme, entry)
        item.clicked.connect(lambda: self._wish(entry.key))
        self._items[entry.key] = item
        if at_foot:
            self._places.addWidget(item)
        else:
            self._places.insertWidget(self._above, item)
            self._above += 1
        item.setVisible(not at_foot)
        item.set_narrow(narrow=self._breadth is Breadth.NARROW)
        if entry.digit:
            shortcut = QShortcut(QKeySequence(f"Ctrl+{entry.digit}"), self)
            shortcut.activated.connect(lambda: self._wish(entry.key))

    def select(self, key: str) -> None:
        """Mark the screen that is shown."""
        for known, item in self._items.items():
            item.setChecked(known == key)

    def set_count(self, key: str, count: int) -> None:
        """Show how many wait on a screen; a screen at the foot is gone while none do and it is not shown."""
        item = self._items[key]
        item.set_count(count)
        if not item.entry.digit:
            item.setVisible(count > 0 or item.isChecked())

    def set_breadth(self, breadth: Breadth) -> None:
        """Take the width of a layout: icons alone when narrow."""
        if breadth is not self._breadth:
            self._breadth = breadth
            pin(self.theme, self, width=_WIDTHS[breadth])
            for item in self._items.values():
                item.set_narrow(narrow=breadth is Breadth.NARROW)

    def _wish(self, key: str) -> None:
        self.screen_wished.emit(key)
