"""Pages from memory for the screens that show paper."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coordinator_app.letters.preview import PageImage


class PageEngine:
    """The letters' own engine, which is loaded when the first page is shown."""

    def pictures(self, pdf: bytes, dots_per_inch: float) -> "Sequence[PageImage]":
        """Return all pages."""
        from coordinator_app.letters.preview import page_images

        return page_images(pdf, dots_per_inch=dots_per_inch)

    def text(self, pdf: bytes) -> Sequence[str]:
        """Return the text of each page."""
        from coordinator_app.letters.preview import extract_text

        return extract_text(pdf)
