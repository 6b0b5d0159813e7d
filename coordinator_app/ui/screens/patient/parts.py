"""The three columns of the Patient screen."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from coordinator_app.ui.screens.patient.states import PatientState
from coordinator_app.ui.shared.action_bar import ActionGrid
from coordinator_app.ui.shared.buttons import KeyButton, Kind
from coordinator_app.ui.shared.facts import FactLines
from coordinator_app.ui.shared.hand import Hand
from coordinator_app.ui.shared.headings import Heading, Level
from coordinator_app.ui.shared.layout import Column, Edge, Pane
from coordinator_app.ui.shared.ledger import ReasonLedger
from coordinator_app.ui.shared.row_list import RowList
from coordinator_app.ui.shared.safety_line import SafetyLine
from coordinator_app.ui.shared.scroll import ScrollPage
from coordinator_app.ui.shared.supply import SupplyBar
from coordinator_app.ui.shared.tabs import TabLine
from coordinator_app.ui.shared.text import Text
from coordinator_app.ui.shared.theme import Theme
from coordinator_app.ui.shared.timeline import TimelinePainter, timeline_model
from coordinator_app.ui.shared.tokens import Tone
from coordinator_app.ui.shared.trend import TrendLine
from coordinator_app.ui.shared.typography import Type
from coordinator_app.ui.shared.wording import Words


class ReasonSide(Pane):
    """Why the person is on the list, what is not known, what comes next, and the acts."""

    def __init__(self, theme: Theme, words: Words, acts: tuple[QAction, ...]) -> None:
        super().__init__(theme, "surface", Edge.RIGHT)
        say = words.say
        self._all_open = False
        self._reasons: PatientState | None = None
        self.safety = SafetyLine(theme, say("special_contact"))
        self.ledger = ReasonLedger(theme, say("why"), say("points"))
        self._none = Text(theme, say("no_reasons"), Type.BODY, Tone.SECOND)
        self.facts = FactLines(theme)
        self._steps_head = Heading(theme, say("next_steps"), Level.LABEL)
        self.steps = FactLines(theme)
        page = QWidget()
        self._body = Column(theme, page, (20, 14, 20, 12), 12)
        for part in (self.safety, self.ledger, self._none, self.facts, self._steps_head, self.steps):
            self._body.addWidget(part)
        self._body.addStretch(1)
        buttons = [
            KeyButton(theme, each, Kind.PRIMARY if place == 0 else Kind.PLAIN, icon="call" if place == 0 else "")
            for place, each in enumerate(acts)
        ]
        grid = ActionGrid(theme, (buttons[:3], buttons[3:]))
        grid.set_narrow(narrow=True)
        down = self.column()
        self._page = ScrollPage(theme, page, say("reasons_name"))
        down.addWidget(self._page, 1)
        down.addWidget(grid)

    def show_state(self, state: PatientState) -> None:
        """Show a person's reasons."""
        self._reasons = state
        self.safety.show_words(state.safety)
        self.ledger.setVisible(bool(state.reasons))
        self._none.setVisible(not state.reasons)
        self._show_reasons()
        self.facts.show_facts(state.facts)
        self._steps_head.setVisible(bool(state.steps))
        self.steps.setVisible(bool(state.steps))
        self.steps.show_facts(state.steps)

    def to_top(self) -> None:
        """Show the first lines, for another person."""
        self._page.verticalScrollBar().setValue(0)

    def toggle_reasons(self) -> None:
        """Open every reason with its points, or all but the first again."""
        self._all_open = not self._all_open
        self._show_reasons()

    def _show_reasons(self) -> None:
        if self._reasons is not None:
            self.ledger.show_reasons(self._reasons.reasons)
            if self._all_open:
                self.ledger.open_all(all_open=True)


