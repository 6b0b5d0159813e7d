"""Fields to type and to choose in: a line, a choice from a list, a labeled row of a form."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget
from typing_extensions import override

from coordinator_app.ui.shared.field_frame import FieldFrame
from coordinator_app.ui.shared.hand import cut
from coordinator_app.ui.shared.layout import Column, Line, pin
from coordinator_app.ui.shared.painted import hand_on
from coordinator_app.ui.shared.text import Text
from coordinator_app.ui.shared.theme import Theme
from coordinator_app.ui.shared.tokens import Tone
from coordinator_app.ui.shared.typography import Type


class LineField(FieldFrame):
    """A line to type in.

    Signals:
        typed(str): what stands in the line after each key.
        entered(str): what stands in the line when Enter is pressed.
    """

    typed = Signal(str)
    entered = Signal(str)

    def __init__(
        self,
        theme: Theme,
        name: str,
        *,
        hint: str = "",
        is_secret: bool = False,
        icon: str = "",
        keys: str = "",
        height: int = 36,
    ) -> None:
        self.line = QLineEdit()
        self.line.setFrame(False)
        self.line.setPlaceholderText(hint)
        if is_secret:
            self.line.setEchoMode(QLineEdit.EchoMode.Password)
        super().__init__(theme, self.line, name, icon=icon, keys=keys, height=height)
        self.line.textEdited.connect(self.typed)
        self.line.returnPressed.connect(self._enter)

    def words(self) -> str:
        """Return what stands in the line."""
        return self.line.text()

    def set_words(self, words: str) -> None:
        """Put words into the line; nobody is told."""
        self.line.setText(words)

    def _enter(self) -> None:
        self.entered.emit(self.line.text())


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a list: its words, and the value a screen gets back."""

    words: str
    value: object = None


class _Combo(QComboBox):
    """A choice without a frame, painted in our type with our own arrow."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with hand_on(self, self.theme) as hand:
            is_chosen = self.currentIndex() >= 0
            words = self.currentText() if is_chosen else self.placeholderText()
            tone = Tone.TEXT if is_chosen and self.isEnabled() else Tone.THIRD
            hand.text(0, hand.h / 2 + 5.2, cut(words, Type.BODY, hand.w - 26), Type.BODY, tone)
            x, y = hand.w - 11, hand.h / 2
            with hand.smooth():
                pen = QPen(hand.look.text2, 1.6)
                pen.setCapStyle(Qt.PenCapStyle.RoundCap)
                pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
                hand.painter.setPen(pen)
                hand.painter.drawPolyline([QPointF(x - 4.5, y - 2.2), QPointF(x, y + 2.3), QPointF(x + 4.5, y - 2.2)])

    @override
    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(60), self.theme.px(30))

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        # A wheel meant for the page must never change an answer.
        event.ignore()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers():
            event.ignore()
            return
        super().keyPressEvent(event)


class ComboField(FieldFrame):
    """A choice from a list; nothing is chosen until somebody chooses, unless a screen sets it.

    Signals:
        chosen(object): the value of the option a person chose.
    """

    chosen = Signal(object)

    def __init__(self, theme: Theme, name: str, *, hint: str = "", options: Sequence[Option] = ()) -> None:
        self.combo = _Combo(theme)
        self.combo.setPlaceholderText(hint)
        self._options: tuple[Option, ...] = ()
        super().__init__(theme, self.combo, name)
        self._dress_list()
        self.set_options(options)
        self.combo.activated.connect(self._choose)

    @override
    def relook(self) -> None:
        super().relook()
        self._dress_list()

    def set_options(self, options: Sequence[Option], value: object = None) -> None:
        """Replace the options; the one with this value is chosen, None leaves it open."""
        self._options = tuple(options)
        self.combo.clear()
        self.combo.addItems([option.words for option in self._options])
        self.set_value(value)

    def set_value(self, value: object) -> None:
        """Choose the option with this value, or none; nobody is told."""
        places = [place for place, option in enumerate(self._options) if option.value == value and value is not None]
        self.combo.setCurrentIndex(places[0] if places else -1)
        self.combo.update()

    def value(self) -> object:
        """Return the value of the chosen option, None while there is none."""
        place = self.combo.currentIndex()
        return self._options[place].value if 0 <= place < len(self._options) else None

    def _dress_list(self) -> None:
        # The list that drops down is a window of its own and must not inherit the field's clear paper.
        view = self.combo.view()
        for part in (view, view.window()):
            part.setPalette(self.theme.palette())
        view.setFont(self.theme.font(Type.BODY))

    def _choose(self, place: int) -> None:
        self.chosen.emit(self._options[place].value)


class FormRow(QWidget):
    """A label at the left and a field at the right, 44 from row to row; an error stands under the field in words."""

    def __init__(self, theme: Theme, label: str, field: FieldFrame, *, label_width: int = 104) -> None:
        super().__init__()
        self.field = field
        self._label = Text(theme, label, Type.BODY, Tone.SECOND)
        self._error = Text(theme, "", Type.SMALL_MEDIUM, Tone.URGENT, wraps=True)
        self._error.hide()
        pin(theme, self._label, width=label_width)
        across = Line(theme)
        across.addWidget(self._label)
        across.addWidget(field, 1)
        down = Column(theme, self, (0, 0, 0, 8), 2)
        down.addLayout(across)
        under = Line(theme, margins=(label_width, 0, 0, 0))
        under.addWidget(self._error)
        down.addLayout(under)

    def set_error(self, sentence: str) -> None:
        """Show what is wrong, or nothing."""
        self.field.set_error(sentence)
        self._error.set_words(sentence)
        self._error.setVisible(bool(sentence))
