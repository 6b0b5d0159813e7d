"""A list of painted rows: one current row, moved by arrows or J and K, kept across replacements by its key."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from coordinator_app.ui.shared.hand import Hand
from coordinator_app.ui.shared.list_model import ROW, Index, ListModel
from coordinator_app.ui.shared.painted import hand_in_row
from coordinator_app.ui.shared.scroll import ThinBar
from coordinator_app.ui.shared.theme import Theme

Row = TypeVar("Row")

_STEPS = {Qt.Key.Key_J: 1, Qt.Key.Key_K: -1}


@dataclass(frozen=True, slots=True)
class RowState:
    """How a row stands in its list; `has_focus` says whether the list has the keyboard."""

    is_current: bool = False
    has_focus: bool = False
    is_first: bool = False
    is_last: bool = False


class RowPainter(QStyledItemDelegate, Generic[Row]):
    """Paints rows of one height; a kind of row is a subclass with `paint_row`."""

    height = 64

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme

    def paint_row(self, hand: Hand, row: Row, state: RowState) -> None:
        """Draw one row."""
        raise NotImplementedError

    def paper(self, hand: Hand, state: RowState, *, is_quiet: bool = False) -> None:
        """Lay the paper of a row with its selection bar and its rule at the foot."""
        look = hand.look
        if state.is_current:
            hand.fill(0, 0, hand.w, hand.h, look.select if state.has_focus else look.sunken)
            hand.fill(0, 0, 4, hand.h - 1, look.accent if state.has_focus else look.control)
        elif is_quiet:
            hand.fill(0, 0, hand.w, hand.h, look.sunken)
        hand.rule(0, hand.h - 1, hand.w)

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row = index.data(ROW)
        view = option.widget
        state = RowState(
            is_current=isinstance(view, RowList) and view.currentIndex() == index,
            has_focus=isinstance(view, RowList) and view.looks_focused,
            is_first=index.row() == 0,
            is_last=index.row() == index.model().rowCount() - 1,
        )
        with hand_in_row(painter, option, self.theme) as hand:
            self.paint_row(hand, row, state)

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, self.theme.px(self.height))


class RowList(QListView, Generic[Row]):
    """A view over `ListModel` whose rows a `RowPainter` draws.

    Signals:
        current_changed(object): the row that is now current, or None.
        opened(object): the row on which Enter was pressed or which was double-clicked.
    """

    current_changed = Signal(object)
    opened = Signal(object)

    def __init__(
        self, theme: Theme, model: ListModel[Row], painter: RowPainter[Row], name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self.rows = model
        self._painter = painter
        self._is_frozen = False
        self._kept: object | None = None
        self.setModel(model)
        self.setItemDelegate(painter)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.bar = ThinBar(theme, self)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAutoScroll(False)
        self.doubleClicked.connect(self._open)
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._restore)
        theme.changed.connect(self.relook)

    @property
    def looks_focused(self) -> bool:
        """Whether the current row is drawn in the color of the keyboard; a frozen list keeps it."""
        return self.hasFocus() or self._is_frozen

    def current(self) -> Row | None:
        """Return the current row."""
        return self.rows.row_at(self.currentIndex())

    def show_rows(self, rows: tuple[Row, ...]) -> None:
        """Replace every row; the current one stays current if it is still there, else its neighbor becomes it."""
        self.rows.set_rows(rows)

    def choose(self, key: object) -> bool:
        """Make the row with this key current and bring it into sight; say whether there is one."""
        index = self.rows.place_of(key)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)
        return index.isValid()

    def choose_first(self) -> None:
        """Make the first row current."""
        if self.rows.rowCount():
            self.setCurrentIndex(self.rows.index(0))
            self.scrollToTop()

    def freeze(self, *, frozen: bool) -> None:
        """Stop or allow moving to another row; a frozen list shows but does not answer."""
        self._is_frozen = frozen
        mode = QAbstractItemView.SelectionMode
        self.setSelectionMode(mode.NoSelection if frozen else mode.SingleSelection)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus if frozen else Qt.FocusPolicy.StrongFocus)

    @override
    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.current_changed.emit(self.rows.row_at(current))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        bare = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if bare and key in _STEPS:
            self.step(_STEPS[key])
        elif bare and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        elif event.text() and event.text().isprintable():
            # Letters are commands here, never a search that silently moves the selection.
            event.ignore()
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self.theme.tokens.surface)
        painter.end()
        super().paintEvent(event)

    def step(self, by: int) -> None:
        """Make the row so many places further current, at most the last or the first."""
        place = min(max(self.currentIndex().row() + by, 0), self.rows.rowCount() - 1)
        if place >= 0:
            self.setCurrentIndex(self.rows.index(place))

    def _open(self, index: QModelIndex) -> None:
        row = self.rows.row_at(index)
        if row is not None and not self._is_frozen:
            self.opened.emit(row)

    def _remember(self) -> None:
        index = self.currentIndex()
        self._kept = (self.rows.key_at(index), index.row()) if index.isValid() else None

    def _restore(self) -> None:
        if not isinstance(self._kept, tuple):
            return
        key, place = self._kept
        index = self.rows.place_of(key)
        if not index.isValid() and self.rows.rowCount():
            index = self.rows.index(min(place, self.rows.rowCount() - 1))
        self.setCurrentIndex(index)
        if not index.isValid():
            self.current_changed.emit(None)

    def relook(self) -> None:
        """Measure and paint again; said when the theme changed."""
        self.scheduleDelayedItemsLayout()
        self.viewport().update()
