"""A note about a patient, written in the place of a pane; what is typed is kept while it is typed."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from coordinator_app.ui.shared.action_bar import ActionLine
from coordinator_app.ui.shared.actions import WITHIN, act
from coordinator_app.ui.shared.announce import announce
from coordinator_app.ui.shared.buttons import KeyButton, Kind
from coordinator_app.ui.shared.headings import Heading, Level
from coordinator_app.ui.shared.layout import Column, Pane
from coordinator_app.ui.shared.note_field import NoteField
from coordinator_app.ui.shared.text import Text
from coordinator_app.ui.shared.theme import Theme
from coordinator_app.ui.shared.tokens import Tone
from coordinator_app.ui.shared.typography import Type
from coordinator_app.ui.shared.wording import Words


class NotePane(Pane):
    """Title, field and two acts; `words` are those of the patient.

    Signals:
        save_wished(str): the note as it stands.
        paused(str): the note after a pause in typing.
        closed(): back to what was there before; what was typed stays as a draft.
    """

    save_wished = Signal(str)
    paused = Signal(str)
    closed = Signal()

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self._words = words
        self._start = ""
        self._title = Heading(theme, "", Level.SECTION)
        self.field = NoteField(theme, words.say("note.field"), hint=words.say("note.hint"))
        self._kept = Text(theme, "", Type.SMALL, Tone.SECOND)
        self._error = Text(theme, "", Type.SMALL_MEDIUM, Tone.URGENT, wraps=True)
        self._error.hide()
        save = act(self, words.say("note.save"), "Ctrl+Return", self._save, where=WITHIN)
        close = act(self, words.say("note.close"), "Escape", self._close, where=WITHIN)
        body = QWidget()
        down = Column(theme, body, (20, 14, 20, 12), 8)
        down.addWidget(self._title)
        down.addWidget(self.field, 1)
        down.addWidget(self._error)
        down.addWidget(self._kept)
        page = self.column()
        page.addWidget(body, 1)
        page.addWidget(ActionLine(theme, [KeyButton(theme, close), KeyButton(theme, save, Kind.PRIMARY)]))
        self.field.paused.connect(self.paused)

    def begin(self, name: str, *, is_dispute: bool = False) -> None:
        """Start an empty note about somebody and take the keyboard."""
        key = "dispute" if is_dispute else "note"
        self._start = self._words.say("dispute.start") if is_dispute else ""
        self._title.set_words(self._words.say(f"{key}.title", name=name))
        self.field.field.setAccessibleName(self._words.say(f"{key}.title", name=name))
        self.field.set_words(self._start)
        self.show_kept("")
        self.show_error("")
        self.field.field.setFocus()

    def take_draft(self, text: str) -> None:
        """Put back what was left unfinished, unless something was typed already."""
        if text and self.field.words() == self._start:
            self.field.set_words(text)

    def show_kept(self, words: str) -> None:
        """Say that and when the draft was kept."""
        self._kept.set_words(words)

    def show_error(self, sentence: str) -> None:
        """Say why the note was not saved; it stays as it is."""
        self._error.set_words(sentence)
        self._error.setVisible(bool(sentence))
        if sentence:
            announce(self.field, sentence, interrupts=True)

    def _save(self) -> None:
        self.save_wished.emit(self.field.words())

    def _close(self) -> None:
        self.field.say_now()
        self.closed.emit()
