"""A supervisor's word: items answered by digit, a comment, and Enter for the next record."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from coordinator_app.ui.screens.review.rows import RecordState
from coordinator_app.ui.shared.fields import LineField
from coordinator_app.ui.shared.hand import width_of
from coordinator_app.ui.shared.headings import Heading
from coordinator_app.ui.shared.layout import Column, Edge, Line, Pane, pin
from coordinator_app.ui.shared.scale_row import ScaleRow
from coordinator_app.ui.shared.text import Text
from coordinator_app.ui.shared.theme import Theme
from coordinator_app.ui.shared.tokens import Tone
from coordinator_app.ui.shared.typography import Type
from coordinator_app.ui.shared.wording import Words


class Scoring(Pane):
    """The items of one record. An answer moves on to the next item; nothing is answered beforehand.

    Signals:
        scored(str, object): an item and its answer.
        commented(str): the comment as it stands.
        next_wished(): Enter was pressed; the record is reviewed as it stands.
        moved(QWidget): the item that has the keyboard now and wants to be in sight.
    """

    scored = Signal(str, object)
    commented = Signal(str)
    next_wished = Signal()
    moved = Signal(QWidget)

    def __init__(self, theme: Theme, words: Words) -> None:
        super().__init__(theme, "surface", Edge.TOP)
        self._words = words
        self._key = ""
        self._names: tuple[str, ...] = ()
        self.items: dict[str, ScaleRow] = {}
        self._heading = Heading(theme, words.say("your_review"))
        self._rows = Column(theme)
        self.comment = LineField(theme, words.say("comment"), hint=words.say("comment.hint"), keys="C")
        self._label = Text(theme, words.say("comment"), Type.BODY, Tone.SECOND)
        self._error = Text(theme, "", Type.SMALL_MEDIUM, Tone.URGENT, wraps=True)
        label_width = max(77, round(width_of(words.say("comment")) + 12))
        pin(theme, self._label, width=label_width)
        head = Line(theme, margins=(12, 0, 12, 4))
        head.addWidget(self._heading, 1)
        foot = Line(theme, margins=(12, 8, 12, 0), spacing=0)
        foot.addWidget(self._label)
        foot.addWidget(self.comment, 1)
        under = Line(theme, margins=(label_width + 12, 2, 12, 0))
        under.addWidget(self._error)
        down = self.column((12, 10, 12, 10))
        for part in (head, self._rows, foot, under):
            down.addLayout(part)
        self.comment.typed.connect(self.commented)

    def show_state(self, state: RecordState) -> None:
        """Show the items of a record; of the same record only what is wrong is new."""
        self.setVisible(bool(state.items))
        names = tuple(item.key for item in state.items)
        if names != self._names:
            self._rebuild(state)
        if state.key != self._key:
            self._key = state.key
            for key, row in self.items.items():
                row.set_value(state.scores.get(key))
            self.comment.set_words(state.comment)
        self.comment.set_error(state.error)
        self._error.set_words(state.error)
        self._error.setVisible(bool(state.error))
        if state.error:
            self.comment.setFocus()
        self._count()

    def focus_first(self) -> None:
        """Give the keyboard to the first item that is not answered yet; the record stays in sight to be read."""
        for row in self.items.values():
            if row.value() is None:
                row.setFocus()
                return
        self.comment.setFocus()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.next_wished.emit()
        else:
            super().keyPressEvent(event)

    def _rebuild(self, state: RecordState) -> None:
        for old in self.items.values():
            self._rows.removeWidget(old)
            old.setParent(None)
        self.items = {}
        self._names = tuple(item.key for item in state.items)
        self._key = ""
        for item in state.items:
            row = ScaleRow(self.theme, item.words, item.options)
            row.answered.connect(lambda value, key=item.key: self._answer(key, value))
            self._rows.addWidget(row)
            row.show()
            self.items[item.key] = row

    def _answer(self, key: str, value: object) -> None:
        self.scored.emit(key, value)
        self._count()
        keys = list(self.items)
        place = keys.index(key) + 1
        if place < len(keys):
            following = self.items[keys[place]]
            following.setFocus()
            self.moved.emit(following)

    def _count(self) -> None:
        answered = sum(row.value() is not None for row in self.items.values())
        self._heading.set_aside(self._words.say("answered", on=answered, all=len(self.items)))
