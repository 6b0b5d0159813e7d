"""The Patient screen: banner, reasons, what happened, medicines with laboratory and care team."""

from functools import partial

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QStackedWidget, QWidget

from coordinator_app.ui.screens.patient.parts import FactSide, ReasonSide, TimelineSide
from coordinator_app.ui.screens.patient.states import PatientState
from coordinator_app.ui.screens.patient.view_model import PatientViewModel
from coordinator_app.ui.shared.actions import WITHIN, act
from coordinator_app.ui.shared.announce import announce
from coordinator_app.ui.shared.banner import PatientBanner
from coordinator_app.ui.shared.empty_state import EmptyState, EmptyWords
from coordinator_app.ui.shared.layout import Breadth, Column, Line, pin
from coordinator_app.ui.shared.medicine_pane import MedicinePane
from coordinator_app.ui.shared.note_pane import NotePane
from coordinator_app.ui.shared.panes import cycle_panes
from coordinator_app.ui.shared.patient_acts import PatientActs
from coordinator_app.ui.shared.patient_forms import PatientForms
from coordinator_app.ui.shared.patient_questions import MOVE, SNOOZE, WRONG
from coordinator_app.ui.shared.question_pane import QuestionPane
from coordinator_app.ui.shared.tabs import Tab, TabLine
from coordinator_app.ui.shared.theme import Theme
from coordinator_app.ui.shared.wording import Words

_LEFT = {Breadth.NARROW: 384, Breadth.MIDDLE: 380, Breadth.WIDE: 420}
_RIGHT = {Breadth.MIDDLE: 376, Breadth.WIDE: 460}
_WISHES = (
    ("call", "C", "call"),
    ("appointment", "A", "appointment"),
    ("education", "E", "teaching"),
    ("letter", "R", "letter"),
)


