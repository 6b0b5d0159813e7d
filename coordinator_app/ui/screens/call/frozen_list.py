"""The call list at the left of a call: it shows who comes next and does not answer."""

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from coordinator_app.ui.screens.call.sheet import FrozenList
from coordinator_app.ui.shared.hand import Hand, cut
from coordinator_app.ui.shared.layout import Edge, Pane, pin
from coordinator_app.ui.shared.painted import Painted
from coordinator_app.ui.shared.pair_row import PairPainter, PairRow, pair_model
from coordinator_app.ui.shared.row_list import RowList
from coordinator_app.ui.shared.theme import Theme
from coordinator_app.ui.shared.tokens import Tone
from coordinator_app.ui.shared.typography import Type

WIDTH = 256


class _Head(Painted):
    """A lock and the name of the list, 46 high."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._words = ""
        pin(theme, self, height=46)

    def show_words(self, words: str) -> None:
        self._words = words
        self.setAccessibleName(words)
        self.update()

    @override
    def paint(self, hand: Hand) -> None:
        hand.fill(0, 0, hand.w, hand.h, hand.look.sunken)
        hand.rule(0, hand.h - 1, hand.w)
        hand.icon("lock", 16, hand.h / 2 - 9, 18, Tone.SECOND)
        hand.text(42, hand.h / 2 + 5.2, cut(self._words, Type.STRONG, hand.w - 54), Type.STRONG, Tone.SECOND)


class FrozenPane(Pane):
    """The list as it stood when the call began; only the person called is in full color."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, "surface", Edge.RIGHT, parent)
        self._head = _Head(theme)
        self.rows: RowList[PairRow] = RowList(theme, pair_model(), PairPainter(theme, dims_others=True), name)
        self.rows.freeze(frozen=True)
        down = self.column()
        down.addWidget(self._head)
        down.addWidget(self.rows, 1)

    def show_list(self, frozen: FrozenList) -> None:
        """Show the list, the person called in sight."""
        self._head.show_words(frozen.title)
        self.rows.show_rows(frozen.rows)
        if not self.rows.choose(frozen.current):
            self.rows.clearSelection()
            self.rows.setCurrentIndex(self.rows.rootIndex())
