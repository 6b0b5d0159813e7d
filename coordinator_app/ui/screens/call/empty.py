"""The call screen while nobody is called: how to begin, and the calls that were left open."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from coordinator_app.ui.shared.actions import act
from coordinator_app.ui.shared.buttons import KeyButton, Kind
from coordinator_app.ui.shared.empty_state import EmptyState, EmptyWords
from coordinator_app.ui.shared.layout import Pane
from coordinator_app.ui.shared.theme import Theme
from coordinator_app.ui.shared.wording import Words


class NoCall(Pane):
    """A sentence, the drafts that wait, and the two ways on.

    Signals:
        draft_wished(str): go on with this person's draft.
        today_wished(): the call list.
    """

    draft_wished = Signal(str)
    today_wished = Signal()

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self._words = words
        self._member_id = ""
        self._go_on = act(self, words.say("empty.draft", name=""), "", self._wish)
        today = act(self, words.say("empty.today"), "", self.today_wished.emit)
        self._draft = KeyButton(theme, self._go_on, Kind.PRIMARY)
        self._today = KeyButton(theme, today)
        self._state = EmptyState(theme, EmptyWords(words.say("empty")), (self._today, self._draft))
        down = self.column()
        down.addWidget(self._state, 1)
        self.setFocusProxy(self._today)
        self.show_drafts(())

    def show_drafts(self, drafts: tuple[tuple[str, str], ...]) -> None:
        """Say how many calls wait, and offer the last one."""
        say = self._words.say
        self._state.show_words(
            EmptyWords(say("empty"), say("empty.numbers", count=len(drafts)), say("empty.reassurance"))
        )
        self._draft.setVisible(bool(drafts))
        if drafts:
            self._member_id, name = drafts[0]
            self._go_on.setText(say("empty.draft", name=name))
            self._draft.setFocus()

    def _wish(self) -> None:
        self.draft_wished.emit(self._member_id)
