"""Buttons whose label and key come from one act, so that they cannot differ."""

from enum import Enum

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAction, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget
from typing_extensions import override

from coordinator_app.ui.shared.actions import keys_of
from coordinator_app.ui.shared.hand import Hand, Ink, cut, width_of
from coordinator_app.ui.shared.marks import cap_width, focus_ring, key_cap
from coordinator_app.ui.shared.painted import hand_on
from coordinator_app.ui.shared.theme import Theme
from coordinator_app.ui.shared.tokens import Tone
from coordinator_app.ui.shared.typography import Type

HEIGHT = 36


class Kind(Enum):
    """How a button looks: one primary to a screen, danger for what saves a life, quiet as a link without a box."""

    PRIMARY = "primary"
    PLAIN = "plain"
    DANGER = "danger"
    QUIET = "quiet"


class KeyButton(QPushButton):
    """A button that shows its act's words and, in a cap beside them, its act's key.

    `height` is 36 in design pixels, 42 on the lock screen. Pressing it triggers the act; it is enabled as the act is.
    """

    def __init__(
        self,
        theme: Theme,
        action: QAction,
        kind: Kind = Kind.PLAIN,
        *,
        icon: str = "",
        height: int = HEIGHT,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self.action = action
        self._kind = kind
        self._icon = icon
        self._height = height
        self._is_compact = False
        self.setFlat(True)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.clicked.connect(action.trigger)
        action.changed.connect(self._follow)
        theme.changed.connect(self._relook)
        self._follow()

    def set_compact(self, *, compact: bool) -> None:
        """Leave the icon and some of the room out, where the pane is narrow."""
        self._is_compact = compact
        self._relook()

    @override
    def sizeHint(self) -> QSize:
        width = self._words_width() + (2 if self._kind is Kind.QUIET else 16 if self._is_compact else 26)
        return QSize(self.theme.px(width), self.theme.px(self._height))

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with hand_on(self, self.theme) as hand:
            self._paper(hand)
            self._words(hand)

    def _words_width(self) -> float:
        cap = cap_width(keys_of(self.action))
        icon = 26 if self._icon and not self._is_compact else 0
        return icon + round(width_of(self.action.text(), self._role())) + (8 + cap if cap else 0)

    def _role(self) -> Type:
        return Type.STRONG if self._kind in (Kind.PRIMARY, Kind.DANGER) else Type.MEDIUM

    def _paper(self, hand: Hand) -> None:
        look, rect = hand.look, QRectF(0, 0, hand.w, hand.h)
        if self._kind is Kind.QUIET:
            if self.hasFocus():
                focus_ring(hand, rect, 4)
            return
        is_filled = self._kind is not Kind.PLAIN and self.isEnabled()
        if not is_filled:
            line = look.line if not self.isEnabled() else look.control
            hand.box(rect, 6, fill=look.sunken if self.isDown() else look.surface, line=line)
            if self.hasFocus():
                focus_ring(hand, rect)
            return
        fill = look.redfill if self._kind is Kind.DANGER else look.fill
        hand.box(rect, 6, fill=fill.darker(112) if self.isDown() else fill)
        if self.hasFocus():
            focus_ring(hand, rect.adjusted(3, 3, -3, -3), 4, look.onfill)

    def _ink(self) -> Ink:
        if not self.isEnabled():
            return Tone.THIRD
        return {Kind.PLAIN: Tone.TEXT, Kind.QUIET: Tone.ACCENT}.get(self._kind, Tone.ON_FILL)

    def _words(self, hand: Hand) -> None:
        ink, keys, role = self._ink(), keys_of(self.action), self._role()
        x = 0.0 if self._kind is Kind.QUIET else max(0.0, round((hand.w - self._words_width()) / 2))
        middle = hand.h / 2
        if self._icon and not self._is_compact:
            hand.icon(self._icon, x, middle - 10, 20, ink)
            x += 26
        room = hand.w - x - (cap_width(keys) + 8 if keys else 0)
        x = hand.text(x, middle + 5.2, cut(self.action.text(), role, room + 1), role, ink)
        if keys:
            on_fill = self._kind in (Kind.PRIMARY, Kind.DANGER) and self.isEnabled()
            key_cap(
                hand,
                x + 8,
                middle,
                keys,
                ink=Tone.ON_FILL if on_fill else Tone.SECOND,
                line=hand.look.onfill if on_fill else None,
            )

    def _follow(self) -> None:
        self.setEnabled(self.action.isEnabled())
        self.setText(self.action.text())
        keys = keys_of(self.action)
        self.setAccessibleName(f"{self.action.text()}, {keys}" if keys else self.action.text())
        self._relook()

    def _relook(self) -> None:
        self.updateGeometry()
        self.update()
