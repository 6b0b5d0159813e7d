"""The library by key, what suits now first and in bold; choosing a topic is one key."""

from PySide6.QtCore import QRectF
from typing_extensions import override

from coordinator_app.ui.shared.choices import Choice
from coordinator_app.ui.shared.hand import Hand, Ink, cut, width_of
from coordinator_app.ui.shared.marks import focus_ring, key_cap, tick
from coordinator_app.ui.shared.row_list import RowPainter, RowState
from coordinator_app.ui.shared.tokens import Tone
from coordinator_app.ui.shared.typography import Type


class TopicPainter(RowPainter[Choice]):
    """Rows of 36: key cap and title, heavier where the topic suits; the chosen one filled with a tick."""

    height = 36

    @override
    def paint_row(self, hand: Hand, row: Choice, state: RowState) -> None:
        rect = QRectF(0, 0, hand.w, 34)
        ink: Ink = Tone.TEXT
        if row.is_chosen:
            hand.box(rect, 6, fill=hand.look.fill)
            ink = Tone.ON_FILL
        if state.is_current and state.has_focus:
            if row.is_chosen:
                focus_ring(hand, rect.adjusted(3, 3, -3, -3), 4, hand.look.onfill)
            else:
                focus_ring(hand, rect)
        line = hand.look.onfill if row.is_chosen else None
        key_cap(hand, 8, 17, row.key, ink=Tone.ON_FILL if row.is_chosen else Tone.SECOND, line=line)
        right = hand.w - 12
        if row.is_chosen:
            tick(hand, hand.w - 19, 17, ink, 18)
            right -= 24
        role = Type.STRONG if row.is_chosen or row.aside else Type.BODY
        if width_of(row.words, role) > right - 40:
            role = Type.LABEL if role is Type.STRONG else Type.SMALL
        hand.text(40, 22, cut(row.words, role, right - 40), role, ink)
