"""Days and visits: reads a day, opens a form for a person, saves what became of a visit."""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import QObject, Signal

from coordinator_app.domain.ids import MemberId
from coordinator_app.services.booking import Booked, Day
from coordinator_app.services.touched import Touched
from coordinator_app.ui.screens.schedule.entries import VisitEntries
from coordinator_app.ui.screens.schedule.standing import VisitJudge
from coordinator_app.ui.screens.schedule.states import FormState, SavedVisit
from coordinator_app.ui.screens.schedule.wording import ScheduleWords
from coordinator_app.ui.screens.schedule.work import PersonRead, ScheduleServices, TimesRead
from coordinator_app.ui.shared.courier import Errands, Lane
from coordinator_app.ui.shared.failure_words import KNOWN
from coordinator_app.ui.shared.noticeboard import Noticeboard

_MATTERS = Touched.VISITS | Touched.CALLS | Touched.OUTREACH | Touched.SYNC | Touched.PANEL


class ScheduleViewModel(QObject):
    """One day shown, at most one person's visit in the form.

    Signals:
        day_read(DayState): the day to show.
        form_begun(): a person was asked for and is being read; keys belong to the form from now on.
        form_opened(FormState), entered(VisitEntries): whose visit it is, and what stands in the form.
        times_read(TimesState): the times that fit.
        stood(FormStanding): what the form asks for and what saving would do.
        form_closed(): nobody is in the form.
        saved(SavedVisit): a revision is on the disk.
        refused(str): why it was not saved, in words.
        left(): the form was closed that was opened from another screen.
        call_wished(str), list_wished(): a promised call was opened, or several at once.
    """

    day_read = Signal(object)
    form_begun = Signal()
    form_opened = Signal(object)
    entered = Signal(object)
    times_read = Signal(object)
    stood = Signal(object)
    form_closed = Signal()
    saved = Signal(object)
    refused = Signal(str)
    left = Signal()
    call_wished = Signal(str)
    list_wished = Signal()

    def __init__(self, services: ScheduleServices, courier: Errands, board: Noticeboard, say: ScheduleWords) -> None:
        super().__init__()
        self._of, self._courier, self._board, self._say = services, courier, board, say
        self._judge = VisitJudge(say)
        self._on = services.clock.moment().today
        self._day: Day | None = None
        self._person: PersonRead | None = None
        self._entries: VisitEntries | None = None
        self._wished: MemberId | None = None
        self._goes_back = False
        self._is_saving = False
        self._waits_to_save = False
        self._is_reading_times = False
        self._is_shown = False
        board.touched.connect(self._look_again)

    @property
    def entries(self) -> VisitEntries | None:
        """What stands in the form, None while nobody is in it."""
        return self._entries

    def open(self, member_id: MemberId) -> None:
        """Open the form for a person who was chosen on another screen."""
        self._goes_back = True
        self._ask_person(member_id, partial(self._of.person, member_id))

    def open_another(self) -> None:
        """Begin another visit for the person in the form."""
        if self._person is not None:
            member_id = self._person.page.member.id
            self._ask_person(member_id, partial(self._of.person, member_id, is_new=True))

    def open_block(self, key: str) -> None:
        """Open a block of the day: the visit in the form, a promised call in its own screen."""
        kind, _, which = key.partition("/")
        if kind == "call":
            self.call_wished.emit(which)
        elif kind == "calls":
            self.list_wished.emit()
        elif self._day is not None:
            visits = [each.visit for each in self._day.entries if each.visit and each.visit.visit_id == which]
            self._goes_back = False
            for visit in visits[:1]:
                self._ask_person(visit.member_id, partial(self._of.person, visit.member_id, visit))

    def set_shown(self, *, shown: bool) -> None:
        """Read the day when the screen comes up; while it is away nothing is read."""
        self._is_shown = shown
        if shown:
            self.refresh()

    def refresh(self) -> None:
        """Read the day again."""
        self._courier.send(Lane.READ, partial(self._of.booking.day, self._on), to=self._show_day)

    def show_today(self) -> None:
        """Show today."""
        self._show(self._of.clock.moment().today)

    def step(self, days: int) -> None:
        """Show a day before or after."""
        self._show(self._on + timedelta(days))

    def change(self, entries: VisitEntries) -> None:
        """Take what was chosen or typed, and say what saving would do now."""
        if self._person is None or self._entries is None:
            return
        before, self._entries = self._entries, entries
        if (before.visit_type, before.clinician_id) != (entries.visit_type, entries.clinician_id):
            self._entries = replace(entries, chosen=None)
            self._ask_times()
        now = self._of.clock.moment()
        at = self._entries.starts_at(now)
        if at is not None and at != before.starts_at(now) and now.calendar.day_of(at) != self._on:
            self._show(now.calendar.day_of(at))
        else:
            self._tell_day()
        self._stand()

    def save(self) -> None:
        """Save the form once; asked before the person or the times were read, it waits for them."""
        if self._person is None or self._entries is None or self._is_reading_times:
            self._waits_to_save = self._wished is not None
            return
        if self._is_saving:
            return
        now, entries, member = self._of.clock.moment(), self._entries, self._person.page.member
        state, refusal = entries.state, self._judge.refusal(entries, now)
        if refusal or state is None:
            self.refused.emit(refusal)
            return
        self._is_saving = True
        job = partial(self._of.save, member.id, entries, state, now)
        self._courier.send(Lane.WRITE, job, to=self._saved, failed=self._failed, asker=self)

    def close(self) -> None:
        """Close the form; nothing is saved."""
        goes_back, self._goes_back = self._goes_back, False
        self._forget()
        self.form_closed.emit()
        self._come_home(goes_back=goes_back)
        if goes_back:
            self.left.emit()

    def _ask_person(self, member_id: MemberId, job: "partial[PersonRead]") -> None:
        self._forget()
        self._wished = member_id
        self.form_begun.emit()
        self._courier.send(Lane.READ, job, to=self._show_person, failed=self._failed)

    def _show_person(self, read: PersonRead) -> None:
        page = read.page
        if self._wished != page.member.id:
            return
        self._person, self._entries = read, read.entries
        visit, now = read.entries.visit, self._of.clock.moment()
        # Keys pressed ahead were meant for a new visit; what became of a known one is pressed in sight of it.
        self._waits_to_save = self._waits_to_save and visit is None
        self.form_opened.emit(
            FormState(
                identity=self._say.people.identity(page),
                title=self._say.title(visit, now),
                types=self._say.types(),
                clinicians=self._say.clinicians(read.clinicians),
                hows=self._say.hows(),
                moves=self._say.moves(visit) if visit else (),
                safety=self._say.people.safety(page),
                has_another=visit is not None,
            )
        )
        self.entered.emit(self._entries)
        if visit is not None and visit.starts_at is not None:
            self._show(now.calendar.day_of(visit.starts_at))
        self._stand()
        self._ask_times()

    def _ask_times(self) -> None:
        if self._person is None or self._entries is None:
            return
        self._is_reading_times = True
        job = partial(self._of.times, self._person.page.member.id, self._entries.visit_type, self._entries.clinician_id)
        self._courier.send(Lane.READ, job, to=self._show_times, failed=self._failed)

    def _show_times(self, read: TimesRead) -> None:
        if self._person is None:
            return
        self._is_reading_times = False
        self.times_read.emit(self._say.times(read.found, read.deadline, self._of.clock.moment()))
        if self._waits_to_save:
            self._waits_to_save = False
            self.save()

    def _show(self, on: date) -> None:
        self._on = on
        self.refresh()

    def _show_day(self, day: Day) -> None:
        if day.on != self._on:
            return
        self._day = day
        self._tell_day()
        self._stand()

    def _come_home(self, *, goes_back: bool) -> None:
        # A day that was shown for somebody's visit is not the day one looks for the next time.
        if goes_back:
            self.show_today()
        else:
            self._tell_day()

    def _tell_day(self) -> None:
        if self._day is None:
            return
        now, trial = self._of.clock.moment(), None
        if self._person is not None and self._entries is not None:
            trial = self._say.trial(self._entries, self._person.page.member.name, now)
        block = trial[1] if trial is not None and trial[0] == self._day.on else None
        self.day_read.emit(self._say.day(self._day, now, block))

    def _stand(self) -> None:
        if self._person is None or self._entries is None:
            return
        listed = self._day.entries if self._day is not None else ()
        now, member_id = self._of.clock.moment(), self._person.page.member.id
        self.stood.emit(self._judge.standing(self._entries, member_id, now, listed))

    def _saved(self, booked: Booked) -> None:
        if self._person is None:
            return
        words = self._judge.saved(booked, self._person.page.member, self._of.clock.moment())
        goes_back, self._goes_back = self._goes_back, False
        self._forget()
        self.form_closed.emit()
        self._come_home(goes_back=goes_back)
        self._board.post(booked.touched)
        self.saved.emit(SavedVisit(words, booked.visit.id, goes_back))

    def _failed(self, error: BaseException) -> None:
        self._is_saving = self._waits_to_save = self._is_reading_times = False
        if not isinstance(error, KNOWN):
            raise error
        self.refused.emit(self._judge.worded(error))

    def _forget(self) -> None:
        self._person, self._entries, self._wished = None, None, None
        self._is_saving = self._waits_to_save = self._is_reading_times = False

    def _look_again(self, touched: Touched) -> None:
        if touched & _MATTERS and self._is_shown:
            self.refresh()
