"""The parts a sheet is made of: each knows its height, draws itself from its top edge, and may be split."""

from collections.abc import Sequence
from typing import Any, Protocol

from coordinator_app.letters.typeface import HAIR

_TALL = 1_000_000.0
ROW_PAD = 2.25


class Block(Protocol):
    """A part of a page; lengths are points, ``top`` is the y of its upper edge."""

    space_before: float

    def height(self, width: float) -> float:
        """Return how high it stands at this width, without the space before it."""

    def draw(self, canvas: Any, x: float, top: float, width: float) -> None:
        """Draw it with its upper left corner at (x, top)."""

    def split(self, width: float, room: float) -> "tuple[Block, Block] | None":
        """Return what fits into ``room`` and the rest, or None where it wants to stay whole."""


def height_of(paragraph: Any, width: float) -> float:
    """Return how high a paragraph stands at this width, in points."""
    return float(paragraph.wrap(width, _TALL)[1])


def rule(
    canvas: Any,
    x: float,
    y: float,
    width: float,
    *,
    weight: float = 0.5,
    color: Any = HAIR,
    is_dashed: bool = False,
) -> None:
    """Draw a horizontal stroke; lengths in points."""
    canvas.setStrokeColor(color)
    canvas.setLineWidth(weight)
    canvas.setDash(*((4, 3) if is_dashed else ()))
    canvas.line(x, y, x + width, y)
    canvas.setDash()


def _halves(paragraph: Any, width: float, room: float) -> tuple[Any, Any] | None:
    if height_of(paragraph, width) <= room:
        return paragraph, None
    parts = paragraph.split(width, room)
    return (parts[0], parts[1]) if len(parts) == 2 else None


class Text:
    """A paragraph, continued on the next page where it must be."""

    def __init__(self, paragraph: Any, *, space_before: float = 0.0) -> None:
        self.paragraph, self.space_before = paragraph, space_before

    def height(self, width: float) -> float:
        """Return the height of its lines."""
        return height_of(self.paragraph, width)

    def draw(self, canvas: Any, x: float, top: float, width: float) -> None:
        """Draw its lines."""
        high = self.height(width)
        self.paragraph.drawOn(canvas, x, top - high)

    def split(self, width: float, room: float) -> "tuple[Block, Block] | None":
        """Split between lines."""
        halves = _halves(self.paragraph, width, room)
        if halves is None or halves[1] is None:
            return None
        return Text(halves[0], space_before=self.space_before), Text(halves[1])


class Row:
    """A ruled line of a list: a name at the left, what is said of it at the right; stacked in large print."""

    def __init__(
        self,
        name: Any,
        said: Any,
        *,
        name_width: float,
        is_stacked: bool = False,
        ruled: bool = True,
        pad: float = ROW_PAD,
    ) -> None:
        self.space_before, self.pad = 0.0, pad
        self.name, self.said, self.name_width = name, said, name_width
        self.is_stacked, self.ruled = is_stacked, ruled

    def _widths(self, width: float) -> tuple[float, float]:
        return (width, width) if self.is_stacked else (self.name_width - 10, width - self.name_width)

    def height(self, width: float) -> float:
        """Return the height of the taller side, or of both where stacked, with its padding."""
        left, right = self._widths(width)
        sides = height_of(self.name, left), height_of(self.said, right)
        return (sum(sides) if self.is_stacked else max(sides)) + 2 * self.pad

    def draw(self, canvas: Any, x: float, top: float, width: float) -> None:
        """Draw both sides and the rule below them."""
        left, right = self._widths(width)
        upper = top - self.pad
        name_height = height_of(self.name, left)
        # Two sizes side by side stand on one baseline; a paragraph's first one lies a type size under its top.
        drop = 0.0 if self.is_stacked else self.said.style.fontSize - self.name.style.fontSize
        self.name.drawOn(canvas, x, upper - name_height - drop)
        said_top = upper - name_height if self.is_stacked else upper
        said_x = x if self.is_stacked else x + self.name_width
        said_height = height_of(self.said, right)
        self.said.drawOn(canvas, said_x, said_top - said_height)
        if self.ruled:
            rule(canvas, x, top - self.height(width), width)

    def split(self, width: float, room: float) -> "tuple[Block, Block] | None":
        """Split only a row that stands side by side; the name stays with the first half."""
        left, right = self._widths(width)
        room -= 2 * self.pad
        if self.is_stacked or height_of(self.name, left) > room:
            return self._stack_split(width, room)
        halves = _halves(self.said, right, room)
        if halves is None or halves[1] is None:
            return None
        again = self._like(type(self.name)("", self.name.style), halves[1])
        first = self._like(self.name, halves[0])
        first.ruled = False
        return first, again

    def _stack_split(self, width: float, room: float) -> "tuple[Block, Block] | None":
        left, right = self._widths(width)
        name_height = height_of(self.name, left)
        if name_height > room:
            halves = _halves(self.name, left, room)
            return None if halves is None else (Text(halves[0]), self._like(halves[1], self.said))
        halves = _halves(self.said, right, room - name_height)
        if halves is None or halves[1] is None:
            return None
        first = self._like(self.name, halves[0])
        first.ruled = False
        return first, Text(halves[1])

    def _like(self, name: Any, said: Any) -> "Row":
        return Row(name, said, name_width=self.name_width, is_stacked=self.is_stacked, ruled=self.ruled, pad=self.pad)


