"""A question with a short scale in words, answered by digit: the items of a review."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from coordinator_app.ui.shared.fields import Option
from coordinator_app.ui.shared.hand import Hand, cut, width_of
from coordinator_app.ui.shared.marks import focus_ring
from coordinator_app.ui.shared.painted import Painted
from coordinator_app.ui.shared.theme import Theme
from coordinator_app.ui.shared.tokens import Tone
from coordinator_app.ui.shared.typography import Type

HEIGHT, SCALE_WIDTH, BOX = 40, 276, 28


class ScaleRow(Painted):
    """A row 40 high: the question, then joined segments "1 Meets · 2 Partly · 3 Does not"; nothing chosen beforehand.

    Signals:
        answered(object): the value of the segment a person chose.
    """

    answered = Signal(object)

    def __init__(self, theme: Theme, question: str, options: Sequence[Option], parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._question = question
        self._options = tuple(options)
        self._place = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._name_itself()

    def value(self) -> object:
        """Return the value chosen, None while there is none."""
        return self._options[self._place].value if self._place >= 0 else None

    def set_value(self, value: object) -> None:
        """Choose by value, or nothing with None; nobody is told."""
        places = [place for place, option in enumerate(self._options) if value is not None and option.value == value]
        self._place = places[0] if places else -1
        self._name_itself()
        self.update()

    @override
    def design_size(self) -> tuple[float, float]:
        return SCALE_WIDTH + 120, HEIGHT

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px(SCALE_WIDTH + 60), self.theme.px(HEIGHT))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text().isdigit() and 1 <= int(event.text()) <= len(self._options) and not _is_command(event):
            self._choose(int(event.text()) - 1)
        elif event.key() == Qt.Key.Key_Down:
            self.focusNextChild()
        elif event.key() == Qt.Key.Key_Up:
            self.focusPreviousChild()
        else:
            super().keyPressEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        spot = QPointF(event.position()) * (100 / self.theme.zoom)
        for place, rect in enumerate(self._rects(self.width() * 100 / self.theme.zoom)):
            if rect.contains(spot):
                self._choose(place)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    @override
    def paint(self, hand: Hand) -> None:
        look = hand.look
        role = Type.MEDIUM if self.hasFocus() else Type.BODY
        hand.text(12, 25, cut(self._question, role, hand.w - SCALE_WIDTH - 36), role)
        rects = self._rects(hand.w)
        whole = rects[0].united(rects[-1])
        hand.box(whole, 6, fill=look.surface, line=look.control)
        for place, rect in enumerate(rects):
            is_chosen = place == self._place
            if is_chosen:
                hand.box(rect, 6, fill=look.fill)
            elif place and place - 1 != self._place:
                hand.upright(rect.x(), rect.y() + 6, rect.height() - 12, look.line)
            tone = Tone.ON_FILL if is_chosen else Tone.SECOND
            words = f"{place + 1}  {self._options[place].words}"
            hand.text_amid(rect.center().x(), 24.7, cut(words, Type.LABEL, rect.width() - 6), Type.LABEL, tone)
        hand.rule(12, HEIGHT - 1, hand.w - 24)
        if self.hasFocus():
            focus_ring(hand, QRectF(0, 0, hand.w, HEIGHT - 1))

    def _rects(self, width: float) -> list[QRectF]:
        widths = [width_of(option.words, Type.LABEL) + 40 for option in self._options]
        spread = SCALE_WIDTH / sum(widths)
        rects, x = [], width - SCALE_WIDTH - 12
        for each in widths:
            rects.append(QRectF(round(x), 6, round(x + each * spread) - round(x), BOX))
            x += each * spread
        return rects

    def _choose(self, place: int) -> None:
        self._place = place
        self._name_itself()
        self.update()
        self.answered.emit(self._options[place].value)

    def _name_itself(self) -> None:
        chosen = self._options[self._place].words if self._place >= 0 else ""
        self.setAccessibleName(f"{self._question}: {chosen}" if chosen else self._question)
        words = ", ".join(f"{place} {option.words}" for place, option in enumerate(self._options, start=1))
        self.setAccessibleDescription(words)


def _is_command(event: QKeyEvent) -> bool:
    return bool(event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier))
