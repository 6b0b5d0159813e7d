"""The frame's own reads: the status line, how many items need a person, and what the find box finds."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from coordinator_app.domain.calendar import Moment
from coordinator_app.domain.lease import Standing
from coordinator_app.domain.outreach.wording import full_date
from coordinator_app.services.ports import Clock
from coordinator_app.services.searching import FEWEST, Found, Searching
from coordinator_app.services.status import DeskStatus
from coordinator_app.services.status import Status as DeskStatusService
from coordinator_app.services.touched import Touched
from coordinator_app.ui.shared.courier import Errands, Lane
from coordinator_app.ui.shared.find_box import FoundRow
from coordinator_app.ui.shared.noticeboard import Noticeboard
from coordinator_app.ui.shared.patient_words import PatientWords
from coordinator_app.ui.shared.status_bar import Status
from coordinator_app.ui.shared.wording import Words

TICK_MS = 15_000
SAY_AHEAD = timedelta(days=3)
"""How long before the lease becomes stricter the status bar begins to say so."""

_MOST_COMMANDS = 4


@dataclass(frozen=True, slots=True)
class Connection:
    """How it stands with the centre: ``offline_since`` while it is not reached, ``trouble`` when it refuses."""

    is_known: bool = False
    offline_since: datetime | None = None
    trouble: str = ""
    is_syncing: bool = False
    done: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class Command:
    """Something the find box can do beside finding people."""

    key: str
    words: str
    keys: str


class FrameModel(QObject):
    """Reads what the frame shows.

    Signals:
        status_changed(Status): the status bar.
        needs_you_changed(int): how many items ask for a person's word.
        found(object, str): rows for the find box, or the sentence that nothing was found.
        searched(int): so many people were found and are shown.
    """

    status_changed = Signal(object)
    needs_you_changed = Signal(int)
    found = Signal(object, str)
    searched = Signal(int)

    def __init__(
        self, status: DeskStatusService, searching: Searching, clock: Clock, courier: Errands, people: PatientWords
    ) -> None:
        super().__init__()
        self._status, self._searching, self._clock, self._courier = status, searching, clock, courier
        self._people, self._words = people, Words(people.words.catalogue, "window")
        self._connection = Connection()
        self._desk: DeskStatus | None = None
        self._commands: tuple[Command, ...] = ()
        self._typed = ""
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self.tell)

    def begin(self, noticeboard: Noticeboard, commands: Sequence[Command] = ()) -> None:
        """Read now and after everything that is touched."""
        self._commands = tuple(commands)
        noticeboard.touched.connect(self._look_again)
        self._tick.start()
        self.refresh()

    def refresh(self) -> None:
        """Read how the desk stands."""
        self._courier.send(Lane.READ, self._status.now, to=self._take)

    def set_connection(self, connection: Connection) -> None:
        """Take how it stands with the centre."""
        self._connection = connection
        self.tell()

    @property
    def waiting(self) -> int:
        """How many entries waited to be sent when the desk was read last."""
        return self._desk.waiting if self._desk is not None else 0

    def find(self, typed: str) -> None:
        """Look for people and commands; the answer to what was typed last is the one that is shown."""
        self._typed = typed
        if len(typed.strip()) < FEWEST:
            self.found.emit((), "")
            return
        self._courier.send(Lane.READ, partial(self._searching.find, typed), to=partial(self._show, typed), asker=self)

    def tell(self) -> None:
        """Say the status line as it is now."""
        if self._desk is not None:
            self.status_changed.emit(self._line(self._desk, self._clock.moment()))

    def _take(self, desk: DeskStatus) -> None:
        self._desk = desk
        self.needs_you_changed.emit(desk.needs_you)
        self.tell()

    def _line(self, desk: DeskStatus, now: Moment) -> Status:
        say, stands = self._words.say, self._connection
        parts = [say("waiting", count=desk.waiting), say("panel", count=f"{desk.members:,}")]
        if stands.total > stands.done:
            parts[1] = say("copying", done=f"{stands.done:,}", total=f"{stands.total:,}")
        parts += self._warnings(desk)
        lease = self._lease_words(desk, now)
        as_of = self._people.time(desk.as_of, now) if desk.as_of is not None else ""
        status = Status(say("no_center" if not stands.is_known else "online"), when=self._when(now))
        if stands.offline_since is not None or stands.trouble:
            since = self._people.time(stands.offline_since, now) if stands.offline_since else ""
            words = lease or stands.trouble or say("offline_since", time=since)
            parts.insert(1, say("as_of", time=as_of) if as_of else say("never"))
            return replace(status, words=words, parts=tuple(parts), is_offline=True)
        if lease:
            parts.insert(0, say("as_of", time=as_of) if as_of else say("never"))
            return replace(status, words=lease, parts=tuple(parts), is_offline=True)
        if stands.is_syncing and not stands.is_known:
            return replace(status, words=say("asking"), parts=tuple(parts))
        parts.insert(0, say("syncing") if stands.is_syncing else say("synced", time=as_of) if as_of else say("never"))
        return replace(status, parts=tuple(parts))

    def _warnings(self, desk: DeskStatus) -> list[str]:
        """Return what a person is to know beside: a wrong clock, work the centre does not take, a program to update."""
        told = []
        if desk.clock_off:
            told.append(self._words.say("clock_off", count=round(abs(desk.clock_off.total_seconds()) / 60)))
        if desk.held_back:
            told.append(self._words.say("held_back"))
        if desk.pull_until is not None:
            told.append(self._words.say("update_by", day=full_date(self._words.catalogue, desk.pull_until)))
        return told

    def _lease_words(self, desk: DeskStatus, now: Moment) -> str:
        """Return what the lease takes away, or will within days; empty while it takes nothing."""
        found = desk.lease
        if found.standing >= Standing.LOCKED:
            return self._words.say(f"lease.{found.cause or 'locked'}")
        if found.until is None or (found.standing is Standing.FULL and found.until - self._clock.instant() > SAY_AHEAD):
            return ""
        day = full_date(self._words.catalogue, now.calendar.local(found.until).date())
        return self._words.say("lease.notes" if found.standing is Standing.NOTES else "lease.soon", day=day)

    def _when(self, now: Moment) -> str:
        local = now.calendar.local(now.at)
        weekday = self._words.say("/reasons.weekdays_short").split()[local.weekday()]
        day = f"{weekday} {full_date(self._words.catalogue, local.date())}"
        return self._words.say("when", day=day, time=f"{local:%H:%M}")

    def _show(self, typed: str, found: Sequence[Found]) -> None:
        if typed != self._typed:
            return
        if found:
            self.searched.emit(len(found))
        rows = [self._row(each) for each in found] + self._fitting_commands(typed)
        self.found.emit(tuple(rows), "" if rows else self._words.say("found.nothing"))

    def _row(self, found: Found) -> FoundRow:
        detail = self._words.say(
            "found.detail",
            born=self._people.born(found.birth_date, self._clock.moment().today),
            sex=self._people.sex(found.sex),
            number=found.member_number,
        )
        preferred = self._people.preferred(found.preferred)
        name = f"{found.name}  {preferred}".strip()
        return FoundRow(found.member_id, name, detail, self._words.say("found.held") if found.is_held else "")

    def _fitting_commands(self, typed: str) -> list[FoundRow]:
        wanted = typed.casefold().strip()
        fitting = [each for each in self._commands if wanted in each.words.casefold()]
        detail = self._words.say("found.command")
        return [FoundRow(f"/{each.key}", each.words, detail, each.keys, "key") for each in fitting[:_MOST_COMMANDS]]

    def _look_again(self, touched: Touched) -> None:
        if touched & ~Touched.DRAFTS:
            self.refresh()
