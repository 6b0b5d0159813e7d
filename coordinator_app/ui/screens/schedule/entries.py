"""What was chosen and typed about a visit: a value, the state it means, and the form it becomes."""

from dataclasses import dataclass
from datetime import datetime, time
from typing import Final

from coordinator_app.domain.activity import Visit, VisitState
from coordinator_app.domain.calendar import Moment, in_utc
from coordinator_app.domain.ids import ClinicianId, MemberId
from coordinator_app.domain.typed_time import typed_moment
from coordinator_app.services.booking import VisitForm

HOURS: Final = time(9)
"""The time of a day that was typed without one."""

STEPS: Final = (VisitState.WANTED, VisitState.ASKED, VisitState.CONFIRMED, VisitState.TOLD, VisitState.KEPT)

HAS_TIME: Final = frozenset({VisitState.WANTED, VisitState.ASKED, VisitState.CONFIRMED})
"""The states in which a time may be chosen; later it stands."""

MOVES: Final = {
    VisitState.WANTED: (VisitState.ASKED, VisitState.CONFIRMED, VisitState.CANCELLED),
    VisitState.ASKED: (VisitState.CONFIRMED, VisitState.ASKED, VisitState.WANTED, VisitState.CANCELLED),
    VisitState.CONFIRMED: (
        VisitState.TOLD,
        VisitState.KEPT,
        VisitState.NO_SHOW,
        VisitState.CONFIRMED,
        VisitState.CANCELLED,
    ),
    VisitState.TOLD: (VisitState.KEPT, VisitState.NO_SHOW, VisitState.CONFIRMED, VisitState.CANCELLED),
    VisitState.NO_SHOW: (VisitState.ASKED, VisitState.WANTED, VisitState.CONFIRMED),
    VisitState.CANCELLED: (VisitState.WANTED,),
    VisitState.KEPT: (),
}
"""What may follow, the likeliest first; the rules themselves are ``domain.visit_chain``."""


@dataclass(frozen=True, slots=True)
class VisitEntries:
    """``move`` is the state a known visit goes to; a new one takes its state from what was told about it.

    ``chosen`` is one of the times offered; ``typed`` is another time as it was typed, and wins.
    ``history`` are the revisions of a known visit, the first first.
    """

    visit_type: str
    clinician_id: ClinicianId | None = None
    how_asked: str = ""
    asked_of: str = ""
    confirmed_by: str = ""
    chosen: datetime | None = None
    typed: str = ""
    visit: Visit | None = None
    history: tuple[Visit, ...] = ()
    move: VisitState | None = None

    @property
    def state(self) -> VisitState | None:
        """The state that would be saved; None while nobody said what became of a known visit."""
        if self.visit is not None:
            return self.move
        if self.confirmed_by.strip():
            return VisitState.CONFIRMED
        return VisitState.ASKED if self.how_asked else VisitState.WANTED

    def starts_at(self, now: Moment) -> datetime | None:
        """Return the time in UTC, or the one the visit has already."""
        if self.typed.strip():
            read = typed_moment(self.typed, now.today)
            return None if read is None else in_utc(now.calendar.at(read[0], read[1] or HOURS))
        return self.chosen or (self.visit.starts_at if self.visit else None)

    def form(self, member_id: MemberId, state: VisitState, now: Moment) -> VisitForm:
        """Return what the service saves."""
        known = self.visit
        return VisitForm(
            member_id=member_id,
            visit_type=self.visit_type,
            state=state,
            clinician_id=self.clinician_id,
            starts_at=self.starts_at(now),
            minutes=known.minutes if known else 30,
            place=known.place if known else "",
            how_asked=self.how_asked,
            asked_of=self.asked_of.strip(),
            confirmed_by=self.confirmed_by.strip(),
            note=known.note if known else "",
        )


def entries_of(visit: Visit, history: tuple[Visit, ...] = ()) -> VisitEntries:
    """Return the form of a known visit with what led to it; what happens to it next is not chosen."""
    return VisitEntries(
        visit.visit_type,
        visit.clinician_id,
        visit.how_asked,
        visit.asked_of,
        visit.confirmed_by,
        visit=visit,
        history=history or (visit,),
    )
