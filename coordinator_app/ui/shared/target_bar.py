"""A rate against its target: the tick stands at 80 % of every track, so that a table has one line through it."""

from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from coordinator_app.ui.shared.hand import Hand
from coordinator_app.ui.shared.painted import Painted
from coordinator_app.ui.shared.theme import Theme

TARGET_AT = 0.8


def draw_target_bar(hand: Hand, x: float, y: float, width: float, *, share: float, is_off: bool) -> None:
    """Draw a bar 8 high; `share` is value ÷ target, `is_off` colors it as off target."""
    look = hand.look
    hand.box(QRectF(x, y, width, 8), 2, fill=look.barbg)
    length = min(max(share, 0.0) * TARGET_AT, 1.0) * width
    if length > 0:
        hand.box(QRectF(x, y, length, 8), 2, fill=look.high if is_off else look.barfill)
    hand.fill(x + round(width * TARGET_AT) - 1, y - 4, 2, 16, look.text)


class TargetBar(Painted):
    """The bar as a part of a layout; its name says the numbers."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._share = 0.0
        self._is_off = False
        self.setAccessibleName(name)

    def show_share(self, share: float, *, is_off: bool) -> None:
        """Show value ÷ target."""
        self._share, self._is_off = share, is_off
        self.update()

    @override
    def design_size(self) -> tuple[float, float]:
        return 120, 16

    @override
    def paint(self, hand: Hand) -> None:
        draw_target_bar(hand, 0, 4, hand.w, share=self._share, is_off=self._is_off)
