"""Turns the wishes of the Patient screen into reads, and their answers into what is shown."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal

from coordinator_app.domain.access import Looked
from coordinator_app.domain.draft import Draft
from coordinator_app.domain.ids import MemberId
from coordinator_app.domain.trouble import Refusal
from coordinator_app.services.chart import Chart, PatientPage
from coordinator_app.services.drafts import Drafts
from coordinator_app.services.ports import Clock
from coordinator_app.services.touched import Touched
from coordinator_app.services.work_queue import WorkQueue
from coordinator_app.ui.screens.patient.wording import PatientWording
from coordinator_app.ui.shared.courier import Errands, Lane
from coordinator_app.ui.shared.noticeboard import Noticeboard


@dataclass(frozen=True, slots=True)
class PatientServices:
    """What the screen asks."""

    chart: Chart
    queue: WorkQueue
    drafts: Drafts
    clock: Clock


@dataclass(frozen=True, slots=True)
class _Read:
    page: PatientPage
    tries: int
    drafts: tuple[Draft, ...]


class PatientViewModel(QObject):
    """One person at a time.

    Signals:
        state_changed(PatientState or None): show this person, or that nobody is open.
        lost(): the person asked for is not on this computer any more.
        call_requested(str), appointment_requested(str), teaching_requested(str), letter_requested(str): a wish about
        the member of this id, for another screen.
        looked(Looked, str): a chart or a confidential item of this member is on the screen.
    """

    state_changed = Signal(object)
    lost = Signal()
    call_requested = Signal(str)
    appointment_requested = Signal(str)
    teaching_requested = Signal(str)
    letter_requested = Signal(str)
    looked = Signal(object, str)

    def __init__(
        self, services: PatientServices, courier: Errands, noticeboard: Noticeboard, wording: PatientWording
    ) -> None:
        super().__init__()
        self._services, self._courier, self._wording = services, courier, wording
        self._member: MemberId | None = None
        self._read_now: _Read | None = None
        self._opens = False
        noticeboard.touched.connect(self._look_again)

    @property
    def page(self) -> PatientPage | None:
        """The page of the person open, once it was read."""
        return self._read_now.page if self._read_now is not None else None

    def open(self, member_id: MemberId) -> None:
        """Open somebody; confidential items are closed again."""
        if member_id != self._member:
            self._member, self._read_now, self._opens = member_id, None, False
            self.state_changed.emit(None)
        self.refresh()

    def refresh(self) -> None:
        """Read the person open again."""
        if self._member is not None:
            job = partial(self._read, self._member)
            self._courier.send(Lane.READ, job, to=self._take, failed=self._lose)

    def toggle_confidential(self) -> None:
        """Open the confidential reasons of this person, or close them."""
        self._opens = not self._opens
        if self._opens and self._read_now is not None:
            self.looked.emit(Looked.CONFIDENTIAL_OPENED, self._member)
        self._show()

    def wish(self, what: str) -> None:
        """Ask another screen for the person open: call, appointment, teaching or letter."""
        if self._member is not None:
            getattr(self, f"{what}_requested").emit(self._member)

    def _read(self, member_id: MemberId) -> _Read:
        services = self._services
        listed = services.queue.person(member_id)
        drafts = tuple(each for each in services.drafts.unfinished() if each.member_id == member_id)
        return _Read(services.chart.open(member_id), len(listed.ranked.shown.tries) if listed else 0, drafts)

    def _take(self, read: _Read) -> None:
        if read.page.member.id == self._member:
            if self._read_now is None:
                self.looked.emit(Looked.CHART_OPENED, self._member)
            self._read_now = read
            self._show()

    def _lose(self, error: BaseException) -> None:
        if not isinstance(error, Refusal):
            raise error
        self._member = self._read_now = None
        self.state_changed.emit(None)
        self.lost.emit()

    def _show(self) -> None:
        read = self._read_now
        if read is not None:
            now = self._services.clock.moment()
            self.state_changed.emit(
                self._wording.state(read.page, now, read.drafts, tries=read.tries, opens=self._opens)
            )

    def _look_again(self, touched: Touched) -> None:
        if touched:
            self.refresh()
