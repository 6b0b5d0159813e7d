"""The look as one object: colors, type, icons and zoom, with one signal when any of them changes."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPalette, QPixmap

from coordinator_app.ui.shared.icons import Icons
from coordinator_app.ui.shared.tokens import DARK, LIGHT, Tokens, Tone, system_tokens
from coordinator_app.ui.shared.typography import FontShelf, Type, load_fonts

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

ZOOM_STEPS = (90, 100, 115, 130, 150, 175, 200)


class Theme(QObject):
    """What a widget asks when it paints. Build it after the QApplication.

    Signals:
        changed(): colors, zoom or contrast are other than before; measure and paint again.
    """

    changed = Signal()

    def __init__(self, fonts: Path, icons: Path, tokens: Tokens = LIGHT, zoom: int = 100) -> None:
        super().__init__()
        self.families = load_fonts(fonts)
        self.icons = Icons(icons)
        self._tokens = tokens
        self._zoom = zoom
        self._shelf = FontShelf(zoom)
        self._app: QApplication | None = None

    @property
    def tokens(self) -> Tokens:
        """The colors now in force."""
        return self._tokens

    @property
    def zoom(self) -> int:
        """The zoom in percent, one of ZOOM_STEPS."""
        return self._zoom

    def dress(self, app: "QApplication") -> None:
        """Give the application Fusion, our palette and our font, now and after every change."""
        self._app = app
        app.setStyle("Fusion")
        self._dress_again()

    def use(self, tokens: Tokens) -> None:
        """Change the colors."""
        if tokens is not self._tokens:
            self._tokens = tokens
            self._tell()

    def use_dark(self, *, dark: bool) -> None:
        """Change to our dark or our light colors."""
        self.use(DARK if dark else LIGHT)

    def use_system_contrast(self, palette: QPalette) -> None:
        """Drop our colors for those of a contrast theme, which its reader chose for a reason."""
        self.use(system_tokens(palette))

    @property
    def is_contrast(self) -> bool:
        """Whether the colors are those of a system contrast theme."""
        return self._tokens.name == "contrast"

    def set_zoom(self, percent: int) -> None:
        """Take the step nearest to the wished percentage."""
        nearest = min(ZOOM_STEPS, key=lambda step: abs(step - percent))
        if nearest != self._zoom:
            self._zoom = nearest
            self._shelf = FontShelf(nearest)
            self._tell()

    def larger(self) -> None:
        """Go one zoom step up, at most to the last."""
        self.set_zoom(ZOOM_STEPS[min(ZOOM_STEPS.index(self._zoom) + 1, len(ZOOM_STEPS) - 1)])

    def smaller(self) -> None:
        """Go one zoom step down, at most to the first."""
        self.set_zoom(ZOOM_STEPS[max(ZOOM_STEPS.index(self._zoom) - 1, 0)])

    def px(self, at_100: float) -> int:
        """Return a length of the design in pixels at the present zoom."""
        return round(at_100 * self._zoom / 100)

    def font(self, role: Type, *, code: bool = False) -> QFont:
        """Return the font of a role at the present zoom; shared, not to be altered."""
        return self._shelf.font(role, code=code)

    def metrics(self, role: Type, *, code: bool = False) -> QFontMetricsF:
        """Return the metrics of a role's font at the present zoom."""
        return self._shelf.metrics(role, code=code)

    def color(self, tone: Tone) -> QColor:
        """Return the color of a meaning."""
        return self._tokens.of(tone)

    def icon(self, name: str, tone: Tone | QColor, size: float = 20, ratio: float = 1.0) -> QPixmap:
        """Return an icon in the color of the words beside it; `size` is of the design at 100 %."""
        color = tone if isinstance(tone, QColor) else self.color(tone)
        return self.icons.pixmap(name, color, self.px(size), ratio)

    def palette(self) -> QPalette:
        """Return the palette for parts Qt paints itself: menus, tool tips, carets, selections."""
        look, role = self._tokens, QPalette.ColorRole
        palette = QPalette()
        for which, color in (
            (role.Window, look.window),
            (role.WindowText, look.text),
            (role.Base, look.surface),
            (role.AlternateBase, look.sunken),
            (role.Text, look.text),
            (role.PlaceholderText, look.text3),
            (role.Button, look.surface),
            (role.ButtonText, look.text),
            (role.BrightText, look.onfill),
            (role.Highlight, look.fill),
            (role.HighlightedText, look.onfill),
            (role.Link, look.accent),
            (role.LinkVisited, look.accent),
            (role.Accent, look.accent),
            (role.Mid, look.line),
            (role.Dark, look.control),
            (role.Midlight, look.hair),
            (role.Light, look.surface),
            (role.Shadow, look.desk),
            (role.ToolTipBase, look.ink),
            (role.ToolTipText, look.onink),
        ):
            palette.setColor(which, color)
        for which in (role.WindowText, role.Text, role.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, which, look.text3)
        return palette

    def _tell(self) -> None:
        self._dress_again()
        self.changed.emit()

    def _dress_again(self) -> None:
        if self._app is not None:
            self._app.setPalette(self.palette())
            self._app.setFont(self.font(Type.BODY))
