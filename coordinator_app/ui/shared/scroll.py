"""Scrolling in our look: a thin bar laid over the margin, so that nothing moves when it comes, and a page."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QFrame,
    QScrollArea,
    QScrollBar,
    QStyle,
    QStyleOptionSlider,
    QWidget,
)
from typing_extensions import override

from coordinator_app.ui.shared.painted import hand_on
from coordinator_app.ui.shared.theme import Theme

WIDTH = 12


class ThinBar(QScrollBar):
    """A thumb 6 wide without a trough over the right margin of a scrolling part, whose own bar stays hidden."""

    def __init__(self, theme: Theme, over: QAbstractScrollArea) -> None:
        super().__init__(Qt.Orientation.Vertical, over)
        self.theme = theme
        self._over = over
        self._hidden = over.verticalScrollBar()
        over.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        over.installEventFilter(self)
        self._hidden.rangeChanged.connect(self._follow)
        self._hidden.valueChanged.connect(self._follow)
        self.valueChanged.connect(self._lead)
        self._follow()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            self._follow()
        return super().eventFilter(watched, event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        slider = QStyle.SubControl.SC_ScrollBarSlider
        thumb = self.style().subControlRect(QStyle.ComplexControl.CC_ScrollBar, option, slider, self)
        scale = 100 / self.theme.zoom
        with hand_on(self, self.theme) as hand:
            rect = QRectF(hand.w - 9, thumb.y() * scale, 6, thumb.height() * scale)
            hand.box(rect, 3, fill=hand.look.control if self.isSliderDown() else hand.look.line)

    def _follow(self) -> None:
        own, hidden = self, self._hidden
        own.setPageStep(hidden.pageStep())
        own.setSingleStep(hidden.singleStep())
        own.setRange(hidden.minimum(), hidden.maximum())
        own.setValue(hidden.value())
        width = self.theme.px(WIDTH)
        own.setGeometry(self._over.width() - width, 0, width, self._over.height())
        own.setVisible(hidden.maximum() > hidden.minimum())
        own.raise_()

    def _lead(self, value: int) -> None:
        self._hidden.setValue(value)


class ScrollPage(QScrollArea):
    """A page that scrolls downwards only and lies on whatever paper is behind it."""

    def __init__(self, theme: Theme, page: QWidget, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bar = ThinBar(theme, self)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(page)
        page.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)

    def bring(self, part: QWidget | None) -> None:
        """Scroll so far that a part of the page is seen whole, or its top where it does not fit."""
        page = self.widget()
        if part is None or page is None or not page.isAncestorOf(part):
            return
        # Qt's own way asks for the caret or the current row alone; of a list that is too long the row has to do.
        rect = part.rect()
        if isinstance(part, QAbstractItemView) and part.height() > self.viewport().height():
            rect = part.visualRect(part.currentIndex())
        top = part.mapTo(page, QPoint(0, rect.top())).y()
        if top + rect.height() <= self.viewport().height():
            # What stands on the first screenful is shown with the headings over it.
            self.verticalScrollBar().setValue(0)
            return
        self.ensureVisible(0, top + rect.height(), 0, WIDTH)
        self.ensureVisible(0, top, 0, WIDTH)
