"""The colors of the product, by meaning; light and dark, each with its measured contrast."""

from dataclasses import dataclass
from enum import Enum

from PySide6.QtGui import QColor, QPalette


class Tone(Enum):
    """What a word or mark means; the value names the token that colors it."""

    TEXT = "text"
    SECOND = "text2"
    THIRD = "text3"
    ACCENT = "accent"
    URGENT = "safety"
    HIGH = "high"
    ROUTINE = "routine"
    DONE = "done"
    ON_FILL = "onfill"
    ON_INK = "onink"


@dataclass(frozen=True, slots=True)
class Tokens:
    """One set of colors. Text tones hold 4.5:1 on surface and on a selected row, outlines 3:1."""

    name: str
    is_dark: bool
    window: QColor
    surface: QColor
    sunken: QColor
    desk: QColor
    hair: QColor
    line: QColor
    control: QColor
    text: QColor
    text2: QColor
    text3: QColor
    accent: QColor
    fill: QColor
    onfill: QColor
    select: QColor
    safety: QColor
    high: QColor
    routine: QColor
    done: QColor
    redtint: QColor
    hightint: QColor
    donetint: QColor
    redfill: QColor
    barfill: QColor
    barbg: QColor
    ink: QColor
    onink: QColor

    def of(self, tone: Tone) -> QColor:
        """Return the color of a meaning."""
        color: QColor = getattr(self, tone.value)
        return color


def _tokens(name: str, *, is_dark: bool, **colors: str) -> Tokens:
    return Tokens(name=name, is_dark=is_dark, **{key: QColor(value) for key, value in colors.items()})


LIGHT = _tokens(
    "light",
    is_dark=False,
    window="#F4F3EF",
    surface="#FFFFFF",
    sunken="#F0EEE9",
    desk="#DAD8D2",
    hair="#E3E1DB",
    line="#CAC7BF",
    control="#84817A",
    text="#1B2125",
    text2="#495156",
    text3="#626A6F",
    accent="#145B70",
    fill="#145B70",
    onfill="#FFFFFF",
    select="#DCEBEF",
    safety="#9B1B1B",
    high="#8A4B00",
    routine="#0B5CAD",
    done="#1B6E3C",
    redtint="#FBECEA",
    hightint="#FBF0DC",
    donetint="#E5F2E9",
    redfill="#9B1B1B",
    barfill="#145B70",
    barbg="#E4E2DC",
    ink="#20282C",
    onink="#FFFFFF",
)

DARK = _tokens(
    "dark",
    is_dark=True,
    window="#15181A",
    surface="#1C2022",
    sunken="#252A2D",
    desk="#101314",
    hair="#2F3538",
    line="#474E53",
    control="#828A90",
    text="#ECEFF0",
    text2="#B9C1C6",
    text3="#9CA5AB",
    accent="#7EC8DC",
    fill="#24788F",
    onfill="#FFFFFF",
    select="#1F3D47",
    safety="#FF9C8A",
    high="#FFC24D",
    routine="#8CC4FF",
    done="#7FD8A0",
    redtint="#3B2220",
    hightint="#362A13",
    donetint="#183122",
    redfill="#A8342C",
    barfill="#62B4C9",
    barbg="#343B3F",
    ink="#E4E8EA",
    onink="#15181A",
)


def system_tokens(palette: QPalette) -> Tokens:
    """Return the colors of a system contrast theme: every meaning falls back to the palette's own pairs."""
    role = QPalette.ColorRole
    paper, words = palette.color(role.Base), palette.color(role.WindowText)
    chosen, on_chosen = palette.color(role.Highlight), palette.color(role.HighlightedText)
    return Tokens(
        name="contrast",
        is_dark=paper.lightness() < words.lightness(),
        window=palette.color(role.Window),
        surface=paper,
        sunken=paper,
        desk=palette.color(role.Window),
        hair=words,
        line=words,
        control=words,
        text=words,
        text2=words,
        text3=words,
        accent=words,
        fill=chosen,
        onfill=on_chosen,
        select=paper,
        safety=words,
        high=words,
        routine=words,
        done=words,
        redtint=paper,
        hightint=paper,
        donetint=paper,
        redfill=chosen,
        barfill=chosen,
        barbg=paper,
        ink=words,
        onink=paper,
    )
