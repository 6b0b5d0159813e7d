"""Pages of paper in the window: a PDF from memory as pictures, and where they are printed."""

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtGui import QImage

PRINT_DOTS = 300.0
"""Dots per inch on paper."""


class Picture(Protocol):
    """A page as rows of red, green, blue bytes without padding."""

    @property
    def width(self) -> int: ...  # noqa: D102
    @property
    def height(self) -> int: ...  # noqa: D102
    @property
    def rgb(self) -> bytes: ...  # noqa: D102


class Engine(Protocol):
    """Turns a PDF in memory into pictures and text; may be called from any lane."""

    def pictures(self, pdf: bytes, dots_per_inch: float) -> Sequence[Picture]:
        """Return all pages."""
        ...

    def text(self, pdf: bytes) -> Sequence[str]:
        """Return the text of each page."""
        ...


class Press(Protocol):
    """Where pages are printed."""

    def names(self) -> tuple[str, ...]:
        """Return the printers of this computer, the usual one first."""
        ...

    def put(self, pages: Sequence[QImage], printer: str) -> None:
        """Print pages. Trouble: ``not_printed``."""
        ...


def images_of(engine: Engine, pdf: bytes, dots_per_inch: float) -> tuple[QImage, ...]:
    """Return all pages as Qt paints them; the bytes are copied, so nothing outside keeps them alive."""
    return tuple(
        QImage(page.rgb, page.width, page.height, page.width * 3, QImage.Format.Format_RGB888).copy()
        for page in engine.pictures(pdf, dots_per_inch)
    )
