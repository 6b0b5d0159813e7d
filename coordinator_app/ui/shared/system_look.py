"""Follows what a person has set on this computer: light or dark, and above both a contrast theme."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication

from coordinator_app.ui.shared.theme import Theme


class SystemLook(QObject):
    """Keeps a theme in step with the system; `dark` True or False is a person's own choice and outranks its hue.

    Build it before `Theme.dress`, while the application still has the system's own palette.
    """

    def __init__(self, theme: Theme, app: QApplication, *, dark: bool | None = None) -> None:
        super().__init__(app)
        self._theme = theme
        self._app = app
        self._dark = dark
        self._system_palette = QPalette(app.palette())
        hints = app.styleHints()
        hints.colorSchemeChanged.connect(self.look_again)
        hints.accessibility().contrastPreferenceChanged.connect(self.look_again)
        self.look_again()

    def choose(self, *, dark: bool | None) -> None:
        """Take a person's choice of light or dark; None follows the system again."""
        self._dark = dark
        self.look_again()

    def look_again(self) -> None:
        """Take the colors that fit the system and the choice now."""
        hints = self._app.styleHints()
        if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
            self._theme.use_system_contrast(self._system_palette)
            return
        is_dark = hints.colorScheme() == Qt.ColorScheme.Dark if self._dark is None else self._dark
        self._theme.use_dark(dark=is_dark)
