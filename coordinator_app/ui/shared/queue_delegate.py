"""Paints a row of the queue: tier, person, why now, and when it is due, in two lines read like mail."""

from dataclasses import dataclass

from PySide6.QtCore import QObject
from typing_extensions import override

from coordinator_app.ui.shared.chips import chip_width, chips_that_fit, draw_chip
from coordinator_app.ui.shared.hand import Hand, cut, fitted, width_of
from coordinator_app.ui.shared.list_model import ListModel
from coordinator_app.ui.shared.marks import attempt_strip, due_clock, strip_width, tier_glyph
from coordinator_app.ui.shared.queue_row import QueueRow
from coordinator_app.ui.shared.row_list import RowPainter, RowState
from coordinator_app.ui.shared.tokens import Tone
from coordinator_app.ui.shared.typography import Type

NARROW_BELOW = 600
_FIRST, _SECOND = 27, 49


@dataclass(frozen=True, slots=True)
class _Places:
    glyph: float
    word: float
    word_line: float
    name: float
    edge: float
    is_narrow: bool


_WIDE = _Places(glyph=20, word=44, word_line=_FIRST, name=116, edge=20, is_narrow=False)
_NARROW = _Places(glyph=17, word=16, word_line=_SECOND, name=74, edge=16, is_narrow=True)


def queue_model(parent: QObject | None = None) -> ListModel[QueueRow]:
    """Return an empty model of queue rows, read out by their sentence and known by their key."""
    return ListModel(lambda row: row.sentence, lambda row: row.key, parent)


class QueueDelegate(RowPainter[QueueRow]):
    """The queue row of the design; below 600 px the glyph stands over its word and the chips are left to the pane."""

    @override
    def paint_row(self, hand: Hand, row: QueueRow, state: RowState) -> None:
        self.paper(hand, state, is_quiet=row.is_claimed)
        is_tinted = state.is_current or row.is_claimed
        places = _NARROW if hand.w < NARROW_BELOW else _WIDE
        self._tier(hand, row, places, is_tinted=is_tinted)
        due_left = self._due(hand, row, places)
        self._person(hand, row, places, due_left, is_tinted=is_tinted)
        self._reason(hand, row, places)

    def _tier(self, hand: Hand, row: QueueRow, places: _Places, *, is_tinted: bool) -> None:
        if row.tier is None:
            return
        look = hand.look
        paper = look.sunken if row.is_claimed else look.select if is_tinted else look.surface
        tier_glyph(hand, row.tier, places.glyph, _FIRST, ink=row.tier.tone, paper=paper)
        hand.text(places.word, places.word_line, row.tier_word, Type.LABEL, row.tier.tone)
        if row.state_mark and not places.is_narrow:
            hand.text(places.word, _SECOND, row.state_mark, Type.SMALL, Tone.SECOND)

    def _due(self, hand: Hand, row: QueueRow, places: _Places) -> float:
        role = Type.SMALL_MEDIUM if row.due_tone is Tone.SECOND else Type.LABEL
        left = hand.text_right(hand.w - places.edge, _FIRST, row.due_words, role, row.due_tone)
        if row.gone is None:
            return left
        due_clock(hand, left - 22, _FIRST, row.gone, row.due_tone)
        return left - 22

    def _person(self, hand: Hand, row: QueueRow, places: _Places, right: float, *, is_tinted: bool) -> None:
        after = width_of(row.age_sex) + 12
        name, role = fitted(row.name, (Type.STRONG, Type.LABEL), right - 12 - places.name - after)
        x = hand.text(places.name, _FIRST, name, role)
        x = hand.text(x + 12, _FIRST, row.age_sex, Type.BODY, Tone.SECOND)
        if places.is_narrow:
            return
        x += 12
        for chip in chips_that_fit(row.chips, right - 12 - x):
            draw_chip(hand, chip, x, _FIRST - 5, on_tint=is_tinted)
            x += chip_width(chip) + 6

    def _reason(self, hand: Hand, row: QueueRow, places: _Places) -> None:
        right = hand.w - places.edge
        if row.attempts and not places.is_narrow:
            left = hand.text_right(right, _SECOND, row.tries_words, Type.SMALL, Tone.SECOND)
            left -= strip_width(len(row.attempts)) + 10
            attempt_strip(hand, left, _SECOND, row.attempts)
            right = left - 12
        more = row.more_short if places.is_narrow else row.more
        room = right - places.name - (width_of(more, Type.SMALL_MEDIUM) + 10 if more else 0)
        ink = Tone.SECOND if row.is_claimed else Tone.TEXT
        x = hand.text(places.name, _SECOND, cut(row.reason, Type.BODY, room), Type.BODY, ink)
        if more:
            hand.text(x + 10, _SECOND, more, Type.SMALL_MEDIUM, Tone.SECOND)
