"""The call itself: head, number line, three columns, and the bar that saves."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from coordinator_app.ui.screens.call.entries import Entries
from coordinator_app.ui.screens.call.flag_form import FlagForm
from coordinator_app.ui.screens.call.head import CallHead, NumberLine
from coordinator_app.ui.screens.call.note_column import NoteColumn
from coordinator_app.ui.screens.call.outcome_column import OutcomeColumn
from coordinator_app.ui.screens.call.sheet import Outcomes, Sheet, Standing
from coordinator_app.ui.screens.call.topics_column import TopicsColumn
from coordinator_app.ui.shared.buttons import KeyButton, Kind
from coordinator_app.ui.shared.layout import Breadth, Column, Edge, Line, Pane, pin
from coordinator_app.ui.shared.red_flag import RedFlagBar
from coordinator_app.ui.shared.scroll import ScrollPage
from coordinator_app.ui.shared.text import Text
from coordinator_app.ui.shared.theme import Theme
from coordinator_app.ui.shared.tokens import Tone
from coordinator_app.ui.shared.typography import Type
from coordinator_app.ui.shared.wording import Words

_WIDTHS = {Breadth.NARROW: (492, 492), Breadth.MIDDLE: (244, 250), Breadth.WIDE: (280, 320)}


class CallBody(Pane):
    """Everything of a call but the list; narrow, topics fold under the outcome and the page scrolls."""

    def __init__(self, theme: Theme, words: Words, outcomes: Outcomes, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self.head = CallHead(theme, words)
        self.flag_form = FlagForm(theme, words)
        self.number = NumberLine(theme, words)
        self.outcome = OutcomeColumn(theme, words, outcomes)
        self.topics = TopicsColumn(theme, words)
        self.note = NoteColumn(theme, words)
        self._page_part = QWidget()
        self._page_down = Column(theme, self._page_part)
        self._columns = Line(theme, margins=(24, 16, 24, 12), spacing=26)
        self._page_down.addLayout(self._columns, 1)
        self._left, self._middle, self._right = QWidget(), QWidget(), QWidget()
        self._left_down = Column(theme, self._left, spacing=12)
        self._left_down.addWidget(self.outcome)
        self._middle_down = Column(theme, self._middle, spacing=8)
        self._middle_down.addWidget(self.topics, 1)
        Column(theme, self._right).addWidget(self.note)
        for part in (self._left, self._middle):
            self._columns.addWidget(part)
        self._columns.addWidget(self._right, 1)
        self.page = ScrollPage(theme, self._page_part, words.say("name"))
        self._foot = Pane(theme, "window", Edge.TOP)
        self._words = Text(theme, "", Type.BODY, Tone.SECOND, wraps=True)
        self._bar = self._foot.line((24, 11, 24, 12), 12)
        self._bar.addWidget(self._words, 1, Qt.AlignmentFlag.AlignVCenter)
        pin(theme, self._foot, height=60)
        self._down = self.column()
        self._down.addWidget(self.head)
        self._down.addWidget(self.flag_form)
        self._down.addWidget(self.page, 1)
        self._down.addWidget(self._foot)
        self.set_breadth(Breadth.MIDDLE)

    def add_flag(self, bar: RedFlagBar) -> None:
        """Put the bar of an open red flag under the head: it pushes the rest down and covers nothing."""
        self.bar = bar
        self._down.insertWidget(1, bar)

    def add_acts(self, *, keep: QAction, save: QAction, visit: QAction, teach: QAction, flag: QAction) -> None:
        """Put the acts on the screen: the main one at the right of the foot, the asides under the topics."""
        for action, kind in ((keep, Kind.PLAIN), (save, Kind.PRIMARY)):
            self._bar.addWidget(KeyButton(self.theme, action, kind))
        asides = Line(self.theme, margins=(0, 4, 0, 0), spacing=18)
        for action in (visit, teach):
            asides.addWidget(KeyButton(self.theme, action, Kind.QUIET))
        asides.addStretch(1)
        self._middle_down.addLayout(asides)
        alarm = Line(self.theme, margins=(0, 2, 0, 0))
        alarm.addWidget(KeyButton(self.theme, flag, Kind.QUIET))
        alarm.addStretch(1)
        self._middle_down.addLayout(alarm)

    def clear(self, outcomes: Outcomes) -> None:
        """Show an empty call, until the person has been read."""
        self.head.clear()
        self.number.clear()
        self.outcome.show_outcomes(outcomes)
        self.topics.show_topics(())
        self.note.show_reasons(())
        self.note.show_kept("")
        self.show_entries(Entries())

    def show_sheet(self, sheet: Sheet) -> None:
        """Show the person and what can be asked."""
        self.head.show_sheet(sheet)
        self.number.show_sheet(sheet)
        self.outcome.show_outcomes(sheet.outcomes)
        self.topics.show_topics(sheet.topics)
        self.note.show_reasons(sheet.reasons)

    def show_entries(self, entries: Entries) -> None:
        """Show what was pressed and typed."""
        self.number.show_entries(entries)
        self.outcome.show_entries(entries)
        self.topics.show_entries(entries)
        self.note.show_entries(entries)

    def show_standing(self, standing: Standing) -> None:
        """Show what the call allows now."""
        self.outcome.show_standing(standing)
        self.topics.show_standing(standing)
        self.note.show_standing(standing)
        self.say_foot(standing.foot, warns=standing.foot_warns)

    def say_foot(self, words: str, *, warns: bool = False) -> None:
        """Say what saving would do, or what it needs."""
        self._words.set_words(words)
        self._words.set_tone(Tone.URGENT if warns else Tone.SECOND)

    def bring_into_sight(self, part: QWidget) -> None:
        """Scroll a low window so far that a part is seen whole."""
        self.page.bring(part)

    def set_tight(self, *, tight: bool) -> None:
        """Set the outcomes closer, where a red flag takes room."""
        self.outcome.outcomes.set_tight(tight=tight or self._is_narrow)

    def set_breadth(self, breadth: Breadth) -> None:
        """Take the columns of a layout."""
        self._is_narrow = is_narrow = breadth is Breadth.NARROW
        left, middle = _WIDTHS[breadth]
        pin(self.theme, self._left, width=left)
        # The number is what one needs first; in a low window it scrolls away with the rest.
        if is_narrow:
            self._page_down.insertWidget(0, self.number)
            self._left_down.addWidget(self._middle)
        else:
            self._down.removeWidget(self.number)
            self._down.insertWidget(self._down.indexOf(self.page), self.number)
            self._columns.insertWidget(1, self._middle)
            pin(self.theme, self._middle, width=middle)
        self._columns.set_margins(16 if is_narrow else 24, 12 if is_narrow else 16, 16 if is_narrow else 24, 12)
        self._bar.set_margins(16 if is_narrow else 24, 12, 16 if is_narrow else 24, 12)
        self.number.set_breadth(breadth)
        self.outcome.set_breadth(breadth)
        self.note.set_breadth(breadth)
