"""The one table model and the one list model of the house: frozen rows, columns as data."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeAlias, TypeVar

from PySide6.QtCore import QAbstractListModel, QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

Row = TypeVar("Row")
Index: TypeAlias = QModelIndex | QPersistentModelIndex

ROW = Qt.ItemDataRole.UserRole + 1
"""The role under which a delegate reads the whole frozen row."""

_NOWHERE = QModelIndex()
_DISPLAY = Qt.ItemDataRole.DisplayRole


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One column as data: its heading and how a row answers. Figures stand at the right."""

    title: str
    text: Callable[[Row], str]
    is_figure: bool = False
    tip: Callable[[Row], str] | None = None

    def answer(self, row: Row, role: int) -> Any:
        """Return what a view asks of this column under a role, or None."""
        if role == _DISPLAY:
            return self.text(row)
        if role == Qt.ItemDataRole.ToolTipRole and self.tip is not None:
            return self.tip(row)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if self.is_figure else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None


class TableModel(QAbstractTableModel, Generic[Row]):
    """Rows under columns; rows are replaced whole and sorted where they are stored.

    `sentence` is what a screen reader gets for a whole row, at column 0.
    """

    def __init__(
        self, columns: Sequence[Column[Row]], sentence: Callable[[Row], str], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._sentence = sentence
        self._rows: tuple[Row, ...] = ()

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows shown."""
        return self._rows

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Replace every row."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def row_at(self, index: Index) -> Row | None:
        """Return the row behind an index."""
        return self._rows[index.row()] if index.isValid() else None

    @override
    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._columns)

    @override
    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == 0:
            return self._sentence(row)
        return self._columns[index.column()].answer(row, role)

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        if orientation == Qt.Orientation.Horizontal and 0 <= section < len(self._columns):
            column = self._columns[section]
            if role == _DISPLAY:
                return column.title
            if role == Qt.ItemDataRole.TextAlignmentRole and column.is_figure:
                return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None


class ListModel(QAbstractListModel, Generic[Row]):
    """One row to a line, painted whole by a delegate that reads it under the ROW role.

    `sentence` is what a screen reader gets; `key` names a row across replacements, so that a view can stay on it.
    """

    def __init__(
        self, sentence: Callable[[Row], str], key: Callable[[Row], object], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._sentence = sentence
        self._key = key
        self._rows: tuple[Row, ...] = ()
        self._places: dict[object, int] = {}

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows shown."""
        return self._rows

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Replace every row. Where the same rows stand in the same order only their faces change."""
        fresh = tuple(rows)
        keys = [self._key(row) for row in fresh]
        if fresh and keys == list(self._places) and len(keys) == len(self._rows):
            self._rows = fresh
            self.dataChanged.emit(self.index(0), self.index(len(fresh) - 1))
            return
        self.beginResetModel()
        self._rows = fresh
        self._places = {key: place for place, key in enumerate(keys)}
        self.endResetModel()

    def row_at(self, index: Index) -> Row | None:
        """Return the row behind an index."""
        return self._rows[index.row()] if index.isValid() else None

    def key_at(self, index: Index) -> object | None:
        """Return the key of the row behind an index."""
        row = self.row_at(index)
        return None if row is None else self._key(row)

    def place_of(self, key: object) -> QModelIndex:
        """Return the index of the row with this key, invalid if it is not shown."""
        place = self._places.get(key)
        return QModelIndex() if place is None else self.index(place)

    @override
    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == ROW:
            return row
        if role in (_DISPLAY, Qt.ItemDataRole.AccessibleTextRole):
            return self._sentence(row)
        return None
