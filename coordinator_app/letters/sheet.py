"""Pages: blocks are laid one under the other on US Letter, with the same foot and marks on every page."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from reportlab.lib.pagesizes import letter as us_letter
from reportlab.pdfgen.canvas import Canvas

from coordinator_app.letters.blocks import Block, Text
from coordinator_app.letters.typeface import QUIET, RED, REGULAR, Typeface

PAGE_WIDTH, PAGE_HEIGHT = float(us_letter[0]), float(us_letter[1])
SIDE, TOP, FOOT = 64.0, 56.0, 40.0
WIDTH = PAGE_WIDTH - 2 * SIDE
_MARK_BASELINE = PAGE_HEIGHT - 38
_GAP_ABOVE_FOOT = 10.0
_GAP_BELOW_RUNNING_HEAD = 14.0


class CannotBeSet(Exception):
    """A part is larger than a page and cannot be split; a fault of ours, said without its text."""


@dataclass(frozen=True, slots=True)
class Furniture:
    """What every page carries: red marks, the two ends of the foot, and the head of pages after the first.

    ``foot_right`` has the slots {page} and {pages}.
    """

    marks: str
    foot_left: str
    foot_right: str
    running_head: str


@dataclass(slots=True)
class _Page:
    has_head: bool
    parts: list[tuple[Block, float]] = field(default_factory=list)


class Sheet:
    """One letter: its blocks broken into pages, then drawn."""

    def __init__(self, face: Typeface, furniture: Furniture) -> None:
        self._face, self._furniture = face, furniture
        self._pages: list[_Page] = []

    @property
    def pages(self) -> int:
        """How many pages were laid."""
        return len(self._pages)

    def lay(self, blocks: Sequence[Block]) -> None:
        """Break the blocks into pages after those laid before; the first of them has no running head."""
        waiting = list(blocks)
        top = self._open_page(has_head=False)
        while waiting:
            block = waiting.pop(0)
            page = self._pages[-1]
            before = block.space_before if page.parts else 0.0
            high = block.height(WIDTH)
            room = top - before - self._bottom()
            if high <= room:
                page.parts.append((block, top - before))
                top -= before + high
                continue
            fits_elsewhere = high <= self._top(has_head=True) - self._bottom()
            halves = None if fits_elsewhere and not isinstance(block, Text) else block.split(WIDTH, room)
            if halves:
                page.parts.append((halves[0], top - before))
                waiting.insert(0, halves[1])
            elif not page.parts:
                raise CannotBeSet
            else:
                waiting.insert(0, block)
            top = self._open_page(has_head=True)

    def draw(self, canvas: Any, *, first_number: int = 1, of: int = 0) -> None:
        """Draw the pages laid, numbered from ``first_number``."""
        for offset, page in enumerate(self._pages):
            number = first_number + offset
            self._draw_head(canvas, has_head=page.has_head)
            for block, top in page.parts:
                block.draw(canvas, SIDE, top, WIDTH)
            self._draw_foot(canvas, number, of or self.pages)
            canvas.showPage()

    def _open_page(self, *, has_head: bool) -> float:
        page = _Page(has_head=has_head and bool(self._furniture.running_head))
        self._pages.append(page)
        return self._top(has_head=page.has_head)

    def _top(self, *, has_head: bool) -> float:
        if not has_head or not self._furniture.running_head:
            return PAGE_HEIGHT - TOP
        return PAGE_HEIGHT - TOP - self._running_head().height(WIDTH) - _GAP_BELOW_RUNNING_HEAD

    def _running_head(self) -> Text:
        return Text(self._face.paragraph(self._furniture.running_head, "mark", color=QUIET))

    def _foot_is_one_line(self) -> bool:
        numbered = self._furniture.foot_right.format(page=99, pages=99)
        return self._face.width(self._furniture.foot_left + numbered, "caption") + 20 < WIDTH

    def _bottom(self) -> float:
        pitch = self._face.role("caption").leading
        return FOOT + _GAP_ABOVE_FOOT + pitch * (1 if self._foot_is_one_line() else 2)

    def _draw_head(self, canvas: Any, *, has_head: bool) -> None:
        mark = self._face.role("mark")
        canvas.setFont(mark.face, mark.size)
        canvas.setFillColor(RED)
        canvas.drawRightString(PAGE_WIDTH - SIDE, _MARK_BASELINE, self._furniture.marks)
        if has_head:
            self._running_head().draw(canvas, SIDE, PAGE_HEIGHT - TOP, WIDTH)

    def _draw_foot(self, canvas: Any, number: int, pages: int) -> None:
        caption = self._face.role("caption")
        canvas.setFont(caption.face, caption.size)
        canvas.setFillColor(QUIET)
        numbered = self._furniture.foot_right.format(page=number, pages=pages)
        if self._foot_is_one_line():
            canvas.drawString(SIDE, FOOT, self._furniture.foot_left)
            canvas.drawRightString(PAGE_WIDTH - SIDE, FOOT, numbered)
        else:
            canvas.drawString(SIDE, FOOT + caption.leading, self._furniture.foot_left)
            canvas.drawString(SIDE, FOOT, numbered)


class Paper:
    """A PDF being written, in memory; equal drawing gives equal bytes."""

    def __init__(self, *, title: str, author: str, language: str) -> None:
        self._bytes = BytesIO()
        self.canvas = Canvas(
            self._bytes, pagesize=us_letter, invariant=1, pageCompression=1, lang=language, initialFontName=REGULAR
        )
        self.canvas.setTitle(title)
        self.canvas.setAuthor(author)
        self.canvas.setSubject("")
        self.canvas.setCreator("Coordinator")
        self.canvas.setViewerPreference("DisplayDocTitle", "true")

    def blank_page(self) -> None:
        """Leave a page empty."""
        self.canvas.showPage()

    def finish(self) -> bytes:
        """Close the document and return it."""
        self.canvas.save()
        return self._bytes.getvalue()
