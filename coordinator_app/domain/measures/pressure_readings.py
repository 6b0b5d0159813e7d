"""Blood pressures as they were taken: both values of a reading together, with its moment."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from coordinator_app.domain.facts import Coding, FactKind
from coordinator_app.domain.measures import oids
from coordinator_app.domain.measures.findings import amount
from coordinator_app.domain.measures.instants import Moment, finish_of, start_of
from coordinator_app.domain.measures.measure import Sets
from coordinator_app.domain.measures.statuses import CANCELLED, FINAL
from coordinator_app.domain.measures.view import View
from coordinator_app.domain.terminology import LOINC

SETS: Sets = {
    "pressure": (Coding(LOINC, "85354-9"),),
    "systolic": (oids.SYSTOLIC,),
    "diastolic": (oids.DIASTOLIC,),
}

_PANEL = "85354-9"


@dataclass(slots=True)
class Reading:
    """One reading in mm[Hg]; a value that was not told is None."""

    began: Moment
    ended: Moment
    is_final: bool
    systolic: float | None = None
    diastolic: float | None = None

    @property
    def is_whole(self) -> bool:
        """Whether both values are there, and above nothing."""
        return (self.systolic or 0) > 0 and (self.diastolic or 0) > 0

    def is_from(self, systolic: float, diastolic: float) -> bool:
        """Say whether one of the values is at least so high."""
        return (self.systolic or 0) >= systolic or (self.diastolic or 0) >= diastolic


def readings(view: View) -> Sequence[Reading]:
    """Return the readings taken as such, by the time they began; of two at once the later told comes last."""
    found: dict[tuple[Moment, Moment, str], Reading] = {}
    for value in view.of(FactKind.OBSERVATION, "pressure", "systolic", "diastolic"):
        began, ended = start_of(value), finish_of(value)
        if began is None or ended is None or value.status in CANCELLED or _PANEL not in (value.class_code, value.code):
            continue
        key = (began, ended, value.status)
        reading = found.setdefault(key, Reading(began, ended, value.status in FINAL))
        for coding in value.codings:
            if view.means(coding, "systolic"):
                reading.systolic = amount(value, "mm[Hg]")
            elif view.means(coding, "diastolic"):
                reading.diastolic = amount(value, "mm[Hg]")
    return sorted(found.values(), key=_by_time)


def last(taken: Sequence[Reading], where: Callable[[Reading], bool]) -> Reading | None:
    """Return the last reading of which something is so."""
    return next((reading for reading in reversed(taken) if where(reading)), None)


def _by_time(reading: Reading) -> tuple[str, str]:
    day, at = reading.began
    return day.isoformat(), at.isoformat() if at is not None else ""
