"""How long a medicine lasts: words first, then a bar with today at a fixed place."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from coordinator_app.ui.shared.hand import Hand, cut
from coordinator_app.ui.shared.marks import warning_triangle
from coordinator_app.ui.shared.painted import Painted
from coordinator_app.ui.shared.theme import Theme
from coordinator_app.ui.shared.tokens import Tone
from coordinator_app.ui.shared.typography import Type

TODAY_AT = 0.32
_SCALE_DAYS = 30
_SOON_DAYS = 7
_APART = " · "


@dataclass(frozen=True, slots=True)
class Supply:
    """A medicine and the days it still lasts; negative days are days past the supply, None is not known."""

    name: str
    words: str
    days: int | None


class SupplyBar(Painted):
    """Name, words and run-out bar, 40 high: right of today what is left, hatched left of it what is past.

    Of several words the last is how long it lasts; what was told stands in a line of its own, so that no name is cut.
    """

    def __init__(self, theme: Theme, supply: Supply, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._supply = supply
        *told, self._lasts = supply.words.split(_APART)
        self._told = _APART.join(told)
        self.setAccessibleName(f"{supply.name}. {supply.words}")

    @override
    def design_size(self) -> tuple[float, float]:
        return 180, 58 if self._told else 40

    @override
    def paint(self, hand: Hand) -> None:
        days = self._supply.days
        is_soon = days is not None and days <= _SOON_DAYS
        role, tone = (Type.LABEL, Tone.HIGH) if is_soon else (Type.SMALL, Tone.SECOND)
        left = hand.text_right(hand.w, 16, self._lasts, role, tone)
        if days is not None and days < 0:
            warning_triangle(hand, left - 20, 16)
            left -= 20
        hand.text(0, 16, cut(self._supply.name, Type.MEDIUM, left - 10), Type.MEDIUM)
        self._bar(hand, days, is_soon=is_soon)
        if self._told:
            hand.text(0, 53, cut(self._told, Type.SMALL, hand.w), Type.SMALL, Tone.SECOND)

    def _bar(self, hand: Hand, days: int | None, *, is_soon: bool) -> None:
        look, today = hand.look, round(hand.w * TODAY_AT)
        hand.box(QRectF(0, 28, hand.w, 8), 2, fill=look.barbg)
        if days is not None:
            length = min(abs(days), _SCALE_DAYS) / _SCALE_DAYS * (hand.w - today)
            if days < 0:
                _hatched(hand, QRectF(max(0.0, today - length), 28, min(length, today), 8))
            elif days > 0:
                hand.box(QRectF(today, 28, length, 8), 1, fill=look.high if is_soon else look.barfill)
        hand.fill(today - 1, 25, 2, 14, look.text)


def _hatched(hand: Hand, rect: QRectF) -> None:
    hand.fill(rect.x(), rect.y(), rect.width(), rect.height(), hand.look.hightint)
    with hand.smooth():
        hand.painter.setClipRect(rect, Qt.ClipOperation.IntersectClip)
        hand.painter.setPen(QPen(hand.look.high, 1.2))
        x = rect.x() - 8
        while x < rect.right():
            hand.painter.drawLine(QPointF(x, rect.bottom()), QPointF(x + 8, rect.top()))
            x += 7
        hand.painter.setPen(QPen(hand.look.high, 1))
        hand.painter.drawRect(rect.adjusted(0.5, 0.5, -0.5, -0.5))
