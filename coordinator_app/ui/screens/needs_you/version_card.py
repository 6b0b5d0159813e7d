"""One of two versions, side by side with the other: its key, its values, who and when; pressed or typed to choose."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy
from typing_extensions import override

from coordinator_app.ui.screens.needs_you.rows import Option
from coordinator_app.ui.shared.hand import Hand, fitted, wrapped
from coordinator_app.ui.shared.marks import focus_ring, key_cap, tick
from coordinator_app.ui.shared.painted import hand_on
from coordinator_app.ui.shared.theme import Theme
from coordinator_app.ui.shared.tokens import Tone
from coordinator_app.ui.shared.typography import Type

_EDGE, _HEAD, _PITCH = 18, 46, 23


class VersionCard(QAbstractButton):
    """Checked while it is chosen; `clicked` says that a person chose it."""

    def __init__(self, theme: Theme, chosen_word: str) -> None:
        super().__init__()
        self.theme, self._chosen_word = theme, chosen_word
        self._option = Option("", "", "")
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self._relook)

    def show_option(self, option: Option, *, is_chosen: bool) -> None:
        """Show a version."""
        self._option = option
        self.setChecked(is_chosen)
        said = (option.key, option.head, option.value, *option.lines, *option.foot)
        chosen = (self._chosen_word,) if is_chosen else ()
        self.setAccessibleName(", ".join(each for each in (*said, *chosen) if each))
        self._relook()

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        return self.theme.px(self._flow(width * 100 / self.theme.zoom))

    @override
    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(230), self.heightForWidth(self.theme.px(230)))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px(160), self.theme.px(_HEAD))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with hand_on(self, self.theme) as hand:
            self._paint(hand)

    def _paint(self, hand: Hand) -> None:
        look, rect = hand.look, QRectF(0, 0, hand.w, hand.h)
        is_chosen = self.isChecked()
        hand.box(
            rect,
            8,
            fill=look.select if is_chosen else look.surface,
            line=look.accent if is_chosen else look.control,
            stroke=2 if is_chosen else 1,
        )
        if self.hasFocus():
            focus_ring(hand, rect.adjusted(3, 3, -3, -3), 6)
        key_cap(hand, _EDGE, 28, self._option.key, line=look.accent if is_chosen else None)
        hand.text(_EDGE + 30, 33, self._option.head, Type.STRONG)
        if is_chosen:
            tick(hand, hand.w - _EDGE - 9, 28, Tone.ACCENT, 18)
        y, width = _HEAD + 20.0, hand.w - 2 * _EDGE
        if self._option.value:
            words, role = fitted(self._option.value, (Type.LARGE, Type.TITLE, Type.NAME), width)
            hand.text(_EDGE, y + 8, words, role)
            y += 36
        y = self._write(hand, y, self._option.lines, width, Tone.TEXT)
        self._write(hand, y + (4 if self._option.lines else 0), self._option.foot, width, Tone.SECOND)

    def _write(self, hand: Hand, y: float, lines: tuple[str, ...], width: float, tone: Tone) -> float:
        for line in lines:
            y = hand.lines(_EDGE, y, wrapped(line, Type.BODY, width), Type.BODY, tone, pitch=_PITCH)
        return y

    def _flow(self, width: float) -> float:
        inner = width - 2 * _EDGE
        rows = sum(len(wrapped(each, Type.BODY, inner)) for each in (*self._option.lines, *self._option.foot))
        value = 36 if self._option.value else 0
        gap = 4 if self._option.lines and self._option.foot else 0
        return _HEAD + value + gap + rows * _PITCH + 14

    def _relook(self) -> None:
        self.updateGeometry()
        self.update()