class TimelineSide(Pane):
    """What happened, newest first, under its tabs; the foot says what is not known from before."""

    def __init__(self, theme: Theme, words: Words) -> None:
        super().__init__(theme, "surface", Edge.RIGHT)
        self._words = words
        self._state: PatientState | None = None
        self.tabs = TabLine(theme, words.say("timeline"), gap=12)
        self.rows = RowList(theme, timeline_model(), TimelinePainter(theme), words.say("timeline"))
        self._empty = Text(theme, words.say("timeline_empty"), Type.BODY, Tone.SECOND)
        self._history = Text(theme, "", Type.SMALL, Tone.SECOND)
        body = Column(theme, margins=(24, 16, 24, 0))
        body.addWidget(self._empty)
        foot = Column(theme, margins=(24, 8, 24, 12))
        foot.addWidget(self._history)
        down = self.column()
        down.addWidget(self.tabs)
        down.addLayout(body)
        down.addWidget(self.rows, 1)
        down.addLayout(foot)
        self.tabs.chosen.connect(self._show_tab)

    def show_state(self, state: PatientState) -> None:
        """Show a person's time; another person begins with everything."""
        is_other = self._state is None or self._state.member_id != state.member_id
        self._state = state
        self.tabs.show_tabs(state.tabs, "all" if is_other or not self.tabs.current else self.tabs.current)
        self._history.set_words(state.history)
        self._show_tab(self.tabs.current)
        if is_other:
            self.rows.choose_first()

    def _show_tab(self, tab: str) -> None:
        if self._state is not None:
            self.tabs.select(tab)
            rows = self._state.timeline.get(tab, ())
            self._empty.setVisible(not rows)
            self.rows.show_rows(rows)
            if rows and self.rows.current() is None:
                self.rows.choose_first()


class FactSide(Pane):
    """Medicines with how long they last, results with where they were, and who cares for the person."""

    def __init__(self, theme: Theme, words: Words, note_medicine: QAction) -> None:
        super().__init__(theme)
        say = words.say
        page = QWidget()
        down = Column(theme, page, (24, 14, 24, 16), 10)
        self._medicines = Column(theme, spacing=12)
        self._medicines_foot = Text(theme, "", Type.SMALL, Tone.SECOND, wraps=True)
        self._labs = Column(theme)
        self._labs_foot = Text(theme, "", Type.SMALL, Tone.SECOND, wraps=True)
        self.team = FactLines(theme, 92, is_small=True)
        down.addWidget(Heading(theme, say("medicines"), Level.LABEL, aside=say("today_mark")))
        down.addLayout(self._medicines)
        down.addWidget(self._medicines_foot)
        down.addWidget(KeyButton(theme, note_medicine, Kind.QUIET), alignment=Qt.AlignmentFlag.AlignLeft)
        down.addSpacing(theme.px(4))
        down.addWidget(Heading(theme, say("laboratory"), Level.LABEL, aside=say("laboratory_aside")))
        down.addLayout(self._labs)
        down.addWidget(self._labs_foot)
        down.addSpacing(theme.px(4))
        down.addWidget(Heading(theme, say("care_team"), Level.LABEL))
        down.addWidget(self.team)
        down.addStretch(1)
        self._page = ScrollPage(theme, page, say("facts_name"))
        # The arrows scroll it.
        self._page.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._page.installEventFilter(self)
        self.column().addWidget(self._page)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return super().eventFilter(watched, event)

    @override
    def paint(self, hand: Hand) -> None:
        super().paint(hand)
        if self._page.hasFocus():
            hand.fill(0, 0, 4, hand.h, Tone.ACCENT)

    def show_state(self, state: PatientState) -> None:
        """Show a person's medicines, results and team."""
        _refill(self._medicines, [SupplyBar(self.theme, each) for each in state.medicines])
        self._medicines_foot.set_words(state.medicines_foot)
        self._medicines_foot.setVisible(bool(state.medicines_foot))
        _refill(self._labs, [TrendLine(self.theme, each) for each in state.labs])
        self._labs_foot.set_words(state.labs_foot)
        self._labs_foot.setVisible(bool(state.labs_foot))
        self.team.show_facts(state.team)

    def to_top(self) -> None:
        """Show the first lines, for another person."""
        self._page.verticalScrollBar().setValue(0)


def _refill(column: Column, parts: list[QWidget]) -> None:
    while (item := column.takeAt(0)) is not None:
        old = item.widget()
        if old is not None:
            old.hide()
            old.setParent(None)
    for part in parts:
        column.addWidget(part)
