"""A widget that paints itself by hand and measures itself in design pixels."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QStyleOptionViewItem, QWidget
from typing_extensions import override

from coordinator_app.ui.shared.hand import Hand
from coordinator_app.ui.shared.theme import Theme


@contextmanager
def hand_on(widget: QWidget, theme: Theme) -> Iterator[Hand]:
    """Open a hand over a whole widget, for the length of one paint event."""
    painter = QPainter(widget)
    scale = theme.zoom / 100
    painter.scale(scale, scale)
    yield Hand(painter, theme, widget.width() / scale, widget.height() / scale, widget.devicePixelRatioF())
    painter.end()


@contextmanager
def hand_in_row(painter: QPainter, option: QStyleOptionViewItem, theme: Theme) -> Iterator[Hand]:
    """Open a hand over one row of a list; 0, 0 is the row's corner and nothing leaves the row."""
    rect = option.rect
    scale = theme.zoom / 100
    painter.save()
    painter.setClipRect(rect)
    painter.translate(rect.topLeft())
    painter.scale(scale, scale)
    device = painter.device()
    yield Hand(painter, theme, rect.width() / scale, rect.height() / scale, device.devicePixelRatioF())
    painter.restore()


class Painted(QWidget):
    """A part drawn by `paint`; sizes are design pixels, None leaves a side to the layout."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        theme.changed.connect(self.relook)

    def relook(self) -> None:
        """Measure and paint again; said when the theme changed."""
        self.updateGeometry()
        self.update()

    def design_size(self) -> tuple[float, float]:
        """Return the wished width and height in design pixels; 0 where any will do."""
        return 0, 0

    def paint(self, hand: Hand) -> None:
        """Draw the part."""

    @override
    def sizeHint(self) -> QSize:
        width, height = self.design_size()
        return QSize(self.theme.px(width), self.theme.px(height))

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with hand_on(self, self.theme) as hand:
            self.paint(hand)


class Flowing(Painted):
    """A painted part whose height follows from its width, because its words wrap."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        # Fixed would hold the height at the hint of some other width and cut the last lines off.
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def flow(self, width: float) -> float:
        """Return the height wanted at a width, both in design pixels."""
        raise NotImplementedError

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        return self.theme.px(self.flow(width * 100 / self.theme.zoom))

    @override
    def sizeHint(self) -> QSize:
        width = self.width() if self.width() > self.theme.px(100) else self.theme.px(300)
        return QSize(self.theme.px(100), self.heightForWidth(width))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px(60), self.theme.px(20))
