"""Putting a person off, in the place of a pane: one key says until when, and undo takes it back."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from coordinator_app.ui.shared.action_bar import ActionLine
from coordinator_app.ui.shared.actions import WITHIN, act
from coordinator_app.ui.shared.announce import announce
from coordinator_app.ui.shared.buttons import KeyButton
from coordinator_app.ui.shared.choices import ChoiceList, SlotPainter
from coordinator_app.ui.shared.headings import Heading, Level
from coordinator_app.ui.shared.layout import Column, Pane
from coordinator_app.ui.shared.patient_acts import SnoozeChoices
from coordinator_app.ui.shared.text import Text
from coordinator_app.ui.shared.theme import Theme
from coordinator_app.ui.shared.tokens import Tone
from coordinator_app.ui.shared.typography import Type
from coordinator_app.ui.shared.wording import Words


class SnoozePane(Pane):
    """The days a person may be put off to; nothing is chosen beforehand.

    Signals:
        chosen(object): the day that was chosen.
        closed(): back to what was there before.
    """

    chosen = Signal(object)
    closed = Signal()

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self._words = words
        self._title = Heading(theme, "", Level.SECTION)
        self.days = ChoiceList(theme, words.say("snooze.list"), words.say("snooze.chosen"), SlotPainter(theme))
        self._sentence = Text(theme, "", Type.BODY, Tone.SECOND, wraps=True)
        self._error = Text(theme, "", Type.SMALL_MEDIUM, Tone.URGENT, wraps=True)
        self._close = KeyButton(theme, act(self, words.say("note.close"), "Escape", self.closed.emit, where=WITHIN))
        body = QWidget()
        down = Column(theme, body, (20, 14, 20, 12), 10)
        for part in (self._title, self.days, self._sentence, self._error):
            down.addWidget(part)
        down.addStretch(1)
        page = self.column()
        page.addWidget(body, 1)
        page.addWidget(ActionLine(theme, [self._close]))
        self.days.chosen.connect(self.chosen)

    def begin(self, name: str, choices: SnoozeChoices) -> None:
        """Offer the days for somebody and take the keyboard."""
        self._title.set_words(self._words.say("snooze.title", name=name))
        self.days.show_choices(choices.choices)
        self.days.setVisible(bool(choices.choices))
        self._sentence.set_words(choices.sentence)
        self.show_error("")
        if choices.choices:
            self.days.setFocus()
        else:
            self._close.setFocus()
        announce(self, choices.sentence)

    def show_error(self, sentence: str) -> None:
        """Say why nothing was put off."""
        self._error.set_words(sentence)
        self._error.setVisible(bool(sentence))
        if sentence:
            self.days.set_value(None)
            announce(self.days, sentence, interrupts=True)
