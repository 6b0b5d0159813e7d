"""The review screen: records at the left, the one chosen as it was written, and the word on it."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from coordinator_app.ui.screens.review.list_column import ListColumn
from coordinator_app.ui.screens.review.rows import ListState, RecordState
from coordinator_app.ui.screens.review.scoring import Scoring
from coordinator_app.ui.screens.review.view_model import ReviewViewModel
from coordinator_app.ui.shared.action_bar import ActionLine
from coordinator_app.ui.shared.actions import act
from coordinator_app.ui.shared.buttons import KeyButton, Kind
from coordinator_app.ui.shared.facts import FactLines
from coordinator_app.ui.shared.headings import Heading, Level
from coordinator_app.ui.shared.layout import Breadth, Column, Edge, Line, Pane, pin
from coordinator_app.ui.shared.scroll import ScrollPage
from coordinator_app.ui.shared.text import Text
from coordinator_app.ui.shared.theme import Theme
from coordinator_app.ui.shared.tokens import Tone
from coordinator_app.ui.shared.typography import Type
from coordinator_app.ui.shared.wording import Words

_LIST = {Breadth.NARROW: 256, Breadth.MIDDLE: 348, Breadth.WIDE: 400}
_LABEL = 132


class ReviewView(QWidget):
    """Digits answer, Enter is for the next record, C comments, J and K go from record to record."""

    def __init__(self, theme: Theme, words: Words, model: ReviewViewModel) -> None:
        super().__init__()
        self.theme, self._words, self._model = theme, words, model
        is_supervisor = model.is_supervisor
        self._shown = ""
        self._is_scored = False
        # Where the keyboard is to go once the first record has come.
        self._goes_on = False
        self._breadth = Breadth.MIDDLE
        self.list = ListColumn(theme, words, has_nurses=is_supervisor)
        self.notice = _Notice(theme)
        self._parts = QWidget()
        self._title = Heading(theme, words.say("record"), Level.TITLE)
        self._under = Text(theme, "", Type.SMALL, Tone.SECOND, wraps=True)
        self._word = _WordOfSupervisor(theme)
        self.facts = FactLines(theme, _LABEL, is_small=True, gap=5)
        self._why_not = Text(theme, "", Type.BODY, Tone.SECOND, wraps=True)
        self.scoring = Scoring(theme, words)
        self._next = act(self, words.say("reviewed"), "", self._save_reviewed)
        self._return = act(self, words.say("send_back"), "Ctrl+Return", self._save_returned)
        self._patient = act(self, words.say("open_patient"), "O", model.open_patient)
        self._open = act(self, words.say("open_confidential"), "V", model.open_confidential)
        act(self, words.say("comment"), "C", self._focus_comment)
        for keys, step in (("J", 1), ("K", -1)):
            act(self, words.say("step"), keys, partial(self.list.rows.step, step))
        act(self, words.say("filter"), "F", self._focus_filter)
        act(self, words.say("list"), "Escape", self._to_list)
        self._lay_out(is_supervisor=is_supervisor)
        self._connect()
        self._show_record(None)

    def set_breadth(self, breadth: Breadth) -> None:
        """Take the layout of a breadth: narrow, record and form scroll together."""
        self._breadth = breadth
        is_narrow = breadth is Breadth.NARROW
        pin(self.theme, self.list, width=_LIST[breadth])
        self.list.set_narrow(narrow=is_narrow)
        self._actions.words.set_words(self._words.say("hint") if self._model.is_supervisor and not is_narrow else "")
        home = self._page_down if is_narrow else self._work_down
        if self.scoring.parentWidget() is not home.parentWidget():
            # Qt drops the keyboard when a part moves to another parent.
            kept = self._focused_in_form()
            home.insertWidget(home.count() - 1, self.scoring)
            self.scoring.setVisible(self._is_scored)
            if kept is not None:
                kept.setFocus()
            # The room the form needed where it was must not make the window grow before Qt measures again.
            for part in (self._work, self._parts, self):
                if (down := part.layout()) is not None:
                    down.activate()

    def take_focus(self) -> None:
        """Give the keyboard to where one goes on: the items of the record, or the list."""
        self._goes_on = self._model.is_supervisor and not self._is_scored
        if self._is_scored:
            self.scoring.focus_first()
        else:
            self.list.take_focus()

    def _lay_out(self, *, is_supervisor: bool) -> None:
        head = Pane(self.theme, "surface", Edge.BOTTOM)
        top = head.column((24, 10, 24, 8), 0)
        top.addWidget(self._title)
        top.addWidget(self._under)
        page = QWidget()
        self._page_down = Column(self.theme, page)
        inside = Column(self.theme, margins=(24, 10, 24, 10), spacing=8)
        inside.addWidget(self._word)
        inside.addWidget(self.facts)
        inside.addWidget(self._why_not)
        self._page_down.addLayout(inside)
        self._page_down.addStretch(1)
        self._page = ScrollPage(self.theme, page, self._words.say("record"))
        self._work = Pane(self.theme, "surface")
        self._work_down = self._work.column()
        self._work_down.addWidget(head)
        self._work_down.addWidget(self._page, 1)
        self._work_down.addWidget(self.scoring)
        self._actions = ActionLine(self.theme, self._buttons(is_supervisor=is_supervisor))
        self._work_down.addWidget(self._actions)
        across = Line(self.theme, self._parts)
        across.addWidget(self.list)
        across.addWidget(self._work, 1)
        down = Column(self.theme, self)
        down.addWidget(self.notice)
        down.addWidget(self._parts, 1)
        self.set_breadth(Breadth.MIDDLE)

    def _buttons(self, *, is_supervisor: bool) -> list[KeyButton]:
        self._open_button = KeyButton(self.theme, self._open)
        patient = KeyButton(self.theme, self._patient, Kind.PLAIN if is_supervisor else Kind.PRIMARY)
        if not is_supervisor:
            return [self._open_button, patient]
        # Enter belongs to the form, not to the window: on another button it presses that button.
        self._next.setShortcut("Return")
        self._next.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        return [
            self._open_button,
            patient,
            KeyButton(self.theme, self._return),
            KeyButton(self.theme, self._next, Kind.PRIMARY),
        ]

    def _connect(self) -> None:
        model = self._model
        model.list_changed.connect(self._show_list)
        model.record_changed.connect(self._show_record)
        self.list.tab_wished.connect(model.show_tab)
        self.list.nurse_wished.connect(model.filter_nurse)
        self.list.outcome_wished.connect(model.filter_outcome)
        self.list.row_changed.connect(model.choose)
        self.list.row_opened.connect(self.take_focus if model.is_supervisor else model.open_patient)
        self.scoring.scored.connect(model.score)
        self.scoring.commented.connect(model.comment)
        self.scoring.next_wished.connect(self._save_reviewed)
        self.scoring.moved.connect(self._keep_in_sight)

    def _show_list(self, state: ListState) -> None:
        self.notice.show_words(state.notice)
        self.list.show_state(state)

    def _show_record(self, state: RecordState | None) -> None:
        had_focus = self._focused_in_form() is not None
        goes_on, self._goes_on = self._goes_on, self._goes_on and state is None
        self._is_scored = state is not None and bool(state.items)
        for action in (self._next, self._return):
            action.setEnabled(self._is_scored)
        self._patient.setEnabled(state is not None)
        self._open.setEnabled(state is not None and state.is_closed)
        self._open_button.setVisible(state is not None and state.is_closed)
        if state is None:
            self._shown = ""
            self._under.set_words(self._words.say("nothing_chosen"))
            self.facts.show_facts(())
            self.scoring.hide()
            self._word.show_word("", "")
            self._why_not.hide()
            if had_focus:
                self.list.take_focus()
            return
        is_new, self._shown = state.key != self._shown, state.key
        self._under.set_words(state.under)
        self.facts.show_facts(state.facts)
        self._word.show_word(state.word_by, state.word)
        self._why_not.set_words(state.why_not.strip())
        self._why_not.setVisible(bool(state.why_not.strip()))
        self.scoring.show_state(state)
        if is_new:
            self._page.verticalScrollBar().setValue(0)
            if had_focus or (goes_on and self._is_scored):
                self.take_focus()

    def _focused_in_form(self) -> QWidget | None:
        part = self.focusWidget()
        return part if part is not None and self.scoring.isAncestorOf(part) else None

    def _save_reviewed(self) -> None:
        self._model.save("reviewed")

    def _save_returned(self) -> None:
        self._model.save("returned")

    def _to_list(self) -> None:
        self._goes_on = False
        self.list.take_focus()

    def _focus_comment(self) -> None:
        if self._is_scored:
            self.scoring.comment.setFocus()
            self._keep_in_sight(self.scoring.comment)

    def _focus_filter(self) -> None:
        (self.list.nurse if self._model.is_supervisor else self.list.outcome).setFocus()

    def _keep_in_sight(self, part: QWidget) -> None:
        if self._breadth is Breadth.NARROW:
            self._page.ensureWidgetVisible(part, 0, self.theme.px(24))


class _WordOfSupervisor(Pane):
    """What a supervisor said, above the record it is about."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "hightint")
        self._by = Text(theme, "", Type.SMALL_MEDIUM, Tone.HIGH)
        self._said = Text(theme, "", Type.STRONG, wraps=True)
        down = self.column((12, 8, 12, 8), 2)
        down.addWidget(self._by)
        down.addWidget(self._said)

    def show_word(self, by: str, said: str) -> None:
        """Show a word and whose it is, or nothing."""
        self._by.set_words(by)
        self._said.set_words(said)
        self.setAccessibleName(f"{by}. {said}" if by else "")
        self.setVisible(bool(by))


class _Notice(Pane):
    """Which panels were opened in an emergency, over the whole screen; not there where none was."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "surface", Edge.BOTTOM)
        self.said = Text(theme, "", Type.SMALL, Tone.SECOND, wraps=True)
        self.column((24, 6, 24, 6), 0).addWidget(self.said)
        self.hide()

    def show_words(self, said: str) -> None:
        """Show what is to be known, or go."""
        self.said.set_words(said)
        self.setAccessibleName(said)
        self.setVisible(bool(said))
