"""A button that is only an icon; its name is spoken, since a tip names nothing to a screen reader."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QPushButton, QWidget
from typing_extensions import override

from coordinator_app.ui.shared.marks import focus_ring
from coordinator_app.ui.shared.painted import hand_on
from coordinator_app.ui.shared.theme import Theme
from coordinator_app.ui.shared.tokens import Tone


class IconButton(QPushButton):
    """An icon 18 in a target of 30; with `boxed` in an outlined 32 x 36 like the arrows of a calendar."""

    def __init__(
        self, theme: Theme, icon: str, name: str, *, boxed: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._icon = icon
        self._is_boxed = boxed
        self.setFlat(True)
        self.setAccessibleName(name)
        self.setToolTip(name)
        theme.changed.connect(self.updateGeometry)

    @override
    def sizeHint(self) -> QSize:
        width, height = (32, 36) if self._is_boxed else (30, 30)
        return QSize(self.theme.px(width), self.theme.px(height))

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with hand_on(self, self.theme) as hand:
            rect = QRectF(0, 0, hand.w, hand.h)
            if self._is_boxed:
                paper = hand.look.sunken if self.isDown() else hand.look.surface
                hand.box(rect, 6, fill=paper, line=hand.look.control)
            tone = Tone.SECOND if self.isEnabled() else Tone.THIRD
            hand.icon(self._icon, hand.w / 2 - 9, hand.h / 2 - 9, 18, tone)
            if self.hasFocus():
                focus_ring(hand, rect)
