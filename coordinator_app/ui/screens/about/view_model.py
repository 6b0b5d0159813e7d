"""Reads what an honest page says: sources with their age, drafts, the day so far, what is late tomorrow."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from PySide6.QtCore import QObject, Signal

from coordinator_app.domain.activity import Contact
from coordinator_app.domain.advice import Advice
from coordinator_app.domain.calendar import Moment
from coordinator_app.domain.outreach.wording import date_words
from coordinator_app.domain.ranked import Tab
from coordinator_app.domain.reasons import Tier
from coordinator_app.services.ports import Clock, Me
from coordinator_app.services.red_flags import RedFlags
from coordinator_app.services.reviewing import Entry, Reviewing, Wanted
from coordinator_app.services.status import DeskStatus, Status
from coordinator_app.services.teaching import TeachingNotes
from coordinator_app.services.work_queue import QueuePage, WorkQueue
from coordinator_app.ui.shared.courier import Errands, Lane
from coordinator_app.ui.shared.facts import Fact
from coordinator_app.ui.shared.patient_words import PatientWords
from coordinator_app.ui.shared.tokens import Tone
from coordinator_app.ui.shared.wording import Words

_READ_AT_MOST = 1000
APPROVED = "approved"


@dataclass(frozen=True, slots=True)
class AboutServices:
    """What the page asks."""

    queue: WorkQueue
    status: Status
    reviewing: Reviewing
    red_flags: RedFlags
    teaching: TeachingNotes
    advice: tuple[Advice, ...]
    clock: Clock
    me: Me


@dataclass(frozen=True, slots=True)
class AboutState:
    """The page in three groups of facts."""

    drafts: tuple[Fact, ...]
    sources: tuple[Fact, ...]
    day: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class _Read:
    page: QueuePage
    desk: DeskStatus
    entries: tuple[Entry, ...]
    open_flags: int
    lessons: tuple[int, int]
    now: Moment


class AboutViewModel(QObject):
    """The honest page.

    Signals:
        state_read(AboutState): show this.
    """

    state_read = Signal(object)

    def __init__(self, services: AboutServices, courier: Errands, words: Words, people: PatientWords) -> None:
        super().__init__()
        self._of, self._courier, self._words, self._people = services, courier, words, people

    def refresh(self) -> None:
        """Read everything again; answered by ``state_read``."""
        self._courier.send(Lane.READ, self._read, to=self._tell)

    def _read(self) -> _Read:
        of, now = self._of, self._of.clock.moment()
        since = now.calendar.start_of_day(now.calendar.day_of(of.clock.instant()))
        topics = of.teaching.topics()
        return _Read(
            page=of.queue.page(Tab.CALL_TODAY, limit=_READ_AT_MOST),
            desk=of.status.now(),
            entries=of.reviewing.activity(Wanted(author_id=of.me.staff_id, since=since)),
            open_flags=len(of.red_flags.open_now()),
            lessons=(sum(getattr(each, "status", "") != APPROVED for each in topics), len(topics)),
            now=now,
        )

    def _tell(self, read: _Read) -> None:
        self.state_read.emit(AboutState(self._drafts(read), tuple(self._sources(read)), self._day(read)))

    def _drafts(self, read: _Read) -> tuple[Fact, ...]:
        say, advice = self._words.say, self._of.advice
        counts = {"lessons": read.lessons, "advice": (sum(each.is_draft for each in advice), len(advice))}
        found = [Fact(say("rules"), say("draft"), say("rules.why"), Tone.HIGH)]
        found.append(Fact(say("letters"), say("draft"), "", Tone.HIGH))
        for key, (drafts, every) in counts.items():
            tone = Tone.HIGH if drafts else Tone.TEXT
            found.append(Fact(say(key), say("draft_of", count=drafts, every=every), "", tone))
        return tuple(found)

    def _sources(self, read: _Read) -> Iterable[Fact]:
        say, today = self._words.say, read.now.today
        for each in read.page.sources:
            day = date_words(self._words.catalogue, each.data_as_of, today) if each.data_as_of else say("unknown")
            yield Fact(self._people.source(each.source), say("data_to", day=day))
        as_of = read.desk.as_of
        synced = self._people.done_at(as_of, read.now) if as_of is not None else say("never")
        yield Fact(say("synced"), synced, say("panel", count=read.desk.members))
        if len(read.desk.initiatives) > 1:
            others = ", ".join(read.desk.initiatives[1:])
            told = say("initiatives.of", first=read.desk.initiatives[0])
            yield Fact(say("initiatives"), told, say("initiatives.why", others=others), Tone.HIGH)
        if read.now.frozen:
            yield Fact(say("frozen"), date_words(self._words.catalogue, today, today), say("frozen.why"), Tone.HIGH)

    def _day(self, read: _Read) -> tuple[Fact, ...]:
        say, today = self._words.say, read.now.today
        calls = [
            each.act
            for each in read.entries
            if isinstance(each.act, Contact) and not each.is_struck and read.now.day_of(each.act.occurred_at) == today
        ]
        reached = sum(each.outcome.is_conversation for each in calls)
        tomorrow = read.now.calendar.next_office_day(today)
        urgent = [row for row in read.page.rows if row.tier <= Tier.DISCHARGE and row.due_on is not None]
        due = sum(row.due_on is not None and row.due_on <= today for row in urgent)
        soon = sum(row.due_on is not None and today < row.due_on <= tomorrow + timedelta(0) for row in urgent)
        waits = read.desk.waiting
        flags = read.open_flags
        return (
            Fact(say("calls"), say("calls.of", count=len(calls), reached=reached)),
            Fact(say("left"), say("left.of", count=read.page.total)),
            Fact(say("due"), say("due.of", today=due, tomorrow=soon), "", Tone.URGENT if due else Tone.TEXT),
            Fact(say("flags"), say("flags.of", count=flags), "", Tone.URGENT if flags else Tone.TEXT),
            Fact(say("unsent"), say("unsent.of", count=waits), say("unsent.why") if waits else ""),
        )
