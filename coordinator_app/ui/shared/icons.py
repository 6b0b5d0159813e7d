"""One-color icons from SVG files, tinted to the words beside them and kept as pixmaps."""

from pathlib import Path

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer


class Icons:
    """Tinted icons by name. A name without a file raises KeyError: a missing picture is our bug."""

    def __init__(self, folder: Path) -> None:
        self._files = {file.stem: file for file in sorted(folder.glob("*.svg"))}
        self._drawings: dict[str, QSvgRenderer] = {}
        self._pixmaps: dict[tuple[str, int, int, float], QPixmap] = {}

    @property
    def names(self) -> tuple[str, ...]:
        """Every name there is a drawing for."""
        return tuple(self._files)

    def pixmap(self, name: str, color: QColor, size: int, ratio: float = 1.0) -> QPixmap:
        """Return the icon `size` logical pixels square, sharp at the given device ratio."""
        key = (name, color.rgba(), size, ratio)
        known = self._pixmaps.get(key)
        if known is None:
            known = self._pixmaps[key] = self._tinted(name, color, size, ratio)
        return known

    def icon(self, name: str, color: QColor, size: int = 20) -> QIcon:
        """Return a QIcon for menus, sharp at 100 % and 200 %."""
        icon = QIcon(self.pixmap(name, color, size))
        icon.addPixmap(self.pixmap(name, color, size, 2.0))
        return icon

    def _tinted(self, name: str, color: QColor, size: int, ratio: float) -> QPixmap:
        drawing = self._drawings.get(name)
        if drawing is None:
            drawing = self._drawings[name] = QSvgRenderer(self._files[name].read_bytes())
        side = max(1, round(size * ratio))
        pixmap = QPixmap(side, side)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        drawing.render(painter, QRectF(0, 0, side, side))
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
        painter.fillRect(0, 0, side, side, color)
        painter.end()
        pixmap.setDevicePixelRatio(ratio)
        return pixmap
