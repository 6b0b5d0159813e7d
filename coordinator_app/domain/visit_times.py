"""Times one could ask a practice for: office hours that clash with nothing, in time before late."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Final

from coordinator_app.domain.activity import Visit
from coordinator_app.domain.calendar import BusinessCalendar, in_utc
from coordinator_app.domain.visit_chain import clashes

SUGGESTED_HOURS: Final = (time(9, 30), time(14), time(16, 30))
LOOK_AHEAD = 60
"""Office days."""


@dataclass(frozen=True, slots=True)
class SuggestedTime:
    """A time one could ask for, in UTC; ``days_late`` after the visit's deadline."""

    starts_at: datetime
    days_late: int


def suggested_times(
    visit: Visit, others: Sequence[Visit], calendar: BusinessCalendar, *, today: date, count: int
) -> tuple[SuggestedTime, ...]:
    """Return times for a visit after today, one a day, soonest first; the visit's own time does not count.

    One a day, because a day on which the patient cannot come would take every time with it. Before a deadline
    there may be fewer days than times: then its days give a second and a third time, and late ones come last.
    """
    day, found = today, list[tuple[bool, int, SuggestedTime]]()
    for _ in range(LOOK_AHEAD):
        day = calendar.next_office_day(day)
        late = max(0, (day - visit.deadline_on).days) if visit.deadline_on else 0
        times = [in_utc(calendar.at(day, hour)) for hour in SUGGESTED_HOURS]
        free = [at for at in times if not clashes(replace(visit, starts_at=at), others)]
        found += [(late > 0, place, SuggestedTime(at, late)) for place, at in enumerate(free)]
        if sum(place == 0 for _, place, _ in found) >= count:
            break
    # Stable: in time before late, then the first time of each day before its second.
    chosen = sorted(found, key=lambda each: each[:2])[:count]
    return tuple(sorted((each for *_, each in chosen), key=lambda each: each.starts_at))
