"""What came of the call, and who was spoken to: nothing is chosen beforehand."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from coordinator_app.domain.activity import Identifier, Outcome
from coordinator_app.ui.screens.call.entries import Entries
from coordinator_app.ui.screens.call.sheet import Outcomes, Standing
from coordinator_app.ui.screens.call.wording import BACK, MORE
from coordinator_app.ui.shared.choices import Choice, ChoiceList
from coordinator_app.ui.shared.headings import Heading
from coordinator_app.ui.shared.layout import Breadth, Column
from coordinator_app.ui.shared.text import Text
from coordinator_app.ui.shared.theme import Theme
from coordinator_app.ui.shared.toggles import Toggle, ToggleGrid
from coordinator_app.ui.shared.tokens import Tone
from coordinator_app.ui.shared.typography import Type
from coordinator_app.ui.shared.wording import Words

_KEYS = {
    "D": Identifier.BIRTH_DATE,
    "Z": Identifier.ZIP,
    "A": Identifier.ADDRESS,
    "M": Identifier.MEMBER_ID,
}


class OutcomeColumn(QWidget):
    """Outcomes by digit, the further ones behind the ninth; identifiers by letter.

    Signals:
        outcome_chosen(Outcome): what came of the call.
        settled(): Enter was pressed on an outcome that is chosen.
        identity_changed(tuple): the identifiers that match.
        turned(bool): the further outcomes are shown, or the first ones again.
    """

    outcome_chosen = Signal(object)
    settled = Signal()
    identity_changed = Signal(object)
    turned = Signal(bool)

    def __init__(self, theme: Theme, words: Words, outcomes: Outcomes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words, self._outcomes = words, outcomes
        self._outcome: Outcome | None = None
        self._is_further = False
        self._head = Heading(theme, words.say("outcome"), keys="Ctrl+O")
        self.outcomes = ChoiceList(theme, words.say("outcome"), words.say("chosen"))
        self.outcomes.show_choices(outcomes.first)
        toggles = [Toggle(key, words.say(f"identity.{each}"), each) for key, each in _KEYS.items()]
        self._identity_head = Heading(theme, words.say("identity"), keys="V", aside=words.say("identity.two"))
        self.identity = ToggleGrid(theme, words.say("identity"), toggles)
        self._match = Text(theme, "", Type.SMALL, Tone.SECOND, wraps=True)
        down = Column(theme, self, spacing=8)
        for part in (self._head, self.outcomes, self._identity_head, self.identity, self._match):
            down.addWidget(part)
        down.addStretch(1)
        self.outcomes.chosen.connect(self._chosen)
        self.outcomes.settled.connect(self._settled)
        self.identity.changed.connect(self.identity_changed)

    def show_outcomes(self, outcomes: Outcomes) -> None:
        """Offer the outcomes for this person."""
        if outcomes != self._outcomes:
            self._outcomes = outcomes
            self._turn(further=self._is_further)

    def show_entries(self, entries: Entries) -> None:
        """Show what is chosen; one of the further outcomes turns the list to them."""
        self._outcome = entries.outcome
        self._turn(further=entries.outcome in {choice.value for choice in self._outcomes.further})
        self.identity.set_on(entries.identity)

    def show_standing(self, standing: Standing) -> None:
        """Grey identity out where nobody was spoken to."""
        self.identity.setEnabled(standing.asks_identity)
        self._match.set_words(standing.identity)

    def press(self, key: str) -> bool:
        """Turn an identifier on or off by its letter, as if pressed; say whether it was one."""
        which = _KEYS.get(key)
        if which is None or not self.identity.isEnabled():
            return False
        on = self.identity.on()
        self.identity.set_on(tuple(each for each in on if each != which) if which in on else (*on, which))
        self.identity_changed.emit(self.identity.on())
        return True

    def set_breadth(self, breadth: Breadth) -> None:
        """Stand in two columns where the window is low."""
        is_narrow = breadth is Breadth.NARROW
        self.outcomes.set_tight(tight=is_narrow)
        self.outcomes.set_columns(2 if is_narrow else 1)
        self.identity.set_columns(4 if is_narrow else 2)

    def _chosen(self, value: object) -> None:
        if value in (MORE, BACK):
            self._turn(further=value == MORE)
            self.turned.emit(self._is_further)
            return
        self._outcome = value if isinstance(value, Outcome) else None
        self.outcome_chosen.emit(self._outcome)

    def _turn(self, *, further: bool) -> None:
        self._is_further = further
        shown: tuple[Choice, ...] = self._outcomes.further if further else self._outcomes.first
        if [each.words for each in shown] != [each.words for each in self.outcomes.rows.rows]:
            self.outcomes.show_choices(shown)
        self._head.set_words(self._words.say("outcome.further" if further else "outcome"))
        self.outcomes.set_value(self._outcome)
        for choice in shown:
            if self._outcome is not None and choice.value == self._outcome:
                self.outcomes.choose(choice.key)

    def _settled(self, value: object) -> None:
        if isinstance(value, Outcome):
            self.settled.emit()
