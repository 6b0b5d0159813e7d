"""What the schedule needs done in the store, as plain functions for the lanes."""

from dataclasses import dataclass
from datetime import date

from coordinator_app.domain.activity import Visit, VisitState
from coordinator_app.domain.calendar import Moment
from coordinator_app.domain.ids import ClinicianId, MemberId
from coordinator_app.domain.reasons import ReasonKind
from coordinator_app.domain.visit_chain import IS_OVER
from coordinator_app.domain.visit_times import SuggestedTime
from coordinator_app.services.booking import Booked, Booking
from coordinator_app.services.chart import Chart, PatientPage
from coordinator_app.services.directory import ClinicianListing
from coordinator_app.services.ports import Clock
from coordinator_app.ui.screens.schedule.entries import VisitEntries, entries_of

OFFERED = 3


@dataclass(frozen=True, slots=True)
class PersonRead:
    """A person with the directory and what the form begins with."""

    page: PatientPage
    clinicians: tuple[ClinicianListing, ...]
    entries: VisitEntries

    @property
    def has_another(self) -> bool:
        """Whether the person has a visit that is not over, so that a new one is another."""
        return any(each.state not in IS_OVER for each in self.page.visits)


@dataclass(frozen=True, slots=True)
class TimesRead:
    """The times that fit a kind of visit with a clinician, and by when it should be."""

    found: tuple[SuggestedTime, ...]
    deadline: date | None


@dataclass(frozen=True, slots=True)
class ScheduleServices:
    """The services of one desk, as far as the schedule needs them."""

    booking: Booking
    chart: Chart
    clock: Clock

    def person(self, member_id: MemberId, visit: Visit | None = None, *, is_new: bool = False) -> PersonRead:
        """Return a person with the form of a visit: the one given, the one that is under way, or a new one."""
        page = self.chart.open(member_id)
        under_way = [each for each in page.visits if each.state not in IS_OVER]
        shown = visit or (under_way[-1] if under_way and not is_new else None)
        entries = entries_of(shown, self.booking.history(shown)) if shown else _new(page)
        return PersonRead(page, self.booking.clinicians(), entries)

    def times(self, member_id: MemberId, visit_type: str, clinician_id: ClinicianId | None) -> TimesRead:
        """Return the times that fit."""
        return TimesRead(
            self.booking.suggest(member_id, visit_type, clinician_id, count=OFFERED),
            self.booking.deadline(member_id, visit_type),
        )

    def save(self, member_id: MemberId, entries: VisitEntries, state: VisitState, now: Moment) -> Booked:
        """Write a new visit, or the next revision of a known one."""
        form = entries.form(member_id, state, now)
        if entries.visit is None:
            return self.booking.ask(form)
        return self.booking.move_on(entries.visit.visit_id, form)


def _new(page: PatientPage) -> VisitEntries:
    # A discharge stays one after the call that answered it: its visit is the next thing to ask for.
    kinds = {each.reason.kind for each in page.reasons if each.standing.why != "wrong"}
    kind = "pcp_after_hospital" if ReasonKind.DISCHARGE in kinds else "pcp"
    return VisitEntries(kind, page.member.clinician_id)
