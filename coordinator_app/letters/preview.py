"""Pages of a PDF as pictures and as text, from memory; nothing is written to disk."""

import threading
from dataclasses import dataclass

import pypdfium2

POINTS_PER_INCH = 72

# The engine keeps one state for the whole process and may be in one thread at a time, whoever calls.
_ENGINE = threading.RLock()


@dataclass(frozen=True, slots=True)
class PageImage:
    """A page as rows of red, green, blue bytes from the top, without padding: ``width * 3`` bytes a row."""

    width: int
    height: int
    rgb: bytes


def page_count(pdf: bytes) -> int:
    """Return how many pages it has."""
    with _ENGINE:
        document = pypdfium2.PdfDocument(pdf)
        try:
            return len(document)
        finally:
            document.close()


def page_image(pdf: bytes, page: int = 0, *, dots_per_inch: float = 96.0) -> PageImage:
    """Return one page, counted from 0."""
    with _ENGINE:
        document = pypdfium2.PdfDocument(pdf)
        try:
            bitmap = document[page].render(
                scale=dots_per_inch / POINTS_PER_INCH, rev_byteorder=True, draw_annots=False, prefer_bgrx=False
            )
            image = PageImage(
                bitmap.width, bitmap.height, _packed(bytes(bitmap.buffer), bitmap.width * 3, bitmap.stride)
            )
            # Freed here and not by the collector, which would enter the engine from any thread.
            bitmap.close()
            return image
        finally:
            document.close()


def page_images(pdf: bytes, *, dots_per_inch: float = 96.0) -> list[PageImage]:
    """Return all pages in order."""
    return [page_image(pdf, page, dots_per_inch=dots_per_inch) for page in range(page_count(pdf))]


def extract_text(pdf: bytes) -> list[str]:
    """Return the text of each page as a reader would hear it, lines parted by a newline."""
    with _ENGINE:
        document = pypdfium2.PdfDocument(pdf)
        try:
            return [_read(page.get_textpage().get_text_range()) for page in document]
        finally:
            document.close()


def _read(text: str) -> str:
    # The engine writes U+FFFE for a hyphen at the end of a line.
    return text.replace("\r\n", "\n").replace("\ufffe", "-")


def _packed(buffer: bytes, row: int, stride: int) -> bytes:
    if stride == row:
        return buffer
    return b"".join(buffer[at : at + row] for at in range(0, len(buffer), stride))
