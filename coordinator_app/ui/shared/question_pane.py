"""Questions in the place of a pane, one after the other, each answered by one key; nothing is chosen beforehand."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from coordinator_app.ui.shared.action_bar import ActionLine
from coordinator_app.ui.shared.actions import WITHIN, act
from coordinator_app.ui.shared.announce import announce
from coordinator_app.ui.shared.buttons import KeyButton
from coordinator_app.ui.shared.choices import Choice, ChoiceList, SlotPainter
from coordinator_app.ui.shared.headings import Heading, Level
from coordinator_app.ui.shared.layout import Column, Pane
from coordinator_app.ui.shared.text import Text
from coordinator_app.ui.shared.theme import Theme
from coordinator_app.ui.shared.tokens import Tone
from coordinator_app.ui.shared.typography import Type
from coordinator_app.ui.shared.wording import Words


@dataclass(frozen=True, slots=True)
class Question:
    """One question: what is asked, and the choices; without choices the words say why nothing can be chosen."""

    words: str
    choices: tuple[Choice, ...]


class QuestionPane(Pane):
    """Asks one question after the other; one with a single choice is answered by itself.

    Signals:
        answered(object): the values chosen, in the order of the questions, as a tuple.
        closed(): back to what was there before.
    """

    answered = Signal(object)
    closed = Signal()

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self._questions: tuple[Question, ...] = ()
        self._given: tuple[object, ...] = ()
        self._title = Heading(theme, "", Level.SECTION)
        self._sentence = Text(theme, "", Type.BODY, Tone.SECOND, wraps=True)
        self.list = ChoiceList(theme, words.say("question.list"), words.say("snooze.chosen"), SlotPainter(theme))
        self._error = Text(theme, "", Type.SMALL_MEDIUM, Tone.URGENT, wraps=True)
        self._close = KeyButton(theme, act(self, words.say("note.close"), "Escape", self.closed.emit, where=WITHIN))
        body = QWidget()
        down = Column(theme, body, (20, 14, 20, 12), 10)
        for part in (self._title, self._sentence, self.list, self._error):
            down.addWidget(part)
        down.addStretch(1)
        page = self.column()
        page.addWidget(body, 1)
        page.addWidget(ActionLine(theme, [self._close]))
        self.list.chosen.connect(self._take)

    def ask(self, title: str, questions: Sequence[Question]) -> None:
        """Begin with the first question and take the keyboard."""
        self._questions, self._given = tuple(questions), ()
        self._title.set_words(title)
        self._next()

    def show_error(self, sentence: str) -> None:
        """Say why nothing was saved, and ask from the beginning."""
        if sentence and self._questions:
            self._given = ()
            self._next()
        self._error.set_words(sentence)
        self._error.setVisible(bool(sentence))
        if sentence:
            announce(self.list, sentence, interrupts=True)

    def _next(self) -> None:
        self._error.setVisible(False)
        question = self._questions[len(self._given)]
        self._sentence.set_words(question.words)
        self.list.set_value(None)
        self.list.show_choices(question.choices)
        self.list.setVisible(bool(question.choices))
        (self.list if question.choices else self._close).setFocus()
        announce(self, question.words)

    def _take(self, value: object) -> None:
        self._given = (*self._given, value)
        if len(self._given) < len(self._questions):
            self._next()
        else:
            self.answered.emit(self._given)
