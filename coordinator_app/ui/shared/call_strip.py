"""The strip that says a call goes on."""

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from coordinator_app.ui.shared.hand import Hand, width_of
from coordinator_app.ui.shared.layout import pin
from coordinator_app.ui.shared.painted import Painted
from coordinator_app.ui.shared.theme import Theme
from coordinator_app.ui.shared.tokens import Tone
from coordinator_app.ui.shared.typography import Type

_SIDE = 24


class CallStrip(Painted):
    """The 34 px strip that says a call goes on and for how long."""

    def __init__(self, theme: Theme, words: str, note: str = "", parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._words = words
        self._note = note
        self._elapsed = ""
        self.setAccessibleName(words)
        pin(theme, self, height=34)

    def show_words(self, words: str) -> None:
        """Say something else: that a draft was taken up."""
        self._words = words
        self.setAccessibleName(words)
        self.update()

    def show_elapsed(self, elapsed: str) -> None:
        """Show the time since the call began; said once a second."""
        self._elapsed = elapsed
        self.update()

    @override
    def paint(self, hand: Hand) -> None:
        hand.fill(0, 0, hand.w, hand.h, hand.look.fill)
        hand.icon("call", _SIDE - 2, 7, 20, Tone.ON_FILL)
        x = hand.text(_SIDE + 26, 23, self._words, Type.STRONG, Tone.ON_FILL)
        x = hand.text(x + 14, 23, self._elapsed, Type.STRONG, Tone.ON_FILL)
        if x + 30 + width_of(self._note, Type.SMALL) < hand.w - _SIDE:
            hand.text_right(hand.w - _SIDE, 23, self._note, Type.SMALL, Tone.ON_FILL)
