"""The Today screen: the list at the left, the person chosen at the right."""

from functools import partial

from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from coordinator_app.ui.screens.today.list_side import ListSide
from coordinator_app.ui.screens.today.pane import DayPane, PersonPane
from coordinator_app.ui.screens.today.states import ListState, PaneState
from coordinator_app.ui.screens.today.view_model import TodayViewModel
from coordinator_app.ui.shared.actions import WITHIN, act
from coordinator_app.ui.shared.announce import announce
from coordinator_app.ui.shared.layout import Breadth, Line, pin
from coordinator_app.ui.shared.panes import cycle_panes
from coordinator_app.ui.shared.patient_acts import PatientActs
from coordinator_app.ui.shared.patient_forms import PatientForms
from coordinator_app.ui.shared.patient_questions import MOVE, SNOOZE, WRONG
from coordinator_app.ui.shared.queue_row import QueueRow
from coordinator_app.ui.shared.theme import Theme
from coordinator_app.ui.shared.toast import ToastLine
from coordinator_app.ui.shared.wording import Words

_PANE_WIDTHS = {Breadth.NARROW: 384, Breadth.MIDDLE: 432, Breadth.WIDE: 520}
_WISHES = (
    ("call", "C", "call"),
    ("appointment", "A", "appointment"),
    ("education", "E", "teaching"),
    ("letter", "R", "letter"),
)


class TodayView(QWidget):
    """Builds the screen; single letters are acts on the person chosen while the list has the keyboard."""

    def __init__(self, theme: Theme, words: Words, view_model: TodayViewModel, acts: PatientActs) -> None:
        super().__init__()
        self.theme, self._words, self._model, self._acts = theme, words, view_model, acts
        self._announces_next = False
        self._name = ""
        self.list_side = ListSide(theme, words, view_model.filter_options)
        acts_here, dispute = self._made_acts()
        self.person = PersonPane(theme, words, acts_here, dispute)
        self.note, self.question = self.person.note, self.person.question
        self.forms = PatientForms(self.person.forms, self.note, self.question, acts, lambda: view_model.page)
        self.day = DayPane(theme, words)
        self.pane = QStackedWidget()
        self.pane.setMinimumSize(0, 0)
        self.pane.setAccessibleName(words.say("pane"))
        for part in (self.day, self.person):
            self.pane.addWidget(part)
        across = Line(theme, self)
        across.addWidget(self.list_side, 1)
        across.addWidget(self.pane)
        pin(theme, self.pane, width=_PANE_WIDTHS[Breadth.MIDDLE])
        self._connect()

    def toast_place(self) -> ToastLine:
        """Return the toast line inside the list column."""
        return self.list_side.toasts

    def set_breadth(self, breadth: Breadth) -> None:
        """Take the layout of a breadth."""
        is_narrow = breadth is Breadth.NARROW
        pin(self.theme, self.pane, width=_PANE_WIDTHS[breadth])
        self.list_side.set_narrow(narrow=is_narrow)
        self.person.set_narrow(narrow=is_narrow)

    def take_focus(self) -> None:
        """Take the keyboard to the list."""
        self.person.close_form()
        self.list_side.take_focus()

    def announce_next(self) -> None:
        """Have the name of the row read out that is chosen once the list was read again (practice 16)."""
        self._announces_next = True

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._model.refresh()

    def _made_acts(self) -> tuple[tuple[QAction, ...], QAction]:
        where, say = self.list_side, self._words.say
        made = [
            act(where, say(f"/patient.act.{name}"), key, partial(self._model.wish, wish), where=WITHIN)
            for name, key, wish in _WISHES
        ]
        made.append(act(where, say("/patient.act.note"), "N", self._begin_note, where=WITHIN))
        made.append(act(where, say("/patient.act.snooze"), "S", partial(self._ask, SNOOZE), where=WITHIN))
        self._wrong = act(where, say("/patient.act.wrong"), "X", partial(self._ask, WRONG), where=WITHIN)
        act(where, say("/patient.act.move"), "P", partial(self._ask, MOVE), where=WITHIN)
        act(where, say("/patient.act.all_reasons"), "W", self._toggle_reasons, where=WITHIN)
        self._dispute = act(where, say("/patient.dispute.key"), "X", self._begin_dispute, where=WITHIN)
        self._dispute.setEnabled(False)
        return tuple(made), self._dispute

    def _connect(self) -> None:
        side, model, acts = self.list_side, self._model, self._acts
        model.list_changed.connect(self._show_list)
        model.pane_changed.connect(self._show_pane)
        model.day_changed.connect(self.day.show_state)
        side.tab_wished.connect(model.show_tab)
        side.filter_wished.connect(model.set_filter)
        side.filter_removed.connect(model.remove_filter)
        side.end_near.connect(model.read_more)
        side.rows.current_changed.connect(self._choose)
        side.rows.opened.connect(lambda _row: model.wish("patient"))
        self.note.closed.connect(self._leave_form)
        self.question.closed.connect(self._leave_form)
        cycle_panes(self, self._words.say("next_pane"), lambda: (side, self.pane))
        acts.saved.connect(self._leave_form)

    def _show_list(self, state: ListState) -> None:
        self.list_side.show_state(state)
        row = self.list_side.rows.current()
        if self._announces_next and row is not None:
            announce(self.list_side.rows, self._words.say("next", name=row.name), interrupts=True)
        self._announces_next = False

    def _choose(self, row: QueueRow | None) -> None:
        self._model.choose(row.key if row is not None else "")

    def _show_pane(self, state: PaneState | None) -> None:
        is_kept_out = state is not None and state.is_not_listed
        self._dispute.setEnabled(is_kept_out)
        self._wrong.setEnabled(not is_kept_out)
        if state is not None:
            self._name = state.identity.name
            self.person.show_state(state)
        self.pane.setCurrentWidget(self.day if state is None else self.person)

    def _toggle_reasons(self) -> None:
        self.person.toggle_reasons()

    def _begin_note(self) -> None:
        self.forms.begin_note(self._name)

    def _begin_dispute(self) -> None:
        self.forms.begin_note(self._name, is_dispute=True)

    def _ask(self, what: str) -> None:
        self.forms.ask(what, self._name)

    def _leave_form(self) -> None:
        if self.person.is_form_open:
            self.person.close_form()
            self.list_side.take_focus()
