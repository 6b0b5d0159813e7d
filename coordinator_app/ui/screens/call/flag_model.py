"""The red flag of the person being called: each step is kept at once, and the bar says who can see it."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from coordinator_app.domain.advice import Advice
from coordinator_app.domain.ids import MemberId
from coordinator_app.domain.red_flag import Flag
from coordinator_app.services.ports import Clock
from coordinator_app.services.red_flags import FlagForm, FlagKept, RedFlags
from coordinator_app.services.touched import Touched
from coordinator_app.ui.screens.call.flag_form import Asks, FlagEntries
from coordinator_app.ui.screens.call.wording import CallWords
from coordinator_app.ui.shared.courier import Errands, Lane
from coordinator_app.ui.shared.failure_words import KNOWN, failure_words
from coordinator_app.ui.shared.fields import Option
from coordinator_app.ui.shared.noticeboard import Noticeboard
from coordinator_app.ui.shared.red_flag import RedFlag

_MINUTE_MS = 30_000
Read = tuple[Flag | None, bool]


@dataclass(frozen=True, slots=True)
class FlagServices:
    """The services of one desk, as far as a red flag needs them; ``advice`` are the texts to read aloud."""

    flags: RedFlags
    advice: tuple[Advice, ...]
    clock: Clock


class FlagModel(QObject):
    """One flag at a time, that of the person in the call.

    Signals:
        shown(RedFlag or None): the bar as it stands; None while nothing is open.
        kept(str): a step is on the disk, with the sentence to say.
        refused(str): why it is not, in words.
    """

    shown = Signal(object)
    kept = Signal(str)
    refused = Signal(str)

    def __init__(self, of: FlagServices, courier: Errands, board: Noticeboard, say: CallWords) -> None:
        super().__init__()
        self._flags, self._advice, self._clock = of.flags, of.advice, of.clock
        self._courier, self._board, self._say = courier, board, say
        self._member: MemberId | None = None
        self._language = say.words.lang
        self._flag: Flag | None = None
        self._is_unseen = False
        self._ticks = QTimer(self)
        self._ticks.setInterval(_MINUTE_MS)
        self._ticks.timeout.connect(self._show)
        board.touched.connect(self._look_again)

    @property
    def flag(self) -> Flag | None:
        """The open flag of the person in the call."""
        return self._flag

    def texts(self) -> tuple[Option, ...]:
        """Return the texts that may be read aloud."""
        return tuple(Option(each.name(self._say.words.lang), each.id) for each in self._advice)

    def begin(self, member_id: MemberId) -> None:
        """Follow a person's flag."""
        self._member, self._flag = member_id, None
        self._ticks.start()
        self._read()

    def speak(self, language: str) -> None:
        """Read the texts aloud in the patient's language, where the site wrote them in it."""
        if language and language != self._language:
            self._language = language
            self._show()

    def end(self) -> None:
        """The call is over; an open flag stays open."""
        self._member, self._flag = None, None
        self._ticks.stop()
        self.shown.emit(None)

    def keep(self, entries: FlagEntries, asks: Asks) -> None:
        """Raise a flag, write down where the patient is or who was told, or close it by who took it over."""
        member_id, flag = self._member, self._flag
        if member_id is None:
            return
        form = FlagForm(
            member_id, entries.said, entries.whereabouts, entries.call_back, entries.advice, entries.who, entries.answer
        )
        job = partial(self._flags.raise_one, form)
        if flag is not None and asks is Asks.PLACE:
            job = partial(self._flags.place, flag.id, form)
        elif flag is not None:
            job = partial(self._flags.accept if entries.has_accepted else self._flags.tell, flag.id, form)
        self._courier.send(Lane.WRITE, job, to=self._is_kept, failed=self._failed, asker=self)

    def _is_kept(self, kept: FlagKept) -> None:
        self.kept.emit(self._say.words.say(f"flag.kept.{kept.step.step}", who=kept.step.who))
        self._board.post(kept.touched)
        self._read()

    def _read(self) -> None:
        if self._member is not None:
            self._courier.send(Lane.READ, partial(self._look, self._member), to=partial(self._take, self._member))

    def _look(self, member_id: MemberId) -> Read:
        flag = self._flags.of(member_id)
        return flag, flag is not None and self._flags.is_unseen(flag)

    def _take(self, member_id: MemberId, read: Read) -> None:
        if member_id == self._member:
            self._flag, self._is_unseen = read
            self._show()

    def _show(self) -> None:
        self.shown.emit(None if self._flag is None else self._bar(self._flag))

    def _bar(self, flag: Flag) -> RedFlag:
        say, told = self._say.words.say, flag.told
        now = self._clock.moment()
        place = ", ".join(filter(None, (flag.whereabouts, flag.call_back)))
        words = [say("flag.at", place=place) if place else say("flag.no_place")]
        if told is None:
            words.append(say("flag.nobody_told"))
        else:
            at = self._say.people.done_at(told.occurred_at, now)
            words.append(say("flag.told", who=told.who, at=at, answer=told.answer or say("flag.no_answer")))
        words.append(say("flag.unseen") if self._is_unseen else say("flag.open_until"))
        minutes = max(0, int((self._clock.instant() - flag.since).total_seconds() // 60))
        open_for = say("flag.open_for", count=minutes)
        return RedFlag(
            say("flag.what", said=flag.raised.said), self._aloud(flag.raised.advice), " ".join(words), open_for
        )

    def _aloud(self, chosen: str) -> str:
        text = next((each for each in self._advice if each.id == chosen), None)
        if text is None:
            return self._say.words.say("flag.own_protocol")
        key = "flag.read_draft" if text.is_draft else "flag.read"
        return self._say.words.say(key, text=text.text(self._language))

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, KNOWN):
            raise error
        words = self._say.words
        key = f"refusal.{error.code}"
        known = words.catalogue.has(f"{words.screen}.{key}")
        self.refused.emit(words.say(key) if known else failure_words(words.catalogue, error))

    def _look_again(self, touched: Touched) -> None:
        if touched & (Touched.SYNC | Touched.CALLS):
            self._read()
