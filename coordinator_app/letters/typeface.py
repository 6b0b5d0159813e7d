"""Inter on paper: the four faces, the sizes of each role, and text made safe to set."""

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_LEFT, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph

REGULAR, MEDIUM, SEMIBOLD, BOLD = "Inter-Regular", "Inter-Medium", "Inter-SemiBold", "Inter-Bold"

HARD_SPACE = "\u00a0"
_TELEPHONE = re.compile(r"\(\d{3}\) \d{3}-\d{4}")

TEXT = HexColor("#1B2125")
QUIET = HexColor("#495156")
PETROL = HexColor("#145B70")
RED = HexColor("#9B1B1B")
HAIR = HexColor("#A9ADAF")


@dataclass(frozen=True, slots=True)
class Role:
    """A size in points with its line pitch and face."""

    size: float
    leading: float
    face: str = REGULAR


_ORDINARY = {
    "letterhead": Role(13, 17, SEMIBOLD),
    "caption": Role(9, 12),
    "mark": Role(9, 12, SEMIBOLD),
    "subject": Role(15, 20, SEMIBOLD),
    "title": Role(22, 28, SEMIBOLD),
    "heading": Role(11, 16, SEMIBOLD),
    "body": Role(11, 16),
    "strong": Role(11, 16, SEMIBOLD),
    "sheet": Role(11, 15),
    "row": Role(10.5, 13.5),
    "row_strong": Role(10.5, 13.5, SEMIBOLD),
    "huge": Role(30, 38, SEMIBOLD),
}
_LARGE = {
    "letterhead": Role(18, 25, SEMIBOLD),
    "caption": Role(14, 19),
    "mark": Role(12, 16, SEMIBOLD),
    "subject": Role(22, 29, SEMIBOLD),
    "title": Role(26, 33, SEMIBOLD),
    "heading": Role(18, 25, SEMIBOLD),
    "body": Role(18, 25),
    "strong": Role(18, 25, SEMIBOLD),
    "sheet": Role(18, 25),
    "row": Role(18, 25),
    "row_strong": Role(18, 25, SEMIBOLD),
    "huge": Role(34, 42, SEMIBOLD),
}


class _InterFace(TTFont):  # type: ignore[misc]
    """A face that writes a hard space as a space: it holds a number together, and a search still finds it."""

    def splitString(self, text: str, doc: Any, encoding: str = "utf-8") -> Any:  # noqa: N802
        """Return the runs reportlab writes."""
        return super().splitString(text.replace(HARD_SPACE, " "), doc, encoding)


class Typeface:
    """Sets text in Inter; every glyph on a sheet comes from the files in ``fonts``.

    reportlab keeps its fonts in a register of the process: the first folder given is the one that counts.
    """

    def __init__(self, fonts: Path, *, is_large_print: bool = False) -> None:
        for name in (REGULAR, MEDIUM, SEMIBOLD, BOLD):
            if name not in pdfmetrics.getRegisteredFontNames():
                pdfmetrics.registerFont(_InterFace(name, str(fonts / f"{name}.ttf")))
        pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=SEMIBOLD, italic=REGULAR, boldItalic=SEMIBOLD)
        self.is_large_print = is_large_print
        self._roles = _LARGE if is_large_print else _ORDINARY
        self._glyphs = pdfmetrics.getFont(REGULAR).face.charToGlyph

    def role(self, name: str) -> Role:
        """Return size, pitch and face of a role."""
        return self._roles[name]

    def plain(self, text: str) -> str:
        """Return text that Inter can show, composed and without control characters.

        A character the face does not hold is named by its code, [U+4E2D], so that nothing is lost silently.
        """
        composed = "".join(
            character if character == "\n" or unicodedata.category(character)[0] != "C" else " "
            for character in unicodedata.normalize("NFC", text)
        )
        return "".join(self._shown(character) for character in composed)

    def width(self, text: str, role: str) -> float:
        """Return how wide a single line is, in points."""
        chosen = self._roles[role]
        return float(pdfmetrics.stringWidth(text, chosen.face, chosen.size))

    def paragraph(self, text: str, role: str, *, color: Any = TEXT, is_right: bool = False) -> Any:
        """Return a paragraph of plain text; a word longer than the line is broken, never cut."""
        return self.marked(self.markup(text), role, color=color, is_right=is_right)

    def markup(self, text: str) -> str:
        """Return text escaped for our own markup; a telephone number stays on one line."""
        kept = _TELEPHONE.sub(lambda number: number[0].replace(" ", HARD_SPACE), self.plain(text))
        return escape(kept).replace("\n", "<br/>")

    def marked(self, markup: str, role: str, *, color: Any = TEXT, is_right: bool = False) -> Any:
        """Return a paragraph of our own markup; whoever calls has escaped what came from elsewhere."""
        chosen = self._roles[role]
        style = ParagraphStyle(
            role,
            fontName=chosen.face,
            fontSize=chosen.size,
            leading=chosen.leading,
            textColor=color,
            alignment=TA_RIGHT if is_right else TA_LEFT,
            splitLongWords=1,
            allowWidows=0,
            allowOrphans=0,
        )
        return Paragraph(markup, style)

    def _shown(self, character: str) -> str:
        if ord(character) in self._glyphs or character == "\n":
            return character
        simpler = unicodedata.normalize("NFKC", character)
        if all(ord(each) in self._glyphs for each in simpler):
            return simpler
        return f"[U+{ord(character):04X}]"
