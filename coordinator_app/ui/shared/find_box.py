"""The box that finds a patient or a command from anywhere; what it finds drops below it as a list."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from coordinator_app.ui.shared.actions import EVERYWHERE, act, keys_of
from coordinator_app.ui.shared.fields import LineField
from coordinator_app.ui.shared.hand import Hand, cut, fitted, width_of
from coordinator_app.ui.shared.layout import Column
from coordinator_app.ui.shared.list_model import ListModel
from coordinator_app.ui.shared.painted import Painted
from coordinator_app.ui.shared.row_list import RowList, RowPainter, RowState
from coordinator_app.ui.shared.theme import Theme
from coordinator_app.ui.shared.tokens import Tone
from coordinator_app.ui.shared.typography import Type

ROW_HEIGHT = 48
SHOWN_ROWS = 8


@dataclass(frozen=True, slots=True)
class FoundRow:
    """One thing found: a person by name, birth date and id, or a command by its words and key."""

    key: str
    name: str
    detail: str
    aside: str = ""
    icon: str = "patient"

    @property
    def sentence(self) -> str:
        """The row for a screen reader."""
        return ". ".join(part for part in (self.name, self.detail, self.aside) if part)


class _FoundPainter(RowPainter[FoundRow]):
    height = ROW_HEIGHT

    @override
    def paint_row(self, hand: Hand, row: FoundRow, state: RowState) -> None:
        self.paper(hand, replace(state, has_focus=True))
        hand.icon(row.icon, 12, 14, 20, Tone.ACCENT if state.is_current else Tone.SECOND)
        right = hand.w - 14
        if row.aside:
            right = hand.text_right(right, 20, row.aside, Type.SMALL, Tone.SECOND) - 10
        name, role = fitted(row.name, (Type.STRONG, Type.LABEL), right - 44)
        hand.text(44, 20, name, role)
        hand.text(44, 38, cut(row.detail, Type.SMALL, hand.w - 58), Type.SMALL, Tone.SECOND)


class _Drop(Painted):
    """The sheet below the box."""

    def __init__(self, theme: Theme, name: str, parent: QWidget) -> None:
        super().__init__(theme, parent)
        model: ListModel[FoundRow] = ListModel(lambda row: row.sentence, lambda row: row.key)
        self.rows = RowList(theme, model, _FoundPainter(theme), name)
        self.rows.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.empty_words = ""
        Column(theme, self, (2, 2, 2, 2)).addWidget(self.rows)

    @override
    def paint(self, hand: Hand) -> None:
        hand.box(QRectF(0, 0, hand.w, hand.h), 6, fill=hand.look.surface, line=hand.look.control)
        if self.empty_words:
            hand.text(14, hand.h / 2 + 5, self.empty_words, Type.BODY, Tone.SECOND)


class FindBox(LineField):
    """The find box with its key; ↑ ↓ choose in what was found, Enter opens it, Esc leaves.

    Signals:
        opened(object): the key of the row a person opened.
        (typed(str), from the field: what to look for; answer with `show_found`.)
    """

    opened = Signal(object)

    def __init__(self, theme: Theme, name: str, hint: str, keys: str = "Ctrl+K", found_name: str = "") -> None:
        self._drop: _Drop | None = None
        self._found_name = found_name or name
        super().__init__(theme, name, hint=hint, icon="find", keys=keys)
        self._call = act(self, name, keys, self.take_focus, where=EVERYWHERE)
        self._keys = keys_of(self._call)
        self.line.setClearButtonEnabled(False)
        self.typed.connect(self._typed)

    def take_focus(self) -> None:
        """Take the keyboard with what stood there selected, ready to be overwritten."""
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()

    def show_found(self, rows: tuple[FoundRow, ...], empty_words: str = "") -> None:
        """Drop what was found below the box, or the sentence that nothing was; nothing at all for neither."""
        # An answer that comes after the lock has covered the box names nobody.
        if not (rows or empty_words) or not self.line.text() or not self.isVisible():
            self.close_drop()
            return
        drop = self._opened_drop()
        drop.empty_words = "" if rows else empty_words
        drop.rows.setVisible(bool(rows))
        drop.rows.show_rows(rows)
        drop.rows.choose_first()
        height = ROW_HEIGHT * min(len(rows), SHOWN_ROWS) + 4 if rows else ROW_HEIGHT
        width = max(self.width(), self.theme.px(round(width_of(drop.empty_words)) + 28))
        corner = self.mapTo(self.window(), QPoint(0, self.height() + self.theme.px(2)))
        drop.setGeometry(corner.x(), corner.y(), width, self.theme.px(height))
        drop.show()
        drop.raise_()
        drop.update()

    def close_drop(self) -> None:
        """Take the list away."""
        if self._drop is not None:
            self._drop.hide()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if self._steer(Qt.Key(event.key())):
                return True
        elif watched is self.field and event.type() == QEvent.Type.FocusOut:
            self.close_drop()
        return super().eventFilter(watched, event)

    def _steer(self, key: Qt.Key) -> bool:
        if key == Qt.Key.Key_Escape:
            self.leave()
            return True
        if self._drop is None or not self._drop.isVisible():
            return False
        rows = self._drop.rows
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            rows.step(1 if key == Qt.Key.Key_Down else -1)
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(rows.current())
            return True
        return False

    def leave(self) -> None:
        """Empty the box and give the keyboard to the part after it."""
        self.line.clear()
        self.close_drop()
        self.line.clearFocus()

    def _open(self, row: FoundRow | None) -> None:
        if row is not None:
            self.leave()
            self.opened.emit(row.key)

    def _typed(self, words: str) -> None:
        if not words:
            self.close_drop()

    def _opened_drop(self) -> _Drop:
        if self._drop is None:
            self._drop = _Drop(self.theme, self._found_name, self.window())
            # The keyboard stays in the box, so a press on a row is the only thing the list itself answers to.
            self._drop.rows.clicked.connect(self._pressed)
        return self._drop

    def _pressed(self) -> None:
        if self._drop is not None:
            self._open(self._drop.rows.current())
