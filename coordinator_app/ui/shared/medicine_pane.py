"""What was told of a medicine, typed in the place of a pane; nothing is chosen beforehand."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtWidgets import QCompleter, QWidget
from typing_extensions import override

from coordinator_app.domain.activity import MedicineHow
from coordinator_app.ui.shared.action_bar import ActionLine
from coordinator_app.ui.shared.actions import WITHIN, act
from coordinator_app.ui.shared.announce import announce
from coordinator_app.ui.shared.buttons import KeyButton, Kind
from coordinator_app.ui.shared.choices import Choice, ChoiceList
from coordinator_app.ui.shared.fields import FormRow, LineField
from coordinator_app.ui.shared.headings import Heading, Level
from coordinator_app.ui.shared.layout import Column, Pane
from coordinator_app.ui.shared.scroll import ScrollPage
from coordinator_app.ui.shared.text import Text
from coordinator_app.ui.shared.theme import Theme
from coordinator_app.ui.shared.tokens import Tone
from coordinator_app.ui.shared.typography import Type
from coordinator_app.ui.shared.wording import Words

_WITHOUT_DAYS: Final = frozenset({MedicineHow.DOSE, MedicineHow.STOPPED})


@dataclass(frozen=True, slots=True)
class MedicineTyped:
    """The form as it stands; ``days`` is None where none were typed, and 0 where what was typed is no number."""

    name: str
    how: MedicineHow
    dose: str
    days: int | None


class MedicinePane(Pane):
    """Name, one of seven ways, dose and days; Enter goes on to the ways while none is chosen, and then saves.

    The name completes from the person's own medicines, and only what is picked from them is put in.

    Signals:
        save_wished(MedicineTyped): the form, with a way chosen.
        closed(): back to what was there before.
    """

    save_wished = Signal(object)
    closed = Signal()

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self._words, self._sentence = words, ""
        say = words.say
        self._title = Heading(theme, "", Level.SECTION)
        self.name = LineField(theme, say("medicine.name"), hint=say("medicine.name_hint"))
        self.hows = ChoiceList(theme, say("medicine.how"), say("snooze.chosen"))
        self.dose = LineField(theme, say("medicine.dose"), hint=say("medicine.dose_hint"))
        self.days = LineField(theme, say("medicine.days"), hint=say("medicine.days_hint"))
        self._rows = {
            field: FormRow(theme, say(f"medicine.{key}"), field, label_width=88)
            for key, field in (("name", self.name), ("dose", self.dose), ("days", self.days))
        }
        self._error = Text(theme, "", Type.SMALL_MEDIUM, Tone.URGENT, wraps=True)
        self._known = QStringListModel(self)
        self._completer = QCompleter(self._known, self)
        self._complete()
        save = act(self, say("medicine.save"), "Ctrl+Return", self._save, where=WITHIN)
        close = act(self, say("note.close"), "Escape", self.closed.emit, where=WITHIN)
        body = QWidget()
        down = Column(theme, body, (20, 14, 20, 12), 6)
        question = Text(theme, say("medicine.how"), Type.BODY, Tone.SECOND)
        name, dose, days = self._rows.values()
        for part in (self._title, name, question, self.hows, dose, days):
            down.addWidget(part)
        down.addStretch(1)
        page = self.column()
        page.addWidget(ScrollPage(theme, body, say("medicine.form")), 1)
        # Below what scrolls: a low window shows it too.
        told = Column(theme, margins=(20, 0, 20, 0))
        told.addWidget(self._error)
        page.addLayout(told)
        page.addWidget(ActionLine(theme, [KeyButton(theme, close), KeyButton(theme, save, Kind.PRIMARY)]))
        self.hows.set_columns(2)
        self.hows.chosen.connect(self._fit_to)
        self.hows.settled.connect(self._save)
        for field in (self.name, self.dose, self.days):
            field.entered.connect(self._save)

    def begin(self, name: str, known: Sequence[str]) -> None:
        """Start an empty form about somebody who has the medicines ``known``, and take the keyboard."""
        self._title.set_words(self._words.say("medicine.title", name=name))
        self._known.setStringList(list(dict.fromkeys(known)))
        for field in self._rows:
            field.set_words("")
        choices = (
            Choice(str(n), self._words.say(f"medicine.how.{how}"), how) for n, how in enumerate(MedicineHow, start=1)
        )
        self.hows.show_choices(tuple(choices))
        self._fit_to(None)
        self.show_error("")
        self.name.line.setFocus()

    @property
    def error(self) -> str:
        """The sentence of why nothing was saved, or empty."""
        return self._sentence

    def show_error(self, sentence: str) -> None:
        """Say why nothing was saved; what was typed stays."""
        self._sentence = sentence
        self._error.set_words(sentence)
        self._error.setVisible(bool(sentence))
        if sentence:
            announce(self, sentence, interrupts=True)

    def _complete(self) -> None:
        completer = self._completer
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.name.line.setCompleter(completer)
        self._dress_list()

    def _dress_list(self) -> None:
        # The list that drops down is a window of its own and takes nothing from the field.
        popup = self._completer.popup()
        if popup is None:
            return
        popup.setPalette(self.theme.palette())
        popup.setFont(self.theme.font(Type.BODY))
        popup.setAccessibleName(self._words.say("medicines"))

    @override
    def relook(self) -> None:
        super().relook()
        self._dress_list()

    def _fit_to(self, how: object) -> None:
        """Show only what can be said of a medicine that way."""
        for field, is_said in (
            (self.dose, how is not MedicineHow.STOPPED),
            (self.days, how is not None and how not in _WITHOUT_DAYS),
        ):
            self._rows[field].setVisible(is_said)
            if not is_said:
                field.set_words("")
        if how is MedicineHow.DOSE:
            self.dose.line.setFocus()

    def _save(self, _words: object = None) -> None:
        how, days = self.hows.value(), self.days.words().strip()
        if not isinstance(how, MedicineHow):
            if self.hows.hasFocus() or not self.name.words().strip():
                self.show_error(self._words.say("medicine.incomplete"))
            if self.name.words().strip():
                self.hows.setFocus()
            return
        number = None if not days else int(days) if days.isascii() and days.isdecimal() else 0
        self.save_wished.emit(MedicineTyped(self.name.words().strip(), how, self.dose.words().strip(), number))
