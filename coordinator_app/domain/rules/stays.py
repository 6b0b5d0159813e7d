"""Hospital stays and emergency visits made of encounters: transfers joined, the same stay told twice counted once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from itertools import zip_longest

from coordinator_app.domain.facts import Fact

_INPATIENT = frozenset({"IMP", "ACUTE", "NONAC", "OBSENC", "INPATIENT", "OBSERVATION", "SNF"})
_EMERGENCY = frozenset({"EMER", "EMERGENCY"})
_NOT_YET = frozenset({"planned", "arrived", "triaged", "cancelled", "entered-in-error"})
_STILL_IN = frozenset({"in-progress", "onleave"})
_OVER = frozenset({"finished", "completed", "discharged"})
_ACUTE = frozenset({"EM", "UR", "S", "A", "EMERGENCY", "URGENT", "TRAUMA", "1", "2", "5"})
_ELECTIVE = frozenset({"EL", "R", "ELECTIVE", "ROUTINE", "NEWBORN", "3", "4"})


class WentTo(StrEnum):
    """Where a person went on leaving a hospital."""

    HOME = "home"
    AGAINST_ADVICE = "against_advice"
    FACILITY = "facility"
    HOSPICE = "hospice"
    DIED = "died"
    UNKNOWN = "unknown"


_GRAVEST = (
    WentTo.DIED,
    WentTo.HOSPICE,
    WentTo.FACILITY,
    WentTo.AGAINST_ADVICE,
    WentTo.HOME,
    WentTo.UNKNOWN,
)
"""Where two sources tell different ends of one stay, the graver one is believed."""

_FACILITIES = (
    "snf rehab long psy other-hcf 02 03 04 05 2 3 4 5 43 61 62 63 64 65 66 70 82 83 84 85 88 89 90 91 92 93 94 95"
)
_DISPOSITIONS: dict[str, WentTo] = {
    **dict.fromkeys(("home", "alt-home", "01", "1", "06", "6", "08", "8", "81", "86"), WentTo.HOME),
    **dict.fromkeys(("aadvice", "07", "7"), WentTo.AGAINST_ADVICE),
    **dict.fromkeys(("hosp", "hospice", "50", "51"), WentTo.HOSPICE),
    **dict.fromkeys(("exp", "20", "40", "41", "42"), WentTo.DIED),
    **dict.fromkeys(_FACILITIES.split(), WentTo.FACILITY),
}
"""FHIR's discharge dispositions and the patient status values of the claim form [K, NUBC]."""


@dataclass(frozen=True, slots=True)
class Stay:
    """One time in hospital, from the first admission to the last discharge; both are days as the source wrote them.

    ``is_acute`` is None where no source says how the person was admitted.
    """

    encounters: tuple[Fact, ...]
    admitted_on: date
    discharged_on: date | None
    is_acute: bool | None
    went_to: WentTo

    @property
    def days(self) -> int:
        """Whole days as a difference of dates, as LACE counts them; zero while the stay lasts."""
        return (self.discharged_on - self.admitted_on).days if self.discharged_on else 0

    def holds(self, day: date) -> bool:
        """Say whether the night after ``day`` was spent in hospital."""
        return self.admitted_on <= day and (self.discharged_on is None or day < self.discharged_on)


def is_inpatient(fact: Fact) -> bool:
    """Say whether an encounter is a stay that was begun."""
    return fact.class_code.upper() in _INPATIENT and fact.status not in _NOT_YET and fact.starts_on is not None


def is_emergency(fact: Fact) -> bool:
    """Say whether an encounter is a visit to an emergency department."""
    return fact.class_code.upper() in _EMERGENCY and fact.status not in _NOT_YET and fact.starts_on is not None