class PatientView(QWidget):
    """Builds the screen; single letters are acts on the person open."""

    def __init__(self, theme: Theme, words: Words, view_model: PatientViewModel, acts: PatientActs) -> None:
        super().__init__()
        self.theme, self._words, self._model, self._acts = theme, words, view_model, acts
        self._name = ""
        self._is_narrow = False
        self.banner = PatientBanner(theme)
        self.reasons = ReasonSide(theme, words, self._made_acts())
        self.note = NotePane(theme, words)
        self.question = QuestionPane(theme, words)
        self.medicine = MedicinePane(theme, words)
        self.left = QStackedWidget()
        for part in (self.reasons, self.note, self.question, self.medicine):
            self.left.addWidget(part)
        self.forms = PatientForms(
            self.left, self.note, self.question, acts, lambda: view_model.page, medicine=self.medicine
        )
        self.parts = TabLine(theme, words.say("parts_name"), gap=24)
        self.timeline = TimelineSide(theme, words)
        self.facts = FactSide(
            theme, words, act(self, words.say("act.medicine"), "M", self._begin_medicine, where=WITHIN)
        )
        self._nobody = EmptyState(theme, EmptyWords(words.say("nobody"), words.say("nobody_how")))
        self._page = QWidget()
        self._stack = QStackedWidget()
        self._place()
        self._connect()
        self.set_breadth(Breadth.MIDDLE)

    def set_breadth(self, breadth: Breadth) -> None:
        """Take the layout of a breadth; narrow, time and facts share one column under tabs."""
        self._is_narrow = breadth is Breadth.NARROW
        pin(self.theme, self.left, width=_LEFT[breadth])
        if self._is_narrow:
            self.facts.setMinimumWidth(0)
            self.facts.setMaximumWidth(16_777_215)
            pin(self.theme, self.facts)
        else:
            pin(self.theme, self.facts, width=_RIGHT[breadth])
        self.parts.setVisible(self._is_narrow)
        self._show_part(self.parts.current or "timeline")

    def take_focus(self) -> None:
        """Take the keyboard to what happened."""
        if self._stack.currentWidget() is self._page:
            (self.timeline.rows if not self.timeline.isHidden() else self.reasons).setFocus()
        else:
            self.setFocus()

    def _place(self) -> None:
        wide = Column(self.theme, self._page)
        wide.addWidget(self.banner)
        across = Line(self.theme)
        across.addWidget(self.left)
        right = Column(self.theme)
        right.addWidget(self.parts)
        sides = Line(self.theme)
        sides.addWidget(self.timeline, 1)
        sides.addWidget(self.facts)
        right.addLayout(sides, 1)
        across.addLayout(right, 1)
        wide.addLayout(across, 1)
        self._stack.setMinimumSize(0, 0)
        for part in (self._nobody, self._page):
            self._stack.addWidget(part)
        Column(self.theme, self).addWidget(self._stack)
        say = self._words.say
        self.parts.show_tabs((Tab("timeline", say("part.timeline")), Tab("facts", say("part.facts"))), "timeline")

    def _made_acts(self) -> tuple[QAction, ...]:
        say = self._words.say
        made = [
            act(self, say(f"act.{name}"), key, partial(self._model.wish, wish), where=WITHIN)
            for name, key, wish in _WISHES
        ]
        made.append(act(self, say("act.note"), "N", self._begin_note, where=WITHIN))
        made.append(act(self, say("act.snooze"), "S", partial(self._ask, SNOOZE), where=WITHIN))
        act(self, say("act.wrong"), "X", partial(self._ask, WRONG), where=WITHIN)
        act(self, say("act.move"), "P", partial(self._ask, MOVE), where=WITHIN)
        act(self, say("act.all_reasons"), "W", self._toggle_reasons, where=WITHIN)
        act(self, say("act.open_confidential"), "O", self._model.toggle_confidential, where=WITHIN)
        return tuple(made)

    def _connect(self) -> None:
        model, acts = self._model, self._acts
        model.state_changed.connect(self._show)
        model.lost.connect(self._say_lost)
        self.parts.chosen.connect(self._show_part)
        self.note.closed.connect(self._leave_form)
        self.question.closed.connect(self._leave_form)
        self.medicine.closed.connect(self._leave_form)
        acts.saved.connect(self._leave_form)
        cycle_panes(self, self._words.say("parts_name"), lambda: (self.left, self.timeline, self.facts))

    def _show(self, state: PatientState | None) -> None:
        if state is None:
            self._name = ""
            self._nobody.show_words(EmptyWords(self._words.say("nobody"), self._words.say("nobody_how")))
            self._stack.setCurrentWidget(self._nobody)
            return
        is_other = state.name != self._name
        self._name = state.name
        self.banner.show_facts(state.banner)
        self.reasons.show_state(state)
        self.timeline.show_state(state)
        self.facts.show_state(state)
        had_page = self._stack.currentWidget() is self._page
        self._stack.setCurrentWidget(self._page)
        if is_other:
            self.left.setCurrentWidget(self.reasons)
            self.reasons.to_top()
            self.facts.to_top()
            announce(self.banner, state.banner.sentence)
        if not had_page and self.isVisible():
            self.take_focus()

    def _say_lost(self) -> None:
        self._nobody.show_words(EmptyWords(self._words.say("not_here"), self._words.say("nobody_how")))

    def _show_part(self, part: str) -> None:
        self.parts.select(part)
        self.timeline.setVisible(not self._is_narrow or part == "timeline")
        self.facts.setVisible(not self._is_narrow or part == "facts")

    def _toggle_reasons(self) -> None:
        self.reasons.toggle_reasons()

    def _begin_note(self) -> None:
        self.forms.begin_note(self._name)

    def _begin_medicine(self) -> None:
        self.forms.begin_medicine(self._name)

    def _ask(self, what: str) -> None:
        self.forms.ask(what, self._name)

    def _leave_form(self) -> None:
        if self.left.currentWidget() is not self.reasons:
            self.left.setCurrentWidget(self.reasons)
            self.take_focus()
