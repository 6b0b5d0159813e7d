"""The list side of the review: tabs, filters, how it is sorted, the records."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QStackedWidget

from coordinator_app.ui.screens.review.rows import ListState
from coordinator_app.ui.shared.empty_state import EmptyState, EmptyWords
from coordinator_app.ui.shared.fields import ComboField
from coordinator_app.ui.shared.layout import Edge, Line, Pane
from coordinator_app.ui.shared.pair_row import PairPainter, PairRow, pair_model
from coordinator_app.ui.shared.row_list import RowList
from coordinator_app.ui.shared.tabs import TabLine
from coordinator_app.ui.shared.text import Text
from coordinator_app.ui.shared.theme import Theme
from coordinator_app.ui.shared.tokens import Tone
from coordinator_app.ui.shared.typography import Type
from coordinator_app.ui.shared.wording import Words


class ListColumn(Pane):
    """Shows a `ListState`.

    Signals:
        tab_wished(str): another part of the list.
        nurse_wished(object), outcome_wished(object): another filter, empty for all.
        row_changed(str): the key of the row now current, empty for none.
        row_opened(): Enter was pressed on a row.
    """

    tab_wished = Signal(str)
    nurse_wished = Signal(object)
    outcome_wished = Signal(object)
    row_changed = Signal(str)
    row_opened = Signal()

    def __init__(self, theme: Theme, words: Words, *, has_nurses: bool) -> None:
        super().__init__(theme, "surface", Edge.RIGHT)
        self._has_nurses = has_nurses
        self.tabs = TabLine(theme, words.say("tabs"), gap=22)
        self.nurse = ComboField(theme, words.say("filter.nurse"))
        self.outcome = ComboField(theme, words.say("filter.outcome"))
        self._sorted = Text(theme, "", Type.SMALL, Tone.SECOND, wraps=True)
        self.rows: RowList[PairRow] = RowList(theme, pair_model(), PairPainter(theme), words.say("list"))
        self._empty = EmptyState(theme, EmptyWords(""))
        self._body = QStackedWidget()
        self._body.addWidget(self.rows)
        self._body.addWidget(self._empty)
        self._lay_out()
        self.tabs.chosen.connect(self.tab_wished)
        self.nurse.chosen.connect(self.nurse_wished)
        self.outcome.chosen.connect(self.outcome_wished)
        self.rows.current_changed.connect(lambda row: self.row_changed.emit(row.key if row else ""))
        self.rows.opened.connect(lambda _row: self.row_opened.emit())

    def show_state(self, state: ListState) -> None:
        """Show other rows; the one that was current stays so, or its neighbor becomes it."""
        self.tabs.show_tabs(state.tabs, state.tab)
        if self._has_nurses:
            self.nurse.set_options(state.nurses, state.nurse)
        self.outcome.set_options(state.outcomes, state.outcome)
        self._sorted.set_words(state.sorted_words)
        self._empty.show_words(EmptyWords(state.empty))
        had_current = self.rows.current() is not None
        self.rows.show_rows(state.rows)
        self._body.setCurrentWidget(self.rows if state.rows else self._empty)
        if not had_current:
            self.rows.choose_first()
        if not state.rows:
            self.row_changed.emit("")

    def take_focus(self) -> None:
        """Give the keyboard to the rows, or to the tabs where there are none."""
        if self._body.currentWidget() is self.rows:
            self.rows.setFocus()
        else:
            self.tabs.take_focus()

    def set_narrow(self, *, narrow: bool) -> None:
        """Take the measures of a narrow column."""
        self.tabs.set_measures(16 if narrow else 22, 14 if narrow else 22)
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._filters.setDirection(way)

    def _lay_out(self) -> None:
        self.nurse.setVisible(self._has_nurses)
        filters = Pane(self.theme, "surface", Edge.BOTTOM)
        down = filters.column((16, 8, 16, 8), 8)
        self._filters = Line(self.theme, spacing=8)
        self._filters.addWidget(self.nurse, 1)
        self._filters.addWidget(self.outcome, 1)
        down.addLayout(self._filters)
        down.addWidget(self._sorted)
        whole = self.column()
        whole.addWidget(self.tabs)
        whole.addWidget(filters)
        whole.addWidget(self._body, 1)
