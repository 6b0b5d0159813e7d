"""Special contact instructions: neutral, without their cause, the first thing under a banner and never cut."""

from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from coordinator_app.ui.shared.hand import Hand, wrapped
from coordinator_app.ui.shared.painted import Flowing
from coordinator_app.ui.shared.theme import Theme
from coordinator_app.ui.shared.tokens import Tone
from coordinator_app.ui.shared.typography import Type


class SafetyLine(Flowing):
    """An outlined box 56 high with a shield; it grows with its words and is not there without them."""

    def __init__(self, theme: Theme, title: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._title = title
        self._words = ""
        self.hide()

    def show_words(self, words: str) -> None:
        """Show an instruction, or go away with an empty one."""
        self._words = words
        self.setAccessibleName(f"{self._title}. {words}" if words else "")
        self.setVisible(bool(words))
        self.relook()

    @override
    def flow(self, width: float) -> float:
        return 56 + 21 * (len(self._lines(width)) - 1)

    @override
    def paint(self, hand: Hand) -> None:
        hand.box(QRectF(0, 0, hand.w, hand.h), 6, fill=hand.look.surface, line=hand.look.control)
        hand.icon("shield", 11, 18, 20, Tone.TEXT)
        hand.text(40, 23, self._title, Type.STRONG)
        hand.lines(40, 44, self._lines(hand.w), pitch=21)

    def _lines(self, width: float) -> list[str]:
        return wrapped(self._words, Type.BODY, width - 52)
