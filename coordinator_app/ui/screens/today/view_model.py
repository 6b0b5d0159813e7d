"""Turns the wishes of the Today screen into reads, and their answers into what is shown."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QObject, Signal

from coordinator_app.domain.ids import MemberId
from coordinator_app.domain.ranked import Ranked, Tab
from coordinator_app.domain.trouble import Refusal
from coordinator_app.services.chart import Chart, PatientPage
from coordinator_app.services.drafts import Drafts
from coordinator_app.services.ports import Clock, Me
from coordinator_app.services.reviewing import Entry, Reviewing, Wanted
from coordinator_app.services.status import Status
from coordinator_app.services.touched import Touched
from coordinator_app.services.work_queue import FIRST_PAGE, QueuePage, WorkQueue
from coordinator_app.ui.screens.today.rows import RowMaker, records_to
from coordinator_app.ui.screens.today.states import FilterOption, PaneState
from coordinator_app.ui.screens.today.wording import Around, Progress, TodayWording
from coordinator_app.ui.shared.courier import Errands, Lane
from coordinator_app.ui.shared.noticeboard import Noticeboard
from coordinator_app.ui.shared.queue_row import QueueRow
from coordinator_app.ui.shared.wording import Words

_MATTERS = Touched.CALLS | Touched.OUTREACH | Touched.VISITS | Touched.PANEL | Touched.SYNC | Touched.DRAFTS


@dataclass(frozen=True, slots=True)
class TodayServices:
    """What the screen asks."""

    queue: WorkQueue
    chart: Chart
    drafts: Drafts
    status: Status
    reviewing: Reviewing
    clock: Clock
    me: Me


@dataclass(frozen=True, slots=True)
class _Asked:
    tab: Tab
    wanted: Mapping[str, str]
    offset: int = 0
    limit: int = FIRST_PAGE


@dataclass(frozen=True, slots=True)
class _Read:
    asked: _Asked
    page: QueuePage
    rows: tuple[QueueRow, ...]
    around: Around


class TodayViewModel(QObject):
    """The list and the person chosen in it.

    Signals:
        list_changed(ListState), pane_changed(PaneState or None), day_changed(DayState): show this.
        call_requested(str), appointment_requested(str), teaching_requested(str), letter_requested(str),
        patient_requested(str): a wish about the member of this id, for another screen.
    """

    list_changed = Signal(object)
    pane_changed = Signal(object)
    day_changed = Signal(object)
    call_requested = Signal(str)
    appointment_requested = Signal(str)
    teaching_requested = Signal(str)
    letter_requested = Signal(str)
    patient_requested = Signal(str)

    def __init__(
        self, services: TodayServices, courier: Errands, noticeboard: Noticeboard, words: Words, wording: TodayWording
    ) -> None:
        super().__init__()
        self._services, self._courier, self._words = services, courier, words
        self._wording, self._people = wording, wording.people
        self._asked = _Asked(Tab.CALL_TODAY, {})
        self._ranked: dict[str, Ranked] = {}
        self._rows: tuple[QueueRow, ...] = ()
        self._total = 0
        self._records_to = records_to(())
        self._is_reading_more = False
        self._progress = Progress()
        self._member: MemberId | None = None
        self._is_reading_pane = False
        self._page: PatientPage | None = None
        noticeboard.touched.connect(self._look_again)

    @property
    def page(self) -> PatientPage | None:
        """The page of the person chosen, once it was read."""
        return self._page if self._page is not None and self._page.member.id == self._member else None

    def filter_options(self) -> tuple[FilterOption, ...]:
        """Return everything the list may be narrowed by."""
        return self._wording.filter_options()

    def refresh(self) -> None:
        """Read the list again, as far as it was read."""
        asked = replace(self._asked, offset=0, limit=max(FIRST_PAGE, len(self._rows)))
        self._courier.send(Lane.READ, partial(self._read, asked), to=self._take)
        self._courier.send(Lane.READ, self._read_day, to=self._take_day)

    def show_tab(self, tab: str) -> None:
        """Show another part of the list."""
        self._ask(_Asked(Tab(tab), self._asked.wanted))

    def set_filter(self, name: str, value: str) -> None:
        """Narrow the list; another value of the same kind takes the place of the first."""
        self._ask(_Asked(self._asked.tab, {**self._asked.wanted, name: value}))

    def remove_filter(self, name: str = "") -> None:
        """Widen the list by one filter, or by all."""
        kept = {each: value for each, value in self._asked.wanted.items() if name and each != name}
        self._ask(_Asked(self._asked.tab, kept))

    def read_more(self) -> None:
        """Read the next rows, where there are more."""
        if self._is_reading_more or len(self._rows) >= self._total:
            return
        self._is_reading_more = True
        self._courier.send(Lane.READ, partial(self._read, replace(self._asked, offset=len(self._rows))), to=self._add)

    def set_progress(self, done: int, total: int) -> None:
        """Take how far a first copy has come."""
        self._progress = Progress(done, total)
        self.refresh()

    def choose(self, key: str) -> None:
        """Show a person in the pane: who it is at once, the rest as soon as it is read."""
        if key == self._member:
            return
        self._member = MemberId(key) if key else None
        ranked = self._ranked.get(key)
        if ranked is None:
            self.pane_changed.emit(None)
            return
        today = self._services.clock.moment().today
        self.pane_changed.emit(PaneState(key, self._people.identity_of_row(ranked.shown, today)))
        self._read_pane()

    def wish(self, what: str) -> None:
        """Ask another screen for the person chosen: call, appointment, teaching, letter or patient."""
        if self._member is not None:
            getattr(self, f"{what}_requested").emit(self._member)

    def _ask(self, asked: _Asked) -> None:
        self._asked, self._rows, self._total = asked, (), 0
        self.refresh()

    def _read(self, asked: _Asked) -> _Read:
        services = self._services
        page = services.queue.page(asked.tab, asked.wanted, limit=asked.limit, offset=asked.offset)
        desk, now = services.status.now(), services.clock.moment()
        maker = RowMaker(
            words=self._words,
            people=self._people,
            now=now,
            drafts=frozenset(draft.member_id for draft in services.drafts.unfinished()),
            records_to=records_to(page.sources),
            wanted=asked.wanted,
            protocol=page.protocol,
        )
        around = Around(
            now=now,
            wanted=asked.wanted,
            new=sum(map(maker.is_new, page.rows)),
            waiting=desk.waiting,
            members=desk.members,
            progress=self._progress,
        )
        return _Read(asked, page, tuple(map(maker.row, page.rows)), around)

    def _take(self, read: _Read) -> None:
        if (read.asked.tab, read.asked.wanted) != (self._asked.tab, self._asked.wanted):
            return
        self._ranked = {row.member_id: row for row in read.page.rows}
        self._show(read, read.rows)
        if self._member is not None and self._member in self._ranked:
            self._read_pane()

    def _add(self, read: _Read) -> None:
        self._is_reading_more = False
        if read.asked.tab is not self._asked.tab or read.asked.offset != len(self._rows):
            return
        self._ranked.update((row.member_id, row) for row in read.page.rows)
        self._show(read, (*self._rows, *read.rows))

    def _show(self, read: _Read, rows: tuple[QueueRow, ...]) -> None:
        self._rows, self._total = rows, read.page.total
        self._records_to = records_to(read.page.sources)
        self.list_changed.emit(self._wording.list_state(read.page, rows, read.around))

    def _read_pane(self) -> None:
        if self._is_reading_pane or self._member is None:
            return
        self._is_reading_pane = True
        member = self._member
        job = partial(self._services.chart.open, member)
        self._courier.send(Lane.READ, job, to=self._take_pane, failed=self._lose_pane)

    def _take_pane(self, page: PatientPage) -> None:
        self._is_reading_pane = False
        if page.member.id != self._member:
            # Somebody else was chosen meanwhile: only the last one matters.
            self._read_pane()
            return
        self._page = page
        ranked = self._ranked.get(page.member.id)
        shown = ranked.shown if ranked else None
        self.pane_changed.emit(self._wording.pane_state(page, self._services.clock.moment(), shown, self._records_to))

    def _lose_pane(self, error: BaseException) -> None:
        self._is_reading_pane = False
        if not isinstance(error, Refusal):
            raise error
        self.pane_changed.emit(None)

    def _read_day(self) -> tuple[Entry, ...]:
        now = self._services.clock.moment()
        since = now.calendar.start_of_day(now.calendar.day_of(self._services.clock.instant()))
        return self._services.reviewing.activity(Wanted(author_id=self._services.me.staff_id, since=since))

    def _take_day(self, entries: tuple[Entry, ...]) -> None:
        self.day_changed.emit(self._wording.day_state(entries, self._services.clock.moment()))

    def _look_again(self, touched: Touched) -> None:
        if touched & _MATTERS:
            self.refresh()
