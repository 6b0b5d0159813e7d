"""How the list is sorted and filtered, always in words; a filter is a chip that can be pressed away."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget
from typing_extensions import override

from coordinator_app.ui.shared.actions import keys_of
from coordinator_app.ui.shared.chips import HEIGHT as CHIP_HEIGHT
from coordinator_app.ui.shared.hand import width_of
from coordinator_app.ui.shared.layout import Edge, Pane, pin
from coordinator_app.ui.shared.marks import cap_width, focus_ring, key_cap
from coordinator_app.ui.shared.painted import hand_on
from coordinator_app.ui.shared.tabs import CountLink
from coordinator_app.ui.shared.text import Text
from coordinator_app.ui.shared.theme import Theme
from coordinator_app.ui.shared.tokens import Tone
from coordinator_app.ui.shared.typography import Type

HEIGHT = 38


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter in force: its key, its words ("Spanish"), and how a reader hears that pressing removes it."""

    key: str
    words: str
    removal: str


@dataclass(frozen=True, slots=True)
class SortState:
    """What the line says; `hidden` is the red sentence about urgent rows a filter keeps away."""

    sorted_words: str
    updated: str = ""
    filters: tuple[Filter, ...] = ()
    hidden: str = ""


class SmallLink(QPushButton):
    """A link of 13 px with its key, from an act."""

    def __init__(self, theme: Theme, action: QAction, parent: QWidget | None = None) -> None:
        super().__init__(action.text(), parent)
        self.theme = theme
        self.action = action
        self.setFlat(True)
        self.setAccessibleName(f"{action.text()}, {keys_of(action)}")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.clicked.connect(action.trigger)
        theme.changed.connect(self.updateGeometry)

    @override
    def sizeHint(self) -> QSize:
        keys = keys_of(self.action)
        width = width_of(self.text(), Type.SMALL_MEDIUM) + (cap_width(keys) + 9 if keys else 0) + 2
        return QSize(self.theme.px(width), self.theme.px(24))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with hand_on(self, self.theme) as hand:
            x = hand.text(0, hand.h / 2 + 4.7, self.text(), Type.SMALL_MEDIUM, Tone.ACCENT)
            if keys := keys_of(self.action):
                key_cap(hand, x + 9, hand.h / 2, keys)
            if self.hasFocus():
                focus_ring(hand, QRectF(0, 0, hand.w, hand.h), 4)


class _FilterChip(QPushButton):
    """An accent chip that ends in ×."""

    def __init__(self, theme: Theme, what: Filter) -> None:
        super().__init__(what.words)
        self.theme = theme
        self.setFlat(True)
        self.setAccessibleName(what.removal)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(width_of(self.text(), Type.SMALL_MEDIUM) + 31), self.theme.px(24))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with hand_on(self, self.theme) as hand:
            rect = QRectF(0, (hand.h - CHIP_HEIGHT) / 2, hand.w, CHIP_HEIGHT)
            hand.box(rect, 4, fill=hand.look.select)
            hand.text(7, hand.h / 2 + 4.7, self.text(), Type.SMALL_MEDIUM, Tone.ACCENT)
            hand.icon("close", hand.w - 20, hand.h / 2 - 7, 14, Tone.ACCENT)
            if self.hasFocus():
                focus_ring(hand, rect, 4)


class SortLine(Pane):
    """The line under the tabs, 38 high.

    Signals:
        filter_removed(str): the key of the filter that was pressed away.
        link_wished(): the link that stands here while the tabs have no room for it.
    """

    filter_removed = Signal(str)
    link_wished = Signal()

    def __init__(
        self, theme: Theme, *, left: int = 22, link: QAction | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, "surface", Edge.BOTTOM, parent)
        self._across = self.line((left, 0, 20, 0), 14)
        self._sorted = Text(theme, "", Type.SMALL, Tone.SECOND)
        self._hidden = Text(theme, "", Type.LABEL, Tone.URGENT)
        self._updated = Text(theme, "", Type.SMALL, Tone.SECOND, align=Qt.AlignmentFlag.AlignRight)
        self._chips: list[QWidget] = []
        self._across.addWidget(self._sorted)
        if link is not None:
            self._across.addWidget(SmallLink(theme, link))
        self._across.addWidget(self._hidden)
        self._across.addStretch(1)
        self._across.addWidget(self._updated)
        self._link = CountLink(theme, role=Type.SMALL_MEDIUM)
        self._link.clicked.connect(self.link_wished)
        self._link.hide()
        self._across.addWidget(self._link)
        pin(theme, self, height=HEIGHT)

    def show_state(self, state: SortState) -> None:
        """Say how the list is sorted and filtered now."""
        self._sorted.set_words(state.sorted_words)
        self._hidden.set_words(state.hidden)
        self._hidden.setVisible(bool(state.hidden))
        self._updated.set_words(state.updated)
        self._updated.setVisible(bool(state.updated))
        for old in self._chips:
            self._across.removeWidget(old)
            old.setParent(None)
        self._chips = []
        place = self._across.indexOf(self._hidden)
        for what in state.filters:
            chip = _FilterChip(self.theme, what)
            chip.clicked.connect(lambda _checked=False, key=what.key: self.filter_removed.emit(key))
            self._across.insertWidget(place + len(self._chips), chip)
            self._chips.append(chip)

    def show_link(self, words: str) -> None:
        """Show the link at the right, or none."""
        self._link.show_words(words)
        self._link.setVisible(bool(words))

    def set_left(self, left: int) -> None:
        """Take other room at the left, for narrow windows."""
        self._across.set_margins(left, 0, 20 if left > 16 else 16, 1)
