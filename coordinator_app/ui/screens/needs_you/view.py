"""The screen of what needs a person: items at the left; at the right both versions, what a choice changes, why."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from coordinator_app.ui.screens.needs_you.rows import ItemState, ListState
from coordinator_app.ui.screens.needs_you.version_card import VersionCard
from coordinator_app.ui.screens.needs_you.view_model import NeedsYouViewModel
from coordinator_app.ui.shared.action_bar import ActionLine
from coordinator_app.ui.shared.actions import act
from coordinator_app.ui.shared.buttons import KeyButton, Kind
from coordinator_app.ui.shared.empty_state import EmptyState, EmptyWords
from coordinator_app.ui.shared.facts import FactLines
from coordinator_app.ui.shared.headings import Heading
from coordinator_app.ui.shared.layout import Breadth, Column, Edge, Line, Pane, pin
from coordinator_app.ui.shared.micro_banner import MicroBanner
from coordinator_app.ui.shared.note_field import NoteField
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
    """J and K go from item to item, 1 to 4 choose, Ctrl+Enter settles, Z takes it back, Esc leaves it for later."""

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
        self.cards = tuple(VersionCard(theme, words.say("chosen")) for _ in range(2))
        self._changes_title = Heading(theme, words.say("changes"))
        self.changes = tuple(Text(theme, "", Type.BODY, wraps=True) for _ in range(2))
        self._asking_title = Heading(theme, "")
        self.words_field = NoteField(theme, words.say("asking.field"))
        self._written_title = Heading(theme, words.say("written"))
        self.written = FactLines(theme, 132)
        self._patient = act(self, words.say("open_patient"), "O", model.open_patient)
        self._settle = act(self, words.say("settle"), "Ctrl+Return", lambda: model.settle(self.words_field.words()))
        self._undo = act(self, words.say("undo"), "Z", model.undo)
        self._export = act(self, words.say("export"), "X", self._ask_for_place)
        self._keys = tuple(act(self, "", str(key), partial(self._press, key - 1)) for key in (1, 2))
        self._later = act(self, words.say("later"), "Escape", model.close)
        self._key, self._asked, self._is_narrow = "", ("", ""), False
        self._choices: tuple[str, ...] = ()
        self._lay_out()
        self._connect()
        self._show_item(None)

    def set_breadth(self, breadth: Breadth) -> None:
        """Take the layout of a breadth."""
        self._is_narrow = is_narrow = breadth is Breadth.NARROW
        pin(self.theme, self._list, width=_LIST[breadth])
        self.tabs.set_measures(16 if is_narrow else 22, 20 if is_narrow else 28)
        self._actions.words.set_words("" if is_narrow else self._words.say("hint"))
        for button in self._buttons.values():
            button.set_compact(compact=is_narrow)

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
        beside = Line(self.theme, spacing=20)
        for card in self.cards:
            beside.addWidget(card, 1)
        down.addLayout(beside)
        down.add_gap(8)
        for part in (self._asking_title, self.words_field, self._changes_title, *self.changes):
            down.addWidget(part)
        pin(self.theme, self.words_field, height=96)
        down.add_gap(14)
        for part in (self._written_title, self.written):
            down.addWidget(part)
        down.addStretch(1)
        self._page = ScrollPage(self.theme, page, self._words.say("title"))
        self._buttons = {
            act: KeyButton(self.theme, act, Kind.PRIMARY if act is self._settle else Kind.PLAIN)
            for act in (self._later, self._export, self._patient, self._undo, self._settle)
        }
        self._actions = ActionLine(self.theme, tuple(self._buttons.values()), self._words.say("hint"))
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
        for place, card in enumerate(self.cards):
            card.clicked.connect(partial(self._choose, place))

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
        is_new = state is None or state.key != self._key
        self._key = "" if state is None else state.key
        self.banner.setVisible(state is not None and state.who is not None)
        self._patient.setEnabled(state is not None and state.has_patient)
        self._export.setEnabled(state is not None and state.may_export)
        self._settle.setEnabled(state is not None and state.is_open and (not state.options or bool(state.chosen)))
        self._undo.setEnabled(state is not None and state.may_undo)
        for action in (self._export, self._undo):
            self._buttons[action].setVisible(action.isEnabled())
        # Enter on the row opens the patient too: where there is no room, that has to do.
        self._buttons[self._patient].setVisible(not (self._is_narrow and self._export.isEnabled()))
        self._buttons[self._settle].setVisible(state is None or state.is_open)
        if state is None:
            for text in (self.title, self.why, self.what_to_do):
                text.set_words("")
            for part in (self._written_title, self.written):
                part.hide()
            self._show_options(None)
            return
        self.banner.show_identity(state.who)
        self.title.set_words(state.title)
        self.why.set_words(state.why)
        self.what_to_do.set_words(state.what_to_do)
        self._settle.setText(state.settle)
        self._show_options(state)
        self.written.show_facts(state.written)
        for part in (self._written_title, self.written):
            part.setVisible(bool(state.written))
        if is_new:
            self._page.verticalScrollBar().setValue(0)

    def _show_options(self, state: ItemState | None) -> None:
        options = () if state is None else state.options
        self._choices = tuple(each.choice for each in options)
        for place, card in enumerate(self.cards):
            card.setVisible(place < len(options))
            if state is not None and place < len(options):
                card.show_option(options[place], is_chosen=options[place].choice == state.chosen)
        changes = () if state is None else state.changes
        self._changes_title.setVisible(bool(changes))
        for place, line in enumerate(self.changes):
            line.setVisible(place < len(changes))
            line.set_words(changes[place] if place < len(changes) else "")
        asking = None if state is None else state.asking
        for part in (self._asking_title, self.words_field):
            part.setVisible(asking is not None)
        asked = (self._key, "" if state is None else state.chosen)
        if asking is not None and asked != self._asked:
            self._asking_title.set_words(asking.label)
            self.words_field.setAccessibleName(asking.label)
            self.words_field.set_words(asking.words)
            self.words_field.paper.setFocus(Qt.FocusReason.OtherFocusReason)
            self._page.ensureWidgetVisible(self.words_field)
        if asking is None:
            self.words_field.set_words("")
        self._asked = asked

    def _press(self, place: int) -> None:
        if self.cards[place].isVisible():
            self.cards[place].click()

    def _choose(self, place: int) -> None:
        self._model.choose_option(self._choices[place])

    def _ask_for_place(self) -> None:
        # Qt's own dialog: the lock can close it, a dialog of the system would stay open over the curtain.
        plain = QFileDialog.Option.DontUseNativeDialog
        name, _ = QFileDialog.getSaveFileName(self, self._words.say("export"), "entry.txt", "*.txt", options=plain)
        if name:
            self._model.export(Path(name))
