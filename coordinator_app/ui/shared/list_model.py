"""The one list model of the house: frozen rows, replaced whole."""

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeAlias, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

Row = TypeVar("Row")
Index: TypeAlias = QModelIndex | QPersistentModelIndex

ROW = Qt.ItemDataRole.UserRole + 1
"""The role under which a delegate reads the whole frozen row."""

_NOWHERE = QModelIndex()
_DISPLAY = Qt.ItemDataRole.DisplayRole


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