class Together:
    """Blocks that stay on one page where a page can hold them."""

    def __init__(self, blocks: Sequence[Block], *, space_before: float = 0.0) -> None:
        self.blocks, self.space_before = list(blocks), space_before

    def height(self, width: float) -> float:
        """Return the height of all with the spaces between them."""
        between = sum(block.space_before for block in self.blocks[1:])
        return between + sum(block.height(width) for block in self.blocks)

    def draw(self, canvas: Any, x: float, top: float, width: float) -> None:
        """Draw one under the other."""
        for index, block in enumerate(self.blocks):
            top -= block.space_before if index else 0
            block.draw(canvas, x, top, width)
            top -= block.height(width)

    def split(self, width: float, room: float) -> "tuple[Block, Block] | None":
        """Split at the last part that fits; asked for only where a whole page is too small."""
        head: list[Block] = []
        for index, block in enumerate(self.blocks):
            before = block.space_before if index else 0
            high = block.height(width)
            if before + high <= room:
                head.append(block)
                room -= before + high
                continue
            halves = block.split(width, room - before)
            tail = [*halves[1:], *self.blocks[index + 1 :]] if halves else self.blocks[index:]
            head.extend(halves[:1] if halves else ())
            return (Together(head, space_before=self.space_before), Together(tail)) if head and tail else None
        return None


class SideBySide:
    """Two stacks beside each other, the right one starting at ``right_x``."""

    def __init__(
        self, left: Sequence[Block], right: Sequence[Block], *, right_x: float, gap: float = 16, space_before: float = 0
    ) -> None:
        self.left, self.right = Together(left), Together(right)
        self.right_x, self.gap, self.space_before = right_x, gap, space_before

    def height(self, width: float) -> float:
        """Return the height of the taller stack."""
        return max(self.left.height(self.right_x - self.gap), self.right.height(width - self.right_x))

    def draw(self, canvas: Any, x: float, top: float, width: float) -> None:
        """Draw both from the same line."""
        self.left.draw(canvas, x, top, self.right_x - self.gap)
        self.right.draw(canvas, x + self.right_x, top, width - self.right_x)

    def split(self, width: float, room: float) -> "tuple[Block, Block] | None":
        """Stay whole."""
        return None


class Space:
    """Empty paper of a given height."""

    def __init__(self, high: float) -> None:
        self.space_before, self._high = 0.0, high

    def height(self, width: float) -> float:
        """Return its height."""
        return self._high

    def draw(self, canvas: Any, x: float, top: float, width: float) -> None:
        """Leave the paper as it is."""

    def split(self, width: float, room: float) -> "tuple[Block, Block] | None":
        """Stay whole."""
        return None


class Numbered:
    """A line of a list: its mark hangs at the left, its text is indented and may run on."""

    def __init__(self, mark: Any, text: Any, *, indent: float, space_before: float = 0) -> None:
        self.mark, self.text, self.indent, self.space_before = mark, text, indent, space_before

    def height(self, width: float) -> float:
        """Return the height of the text."""
        return height_of(self.text, width - self.indent)

    def draw(self, canvas: Any, x: float, top: float, width: float) -> None:
        """Draw the mark and the text on one first line."""
        mark_height = height_of(self.mark, self.indent)
        self.mark.drawOn(canvas, x, top - mark_height)
        high = self.height(width)
        self.text.drawOn(canvas, x + self.indent, top - high)

    def split(self, width: float, room: float) -> "tuple[Block, Block] | None":
        """Split between lines; the mark stays with the first."""
        halves = _halves(self.text, width - self.indent, room)
        if halves is None or halves[1] is None:
            return None
        empty = type(self.mark)("", self.mark.style)
        first = Numbered(self.mark, halves[0], indent=self.indent, space_before=self.space_before)
        return first, Numbered(empty, halves[1], indent=self.indent)
