"""Columns, rows and panes measured in design pixels, and how broad the window is."""

from enum import Enum, Flag, auto

from PySide6.QtCore import QObject, QSize
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QSpacerItem, QWidget
from typing_extensions import override

from coordinator_app.ui.shared.hand import Hand
from coordinator_app.ui.shared.painted import Painted
from coordinator_app.ui.shared.theme import Theme


class Breadth(Enum):
    """Which of the three drawn layouts applies."""

    NARROW = "960"
    MIDDLE = "1360"
    WIDE = "1920"

    @classmethod
    def of(cls, width: float) -> "Breadth":
        """Choose by the window's width in design pixels."""
        if width < 1200:
            return cls.NARROW
        return cls.MIDDLE if width < 1700 else cls.WIDE


class _Measured(QBoxLayout):
    """A box layout that follows the zoom."""

    def __init__(
        self,
        direction: QBoxLayout.Direction,
        theme: Theme,
        owner: QWidget | None,
        margins: tuple[int, int, int, int],
        spacing: int,
    ) -> None:
        super().__init__(direction)
        self._theme = theme
        self._margins = margins
        self._gap = spacing
        self._gaps: list[tuple[QSpacerItem, int]] = []
        if owner is not None:
            owner.setLayout(self)
        theme.changed.connect(self.measure)
        self.measure()

    def set_margins(self, left: int, top: int, right: int, bottom: int) -> None:
        """Take other margins, in design pixels."""
        self._margins = (left, top, right, bottom)
        self.measure()

    def set_gap(self, spacing: int) -> None:
        """Take another spacing, in design pixels."""
        self._gap = spacing
        self.measure()

    def add_gap(self, length: int) -> None:
        """Add empty room of a design length."""
        room = QSpacerItem(0, 0)
        self._gaps.append((room, length))
        self.addSpacerItem(room)
        self.measure()

    def measure(self) -> None:
        """Turn design pixels into pixels at the present zoom."""
        px = self._theme.px
        left, top, right, bottom = self._margins
        self.setContentsMargins(px(left), px(top), px(right), px(bottom))
        self.setSpacing(px(self._gap))
        across = self.direction() == QBoxLayout.Direction.LeftToRight
        fixed, free = QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Minimum
        for room, length in self._gaps:
            if across:
                room.changeSize(px(length), 0, fixed, free)
            else:
                room.changeSize(0, px(length), free, fixed)
        self.invalidate()


class Column(_Measured):
    """Parts under each other; margins (left, top, right, bottom) and spacing in design pixels."""

    def __init__(
        self,
        theme: Theme,
        owner: QWidget | None = None,
        margins: tuple[int, int, int, int] = (0, 0, 0, 0),
        spacing: int = 0,
    ) -> None:
        super().__init__(QBoxLayout.Direction.TopToBottom, theme, owner, margins, spacing)


class Line(_Measured):
    """Parts beside each other; margins (left, top, right, bottom) and spacing in design pixels."""

    def __init__(
        self,
        theme: Theme,
        owner: QWidget | None = None,
        margins: tuple[int, int, int, int] = (0, 0, 0, 0),
        spacing: int = 0,
    ) -> None:
        super().__init__(QBoxLayout.Direction.LeftToRight, theme, owner, margins, spacing)


class _Pin(QObject):
    """Keeps a side of a widget at a design length while the zoom changes; lives and dies with the widget."""

    def __init__(self, theme: Theme, widget: QWidget, width: float | None, height: float | None) -> None:
        super().__init__(widget)
        self._theme, self._widget, self._width, self._height = theme, widget, width, height
        theme.changed.connect(self.hold)
        self.hold()

    def hold(self) -> None:
        if self._width is not None:
            self._widget.setFixedWidth(self._theme.px(self._width))
        if self._height is not None:
            self._widget.setFixedHeight(self._theme.px(self._height))


def pin(theme: Theme, widget: QWidget, *, width: float | None = None, height: float | None = None) -> None:
    """Hold the widget at a width, a height or both, in design pixels; a later pin replaces an earlier one."""
    for earlier in widget.findChildren(_Pin):
        if earlier.parent() is widget:
            theme.changed.disconnect(earlier.hold)
            earlier.setParent(None)
    _Pin(theme, widget, width, height)


class Edge(Flag):
    """Sides of a pane that carry a hairline."""

    NONE = 0
    LEFT = auto()
    TOP = auto()
    RIGHT = auto()
    BOTTOM = auto()


class Pane(Painted):
    """A stretch of paper with hairlines on some edges; its layout keeps clear of them.

    `paper` names a token: window, surface, sunken, desk, hightint…
    """

    def __init__(
        self, theme: Theme, paper: str = "surface", edges: Edge = Edge.NONE, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, parent)
        self._paper = paper
        self._edges = edges

    def column(self, margins: tuple[int, int, int, int] = (0, 0, 0, 0), spacing: int = 0) -> Column:
        """Lay the pane out downwards, clear of its edges."""
        return Column(self.theme, self, self._clear(margins), spacing)

    def line(self, margins: tuple[int, int, int, int] = (0, 0, 0, 0), spacing: int = 0) -> Line:
        """Lay the pane out sideways, clear of its edges."""
        return Line(self.theme, self, self._clear(margins), spacing)

    @override
    def paint(self, hand: Hand) -> None:
        hand.fill(0, 0, hand.w, hand.h, getattr(hand.look, self._paper))
        if Edge.LEFT in self._edges:
            hand.upright(0, 0, hand.h)
        if Edge.RIGHT in self._edges:
            hand.upright(hand.w - 1, 0, hand.h)
        if Edge.TOP in self._edges:
            hand.rule(0, 0, hand.w)
        if Edge.BOTTOM in self._edges:
            hand.rule(0, hand.h - 1, hand.w)

    def _clear(self, margins: tuple[int, int, int, int]) -> tuple[int, int, int, int]:
        left, top, right, bottom = margins
        return (
            left + (Edge.LEFT in self._edges),
            top + (Edge.TOP in self._edges),
            right + (Edge.RIGHT in self._edges),
            bottom + (Edge.BOTTOM in self._edges),
        )

    @override
    def sizeHint(self) -> QSize:
        layout = self.layout()
        return layout.sizeHint() if layout is not None else super().sizeHint()

    @override
    def minimumSizeHint(self) -> QSize:
        layout = self.layout()
        return layout.minimumSize() if layout is not None else super().minimumSizeHint()
