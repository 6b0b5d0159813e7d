"""Rows of two lines for shorter lists: the frozen call list, records to review, what needs a person."""

from dataclasses import dataclass

from PySide6.QtCore import QObject
from typing_extensions import override

from coordinator_app.ui.shared.chips import Chip, chip_width, draw_chip
from coordinator_app.ui.shared.hand import Hand, cut, fitted
from coordinator_app.ui.shared.list_model import ListModel
from coordinator_app.ui.shared.marks import TierMark, tier_glyph
from coordinator_app.ui.shared.row_list import RowPainter, RowState
from coordinator_app.ui.shared.theme import Theme
from coordinator_app.ui.shared.tokens import Tone
from coordinator_app.ui.shared.typography import Type


@dataclass(frozen=True, slots=True)
class PairRow:
    """A title with an aside at the right, a second line with a chip; `tier` draws its glyph before both."""

    key: str
    title: str
    second: str
    sentence: str
    aside: str = ""
    aside_tone: Tone = Tone.SECOND
    chip: Chip | None = None
    tier: TierMark | None = None
    icon: str = ""


def pair_model(parent: QObject | None = None) -> ListModel[PairRow]:
    """Return an empty model of two-line rows."""
    return ListModel(lambda row: row.sentence, lambda row: row.key, parent)


class PairPainter(RowPainter[PairRow]):
    """Rows 64 high; `dims_others` greys all but the current row, as in the list that is frozen during a call."""

    def __init__(self, theme: Theme, *, dims_others: bool = False) -> None:
        super().__init__(theme)
        self._dims_others = dims_others

    @override
    def paint_row(self, hand: Hand, row: PairRow, state: RowState) -> None:
        self.paper(hand, state)
        is_dim = self._dims_others and not state.is_current
        left = 20.0
        if row.tier is not None:
            ink = hand.look.text3 if is_dim else row.tier.tone
            paper = hand.look.select if state.is_current else hand.look.surface
            tier_glyph(hand, row.tier, 18, 27, ink=ink, paper=paper)
            left = 42.0
        elif row.icon:
            hand.icon(row.icon, 20, 14, 20, Tone.SECOND)
            left = 52.0
        right = hand.w - (14 if self._dims_others else 18)
        if row.aside:
            role = Type.SMALL if row.aside_tone is Tone.SECOND else Type.SMALL_MEDIUM
            right = hand.text_right(right, 26, row.aside, role, row.aside_tone) - 10
        role, tone = (Type.MEDIUM, Tone.SECOND) if is_dim else (Type.STRONG, Tone.TEXT)
        small = Type.SMALL_MEDIUM if is_dim else Type.LABEL
        title, role = fitted(row.title, (role, small), right - left)
        hand.text(left, 26, title, role, tone)
        right = hand.w - 18
        if row.chip is not None:
            right -= chip_width(row.chip)
            draw_chip(hand, row.chip, right, 43, on_tint=state.is_current)
            right -= 10
        second = (Type.SMALL, 48) if self._dims_others else (Type.BODY, 48)
        tone = Tone.TEXT if state.is_current and not self._dims_others else Tone.SECOND
        hand.text(left, second[1], cut(row.second, second[0], right - left), second[0], tone)
