"""The screen of what needs a person: items at the left; at the right what happened, why, and what was written."""

from PySide6.QtWidgets import QStackedWidget, QWidget

from coordinator_app.ui.screens.needs_you.rows import ItemState, ListState
from coordinator_app.ui.screens.needs_you.view_model import NeedsYouViewModel
from coordinator_app.ui.shared.action_bar import ActionLine
from coordinator_app.ui.shared.actions import act
from coordinator_app.ui.shared.buttons import KeyButton, Kind
from coordinator_app.ui.shared.empty_state import EmptyState, EmptyWords
from coordinator_app.ui.shared.facts import FactLines
from coordinator_app.ui.shared.headings import Heading
from coordinator_app.ui.shared.layout import Breadth, Column, Edge, Line, Pane, pin
from coordinator_app.ui.shared.micro_banner import MicroBanner
from coordinator_app.ui.shared.pair_row import PairPainter, PairRow, pair_model
from coordinator_app.ui.shared.row_list import RowList
from coordinator_app.ui.shared.scroll import ScrollPage
from coordinator_app.ui.shared.tabs import TabLine
from coordinator_app.ui.shared.text import Text
from coordinator_app.ui.shared.theme import Theme
from coordinator_app.ui.shared.tokens import Tone
from coordinator_app.ui.shared.typography import Type
from coordinator_app.ui.shared.wording import Words

_LIST = {Breadth.NARROW: 256, Breadth.MIDDLE: 348, Breadth.WIDE: 400}


class NeedsYouView(QWidget):
    """J and K go from item to item, Ctrl+Enter puts one away, Esc leaves it for later."""

    def __init__(self, theme: Theme, words: Words, model: NeedsYouViewModel) -> None:
        super().__init__()
        self.theme, self._words, self._model = theme, words, model
        self.tabs = TabLine(theme, words.say("tabs"))
        self.rows: RowList[PairRow] = RowList(theme, pair_model(), PairPainter(theme), words.say("list"))
        self._empty = EmptyState(theme, EmptyWords(""))
        self._body = QStackedWidget()
        self.banner = MicroBanner(theme)
        self.title = Text(theme, "", Type.TITLE, wraps=True)
        self.why = Text(theme, "", Type.BODY, Tone.SECOND, wraps=True)
        self.what_to_do = Text(theme, "", Type.BODY, wraps=True)
        self._differing_title = Heading(theme, words.say("differing"))
        self.differing = FactLines(theme, 132)
        self._written_title = Heading(theme, words.say("written"))
        self.written = FactLines(theme, 132)
        self._patient = act(self, words.say("open_patient"), "O", model.open_patient)
        self._settle = act(self, words.say("settle"), "Ctrl+Return", model.settle)
        self._later = act(self, words.say("later"), "Escape", model.close)
        self._lay_out()
        self._connect()
        self._show_item(None)

    def set_breadth(self, breadth: Breadth) -> None:
        """Take the layout of a breadth."""
        is_narrow = breadth is Breadth.NARROW
        pin(self.theme, self._list, width=_LIST[breadth])
        self.tabs.set_measures(16 if is_narrow else 22, 20 if is_narrow else 28)
        self._actions.words.set_words("" if is_narrow else self._words.say("hint"))

    def take_focus(self) -> None:
        """Give the keyboard to the items."""
        self.rows.setFocus()

    def _lay_out(self) -> None:
        self._list = Pane(self.theme, "surface", Edge.RIGHT)
        self._body.addWidget(self.rows)
        self._body.addWidget(self._empty)
        left = self._list.column()
        left.addWidget(self.tabs)
        left.addWidget(self._body, 1)
        foot = Line(self.theme, margins=(20, 8, 20, 16))
        foot.addWidget(Text(self.theme, self._words.say("never_lost"), Type.SMALL, Tone.SECOND, wraps=True))
        left.addLayout(foot)
        page = QWidget()
        down = Column(self.theme, page, (28, 20, 28, 20), 6)
        for line in (self.title, self.why, self.what_to_do):
            down.addWidget(line)
        down.add_gap(14)
        for part in (self._differing_title, self.differing, self._written_title, self.written):
            down.addWidget(part)
        down.addStretch(1)
        self._page = ScrollPage(self.theme, page, self._words.say("title"))
        self._actions = ActionLine(
            self.theme,
            (
                KeyButton(self.theme, self._later),
                KeyButton(self.theme, self._patient),
                KeyButton(self.theme, self._settle, Kind.PRIMARY),
            ),
            self._words.say("hint"),
        )
        work = Pane(self.theme, "surface")
        right = work.column()
        right.addWidget(self.banner)
        right.addWidget(self._page, 1)
        right.addWidget(self._actions)
        across = Line(self.theme, self)
        across.addWidget(self._list)
        across.addWidget(work, 1)
        self.set_breadth(Breadth.MIDDLE)

    def _connect(self) -> None:
        model = self._model
        model.list_changed.connect(self._show_list)
        model.item_changed.connect(self._show_item)
        self.tabs.chosen.connect(model.show_tab)
        self.rows.current_changed.connect(lambda row: model.choose(row.key if row else ""))
        self.rows.opened.connect(lambda _row: model.open_patient())

    def _show_list(self, state: ListState) -> None:
        self.tabs.show_tabs(state.tabs, state.tab)
        self._empty.show_words(EmptyWords(state.empty))
        self._body.setCurrentWidget(self.rows if state.rows else self._empty)
        self.rows.show_rows(state.rows)
        current = self.rows.current()
        if current is None:
            self.rows.choose_first()
        # The same row may say something else by now.
        self._model.choose(current.key if current is not None and state.rows else self._first(state))

    def _first(self, state: ListState) -> str:
        return state.rows[0].key if state.rows else ""

    def _show_item(self, state: ItemState | None) -> None:
        self.banner.setVisible(state is not None and state.who is not None)
        self._page.setVisible(True)
        self._patient.setEnabled(state is not None and state.has_patient)
        self._settle.setEnabled(state is not None and state.is_open)
        if state is None:
            for text in (self.title, self.why, self.what_to_do):
                text.set_words("")
            for part in (self._differing_title, self.differing, self._written_title, self.written):
                part.hide()
            return
        self.banner.show_identity(state.who)
        self.title.set_words(state.title)
        self.why.set_words(state.why)
        self.what_to_do.set_words(state.what_to_do)
        self.differing.show_facts(state.differing)
        self.written.show_facts(state.written)
        for part in (self._differing_title, self.differing):
            part.setVisible(bool(state.differing))
        for part in (self._written_title, self.written):
            part.setVisible(bool(state.written))
