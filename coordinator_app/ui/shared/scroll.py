"""Scrolling in our look: a thin bar that stands in no one's way, and a page that scrolls downwards only."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QScrollBar, QStyle, QStyleOptionSlider, QWidget
from typing_extensions import override

from coordinator_app.ui.shared.painted import hand_on
from coordinator_app.ui.shared.theme import Theme

WIDTH = 12


class ThinBar(QScrollBar):
    """A thumb 6 wide in the color of outlines, without a trough."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self.theme = theme

    @override
    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(WIDTH), self.theme.px(40))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        slider = QStyle.SubControl.SC_ScrollBarSlider
        thumb = self.style().subControlRect(QStyle.ComplexControl.CC_ScrollBar, option, slider, self)
        scale = 100 / self.theme.zoom
        with hand_on(self, self.theme) as hand:
            if self.maximum() > self.minimum():
                rect = QRectF(hand.w - 9, thumb.y() * scale + 2, 6, thumb.height() * scale - 4)
                hand.box(rect, 3, fill=hand.look.control if self.isSliderDown() else hand.look.line)


class ScrollPage(QScrollArea):
    """A page that scrolls downwards only and lies on whatever paper is behind it."""

    def __init__(self, theme: Theme, page: QWidget, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setVerticalScrollBar(ThinBar(theme))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(page)
        page.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)
