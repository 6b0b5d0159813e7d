"""A laboratory value: what it is now, how old it is, where it has been, and what is usual."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainterPath, QPen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from coordinator_app.ui.shared.hand import Hand, cut, width_of
from coordinator_app.ui.shared.painted import Painted
from coordinator_app.ui.shared.theme import Theme
from coordinator_app.ui.shared.tokens import Tone
from coordinator_app.ui.shared.typography import Type

_WIDTH, _HEIGHT, _RIGHT = 100, 30, 86


@dataclass(frozen=True, slots=True)
class Trend:
    """A test by name: date and age of the last value, its words of caution, the values in order, the usual range."""

    name: str
    when: str
    value: str
    unit: str
    values: tuple[float, ...] = ()
    usual: tuple[float | None, float | None] = (None, None)
    caution: str = ""
    age: str = ""

    @property
    def sentence(self) -> str:
        """The line for a screen reader."""
        return ". ".join(
            part for part in (self.name, f"{self.value} {self.unit}", self.caution, self.when, self.age) if part
        )


class TrendLine(Painted):
    """One test, 52 high with a hairline at its foot; the band is the usual range."""

    def __init__(self, theme: Theme, trend: Trend, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._trend = trend
        self.setAccessibleName(trend.sentence)

    @override
    def design_size(self) -> tuple[float, float]:
        return 260, 52

    @override
    def paint(self, hand: Hand) -> None:
        trend = self._trend
        unit_left = hand.text_right(hand.w, 29, trend.unit, Type.SMALL, Tone.SECOND)
        left = hand.text_right(unit_left - 6, 29, trend.value, Type.NAME)
        graph = hand.w - _RIGHT - _WIDTH
        room = (graph if len(trend.values) > 1 else left) - 10
        hand.text(0, 19, cut(trend.name, Type.MEDIUM, room), Type.MEDIUM)
        x = hand.text(0, 39, trend.when, Type.SMALL, Tone.SECOND)
        for words, tone in ((trend.caution, Tone.HIGH), (trend.age, Tone.SECOND)):
            if words and x + 10 + width_of(words, Type.LABEL) < room + 10:
                x = hand.text(x + 10, 39, words, Type.LABEL, tone)
        if len(trend.values) > 1 and left > graph + _WIDTH + 4:
            _graph(hand, graph, 10, trend)
        hand.rule(0, 51, hand.w)


def _graph(hand: Hand, x: float, y: float, trend: Trend) -> None:
    low, high = trend.usual
    known = [*trend.values, *(edge for edge in (low, high) if edge is not None)]
    bottom, top = min(known), max(known)
    spread = (top - bottom) or 1.0
    if high is None and low is not None:
        top = max(top, low + spread / 2)
    if low is None and high is not None:
        bottom = min(bottom, high - spread / 2)
    spread = (top - bottom) or 1.0

    def height(value: float) -> float:
        return y + 3 + (top - value) / spread * (_HEIGHT - 6)

    if low is not None or high is not None:
        upper = y if high is None else max(y, height(high) - (3 if high == top else 0))
        lower = y + _HEIGHT if low is None else min(y + _HEIGHT, height(low) + (3 if low == bottom else 0))
        hand.fill(x, upper, _WIDTH, lower - upper, hand.look.barbg)
    step = _WIDTH / (len(trend.values) - 1)
    line = QPainterPath(QPointF(x, height(trend.values[0])))
    for place, value in enumerate(trend.values[1:], start=1):
        line.lineTo(x + place * step, height(value))
    with hand.smooth():
        pen = QPen(hand.look.text2, 1.6)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        hand.painter.setPen(pen)
        hand.painter.setBrush(Qt.BrushStyle.NoBrush)
        hand.painter.drawPath(line)
    hand.disc(x + _WIDTH, height(trend.values[-1]), 3, fill=hand.look.text)
