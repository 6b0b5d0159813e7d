"""Buttons with a key that stay pressed: identifiers that match, how a lesson was said back."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QSizePolicy, QWidget
from typing_extensions import override

from coordinator_app.ui.shared.hand import Hand, Ink, fitted, width_of
from coordinator_app.ui.shared.marks import cap_width, focus_ring, key_cap, tick
from coordinator_app.ui.shared.painted import hand_on
from coordinator_app.ui.shared.theme import Theme
from coordinator_app.ui.shared.tokens import Tone
from coordinator_app.ui.shared.typography import Type

HEIGHT = 34


class ToggleKind(Enum):
    """CONFIRM turns green with a tick, several may be on; CHOICE is filled, one at most is on."""

    CONFIRM = "confirm"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Toggle:
    """One thing to press: its key, its words, the value a screen gets back."""

    key: str
    words: str
    value: object


class KeyToggle(QAbstractButton):
    """A button that stays pressed."""

    def __init__(self, theme: Theme, toggle: Toggle, kind: ToggleKind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.toggle_data = toggle
        self._kind = kind
        self.setCheckable(True)
        self.setText(toggle.words)
        self.setAccessibleName(f"{toggle.words}, {toggle.key}")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    @override
    def sizeHint(self) -> QSize:
        tail = 24 if self._kind is ToggleKind.CONFIRM else 8
        width = 7 + cap_width(self.toggle_data.key) + 6 + width_of(self.text(), Type.LABEL) + tail
        return QSize(self.theme.px(width), self.theme.px(HEIGHT))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px(60), self.theme.px(HEIGHT))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with hand_on(self, self.theme) as hand:
            ink, line = self._paper(hand)
            x = key_cap(hand, 7, hand.h / 2, self.toggle_data.key, ink=ink, line=line)
            ticked = self.isChecked() and self._kind is ToggleKind.CONFIRM
            room = hand.w - x - 6 - (22 if ticked else 4)
            words, role = fitted(self.text(), (Type.LABEL, Type.SMALL_MEDIUM, Type.SMALL), room)
            hand.text(x + 6, hand.h / 2 + 4.7, words, role, ink)
            if ticked:
                tick(hand, hand.w - 12, hand.h / 2, ink, 16)

    def _paper(self, hand: Hand) -> tuple[Ink, Ink | None]:
        look, rect = hand.look, QRectF(0, 0, hand.w, hand.h)
        ink: Ink = Tone.SECOND if self.isEnabled() else Tone.THIRD
        cap: Ink | None = None
        ring: Ink = Tone.ACCENT
        if not self.isChecked():
            hand.box(rect, 6, fill=look.surface, line=look.control if self.isEnabled() else look.line)
        elif self._kind is ToggleKind.CONFIRM:
            hand.box(rect, 6, fill=look.donetint, line=look.done)
            ink, cap = Tone.DONE, look.done
        else:
            hand.box(rect, 6, fill=look.fill)
            ink, cap, ring = Tone.ON_FILL, look.onfill, look.onfill
        if self.hasFocus():
            is_filled = ring is look.onfill
            focus_ring(hand, rect.adjusted(3, 3, -3, -3) if is_filled else rect, 4 if is_filled else 6, ring)
        return ink, cap


class ToggleGrid(QWidget):
    """Toggles in columns; their keys work while one of them has the keyboard. Nothing is on beforehand.

    Columns are of one width, or `by_words` as wide as their words ask, where one word is much longer than the others.

    Signals:
        changed(object): the values that are now on, in the order of the grid.
    """

    changed = Signal(object)

    def __init__(
        self,
        theme: Theme,
        name: str,
        toggles: Iterable[Toggle],
        kind: ToggleKind = ToggleKind.CONFIRM,
        *,
        columns: int = 2,
        by_words: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._kind = kind
        self._buttons: list[KeyToggle] = []
        self.setAccessibleName(name)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        for place, toggle in enumerate(toggles):
            button = KeyToggle(theme, toggle, kind)
            button.clicked.connect(lambda _checked=False, button=button: self._pressed(button))
            self._grid.addWidget(button, place // columns, place % columns)
            self._buttons.append(button)
            if by_words:
                column = place % columns
                self._grid.setColumnStretch(column, max(self._grid.columnStretch(column), button.sizeHint().width()))
        if self._buttons:
            self.setFocusProxy(self._buttons[0])
        theme.changed.connect(self._measure)
        self._measure()

    def set_columns(self, columns: int) -> None:
        """Stand in so many columns; in one row each is as broad as its words ask."""
        is_row = columns >= len(self._buttons)
        for place, button in enumerate(self._buttons):
            self._grid.addWidget(button, place // columns, place % columns)
            self._grid.setColumnStretch(place, button.sizeHint().width() if is_row else 0)

    def on(self) -> tuple[object, ...]:
        """Return the values that are on."""
        return tuple(button.toggle_data.value for button in self._buttons if button.isChecked())

    def set_on(self, values: Iterable[object]) -> None:
        """Turn exactly these on; nobody is told."""
        wanted = list(values)
        for button in self._buttons:
            button.setChecked(button.toggle_data.value in wanted)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        bare = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        for button in self._buttons:
            if bare and event.text().upper() == button.toggle_data.key.upper() and button.isEnabled():
                button.setFocus()
                button.setChecked(not button.isChecked())
                self._pressed(button)
                return
        super().keyPressEvent(event)

    def _pressed(self, pressed: KeyToggle) -> None:
        if self._kind is ToggleKind.CHOICE and pressed.isChecked():
            for button in self._buttons:
                button.setChecked(button is pressed)
        self.changed.emit(self.on())

    def _measure(self) -> None:
        self._grid.setSpacing(self.theme.px(6))
