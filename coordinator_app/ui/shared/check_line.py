"""A box with its words: the whole line can be pressed, a quieter line below says what belongs to it."""

from PySide6.QtCore import QPoint, QRectF, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget
from typing_extensions import override

from coordinator_app.ui.shared.hand import Ink, cut, width_of
from coordinator_app.ui.shared.marks import check_box, focus_ring
from coordinator_app.ui.shared.painted import hand_on
from coordinator_app.ui.shared.theme import Theme
from coordinator_app.ui.shared.tokens import Tone
from coordinator_app.ui.shared.typography import Type


class CheckLine(QCheckBox):
    """A line 34 or 36 high, 50 with a detail; what is on stands in a heavier weight too."""

    def __init__(
        self,
        theme: Theme,
        words: str,
        detail: str = "",
        *,
        height: int = 36,
        inset: int = 8,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(words, parent)
        self.theme = theme
        self._detail = detail
        self._detail_tone: Ink = Tone.SECOND
        self._height = height
        self._inset = inset
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleDescription(detail)
        theme.changed.connect(self.updateGeometry)

    def set_detail(self, detail: str, tone: Ink = Tone.SECOND) -> None:
        """Say another quieter line, or none."""
        self._detail, self._detail_tone = detail, tone
        self.setAccessibleDescription(detail)
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        width = self._inset + 33 + max(width_of(self.text(), Type.MEDIUM), width_of(self._detail, Type.SMALL))
        return QSize(self.theme.px(width + 1), self.theme.px(self._height + (14 if self._detail else 0)))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px(100), self.sizeHint().height())

    @override
    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with hand_on(self, self.theme) as hand:
            middle, x = self._height / 2, self._inset
            check_box(hand, x, middle, on=self.isChecked(), enabled=self.isEnabled())
            tone = Tone.TEXT if self.isEnabled() else Tone.THIRD
            role = Type.MEDIUM if self.isChecked() else Type.BODY
            room = hand.w - x - 32
            hand.text(x + 30, middle + 5.2, cut(self.text(), role, room), role, tone)
            hand.text(x + 30, middle + 25, cut(self._detail, Type.SMALL, room), Type.SMALL, self._detail_tone)
            if self.hasFocus():
                focus_ring(hand, QRectF(max(0, x - 6), 1, hand.w - max(0, x - 6), hand.h - 2))
