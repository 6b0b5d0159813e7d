"""The person chosen: identity, contact-safety line, every reason with its points, what is known, the acts."""

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QStackedWidget, QWidget

from coordinator_app.ui.screens.today.states import DayState, PaneState
from coordinator_app.ui.shared.action_bar import ActionGrid
from coordinator_app.ui.shared.buttons import KeyButton, Kind
from coordinator_app.ui.shared.facts import FactLines
from coordinator_app.ui.shared.headings import Heading, Level
from coordinator_app.ui.shared.layout import Column, Pane
from coordinator_app.ui.shared.ledger import ReasonLedger
from coordinator_app.ui.shared.micro_banner import MicroBanner
from coordinator_app.ui.shared.note_pane import NotePane
from coordinator_app.ui.shared.question_pane import QuestionPane
from coordinator_app.ui.shared.safety_line import SafetyLine
from coordinator_app.ui.shared.scroll import ScrollPage
from coordinator_app.ui.shared.tally import TallyLines
from coordinator_app.ui.shared.text import Text
from coordinator_app.ui.shared.theme import Theme
from coordinator_app.ui.shared.tokens import Tone
from coordinator_app.ui.shared.typography import Type
from coordinator_app.ui.shared.wording import Words


class PersonPane(Pane):
    """One person; the acts are those of the list, whose keys their buttons show."""

    def __init__(self, theme: Theme, words: Words, acts: tuple[QAction, ...], dispute: QAction) -> None:
        super().__init__(theme)
        say = words.say
        self._words = words
        self._is_narrow = False
        self._all_open = False
        self._state: PaneState | None = None
        self.banner = MicroBanner(theme)
        self.safety = SafetyLine(theme, say("/patient.special_contact"))
        self.ledger = ReasonLedger(theme, say("/patient.why"), say("/patient.points"))
        self.facts = FactLines(theme)
        self._dispute = KeyButton(theme, dispute)
        self._dispute.hide()
        disclaimer = Text(theme, say("disclaimer"), Type.SMALL, Tone.SECOND, wraps=True)
        page = QWidget()
        self._body = Column(theme, page, (20, 14, 20, 12), 12)
        for part in (self.safety, self.ledger, self.facts, self._dispute, disclaimer):
            self._body.addWidget(part)
        self._body.addStretch(1)
        self._page = ScrollPage(theme, page, say("/patient.why"))
        buttons = [
            KeyButton(
                theme, each, Kind.PRIMARY if place == 0 else Kind.PLAIN, icon="call" if place == 0 else ""
            )
            for place, each in enumerate(acts)
        ]  # fmt: skip
        self.action_grid = ActionGrid(theme, (buttons[:3], buttons[3:]))
        whole = QWidget()
        inner = Column(theme, whole)
        inner.addWidget(self._page, 1)
        inner.addWidget(self.action_grid)
        patient_words = Words(words.catalogue, "patient")
        self.note = NotePane(theme, patient_words)
        self.question = QuestionPane(theme, patient_words)
        self.forms = QStackedWidget()
        self.forms.setMinimumSize(0, 0)
        for form in (whole, self.note, self.question):
            self.forms.addWidget(form)
        down = self.column()
        # Whose pane it is stays in sight whatever is being written in it.
        down.addWidget(self.banner)
        down.addWidget(self.forms, 1)
        self.ledger.hide()

    @property
    def is_form_open(self) -> bool:
        """Whether a note or a snooze stands in the pane."""
        return self.forms.currentIndex() > 0

    def close_form(self) -> None:
        """Show the person again."""
        self.forms.setCurrentIndex(0)

    def show_state(self, state: PaneState) -> None:
        """Show a person; who it is comes first, the rest when it was read."""
        is_other = self._state is None or self._state.member_id != state.member_id
        self._state = state
        self.banner.show_identity(state.identity)
        if is_other:
            self._page.verticalScrollBar().setValue(0)
        if not state.is_whole and not is_other:
            return
        self.safety.show_words(state.safety)
        self.ledger.setVisible(bool(state.reasons))
        self.ledger.show_reasons(state.reasons, opens_first=not self._is_narrow)
        if self._all_open:
            self.ledger.open_all(all_open=True)
        self.facts.show_facts(state.facts)
        self._dispute.setVisible(state.is_not_listed)

    def toggle_reasons(self) -> None:
        """Open every reason with its points, or close them again."""
        self._all_open = not self._all_open
        if self._state is not None:
            self.ledger.show_reasons(self._state.reasons, opens_first=not self._is_narrow)
        if self._all_open:
            self.ledger.open_all(all_open=True)

    def set_narrow(self, *, narrow: bool) -> None:
        """Take the margins of a narrow pane; its reasons begin closed."""
        self._is_narrow = narrow
        self._body.set_margins(*((14, 8, 14, 8) if narrow else (20, 14, 20, 12)))
        self.action_grid.set_narrow(narrow=narrow)
        say = self._words.say
        aside = f"{say('/patient.all_reasons')}  W" if narrow else say("/patient.points")
        self.ledger.set_title(say("/patient.why"), aside)
        if self._state is not None:
            self.ledger.show_reasons(self._state.reasons, opens_first=not narrow)


class DayPane(Pane):
    """What was done today and what waits to be sent; shown while nobody is chosen."""

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self._words = words
        self.tallies = TallyLines(theme)
        self.waiting = TallyLines(theme)
        self._nothing = Text(theme, words.say("waiting_none"), Type.BODY, Tone.SECOND)
        page = QWidget()
        down = Column(theme, page, (20, 18, 20, 12))
        down.addWidget(Heading(theme, words.say("so_far"), Level.LABEL))
        down.addWidget(self.tallies)
        down.addSpacing(theme.px(20))
        down.addWidget(Heading(theme, words.say("waiting"), Level.LABEL, aside=words.say("waiting_aside")))
        down.addWidget(self.waiting)
        down.addWidget(self._nothing)
        down.addStretch(1)
        down.addWidget(Text(theme, words.say("disclaimer"), Type.SMALL, Tone.SECOND, wraps=True))
        self.column().addWidget(ScrollPage(theme, page, words.say("so_far")))

    def show_state(self, state: DayState) -> None:
        """Show the day."""
        self.tallies.show_lines(state.tallies)
        self.waiting.show_lines(state.waiting)
        self._nothing.setVisible(not state.waiting)
