"""The list side: tabs, how it is sorted and filtered, the feed line, the rows or why there are none, the toast."""

from collections.abc import Callable, Iterable
from itertools import groupby

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMenu, QStackedWidget

from coordinator_app.ui.screens.today.states import FilterOption, ListState
from coordinator_app.ui.shared.actions import WITHIN, act
from coordinator_app.ui.shared.buttons import KeyButton, Kind
from coordinator_app.ui.shared.empty_state import EmptyState, EmptyWords
from coordinator_app.ui.shared.feed_line import FeedLine
from coordinator_app.ui.shared.layout import Edge, Pane
from coordinator_app.ui.shared.queue_delegate import QueueDelegate, queue_model
from coordinator_app.ui.shared.row_list import RowList
from coordinator_app.ui.shared.sort_line import SortLine, SortState
from coordinator_app.ui.shared.tabs import TabLine
from coordinator_app.ui.shared.theme import Theme
from coordinator_app.ui.shared.toast import ToastLine
from coordinator_app.ui.shared.wording import Words

_AHEAD_ROWS = 30
_TAB_KEYS = ("call_today", "due_soon", "waiting", "done_today", "not_listed")


class ListSide(Pane):
    """Its single letters and digits work wherever in it the keyboard is; nothing in it is typed in.

    Signals:
        tab_wished(str), filter_wished(str, str), filter_removed(str): another list, a narrower one, a wider one.
        end_near(): the last rows that were read come into sight.
    """

    tab_wished = Signal(str)
    filter_wished = Signal(str, str)
    filter_removed = Signal(str)
    end_near = Signal()

    def __init__(self, theme: Theme, words: Words, options: Callable[[], Iterable[FilterOption]]) -> None:
        super().__init__(theme, "surface", Edge.RIGHT)
        self._words, self._options = words, options
        self._is_narrow = False
        self._state: ListState | None = None
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(words.say("name"))
        self.tabs = TabLine(theme, words.say("tabs"))
        self.filter_act = act(self, words.say("filter"), "F", self.open_filter, where=WITHIN)
        self.sort = SortLine(theme, link=self.filter_act)
        self.feed = FeedLine(theme)
        self.rows = RowList(theme, queue_model(), QueueDelegate(theme), words.say("tab.call_today"))
        tab_acts = {key: self._tab_act(key, str(digit)) for digit, key in enumerate(_TAB_KEYS, start=1)}
        clear = act(self, words.say("clear_filter"), "", lambda: self.filter_removed.emit(""))
        self._buttons = (KeyButton(theme, tab_acts["due_soon"]), KeyButton(theme, clear, Kind.PRIMARY))
        self.empty = EmptyState(theme, EmptyWords(""), self._buttons)
        self.toasts = ToastLine(theme)
        self._body = QStackedWidget()
        self._body.setMinimumSize(0, 0)
        self._body.addWidget(self.rows)
        self._body.addWidget(self.empty)
        down = self.column()
        for part in (self.tabs, self.sort, self.feed):
            down.addWidget(part)
        down.addWidget(self._body, 1)
        down.addWidget(self.toasts)
        self._connect()

    def show_state(self, state: ListState) -> None:
        """Show the list as it is now; the chosen row stays chosen, else its neighbor is."""
        # The window's own focus: a list behind another screen remembers a focus it no longer has.
        focus = QApplication.focusWidget()
        had_focus = focus is not None and (focus is self or self._body.isAncestorOf(focus))
        self._state = state
        self.tabs.show_tabs(state.tabs)
        if state.is_not_listed:
            self.tabs.clear_selection()
        else:
            self.tabs.select(state.tab)
        self._show_lines(state)
        self.feed.show_words(state.feed, "offline" if state.empty is None and not state.feed else "")
        self.rows.setAccessibleName(self._title(state))
        self.rows.show_rows(state.rows)
        if state.rows and self.rows.current() is None:
            self.rows.choose_first()
        if state.empty is not None:
            self.empty.show_words(state.empty)
            for button, is_there in zip(self._buttons, (state.may_show_due_soon, state.may_clear_filter), strict=True):
                button.setVisible(is_there)
        self._body.setCurrentWidget(self.rows if state.empty is None else self.empty)
        if had_focus or (focus is None and self.isVisible()):
            self.take_focus()

    def take_focus(self) -> None:
        """Take the keyboard: the rows, or what can be done where there are none."""
        is_empty = self._body.currentWidget() is self.empty
        shown = [button for button in self._buttons if not button.isHidden()]
        (shown[0] if is_empty and shown else self if is_empty else self.rows).setFocus()

    def set_narrow(self, *, narrow: bool) -> None:
        """Take the measures of a narrow list; the link to who is not listed moves down a line."""
        self._is_narrow = narrow
        self.tabs.set_measures(*((16, 18) if narrow else (22, 28)))
        self.sort.set_left(16 if narrow else 22)
        if self._state is not None:
            self._show_lines(self._state)

    def open_filter(self) -> None:
        """Open what the list may be narrowed by, one group under the other."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName(self._words.say("filter"))
        for group, options in groupby(self._options(), key=lambda option: option.group):
            under = menu.addMenu(group)
            for option in options:
                chosen = under.addAction(option.words)
                chosen.triggered.connect(
                    lambda _checked=False, each=option: self.filter_wished.emit(each.name, each.value)
                )
        if self._state is not None and self._state.filters:
            menu.addSeparator()
            menu.addAction(self._words.say("filter.clear")).triggered.connect(lambda: self.filter_removed.emit(""))
        menu.popup(self.sort.mapToGlobal(QPoint(self.theme.px(22), self.sort.height())))

    def _connect(self) -> None:
        self.tabs.chosen.connect(self.tab_wished)
        for link in (self.tabs.link_wished, self.sort.link_wished):
            link.connect(lambda: self.tab_wished.emit("not_listed"))
        self.sort.filter_removed.connect(self.filter_removed)
        self.rows.verticalScrollBar().valueChanged.connect(self._scrolled)

    def _tab_act(self, key: str, digit: str) -> QAction:
        words = {"due_soon": "show_due_soon", "not_listed": "show_not_listed"}.get(key, f"tab.{key}")
        return act(self, self._words.say(words), digit, lambda: self.tab_wished.emit(key), where=WITHIN)

    def _title(self, state: ListState) -> str:
        return next((tab.word for tab in state.tabs if tab.key == state.tab), state.not_listed)

    def _show_lines(self, state: ListState) -> None:
        narrow = self._is_narrow
        self.tabs.show_link("" if narrow else state.not_listed)
        self.sort.show_link(state.not_listed if narrow else "")
        self.sort.show_state(
            SortState(
                state.sorted_short if narrow and not state.filters else state.sorted_words if not narrow else "",
                "" if narrow else state.updated,
                state.filters,
                state.pinned,
            )
        )

    def _scrolled(self, value: int) -> None:
        bar = self.rows.verticalScrollBar()
        if bar.maximum() - value < self.theme.px(_AHEAD_ROWS * 64):
            self.end_near.emit()
