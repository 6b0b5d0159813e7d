"""The screen of an auditor: a number and two days at the top, who saw that person below."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from coordinator_app.ui.screens.audit.rows import AuditState
from coordinator_app.ui.screens.audit.view_model import AuditViewModel
from coordinator_app.ui.shared.action_bar import ActionLine
from coordinator_app.ui.shared.actions import act
from coordinator_app.ui.shared.announce import announce
from coordinator_app.ui.shared.buttons import KeyButton, Kind
from coordinator_app.ui.shared.empty_state import EmptyState, EmptyWords
from coordinator_app.ui.shared.fields import FormRow, LineField
from coordinator_app.ui.shared.layout import Column, Edge, Line, Pane, pin
from coordinator_app.ui.shared.pair_row import PairPainter, PairRow, pair_model
from coordinator_app.ui.shared.row_list import RowList
from coordinator_app.ui.shared.text import Text
from coordinator_app.ui.shared.theme import Theme
from coordinator_app.ui.shared.tokens import Tone
from coordinator_app.ui.shared.typography import Type
from coordinator_app.ui.shared.wording import Words

_FIELDS = {"person": 72, "first": 52, "last": 48}
"""The fields and how much room their labels take."""

_DAY_WIDTH = 210


class AuditView(QWidget):
    """Enter asks, J and K go from row to row, Ctrl+S writes the table, Ctrl+P prints it."""

    def __init__(self, theme: Theme, words: Words, model: AuditViewModel, person: str) -> None:
        super().__init__()
        self.theme, self._words, self._model = theme, words, model
        say = words.say
        self.fields = {name: LineField(theme, say(f"field.{name}"), hint=say(f"hint.{name}")) for name in _FIELDS}
        self.forms = {
            name: FormRow(theme, say(f"label.{name}"), field, label_width=_FIELDS[name])
            for name, field in self.fields.items()
        }
        self.said = Text(theme, "", Type.SMALL, Tone.SECOND, wraps=True)
        self.rows: RowList[PairRow] = RowList(theme, pair_model(), PairPainter(theme), say("list"))
        self._empty = EmptyState(theme, EmptyWords(say("start"), reassurance=say("noted")))
        self._body = QStackedWidget()
        self._ask_act = act(self, say("ask"), "Return", self._ask)
        self._save = act(self, say("save"), "Ctrl+S", model.save)
        self._print = act(self, say("print"), "Ctrl+P", model.print)
        self._lay_out(person)
        self._connect()
        self._show(AuditState())

    def take_focus(self) -> None:
        """Give the keyboard to the first field."""
        self.fields["person"].field.setFocus()

    def _lay_out(self, person: str) -> None:
        head = Pane(self.theme, "surface", Edge.BOTTOM)
        down = head.column((28, 18, 28, 10), 8)
        top = Line(self.theme)
        top.addWidget(Text(self.theme, self._words.say("title"), Type.TITLE), 1)
        top.addWidget(Text(self.theme, person, Type.MEDIUM))
        down.addLayout(top)
        form = Line(self.theme, spacing=16)
        pin(self.theme, self.forms["first"], width=_DAY_WIDTH)
        pin(self.theme, self.forms["last"], width=_DAY_WIDTH)
        form.addWidget(self.forms["person"], 1, Qt.AlignmentFlag.AlignTop)
        form.addWidget(self.forms["first"], 0, Qt.AlignmentFlag.AlignTop)
        form.addWidget(self.forms["last"], 0, Qt.AlignmentFlag.AlignTop)
        form.addWidget(KeyButton(self.theme, self._ask_act, Kind.PRIMARY, height=36), 0, Qt.AlignmentFlag.AlignTop)
        down.addLayout(form)
        down.addWidget(self.said)
        self._body.addWidget(self.rows)
        self._body.addWidget(self._empty)
        foot = ActionLine(
            self.theme,
            (KeyButton(self.theme, self._save), KeyButton(self.theme, self._print)),
            self._words.say("warning"),
        )
        page = Column(self.theme, self)
        page.addWidget(head)
        page.addWidget(self._body, 1)
        page.addWidget(foot)

    def _connect(self) -> None:
        model = self._model
        model.changed.connect(self._show)
        model.wrong.connect(lambda name, sentence: self.forms[name].set_error(sentence))
        model.told.connect(lambda sentence: self._say(sentence, Tone.SECOND))
        model.refused.connect(lambda sentence: self._say(sentence, Tone.URGENT))
        self.fields["last"].set_words(model.today())

    def _ask(self) -> None:
        for form in self.forms.values():
            form.set_error("")
        self._model.ask(*(self.fields[name].words() for name in _FIELDS))

    def _show(self, state: AuditState) -> None:
        self._say(state.said, Tone.SECOND)
        self.rows.show_rows(state.rows)
        if not state.rows:
            sentence = state.empty or self._words.say("start")
            self._empty.show_words(EmptyWords(sentence, reassurance=self._words.say("noted")))
        self._body.setCurrentWidget(self.rows if state.rows else self._empty)
        for action in (self._save, self._print):
            action.setEnabled(bool(state.cells))
        if state.rows:
            self.rows.choose_first()
            self.rows.setFocus()

    def _say(self, words: str, tone: Tone) -> None:
        self.said.set_words(words)
        self.said.set_tone(tone)
        self.said.setVisible(bool(words))
        if words:
            announce(self, words, interrupts=tone is Tone.URGENT)
