"""Tabs with counts: the parts of a list that is too long for one; a link at the right that is always there."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QPushButton, QSizePolicy, QWidget
from typing_extensions import override

from coordinator_app.ui.shared.hand import width_of
from coordinator_app.ui.shared.layout import Edge, Pane, pin
from coordinator_app.ui.shared.marks import focus_ring
from coordinator_app.ui.shared.painted import hand_on
from coordinator_app.ui.shared.theme import Theme
from coordinator_app.ui.shared.tokens import Tone
from coordinator_app.ui.shared.typography import Type

HEIGHT = 46
_SIDE = 5
"""Room beside the words of a tab for its focus ring; the words stand where the design has them."""


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab: its key, its word and how many are under it (empty for no count)."""

    key: str
    word: str
    count: str = ""


class _TabButton(QAbstractButton):
    """One tab of the line."""

    def __init__(self, theme: Theme, tab: Tab) -> None:
        super().__init__()
        self.theme = theme
        self.tab = tab
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_tab(tab)
        theme.changed.connect(self.updateGeometry)

    def show_tab(self, tab: Tab) -> None:
        self.tab = tab
        self.setText(tab.word)
        self.setAccessibleName(f"{tab.word} {tab.count}".strip())
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        count = width_of(self.tab.count, Type.STRONG) + 7 if self.tab.count else 0
        width = width_of(self.tab.word, Type.STRONG) + count + 1 + 2 * _SIDE
        return QSize(self.theme.px(width), self.theme.px(HEIGHT - 1))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with hand_on(self, self.theme) as hand:
            is_on = self.isChecked()
            role = Type.STRONG if is_on else Type.MEDIUM
            x = hand.text(_SIDE, 29, self.tab.word, role, Tone.TEXT if is_on else Tone.SECOND)
            hand.text(
                x + 7, 29, self.tab.count, Type.STRONG if is_on else Type.BODY, Tone.ACCENT if is_on else Tone.THIRD
            )
            if is_on:
                hand.fill(_SIDE, hand.h - 3, hand.w - 2 * _SIDE, 3, Tone.ACCENT)
            if self.hasFocus():
                focus_ring(hand, QRectF(0, 8, hand.w, 30), 4)


class CountLink(QPushButton):
    """An underlined link with a count, such as "Not listed 14"."""

    def __init__(self, theme: Theme, words: str = "", role: Type = Type.MEDIUM, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self.theme = theme
        self._role = role
        self.setFlat(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def show_words(self, words: str) -> None:
        """Say other words."""
        self.setText(words)
        self.setAccessibleName(words)
        self.updateGeometry()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(width_of(self.text(), self._role) + 2), self.theme.px(26))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with hand_on(self, self.theme) as hand:
            drop = 6 if self._role.value[0] > 13 else 4.7
            end = hand.text(0, hand.h / 2 + drop, self.text(), self._role, Tone.ACCENT)
            hand.fill(0, round(hand.h / 2 + drop + 3), end, 1, Tone.ACCENT)
            if self.hasFocus():
                focus_ring(hand, QRectF(0, 0, hand.w, hand.h), 4)


class TabLine(Pane):
    """The tabs of a list, 46 high; Left and Right go through them.

    Signals:
        chosen(str): the key of the tab a person chose.
        link_wished(): the link at the right was pressed.
    """

    chosen = Signal(str)
    link_wished = Signal()

    def __init__(
        self, theme: Theme, name: str, *, left: int = 22, gap: int = 28, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, "surface", Edge.BOTTOM, parent)
        self.setAccessibleName(name)
        self._buttons: dict[str, _TabButton] = {}
        self._across = self.line((left - _SIDE, 0, 18, 0), gap - 2 * _SIDE)
        self._across.addStretch(1)
        self.link = CountLink(theme)
        self.link.hide()
        self.link.clicked.connect(self.link_wished)
        self._across.addWidget(self.link, 0, Qt.AlignmentFlag.AlignVCenter)
        pin(theme, self, height=HEIGHT)

    def show_tabs(self, tabs: tuple[Tab, ...], current: str = "") -> None:
        """Show tabs; the same keys keep their places and their focus and only change their counts."""
        if [tab.key for tab in tabs] != list(self._buttons):
            for old in self._buttons.values():
                self._across.removeWidget(old)
                old.setParent(None)
            self._buttons = {}
            for place, tab in enumerate(tabs):
                button = _TabButton(self.theme, tab)
                button.clicked.connect(lambda _checked=False, key=tab.key: self.chosen.emit(key))
                self._across.insertWidget(place, button)
                self._buttons[tab.key] = button
        for tab in tabs:
            self._buttons[tab.key].show_tab(tab)
        if current:
            self.select(current)

    def select(self, key: str) -> None:
        """Mark a tab as the one shown; nobody is told."""
        self._buttons[key].setChecked(True)

    def clear_selection(self) -> None:
        """Mark no tab, while the link's own list is shown."""
        for button in self._buttons.values():
            button.setAutoExclusive(False)
            button.setChecked(False)
            button.setAutoExclusive(True)

    @property
    def current(self) -> str:
        """The key of the tab that is marked, empty while there is none."""
        return next((key for key, button in self._buttons.items() if button.isChecked()), "")

    def take_focus(self) -> None:
        """Give the keyboard to the tab that is marked."""
        if self.current:
            self._buttons[self.current].setFocus()

    def show_link(self, words: str) -> None:
        """Show the link at the right, or none."""
        self.link.show_words(words)
        self.link.setVisible(bool(words))

    def set_measures(self, left: int, gap: int) -> None:
        """Take other room at the left and between tabs, for narrow windows."""
        self._across.set_margins(left - _SIDE, 0, 20 if left > 16 else 16, 1)
        self._across.set_gap(gap - 2 * _SIDE)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()))
        keys = list(self._buttons)
        if step and self.current:
            key = keys[(keys.index(self.current) + step) % len(keys)]
            self._buttons[key].setFocus()
            self._buttons[key].click()
        else:
            super().keyPressEvent(event)
