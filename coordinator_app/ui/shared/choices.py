"""A list of choices with keys, of which one is chosen and none beforehand: what came of a call, which time fits."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QListView, QWidget
from typing_extensions import override

from coordinator_app.ui.shared.hand import Hand, Ink, cut
from coordinator_app.ui.shared.list_model import ListModel
from coordinator_app.ui.shared.marks import focus_ring, key_cap, tick, warning_triangle
from coordinator_app.ui.shared.row_list import RowList, RowPainter, RowState
from coordinator_app.ui.shared.theme import Theme
from coordinator_app.ui.shared.tokens import Tone
from coordinator_app.ui.shared.typography import Type


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice: its key, its words, the value a screen gets back; an aside stands at the right of boxed ones."""

    key: str
    words: str
    value: object
    aside: str = ""
    warns: bool = False
    is_chosen: bool = False


class KeyedPainter(RowPainter[Choice]):
    """Rows of 36: key cap and words, the chosen one filled with a tick."""

    height = 36

    @override
    def paint_row(self, hand: Hand, row: Choice, state: RowState) -> None:
        rect = QRectF(0, 0, hand.w, 34 if hand.h >= 36 else hand.h - 2)
        ink: Ink = Tone.TEXT
        if row.is_chosen:
            hand.box(rect, 6, fill=hand.look.fill)
            ink = Tone.ON_FILL
        if state.is_current and state.has_focus:
            if row.is_chosen:
                focus_ring(hand, rect.adjusted(3, 3, -3, -3), 4, hand.look.onfill)
            else:
                focus_ring(hand, rect)
        cap = {"ink": Tone.ON_FILL, "line": hand.look.onfill} if row.is_chosen else {"ink": Tone.SECOND}
        key_cap(hand, 8, 17, row.key, **cap)
        room = hand.w - (76 if row.is_chosen else 52)
        role = self.role_of(row, room)
        hand.text(40, 22, cut(row.words, role, room), role, ink)
        if row.is_chosen:
            tick(hand, hand.w - 19, 17, ink, 18)

    def role_of(self, row: Choice, room: float) -> Type:
        """Return the letters of a row; ``room`` is what its words may take across."""
        return Type.STRONG if row.is_chosen else Type.BODY


class SlotPainter(RowPainter[Choice]):
    """Rows of 42 in boxes of 36, an aside at the right; the chosen one tinted and ringed."""

    height = 42

    @override
    def paint_row(self, hand: Hand, row: Choice, state: RowState) -> None:
        look, rect = hand.look, QRectF(0, 0, hand.w, 36)
        is_here = state.is_current and state.has_focus
        fill, line = (look.select, look.accent) if row.is_chosen else (look.surface, look.control)
        hand.box(rect, 6, fill=fill, line=line, stroke=2 if row.is_chosen or is_here else 1)
        if is_here and not row.is_chosen:
            focus_ring(hand, rect)
        key_cap(hand, 10, 18, row.key, line=look.accent if row.is_chosen else None)
        right = hand.w - 12
        if row.aside:
            tone = Tone.HIGH if row.warns else Tone.SECOND
            right = hand.text_right(right, 22.7, row.aside, Type.SMALL_MEDIUM, tone) - 10
            if row.warns:
                warning_triangle(hand, right - 10, 22.7)
                right -= 20
        hand.text(42, 23, cut(row.words, Type.MEDIUM, right - 42), Type.MEDIUM)


class ChoiceList(RowList[Choice]):
    """Choices by key, arrow or press. Arrows only move; a key or Space chooses; Enter settles what is chosen.

    Signals:
        chosen(object): the value of the choice a person made.
        settled(object): Enter was pressed on a choice that is made.
    """

    chosen = Signal(object)
    settled = Signal(object)

    def __init__(
        self,
        theme: Theme,
        name: str,
        chosen_word: str,
        painter: RowPainter[Choice] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        def sentence(row: Choice) -> str:
            words = [row.key, row.words, row.aside, chosen_word if row.is_chosen else ""]
            return ", ".join(word for word in words if word)

        self._columns = 1
        model: ListModel[Choice] = ListModel(sentence, lambda row: row.key)
        super().__init__(theme, model, painter or KeyedPainter(theme), name, parent)
        self.clicked.connect(self._take_current)

    def show_choices(self, choices: tuple[Choice, ...]) -> None:
        """Show other choices, none of them made; the list is as high as its rows."""
        self.show_rows(choices)
        self.choose_first()
        self._fit()

    def set_tight(self, *, tight: bool) -> None:
        """Set rows 34 apart instead of 36, where a red flag takes room."""
        self._painter.height = 34 if tight else type(self._painter).height
        self.relook()

    def set_columns(self, columns: int) -> None:
        """Flow the choices into columns, filled downwards, where the window is low."""
        self._columns = columns
        self.setWrapping(columns > 1)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self._fit()

    def value(self) -> object:
        """Return the value chosen, None while there is none."""
        return next((row.value for row in self.rows.rows if row.is_chosen), None)

    def set_value(self, value: object) -> None:
        """Choose by value, or nothing with None; nobody is told."""
        self.show_rows(
            tuple(replace(row, is_chosen=value is not None and row.value == value) for row in self.rows.rows)
        )

    def take(self, key: str) -> bool:
        """Choose by key, as if it had been pressed; say whether there is such a choice."""
        index = self.rows.place_of(key)
        row = self.rows.row_at(index)
        if row is None or not self.isEnabled():
            return False
        self.setCurrentIndex(index)
        self.set_value(row.value)
        self.chosen.emit(row.value)
        return True

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        bare = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if bare and event.text() and self.take(event.text().upper()):
            return
        if bare and event.key() == Qt.Key.Key_Space:
            self._take_current()
        elif bare and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.value() is not None:
                self.settled.emit(self.value())
        else:
            super().keyPressEvent(event)

    @override
    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(200), self.height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        if self._columns > 1 and event.oldSize().width() != event.size().width():
            self._fit()
        super().resizeEvent(event)

    def _take_current(self) -> None:
        row = self.current()
        if row is not None:
            self.take(row.key)

    def _fit(self) -> None:
        high, count = self.theme.px(self._painter.height), self.rows.rowCount()
        self.setGridSize(QSize(self.viewport().width() // self._columns, high) if self._columns > 1 else QSize())
        # A column filled to the last pixel would already flow over into the next.
        self.setFixedHeight(high * -(-count // self._columns) + (1 if self._columns > 1 else 0))

    @override
    def relook(self) -> None:
        super().relook()
        self._fit()
