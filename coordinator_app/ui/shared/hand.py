"""The hand that paints: a painter in design pixels that knows the look, so that parts say what and not how."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from coordinator_app.ui.shared.theme import Theme
from coordinator_app.ui.shared.tokens import Tokens, Tone
from coordinator_app.ui.shared.typography import FontShelf, Type

Ink = Tone | QColor

# Everything is painted in design pixels and enlarged by the painter; metrics of unhinted type grow with it.
# The shelf is empty until the first part is measured, and there is no part before there is a theme with its fonts.
_DESIGN = FontShelf(100)


def width_of(words: str, role: Type = Type.BODY, *, code: bool = False) -> float:
    """Return how wide the words stand, in design pixels."""
    return _DESIGN.metrics(role, code=code).horizontalAdvance(words)


def cut(words: str, role: Type, width: float, *, code: bool = False) -> str:
    """Return the words, ended with … where they are wider than `width`."""
    metrics = _DESIGN.metrics(role, code=code)
    if metrics.horizontalAdvance(words) <= width:
        return words
    return metrics.elidedText(words, Qt.TextElideMode.ElideRight, max(0.0, width))


def fitted(words: str, roles: tuple[Type, ...], width: float) -> tuple[str, Type]:
    """Choose the first role in which the words fit; in the last they are cut. For names, which come before looks."""
    for role in roles:
        if width_of(words, role) <= width:
            return words, role
    return cut(words, roles[-1], width), roles[-1]


def wrapped(words: str, role: Type, width: float) -> list[str]:
    """Break the words into lines no wider than `width`; a longer single word keeps a line of its own."""
    metrics = _DESIGN.metrics(role)
    lines: list[str] = []
    for paragraph in words.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            longer = f"{line} {word}" if line else word
            if line and metrics.horizontalAdvance(longer) > width:
                lines.append(line)
                line = word
            else:
                line = longer
        lines.append(line)
    return lines


class Hand:
    """Paints in design pixels at 100 %; `w` and `h` are the room there is."""

    def __init__(self, painter: QPainter, theme: Theme, w: float, h: float, ratio: float) -> None:
        self.painter = painter
        self.theme = theme
        self.look: Tokens = theme.tokens
        self.w = w
        self.h = h
        self._ratio = ratio * theme.zoom / 100

    def ink(self, ink: Ink) -> QColor:
        """Return the color of a tone, or the color itself."""
        return ink if isinstance(ink, QColor) else self.look.of(ink)

    def text(
        self, x: float, baseline: float, words: str, role: Type = Type.BODY, ink: Ink = Tone.TEXT, *, code: bool = False
    ) -> float:
        """Write from x on a baseline and return the x where the words end."""
        font: QFont = _DESIGN.font(role, code=code)
        self.painter.setFont(font)
        self.painter.setPen(self.ink(ink))
        # A baseline between two pixels greys every letter.
        self.painter.drawText(QPointF(x, round(baseline * self._ratio) / self._ratio), words)
        return x + width_of(words, role, code=code)

    def text_right(
        self, right: float, baseline: float, words: str, role: Type = Type.BODY, ink: Ink = Tone.TEXT
    ) -> float:
        """Write so that the words end at `right`, and return the x where they begin."""
        x = right - width_of(words, role)
        self.text(x, baseline, words, role, ink)
        return x

    def text_amid(
        self, middle: float, baseline: float, words: str, role: Type = Type.BODY, ink: Ink = Tone.TEXT
    ) -> None:
        """Write the words about a middle."""
        self.text(middle - width_of(words, role) / 2, baseline, words, role, ink)

    def lines(
        self, x: float, baseline: float, lines: list[str], role: Type = Type.BODY, ink: Ink = Tone.TEXT, *, pitch: float
    ) -> float:
        """Write lines under each other and return the baseline after the last."""
        for line in lines:
            self.text(x, baseline, line, role, ink)
            baseline += pitch
        return baseline

    def icon(self, name: str, x: float, y: float, size: float = 20, ink: Ink = Tone.SECOND) -> None:
        """Put an icon with its upper left corner at x, y."""
        pixmap = self.theme.icons.pixmap(name, self.ink(ink), round(size), self._ratio)
        self.painter.drawPixmap(QRectF(x, y, size, size), pixmap, QRectF(pixmap.rect()))

    def fill(self, x: float, y: float, w: float, h: float, ink: Ink) -> None:
        """Fill a rectangle, edges crisp."""
        self.painter.fillRect(QRectF(x, y, w, h), self.ink(ink))

    def rule(self, x: float, y: float, w: float, ink: Ink | None = None) -> None:
        """Draw a hairline to the right."""
        self.fill(x, y, w, 1, self.look.hair if ink is None else ink)

    def upright(self, x: float, y: float, h: float, ink: Ink | None = None) -> None:
        """Draw a hairline downwards."""
        self.fill(x, y, 1, h, self.look.hair if ink is None else ink)

    def box(
        self,
        rect: QRectF,
        radius: float,
        *,
        fill: Ink | None = None,
        line: Ink | None = None,
        stroke: float = 1,
        dashed: bool = False,
    ) -> None:
        """Draw a rounded box whose outline lies inside the rectangle."""
        half = stroke / 2 if line is not None else 0.0
        pen = QPen(Qt.PenStyle.NoPen)
        if line is not None:
            pen = QPen(self.ink(line), stroke)
            if dashed:
                pen.setDashPattern([4, 2])
        with self.smooth():
            self.painter.setPen(pen)
            self.painter.setBrush(Qt.BrushStyle.NoBrush if fill is None else self.ink(fill))
            self.painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), radius - half, radius - half)

    def disc(
        self, cx: float, cy: float, r: float, *, fill: Ink | None = None, line: Ink | None = None, stroke: float = 1.6
    ) -> None:
        """Draw a circle of outer radius r about a center."""
        half = stroke / 2 if line is not None else 0.0
        with self.smooth():
            self.painter.setPen(Qt.PenStyle.NoPen if line is None else QPen(self.ink(line), stroke))
            self.painter.setBrush(Qt.BrushStyle.NoBrush if fill is None else self.ink(fill))
            self.painter.drawEllipse(QPointF(cx, cy), r - half, r - half)

    @contextmanager
    def smooth(self) -> Iterator[None]:
        """Round off edges for slanted and curved lines only."""
        self.painter.save()
        self.painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        yield
        self.painter.restore()
