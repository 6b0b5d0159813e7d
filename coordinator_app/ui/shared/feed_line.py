"""The one line above the queue that says a source is silent; it changes words, never the order of the rows."""

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from coordinator_app.ui.shared.hand import Hand, cut
from coordinator_app.ui.shared.layout import pin
from coordinator_app.ui.shared.painted import Painted
from coordinator_app.ui.shared.theme import Theme
from coordinator_app.ui.shared.tokens import Tone
from coordinator_app.ui.shared.typography import Type


class FeedLine(Painted):
    """A line 42 high on amber paper; not there without words."""

    def __init__(self, theme: Theme, icon: str = "hospital", parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._icon = icon
        self._words = ""
        pin(theme, self, height=42)
        self.hide()

    def show_words(self, words: str, icon: str = "") -> None:
        """Say what is missing, or go away with empty words."""
        self._words = words
        self._icon = icon or self._icon
        self.setAccessibleName(words)
        self.setVisible(bool(words))
        self.update()

    @override
    def paint(self, hand: Hand) -> None:
        hand.fill(0, 0, hand.w, hand.h, hand.look.hightint)
        hand.rule(0, hand.h - 1, hand.w)
        hand.icon(self._icon, 20, 12, 18, Tone.HIGH)
        hand.text(48, 26, cut(self._words, Type.MEDIUM, hand.w - 64), Type.MEDIUM, Tone.HIGH)
