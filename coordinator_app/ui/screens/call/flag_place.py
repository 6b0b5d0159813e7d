"""The place of the red flag over a call: the bar while one is open, the form while somebody types."""

from PySide6.QtCore import QObject

from coordinator_app.domain.ids import MemberId
from coordinator_app.ui.screens.call.body import CallBody
from coordinator_app.ui.screens.call.flag_form import Asks, FlagEntries
from coordinator_app.ui.screens.call.flag_model import FlagModel
from coordinator_app.ui.shared.actions import HERE, act
from coordinator_app.ui.shared.buttons import KeyButton, Kind
from coordinator_app.ui.shared.red_flag import RedFlag, RedFlagBar
from coordinator_app.ui.shared.wording import Words

EMERGENCY = "911"


class FlagPlace(QObject):
    """Shows bar and form by turns; its single letters work where nothing is typed in."""

    def __init__(self, body: CallBody, words: Words, model: FlagModel) -> None:
        super().__init__(body)
        self._body, self._words, self._model = body, words, model
        say = words.say
        acts = (
            act(body, say("flag.who_told"), "T", self.tell),
            act(body, say("flag.emergency"), "E", lambda: self.tell(EMERGENCY)),
            act(body, say("flag.where"), "W", self.find),
        )
        for each in acts:
            # A letter is no key of the window: it types in a note. The screen hands it on where nothing is typed.
            each.setShortcutContext(HERE)
        self._acts = dict(zip("TEW", acts, strict=True))
        kinds = (Kind.DANGER, Kind.PLAIN, Kind.PLAIN)
        self.bar = RedFlagBar(
            body.theme, tuple(KeyButton(body.theme, each, kind) for each, kind in zip(acts, kinds, strict=True))
        )
        body.add_flag(self.bar)
        self._form = body.flag_form
        self._form.offer(model.texts())
        self._form.saved.connect(lambda entries: model.keep(entries, self._form.asks))
        self._form.closed.connect(self._leave)
        model.shown.connect(self._show)
        model.kept.connect(self._kept)
        model.refused.connect(self._form.say_error)

    def follow(self, member_id: str) -> None:
        """Show the flag of a person whose call begins."""
        self._form.hide()
        self._model.begin(MemberId(member_id))

    def end(self) -> None:
        """Leave; an open flag stays open."""
        self._form.hide()
        self._model.end()

    def speak(self, language: str) -> None:
        """Read aloud in the patient's language."""
        self._model.speak(language)

    def begin(self) -> None:
        """Open the form of a new flag, or of telling somebody where one is open."""
        if self._model.flag is not None:
            self.tell()
        else:
            self._form.begin(FlagEntries(), Asks.RAISE)
            self._fit()

    def tell(self, who: str = "") -> None:
        """Write down who was told."""
        self._form.begin(FlagEntries(who=who), Asks.TELL)
        self._fit()

    def find(self) -> None:
        """Write down where the patient is now."""
        flag = self._model.flag
        if flag is not None:
            self._form.begin(FlagEntries(whereabouts=flag.whereabouts, call_back=flag.call_back), Asks.PLACE)
            self._fit()

    def press(self, key: str) -> bool:
        """Take a letter typed in no field; say whether it was one of the bar's."""
        if not self.bar.isVisible() or key not in self._acts:
            return False
        self._acts[key].trigger()
        return True

    def close_form(self) -> bool:
        """Close the form where it is open, and say whether it was."""
        if self._form.isHidden():
            return False
        self._form.hide()
        self._fit()
        return True

    def _leave(self) -> None:
        self.close_form()
        self._body.outcome.outcomes.setFocus()

    def _kept(self, words: str) -> None:
        self.close_form()
        self._body.say_foot(words)
        self._body.note.note.field.setFocus()

    def _show(self, flag: RedFlag | None) -> None:
        self.bar.show_flag(flag)
        self._fit()

    def _fit(self) -> None:
        # The form says itself what it is about; both at once would leave a low window no room for the call.
        self.bar.setVisible(self._form.isHidden() and self._model.flag is not None)
        self._body.set_tight(tight=not self.bar.isHidden() or not self._form.isHidden())
