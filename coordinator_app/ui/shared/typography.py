"""Type by role: one bundled family, sizes in pixels, fonts and their metrics made once."""

from enum import Enum
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF

FAMILY = "Inter"


class Type(Enum):
    """A role of text: (pixels at 100 %, weight). Nothing smaller than 13 px exists."""

    SMALL = (13, 400)
    SMALL_MEDIUM = (13, 500)
    LABEL = (13, 600)
    MARK = (13, 700)
    BODY = (15, 400)
    MEDIUM = (15, 500)
    STRONG = (15, 600)
    NOTICE = (17, 400)
    NAME = (17, 600)
    TITLE = (20, 600)
    LARGE = (28, 600)


def load_fonts(folder: Path) -> tuple[str, ...]:
    """Load every TTF in the folder into Qt and return the families found; needs a QGuiApplication."""
    families: dict[str, None] = {}
    for file in sorted(folder.glob("*.ttf")):
        number = QFontDatabase.addApplicationFont(str(file))
        families.update(dict.fromkeys(QFontDatabase.applicationFontFamilies(number)))
    return tuple(families)


class FontShelf:
    """Fonts and metrics by role for one zoom; making them anew for each paint is what made lists slow."""

    def __init__(self, zoom: int) -> None:
        self._zoom = zoom
        self._fonts: dict[tuple[Type, bool], QFont] = {}
        self._metrics: dict[tuple[Type, bool], QFontMetricsF] = {}

    def font(self, role: Type, *, code: bool = False) -> QFont:
        """Return the font of a role; `code` bars the I and slashes the 0, for member ids."""
        known = self._fonts.get((role, code))
        if known is None:
            known = self._fonts[role, code] = self._made(role, code=code)
        return known

    def metrics(self, role: Type, *, code: bool = False) -> QFontMetricsF:
        """Return the metrics of a role's font, in logical pixels."""
        known = self._metrics.get((role, code))
        if known is None:
            known = self._metrics[role, code] = QFontMetricsF(self.font(role, code=code))
        return known

    def _made(self, role: Type, *, code: bool) -> QFont:
        pixels, weight = role.value
        font = QFont(FAMILY)
        font.setPixelSize(max(1, round(pixels * self._zoom / 100)))
        font.setWeight(QFont.Weight(weight))
        # Hinting spreads Inter unevenly at 100 %; figures of one width keep columns and clocks still.
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        features = ("tnum", "zero", "ss02") if code else ("tnum",)
        for feature in features:
            font.setFeature(QFont.Tag(feature), 1)
        return font
