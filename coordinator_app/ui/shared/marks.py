"""The small marks that stand beside words: tier glyphs, the due clock, tries, key caps, boxes."""

from enum import Enum, IntEnum

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainterPath, QPen, QPolygonF

from coordinator_app.ui.shared.hand import Hand, Ink, width_of
from coordinator_app.ui.shared.tokens import Tone
from coordinator_app.ui.shared.typography import Type


class TierMark(IntEnum):
    """The five tiers by shape; the numbers are those of the queue's rank."""

    SAFETY = 1
    URGENT = 2
    HIGH = 3
    ROUTINE = 4
    LOW = 5

    @property
    def tone(self) -> Tone:
        """The tone of the glyph and of the word beside it."""
        return _TONES[self]


_TONES = {
    TierMark.SAFETY: Tone.URGENT,
    TierMark.URGENT: Tone.URGENT,
    TierMark.HIGH: Tone.HIGH,
    TierMark.ROUTINE: Tone.ROUTINE,
    TierMark.LOW: Tone.SECOND,
}


class Try(Enum):
    """One place of the attempt strip."""

    FREE = "none"
    NO_ANSWER = "answer"
    MESSAGE = "message"


def tier_glyph(hand: Hand, tier: TierMark, x: float, baseline: float, *, ink: Ink, paper: Ink) -> None:
    """Draw a tier in a box 16 wide from x, sitting beside words on the baseline; `paper` is what lies under it."""
    cx, cy = x + 8, baseline - 4.5
    if tier is TierMark.SAFETY:
        _diamond(hand, cx, cy, ink, paper)
    elif tier is TierMark.URGENT:
        _triangle(hand, cx - 4.4, cy, ink, w=8.6, h=8)
        _triangle(hand, cx + 4.4, cy, ink, w=8.6, h=8)
    elif tier is TierMark.HIGH:
        _triangle(hand, cx, cy, ink, w=12, h=10.4)
    elif tier is TierMark.ROUTINE:
        hand.disc(cx, cy, 4.8, fill=ink)
    else:
        hand.disc(cx, cy, 5, line=ink, stroke=2)


def _diamond(hand: Hand, cx: float, cy: float, ink: Ink, paper: Ink) -> None:
    with hand.smooth():
        painter = hand.painter
        # The joined outline of the same color rounds the four corners a little.
        painter.setPen(
            QPen(hand.ink(ink), 1.4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
        )
        painter.setBrush(hand.ink(ink))
        painter.drawPolygon(
            QPolygonF([QPointF(cx, cy - 8), QPointF(cx + 8, cy), QPointF(cx, cy + 8), QPointF(cx - 8, cy)])
        )
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(hand.ink(paper))
        painter.drawRoundedRect(QRectF(cx - 1, cy - 4.6, 2, 5.6), 1, 1)
        painter.drawEllipse(QPointF(cx, cy + 3.6), 1.25, 1.25)


def _triangle(hand: Hand, cx: float, cy: float, ink: Ink, *, w: float, h: float) -> None:
    with hand.smooth():
        hand.painter.setPen(Qt.PenStyle.NoPen)
        hand.painter.setBrush(hand.ink(ink))
        foot = cy + h / 2
        hand.painter.drawPolygon(
            QPolygonF([QPointF(cx - w / 2, foot), QPointF(cx, foot - h), QPointF(cx + w / 2, foot)])
        )


def warning_triangle(hand: Hand, x: float, baseline: float, ink: Ink = Tone.HIGH) -> None:
    """Draw the small triangle that stands before words of caution, 12 wide from x."""
    _triangle(hand, x + 6, baseline - 4.8, ink, w=12, h=10.4)


def due_clock(hand: Hand, x: float, baseline: float, gone: float, ink: Ink) -> None:
    """Draw a ring 14 wide from x whose wedge is the share of the allowed time that is gone, from 12 o'clock."""
    cx, cy = x + 7, baseline - 4.5
    hand.disc(cx, cy, 7, line=ink, stroke=1.5)
    share = min(max(gone, 0.0), 1.0)
    if share <= 0.0:
        return
    with hand.smooth():
        hand.painter.setPen(Qt.PenStyle.NoPen)
        hand.painter.setBrush(hand.ink(ink))
        if share >= 1.0:
            hand.painter.drawEllipse(QPointF(cx, cy), 4.2, 4.2)
        else:
            hand.painter.drawPie(QRectF(cx - 4.2, cy - 4.2, 8.4, 8.4), 90 * 16, -round(share * 360 * 16))


def strip_width(tries: int) -> float:
    """Return how wide a strip of so many places is."""
    return tries * 13 - 4 if tries else 0


def attempt_strip(hand: Hand, x: float, baseline: float, tries: tuple[Try, ...], ink: Ink = Tone.SECOND) -> None:
    """Draw the places 9 wide, 4 apart: full for no answer, lower half for a message, outline for still free."""
    top = baseline - 9
    for place, attempt in enumerate(tries):
        rect = QRectF(x + place * 13, top, 9, 9)
        if attempt is Try.NO_ANSWER:
            hand.box(rect, 2, fill=ink)
            continue
        hand.box(rect, 2, line=hand.look.control, stroke=1.2)
        if attempt is Try.MESSAGE:
            half = QPainterPath()
            half.addRoundedRect(rect, 2, 2)
            with hand.smooth():
                hand.painter.setClipRect(QRectF(rect.x(), rect.y() + 4.5, 9, 4.5), Qt.ClipOperation.IntersectClip)
                hand.painter.fillPath(half, hand.ink(ink))


def cap_width(keys: str) -> float:
    """Return the width of a key cap: at least 20."""
    return max(20, round(width_of(keys, Type.SMALL_MEDIUM)) + 10) if keys else 0


def key_cap(
    hand: Hand, x: float, middle: float, keys: str, *, ink: Ink = Tone.SECOND, line: Ink | None = None
) -> float:
    """Draw a key cap 20 high from x about a middle line and return the x where it ends."""
    width = cap_width(keys)
    rect = QRectF(x, middle - 10, width, 20)
    hand.box(rect, 4, line=hand.look.line if line is None else line)
    hand.text_amid(x + width / 2, middle + 4.7, keys, Type.SMALL_MEDIUM, ink)
    return x + width


def tick(hand: Hand, cx: float, cy: float, ink: Ink, size: float = 20) -> None:
    """Draw the check icon about a center."""
    hand.icon("check", cx - size / 2, cy - size / 2, size, ink)


def check_box(hand: Hand, x: float, middle: float, *, on: bool, enabled: bool = True) -> None:
    """Draw a box 18 wide from x about a middle line."""
    rect = QRectF(x, middle - 9, 18, 18)
    if on:
        hand.box(rect, 4, fill=hand.look.fill if enabled else hand.look.control)
        tick(hand, x + 9, middle, hand.look.onfill, 14)
    else:
        hand.box(rect, 4, line=hand.look.control if enabled else hand.look.line, fill=hand.look.surface)


def focus_ring(hand: Hand, rect: QRectF, radius: float = 6, ink: Ink = Tone.ACCENT) -> None:
    """Draw the 2 px ring of the part that has the keyboard."""
    hand.box(rect, radius, line=ink, stroke=2)
