"""What happened, newest first: date, what, who, and whether it has been sent."""

from dataclasses import dataclass

from PySide6.QtCore import QObject
from typing_extensions import override

from coordinator_app.ui.shared.chips import Chip, chip_width, draw_chip
from coordinator_app.ui.shared.hand import Hand, cut
from coordinator_app.ui.shared.list_model import ListModel
from coordinator_app.ui.shared.row_list import RowPainter, RowState
from coordinator_app.ui.shared.tokens import Tone
from coordinator_app.ui.shared.typography import Type

_DATE, _RING, _WORDS = 78, 105, 134


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One thing that happened, with its source."""

    key: str
    date: str
    what: str
    who: str
    icon: str
    time: str = ""
    chip: Chip | None = None
    is_struck: bool = False

    @property
    def sentence(self) -> str:
        """The row for a screen reader."""
        parts = (self.date, self.time, self.what, self.who, self.chip.words if self.chip else "")
        return ". ".join(part for part in parts if part)


def timeline_model(parent: QObject | None = None) -> ListModel[TimelineRow]:
    """Return an empty model of timeline rows."""
    return ListModel(lambda row: row.sentence, lambda row: row.key, parent)


class TimelinePainter(RowPainter[TimelineRow]):
    """Rows 64 high strung on a hairline."""

    @override
    def paint_row(self, hand: Hand, row: TimelineRow, state: RowState) -> None:
        look = hand.look
        if state.is_current and state.has_focus:
            hand.fill(0, 0, hand.w, hand.h, look.select)
            hand.fill(0, 0, 4, hand.h, look.accent)
        hand.text_right(_DATE, 33, row.date, Type.SMALL_MEDIUM, Tone.SECOND)
        hand.text_right(_DATE, 53, row.time, Type.SMALL, Tone.SECOND)
        if not state.is_first:
            hand.upright(_RING, 0, 16, look.line)
        if not state.is_last:
            hand.upright(_RING, 42, hand.h - 42, look.line)
        hand.disc(_RING + 0.5, 29, 13.5, fill=look.surface, line=look.control, stroke=1)
        hand.icon(row.icon, _RING + 0.5 - 8.5, 29 - 8.5, 17, Tone.SECOND)
        right = hand.w - 20
        if row.chip is not None:
            right -= chip_width(row.chip)
            draw_chip(hand, row.chip, right, 28, on_tint=state.is_current and state.has_focus)
            right -= 10
        tone = Tone.THIRD if row.is_struck else Tone.TEXT
        end = hand.text(_WORDS, 33, cut(row.what, Type.MEDIUM, right - _WORDS), Type.MEDIUM, tone)
        if row.is_struck:
            hand.fill(_WORDS, 28, end - _WORDS, 1, Tone.THIRD)
        hand.text(_WORDS, 54, cut(row.who, Type.SMALL, hand.w - 20 - _WORDS), Type.SMALL, Tone.SECOND)
