"""The product's mark, and the DEMO mark that stands wherever invented people are shown."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from coordinator_app.ui.shared.hand import Hand, width_of
from coordinator_app.ui.shared.painted import Painted
from coordinator_app.ui.shared.theme import Theme
from coordinator_app.ui.shared.tokens import Tone
from coordinator_app.ui.shared.typography import Type


class BrandMark(Painted):
    """A ring that is open for the one who calls, 24 in the top line, 40 on the lock screen."""

    def __init__(self, theme: Theme, size: int = 24, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._size = size

    @override
    def design_size(self) -> tuple[float, float]:
        return self._size, self._size

    @override
    def paint(self, hand: Hand) -> None:
        unit = self._size / 40
        y = (hand.h - self._size) / 2
        hand.box(QRectF(0, y, self._size, self._size), 8 * unit if self._size > 30 else 6, fill=hand.look.fill)
        with hand.smooth():
            pen = QPen(hand.look.onfill, 4 * unit, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
            hand.painter.setPen(pen)
            ring = QRectF(10 * unit, y + 10 * unit, 20 * unit, 20 * unit)
            hand.painter.drawArc(ring, 40 * 16, 280 * 16)
        hand.disc(20 * unit, y + 20 * unit, 3 * unit, fill=hand.look.onfill)


def demo_width(word: str) -> float:
    """Return the width of a DEMO mark."""
    return round(width_of(word, Type.MARK)) + 18


class DemoMark(Painted):
    """The word DEMO, white on ink."""

    def __init__(self, theme: Theme, word: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._word = word
        self.setAccessibleName(word)

    @override
    def design_size(self) -> tuple[float, float]:
        return demo_width(self._word), 22

    @override
    def paint(self, hand: Hand) -> None:
        hand.box(QRectF(0, hand.h / 2 - 11, hand.w, 22), 4, fill=hand.look.ink)
        hand.text_amid(hand.w / 2, hand.h / 2 + 4.7, self._word, Type.MARK, Tone.ON_INK)
