"""Chips: short states in a 22 px box, with an icon where a word alone is not enough."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor

from coordinator_app.ui.shared.hand import Hand, cut, width_of
from coordinator_app.ui.shared.tokens import Tokens
from coordinator_app.ui.shared.typography import Type

HEIGHT = 22
_PAD, _ICON, _GAP = 7, 16, 1
_LEAST = 10


class ChipKind(Enum):
    """What a chip says by its paper; the word says it too."""

    OUTLINE = "outline"
    QUIET = "quiet"
    CAUTION = "caution"
    ACCENT = "accent"
    DONE = "done"
    RED = "red"


@dataclass(frozen=True, slots=True)
class Chip:
    """A chip's words, kind and icon. `keeps` marks those that drop last when room is short."""

    words: str
    kind: ChipKind = ChipKind.OUTLINE
    icon: str = ""
    keeps: bool = False


def chip_width(chip: Chip) -> float:
    """Return the chip's width in design pixels."""
    icon = _ICON + _GAP if chip.icon else 0
    return round(width_of(chip.words, Type.SMALL_MEDIUM)) + 2 * _PAD + icon


def draw_chip(hand: Hand, chip: Chip, x: float, middle: float, *, on_tint: bool = False) -> float:
    """Draw the chip from x about a middle line and return where it ends; on tinted paper quiet ones get an outline."""
    ink, paper, line = _colors(hand.look, chip.kind, on_tint=on_tint)
    width = chip_width(chip)
    hand.box(QRectF(x, middle - HEIGHT / 2, width, HEIGHT), 4, fill=paper, line=line)
    start = x + _PAD
    if chip.icon:
        hand.icon(chip.icon, start - 2, middle - _ICON / 2, _ICON, ink)
        start += _ICON + _GAP - 1
    hand.text(start, middle + 4.7, chip.words, Type.SMALL_MEDIUM, ink)
    return x + width


def chips_that_fit(chips: Iterable[Chip], room: float, gap: float = 6) -> tuple[Chip, ...]:
    """Choose at most three chips for the room: those that do not keep drop first, from the right.

    One that keeps and is alone too long is cut: that somebody else is called must not be lost for want of room.
    """
    chosen = list(chips)
    while chosen and (len(chosen) > 3 or _total(chosen, gap) > room):
        loose = [place for place, chip in enumerate(chosen) if not chip.keeps]
        if len(chosen) == 1 and not loose:
            empty = chip_width(replace(chosen[0], words=""))
            words = cut(chosen[0].words, Type.SMALL_MEDIUM, room - empty - 1)
            return (replace(chosen[0], words=words),) if len(words) >= _LEAST else ()
        del chosen[loose[-1] if loose else -1]
    return tuple(chosen)


def _total(chips: list[Chip], gap: float) -> float:
    return sum(chip_width(chip) for chip in chips) + gap * (len(chips) - 1)


def _colors(look: Tokens, kind: ChipKind, *, on_tint: bool) -> tuple[QColor, QColor | None, QColor | None]:
    if kind is ChipKind.OUTLINE or (kind is ChipKind.QUIET and on_tint):
        return look.text2, None, look.line
    return {
        ChipKind.QUIET: (look.text2, look.sunken, None),
        ChipKind.CAUTION: (look.high, look.hightint, None),
        ChipKind.ACCENT: (look.accent, look.select, None),
        ChipKind.DONE: (look.done, look.donetint, None),
        ChipKind.RED: (look.safety, look.redtint, None),
    }[kind]