def stays_of(encounters: Iterable[Fact], today: date, transfer_days: int = 1) -> tuple[Stay, ...]:
    """Return the stays in order of admission.

    An admission within ``transfer_days`` of a discharge goes on with the same stay, unless that discharge was said to
    be home and the admission came on a later day. An emergency visit that ends in the stay makes it an acute one.
    An admission whose end nobody told is over when the next one begins: one lost message may not hide a discharge.
    """
    told = list(encounters)
    emergencies = [fact for fact in told if is_emergency(fact)]
    groups: list[list[Fact]] = []
    for fact in sorted(filter(is_inpatient, told), key=lambda f: (_start(f), _end(f, today) or date.max, f.id)):
        if groups and _goes_on(groups[-1], fact, today, transfer_days):
            groups[-1].append(fact)
        else:
            groups.append([fact])
    found = [_stay(group, emergencies, today) for group in groups]
    return tuple(
        replace(stay, discharged_on=after.admitted_on) if stay.discharged_on is None and after else stay
        for stay, after in zip_longest(found, found[1:])
    )


def emergency_days(encounters: Iterable[Fact], stays: Sequence[Stay]) -> tuple[date, ...]:
    """Return the days of emergency visits that did not end in a stay; one a day, however often it was told."""
    visits: list[tuple[date, date]] = []
    for fact in sorted(filter(is_emergency, encounters), key=_start):
        start, end = _start(fact), max(_start(fact), fact.ends_on or _start(fact))
        if any(start <= stay.admitted_on <= end + timedelta(1) or stay.holds(start) for stay in stays):
            continue
        if visits and start <= visits[-1][1]:
            visits[-1] = (visits[-1][0], max(visits[-1][1], end))
        else:
            visits.append((start, end))
    return tuple(start for start, _ in visits)


def admitted_since(encounters: Iterable[Fact], today: date) -> date | None:
    """Return since when the person is in hospital now, or None."""
    stays = stays_of(encounters, today)
    return stays[-1].admitted_on if stays and stays[-1].discharged_on is None else None


def _start(fact: Fact) -> date:
    return fact.starts_on or date.min


def _end(fact: Fact, today: date) -> date | None:
    if fact.status in _STILL_IN or fact.disposition == "30":
        return None
    end = fact.ends_on or (_start(fact) if fact.status in _OVER else None)
    return None if end is None or end > today else max(end, _start(fact))


def _goes_on(group: Sequence[Fact], fact: Fact, today: date, transfer_days: int) -> bool:
    last = _last_end(group, today)
    if last is None:
        return (_start(fact) - max(map(_start, group))).days <= transfer_days
    if _start(fact) <= last:
        return True
    went_home = any(_end(f, today) == last and _went_to(f) is WentTo.HOME for f in group)
    return not went_home and (_start(fact) - last).days <= transfer_days


def _last_end(group: Sequence[Fact], today: date) -> date | None:
    """Return the discharge; an admission still open is an old message when the same admission ended elsewhere."""
    ended = {_start(f): _end(f, today) for f in group if _end(f, today)}
    ends = [_end(f, today) for f in group if _end(f, today) or _start(f) not in ended]
    return None if None in ends else max(end for end in ends if end)


def _went_to(fact: Fact) -> WentTo:
    return _DISPOSITIONS.get(fact.disposition.lower(), WentTo.UNKNOWN)


def _stay(group: list[Fact], emergencies: Sequence[Fact], today: date) -> Stay:
    admitted, discharged = _start(group[0]), _last_end(group, today)
    last = [_went_to(f) for f in group if _end(f, today) == discharged]
    said = [place for place in last if place is not WentTo.UNKNOWN]
    return Stay(
        encounters=tuple(group),
        admitted_on=admitted,
        discharged_on=discharged,
        is_acute=_is_acute([f for f in group if _start(f) == admitted], admitted, emergencies),
        went_to=min(said, key=_GRAVEST.index, default=WentTo.UNKNOWN),
    )


def _is_acute(first: Sequence[Fact], admitted: date, emergencies: Sequence[Fact]) -> bool | None:
    said = {fact.priority.upper() for fact in first}
    if said & _ACUTE:
        return True
    if said & _ELECTIVE:
        return False
    came = any(_start(f) <= admitted <= (f.ends_on or _start(f)) + timedelta(1) for f in emergencies)
    return True if came else None
