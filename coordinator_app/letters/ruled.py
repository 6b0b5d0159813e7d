"""What is drawn rather than written: rules, boxes to tick, lines to write on, a frame."""

from collections.abc import Sequence
from typing import Any

from coordinator_app.letters.blocks import Block, Together, height_of, rule
from coordinator_app.letters.typeface import TEXT


class Line:
    """A ruled line across the page: solid, or dashed to cut along."""

    def __init__(self, *, weight: float, color: Any = TEXT, is_dashed: bool = False, space_before: float = 0) -> None:
        self.weight, self.color, self.is_dashed, self.space_before = weight, color, is_dashed, space_before

    def height(self, width: float) -> float:
        """Return the weight of the stroke."""
        return self.weight

    def draw(self, canvas: Any, x: float, top: float, width: float) -> None:
        """Draw the stroke."""
        rule(canvas, x, top - self.weight / 2, width, weight=self.weight, color=self.color, is_dashed=self.is_dashed)

    def split(self, width: float, room: float) -> "tuple[Block, Block] | None":
        """Stay whole."""
        return None


class Boxes:
    """Boxes to tick, in columns; a label that ends in an underscore gets a line to write on."""

    def __init__(self, labels: Sequence[Any], blanks: Sequence[bool], *, columns: int, space_before: float = 0) -> None:
        self.labels, self.blanks, self.columns, self.space_before = list(labels), list(blanks), columns, space_before

    def _cell(self, width: float) -> float:
        return width / self.columns - 24

    def _rows(self, width: float) -> list[float]:
        cell = self._cell(width)
        heights = [height_of(label, cell) for label in self.labels]
        return [max(heights[at : at + self.columns]) + 4 for at in range(0, len(heights), self.columns)]

    def height(self, width: float) -> float:
        """Return the height of all lines of boxes."""
        return sum(self._rows(width))

    def draw(self, canvas: Any, x: float, top: float, width: float) -> None:
        """Draw boxes, labels and the lines to write on."""
        rows = self._rows(width)
        for index, (label, has_blank) in enumerate(zip(self.labels, self.blanks, strict=True)):
            row, column = divmod(index, self.columns)
            cell_x = x + column * width / self.columns
            cell_top = top - sum(rows[:row])
            size = label.style.fontSize
            side, pitch = size * 0.86, label.style.leading
            canvas.setStrokeColor(TEXT)
            canvas.setLineWidth(0.9)
            canvas.setDash()
            canvas.rect(cell_x, cell_top - pitch / 2 - side / 2 - 0.4, side, side)
            high = height_of(label, self._cell(width))
            label.drawOn(canvas, cell_x + side + 7, cell_top - high)
            if has_blank:
                start = cell_x + side + 7 + max(label.getActualLineWidths0() or [0]) + 6
                end = cell_x + width / self.columns - 14
                rule(canvas, start, cell_top - high + 2, max(end - start, 0), color=TEXT)

    def split(self, width: float, room: float) -> "tuple[Block, Block] | None":
        """Stay whole."""
        return None


class Blank:
    """A label with a line to write on, to the edge of the page."""

    def __init__(self, label: Any, *, space_before: float = 0) -> None:
        self.label, self.space_before = label, space_before

    def height(self, width: float) -> float:
        """Return the height of the label."""
        return height_of(self.label, width)

    def draw(self, canvas: Any, x: float, top: float, width: float) -> None:
        """Draw the label, then the line."""
        high = self.height(width)
        self.label.drawOn(canvas, x, top - high)
        start = max(self.label.getActualLineWidths0() or [0]) + 8
        rule(canvas, x + start, top - high + 2, width - start, color=TEXT, weight=0.8)

    def split(self, width: float, room: float) -> "tuple[Block, Block] | None":
        """Stay whole."""
        return None


class Framed:
    """Blocks in a ruled box, for the one thing that must not be overlooked."""

    def __init__(self, blocks: Sequence[Block], *, pad: float = 10, space_before: float = 0) -> None:
        self.inside, self.pad, self.space_before = Together(blocks), pad, space_before

    def height(self, width: float) -> float:
        """Return the height with the padding."""
        return self.inside.height(width - 2 * self.pad) + 2 * self.pad

    def draw(self, canvas: Any, x: float, top: float, width: float) -> None:
        """Draw the box and what is in it."""
        high = self.height(width)
        canvas.setStrokeColor(TEXT)
        canvas.setLineWidth(1)
        canvas.setDash()
        canvas.roundRect(x, top - high, width, high, 4)
        self.inside.draw(canvas, x + self.pad, top - self.pad, width - 2 * self.pad)

    def split(self, width: float, room: float) -> "tuple[Block, Block] | None":
        """Give up the box where a whole page is too small."""
        return self.inside.split(width, room)
