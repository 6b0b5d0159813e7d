"""The line at the foot: shape and word for the connection, then what is sent, how old, how many."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPen, QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from coordinator_app.ui.shared.brand import DemoMark
from coordinator_app.ui.shared.hand import Hand, width_of
from coordinator_app.ui.shared.layout import pin
from coordinator_app.ui.shared.painted import Painted
from coordinator_app.ui.shared.theme import Theme
from coordinator_app.ui.shared.tokens import Tone
from coordinator_app.ui.shared.typography import Type

HEIGHT = 32


@dataclass(frozen=True, slots=True)
class Status:
    """What the status bar says: the connection's words, its parts, and the time at the right."""

    words: str
    parts: tuple[str, ...] = ()
    when: str = ""
    is_offline: bool = False

    @property
    def sentence(self) -> str:
        """The whole bar for a screen reader."""
        return ". ".join(part for part in (self.words, *self.parts, self.when) if part)


class StatusBar(Painted):
    """One line, 32 high; offline it turns amber, its disc a dashed ring."""

    def __init__(self, theme: Theme, demo_word: str = "", parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._status = Status("")
        self._demo = DemoMark(theme, demo_word, self) if demo_word else None
        pin(theme, self, height=HEIGHT)

    def show_status(self, status: Status) -> None:
        """Show another status."""
        if status != self._status:
            self._status = status
            self.setAccessibleName(status.sentence)
            self._place()
            self.update()

    @override
    def relook(self) -> None:
        self._place()
        super().relook()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    @override
    def paint(self, hand: Hand) -> None:
        look, status = hand.look, self._status
        hand.fill(0, 0, hand.w, hand.h, look.hightint if status.is_offline else look.window)
        hand.rule(0, 0, hand.w)
        right = self._when(hand)
        if not status.words:
            return
        if status.is_offline:
            _dashed_ring(hand, 25, 16.5)
        else:
            hand.disc(25, 16.5, 5, fill=look.done)
        x = hand.text(38, 21, status.words, Type.LABEL, Tone.HIGH if status.is_offline else Tone.TEXT)
        for part in status.parts:
            room = right - 16 - x - 18
            if width_of(part, Type.SMALL) > room:
                break
            hand.text(x + 7, 21, "·", Type.SMALL, Tone.SECOND)
            x = hand.text(x + 18, 21, part, Type.SMALL, Tone.SECOND)

    def _when(self, hand: Hand) -> float:
        right = hand.w - 20
        if self._demo is not None:
            right = self._demo.x() * 100 / self.theme.zoom - 14
        return hand.text_right(right, 21, self._status.when, Type.SMALL, Tone.SECOND)

    def _place(self) -> None:
        if self._demo is not None:
            size = self._demo.sizeHint()
            self._demo.resize(size)
            self._demo.move(self.width() - self.theme.px(20) - size.width(), (self.height() - size.height()) // 2 + 1)


def _dashed_ring(hand: Hand, cx: float, cy: float) -> None:
    with hand.smooth():
        pen = QPen(hand.look.high, 1.8)
        hand.painter.setPen(pen)
        for start in range(0, 360, 60):
            hand.painter.drawArc(QRectF(cx - 5, cy - 5, 10, 10), start * 16, 36 * 16)
