"""The note, the next step, and what was answered to each reason."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from coordinator_app.domain.call import Answer
from coordinator_app.domain.ids import ReasonId
from coordinator_app.domain.next_step import NextStep
from coordinator_app.ui.screens.call.entries import Entries
from coordinator_app.ui.screens.call.sheet import AskedReason, Standing, StepChoices
from coordinator_app.ui.shared.fields import ComboField, FormRow, LineField, Option
from coordinator_app.ui.shared.headings import Heading
from coordinator_app.ui.shared.layout import Breadth, Column, pin
from coordinator_app.ui.shared.note_field import NoteField
from coordinator_app.ui.shared.text import Text
from coordinator_app.ui.shared.theme import Theme
from coordinator_app.ui.shared.tokens import Tone
from coordinator_app.ui.shared.typography import Type
from coordinator_app.ui.shared.wording import Words

PROTOCOL = "protocol"
"""Stands for the step None, which a choice list could not tell from nothing chosen."""

_LABEL = 80


class _Asked(QWidget):
    """One reason with its answer."""

    def __init__(self, theme: Theme, reason: AskedReason) -> None:
        super().__init__()
        self.field = ComboField(theme, reason.words, hint=reason.hint, options=reason.options)
        down = Column(theme, self, spacing=3)
        down.addWidget(Text(theme, reason.words, Type.SMALL, Tone.SECOND, wraps=True))
        down.addWidget(self.field)


class NoteColumn(QWidget):
    """Note over next step over answers.

    Signals:
        note_paused(str): the note after a pause.
        step_chosen(object): a NextStep, or None for the protocol's.
        call_back_typed(str): the time to call back as it was typed.
        answers_changed(dict): the answers by reason.
    """

    note_paused = Signal(str)
    step_chosen = Signal(object)
    call_back_typed = Signal(str)
    answers_changed = Signal(object)

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._words = theme, words
        self._asked: dict[str, _Asked] = {}
        self._rule_words = ""
        self._note_head = Heading(theme, words.say("note"), keys="Ctrl+N")
        self.note = NoteField(theme, words.say("note"), hint=words.say("note.hint"))
        self.step = ComboField(theme, words.say("step"), hint=words.say("step.waiting"))
        self.call_back = LineField(theme, words.say("outcome.call_back"), hint=words.say("step.call_back_hint"))
        self._step_row = FormRow(theme, words.say("step.next"), self.step, label_width=_LABEL)
        self._back_row = FormRow(theme, words.say("step.call_back"), self.call_back, label_width=_LABEL)
        self._rule = Text(theme, "", Type.SMALL, Tone.SECOND, wraps=True)
        self._reasons_head = Heading(theme, words.say("reasons"))
        self._reasons = QWidget()
        self._reasons_down = Column(theme, self._reasons, spacing=10)
        self._back_row.hide()
        down = Column(theme, self, spacing=8)
        down.addWidget(self._note_head)
        down.addWidget(self.note)
        down.addWidget(Heading(theme, words.say("step"), keys="Ctrl+D"))
        step = Column(theme)
        for part in (self._back_row, self._step_row, self._rule):
            step.addWidget(part)
        down.addLayout(step)
        down.addWidget(self._reasons_head)
        down.addWidget(self._reasons)
        down.addStretch(1)
        self.set_breadth(Breadth.MIDDLE)
        self.note.paused.connect(self.note_paused)
        self.step.chosen.connect(self._step)
        self.call_back.typed.connect(self.call_back_typed)

    def show_reasons(self, reasons: tuple[AskedReason, ...]) -> None:
        """Ask about other reasons; nothing is answered beforehand."""
        for old in self._asked.values():
            self._reasons_down.removeWidget(old)
            old.setParent(None)
        self._asked = {each.key: _Asked(self._theme, each) for each in reasons}
        for asked in self._asked.values():
            self._reasons_down.addWidget(asked)
            asked.show()
            asked.field.chosen.connect(self._answered)
        self._reasons_head.set_aside("" if reasons else self._words.say("reasons.none"))

    def show_entries(self, entries: Entries) -> None:
        """Show what was typed and answered."""
        self.note.set_words(entries.note)
        self.call_back.set_words(entries.call_back)
        self.step.set_options(())
        self._rule.set_words("")
        for key, asked in self._asked.items():
            asked.field.set_value(entries.answers.get(ReasonId(key)))

    def show_standing(self, standing: Standing) -> None:
        """Ask for a time where one is to call back; take answers only in a conversation."""
        self._reasons.setEnabled(standing.is_open)
        self._back_row.setVisible(standing.asks_call_back)
        self._step_row.setVisible(not standing.asks_call_back)
        self._back_row.set_error(standing.call_back_error)
        if standing.asks_call_back:
            self._rule.set_words(standing.call_back_read)

    def show_steps(self, steps: StepChoices, chosen: NextStep | None) -> None:
        """Offer next steps; the protocol's stands until another is chosen."""
        options = tuple(Option(each.words, PROTOCOL if each.value is None else each.value) for each in steps.options)
        if chosen is not None and chosen not in {each.value for each in options}:
            chosen = None
        self.step.set_options(options, PROTOCOL if chosen is None else chosen)
        self._rule_words = steps.rule
        if not self._back_row.isVisibleTo(self):
            self._say_rule()

    def show_kept(self, words: str) -> None:
        """Say when the draft was written on the disk."""
        self._note_head.set_aside(words, Tone.DONE)

    def set_breadth(self, breadth: Breadth) -> None:
        """Take the height of a layout."""
        pin(self._theme, self.note, height=122 if breadth is Breadth.NARROW else 176)

    def take_focus_step(self) -> None:
        """Go to the next step, or to the time to call back."""
        (self.call_back if self._back_row.isVisibleTo(self) else self.step).setFocus()

    def _step(self, step: object) -> None:
        self._say_rule()
        self.step_chosen.emit(None if step == PROTOCOL else step)

    def _say_rule(self) -> None:
        is_own = self.step.value() not in (None, PROTOCOL)
        self._rule.set_words(self._words.say("rule.chosen") if is_own else self._rule_words)

    def _answered(self, _value: object) -> None:
        found = {
            ReasonId(key): value
            for key, asked in self._asked.items()
            if isinstance(value := asked.field.value(), Answer)
        }
        self.answers_changed.emit(found)
