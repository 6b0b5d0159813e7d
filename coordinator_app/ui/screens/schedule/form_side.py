"""The visit at the right: who, how far it has come, what is asked for, and the times that fit."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from coordinator_app.domain.activity import VisitState
from coordinator_app.domain.ids import ClinicianId
from coordinator_app.ui.screens.schedule.entries import VisitEntries
from coordinator_app.ui.screens.schedule.states import FormStanding, FormState, TimesState
from coordinator_app.ui.shared.announce import announce
from coordinator_app.ui.shared.buttons import KeyButton, Kind
from coordinator_app.ui.shared.choices import ChoiceList, SlotPainter
from coordinator_app.ui.shared.fields import ComboField, FormRow, LineField
from coordinator_app.ui.shared.headings import Heading, Level
from coordinator_app.ui.shared.layout import Column, Edge, Line, Pane, pin
from coordinator_app.ui.shared.micro_banner import MicroBanner
from coordinator_app.ui.shared.safety_line import SafetyLine
from coordinator_app.ui.shared.scroll import ScrollPage
from coordinator_app.ui.shared.steps import StepLine
from coordinator_app.ui.shared.text import Text
from coordinator_app.ui.shared.theme import Theme
from coordinator_app.ui.shared.tokens import Tone
from coordinator_app.ui.shared.typography import Type
from coordinator_app.ui.shared.wording import Words

NOT_YET = "not_yet"


class FormSide(Pane):
    """The form of one visit; it knows nothing of what may follow what.

    Signals:
        changed(VisitEntries): something was chosen or typed.
    """

    changed = Signal(object)

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(theme, "surface", Edge.LEFT, parent)
        self._words = words
        self._entries = VisitEntries("")
        self._deadline = ""
        # A key of a time that was pressed before the times had come.
        self._early = ""
        say = words.say
        self.banner = MicroBanner(theme)
        self.safety = SafetyLine(theme, say("/patient.special_contact"))
        self._title = Heading(theme, "", Level.TITLE)
        self.steps = StepLine(theme)
        self.moves = ChoiceList(theme, say("what"), say("chosen"), SlotPainter(theme))
        self.kind = ComboField(theme, say("type"))
        self.clinician = ComboField(theme, say("with"), hint=say("with.hint"))
        self.how = ComboField(theme, say("how"), hint=say("how.hint"))
        self.asked_of = LineField(theme, say("asked_of"), hint=say("asked_of.hint"))
        self.confirmed_by = LineField(theme, say("confirmed_by"), hint=say("confirmed_by.hint"))
        self.times = ChoiceList(theme, say("times"), say("chosen"), SlotPainter(theme))
        self.typed = LineField(theme, say("times.typed"), hint=say("times.hint"))
        self._moves_head = Heading(theme, say("what"))
        self._times_head = Heading(theme, say("times"))
        self._rows = {
            name: FormRow(theme, say(name if name != "kind" else "type"), field)
            for name, field in (
                ("kind", self.kind),
                ("with", self.clinician),
                ("how", self.how),
                ("asked_of", self.asked_of),
                ("confirmed_by", self.confirmed_by),
            )
        }
        self._typed_row = FormRow(theme, say("times.typed"), self.typed)
        self._read = Text(theme, "", Type.SMALL, Tone.SECOND)
        self._clash = Text(theme, "", Type.SMALL_MEDIUM, Tone.URGENT, wraps=True)
        self._foot = Text(theme, "", Type.SMALL, Tone.SECOND, wraps=True)
        self._error = Text(theme, "", Type.SMALL_MEDIUM, Tone.URGENT, wraps=True)
        self._bar = Pane(theme, "window", Edge.TOP)
        self._bar_line = self._bar.line((20, 11, 20, 12), 12)
        pin(theme, self._bar, height=60)
        self._lay_out()
        self._listen()

    def add_acts(self, *, close: QAction, another: QAction, save: QAction) -> None:
        """Put the acts on the foot, the main one in its corner."""
        self._bar_line.addWidget(KeyButton(self.theme, close))
        self._bar_line.addStretch(1)
        self._bar_line.addWidget(KeyButton(self.theme, save, Kind.PRIMARY))
        self._another = KeyButton(self.theme, another, Kind.QUIET)
        self._after_steps.addWidget(self._another)
        self._after_steps.addStretch(1)

    def set_narrow(self, *, narrow: bool) -> None:
        """Take the buttons of a narrow form."""
        for button in self._bar.findChildren(KeyButton):
            button.set_compact(compact=narrow)
        self._bar_line.set_margins(*((12, 12, 12, 12) if narrow else (20, 12, 20, 12)))

    def clear(self) -> None:
        """Show nobody, until the person has been read; a key of a time pressed meanwhile is remembered."""
        self._entries = VisitEntries("")
        self._early = ""
        self.banner.show_identity(None)
        self.safety.show_words("")
        self._title.set_words(self._words.say("ask"))
        for choices in (self.times, self.moves):
            choices.show_choices(())
        self.say_error("")

    def show_form(self, form: FormState) -> None:
        """Show a person with what can be chosen."""
        self.banner.show_identity(form.identity)
        self.safety.show_words(form.safety)
        self._title.set_words(form.title)
        self.kind.set_options(form.types)
        self.clinician.set_options(form.clinicians)
        self.how.set_options(form.hows)
        self.moves.show_choices(form.moves)
        for part in (self._moves_head, self.moves):
            part.setVisible(bool(form.moves))
        self._another.setVisible(form.has_another)
        self.times.show_choices(())
        self._deadline = ""
        if form.moves:
            self._early = ""
        self._times_head.set_aside("")
        self.say_error("")
        announce(self, f"{form.title}. {form.identity.sentence}")

    def show_entries(self, entries: VisitEntries) -> None:
        """Show what stands in the form."""
        self._entries = entries
        self.kind.set_value(entries.visit_type)
        self.clinician.set_value(entries.clinician_id)
        self.how.set_value(entries.how_asked or None)
        self.asked_of.set_words(entries.asked_of)
        self.confirmed_by.set_words(entries.confirmed_by)
        self.typed.set_words(entries.typed)
        self.moves.set_value(entries.move)
        self.times.set_value(entries.chosen)

    def show_times(self, times: TimesState) -> None:
        """Offer the times that fit; the one chosen stays chosen."""
        self.times.show_choices(times.choices)
        self.times.set_value(self._entries.chosen)
        if self._early:
            self.times.take(self._early)
            self._early = ""
        self._deadline = times.deadline or times.none
        self._times_head.set_aside(self._deadline)

    def show_standing(self, standing: FormStanding) -> None:
        """Ask for what the state needs, and say what saving would do."""
        self.steps.show_steps(standing.steps, standing.spoken_steps)
        for name in ("kind", "with"):
            self._rows[name].setVisible(self._entries.visit is None)
        self._rows["how"].setVisible(standing.asks_how)
        self._rows["asked_of"].setVisible(standing.asks_how and bool(self._entries.how_asked))
        self._rows["confirmed_by"].setVisible(standing.asks_confirmed_by)
        for part in (self._times_head, self.times, self._typed_row):
            part.setVisible(standing.asks_time)
        self._times_head.set_aside(standing.time_stays or self._deadline)
        self._typed_row.set_error(standing.time_error)
        self._read.set_words(standing.time_read)
        self._read.setVisible(bool(standing.time_read))
        self._clash.set_words(standing.clash)
        self._clash.setVisible(bool(standing.clash))
        self._foot.set_words(standing.foot)

    def say_error(self, words: str) -> None:
        """Say why nothing was saved; what was chosen stays."""
        self._error.set_words(words)
        self._error.setVisible(bool(words))
        if words:
            announce(self, words, interrupts=True)

    def take_focus(self) -> None:
        """Go to what is asked first: what became of the visit, or the times."""
        (self.moves if self._entries.visit is not None else self.times).setFocus()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text().isdigit() and not event.modifiers() and not self.times.rows.rows:
            self._early = event.text()
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        theme = self.theme
        body = QWidget()
        down = Column(theme, body, (20, 14, 20, 12), 8)
        down.addWidget(self.safety)
        down.addWidget(self._title)
        down.addWidget(self.steps)
        self._after_steps = Line(theme)
        down.addLayout(self._after_steps)
        down.addWidget(self._moves_head)
        down.addWidget(self.moves)
        fields = Column(theme)
        for row in self._rows.values():
            fields.addWidget(row)
        down.addLayout(fields)
        down.addWidget(self._times_head)
        down.addWidget(self.times)
        down.addWidget(self._typed_row)
        read = Line(theme, margins=(104, 0, 0, 0))
        read.addWidget(self._read)
        down.addLayout(read)
        down.addWidget(self._clash)
        down.addStretch(1)
        down.addWidget(self._foot)
        down.addWidget(self._error)
        self.page = ScrollPage(theme, body, self._words.say("ask"))
        page = self.column()
        page.addWidget(self.banner)
        page.addWidget(self.page, 1)
        page.addWidget(self._bar)

    def _listen(self) -> None:
        self.kind.chosen.connect(lambda kind: self._tell(replace(self._entries, visit_type=str(kind))))
        self.clinician.chosen.connect(
            lambda who: self._tell(replace(self._entries, clinician_id=ClinicianId(str(who))))
        )
        self.how.chosen.connect(self._how)
        self.asked_of.typed.connect(lambda who: self._tell(replace(self._entries, asked_of=who)))
        self.confirmed_by.typed.connect(lambda who: self._tell(replace(self._entries, confirmed_by=who)))
        self.typed.typed.connect(self._typed)
        self.times.chosen.connect(self._time)
        self.moves.chosen.connect(self._move)

    def _tell(self, entries: VisitEntries) -> None:
        self._entries = entries
        self.say_error("")
        self.changed.emit(entries)

    def _how(self, how: object) -> None:
        asked = "" if how == NOT_YET else str(how)
        if not asked:
            self.how.set_value(None)
        self._tell(replace(self._entries, how_asked=asked))

    def _typed(self, words: str) -> None:
        if words.strip():
            self.times.set_value(None)
        self._tell(replace(self._entries, typed=words, chosen=None))

    def _time(self, at: object) -> None:
        self.typed.set_words("")
        self._tell(replace(self._entries, chosen=at, typed=""))  # type: ignore[arg-type]

    def _move(self, state: object) -> None:
        if isinstance(state, VisitState):
            self._tell(replace(self._entries, move=state))
            if state is VisitState.CONFIRMED:
                self.confirmed_by.setFocus(Qt.FocusReason.OtherFocusReason)
