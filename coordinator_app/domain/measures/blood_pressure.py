"""Blood pressure under control: under 140 and under 90 on the last day it was taken outside hospital."""

from collections.abc import Iterator
from datetime import date

from coordinator_app.domain.facts import Fact, FactKind
from coordinator_app.domain.measures import frailty, hospice, oids, palliative, visits
from coordinator_app.domain.measures.days import end_of, first_day, last_day, prevailed
from coordinator_app.domain.measures.measure import EXCLUDED, NOBODY, Groups, Measure, Place, Sets, met
from coordinator_app.domain.measures.statuses import DONE, FINAL
from coordinator_app.domain.measures.view import View

_KIDNEY = "2.16.840.1.113883.3.464.1003.109.12."

SETS: Sets = {
    **hospice.SETS,
    **palliative.SETS,
    **frailty.SETS,
    "visit": visits.ADULT,
    "hypertension": ("2.16.840.1.113883.3.464.1003.104.12.1011",),
    "pregnant or kidneys failing": (
        oids.PREGNANCY,
        oids.KIDNEY_FAILURE,
        oids.KIDNEY_STAGE_5,
        _KIDNEY + "1029",
    ),
    "kidneys replaced": (_KIDNEY + "1012", _KIDNEY + "1013"),
    "dialysis month": (_KIDNEY + "1014",),
    "hospital": (oids.INPATIENT, oids.EMERGENCY),
    "systolic": (oids.SYSTOLIC,),
    "diastolic": (oids.DIASTOLIC,),
}

_LIMITS = {"systolic": 140.0, "diastolic": 90.0}
_HALF_YEAR = (6, 30)
_ANY_YEAR_FROM = 2026
_HOSPITAL_CLASSES = frozenset({"EMER", "IMP", "ACUTE", "NONAC", "PRENC", "SS"})


def _judge(view: View) -> Groups:
    return {"Group_1": _places(view)}


def _places(view: View) -> tuple[Place, ...]:
    if not 18 <= view.age_at_end <= 85 or not _has_hypertension(view) or not visits.came(view, "visit"):
        return NOBODY
    if (
        hospice.in_hospice(view)
        or _is_pregnant_or_without_kidneys(view)
        or frailty.is_frail_and_ill_or_very_old(view)
        or frailty.lives_in_nursing_home(view)
        or palliative.in_palliative_care(view)
    ):
        return EXCLUDED
    return met(numerator=_is_controlled(view))


def _has_hypertension(view: View) -> bool:
    """Say whether a person had it in the first half of the year."""
    until = date(view.start.year, *_HALF_YEAR)
    return any(prevailed(known, view.start, until) for known in view.diagnoses("hypertension"))


def _is_pregnant_or_without_kidneys(view: View) -> bool:
    return (
        any(prevailed(known, view.start, view.end) for known in view.diagnoses("pregnant or kidneys failing"))
        or any(
            day is not None and day <= view.end
            for day in map(last_day, view.of(FactKind.PROCEDURE, "kidneys replaced", status=DONE))
        )
        or any(
            began is not None and began <= view.end
            for began in map(first_day, view.of(FactKind.ENCOUNTER, "dialysis month", status=visits.took_place(view)))
        )
    )


def _is_controlled(view: View) -> bool:
    """Judge by the lowest of each on the last day; a reading of that day without a number leaves it open."""
    taken = {name: list(_qualifying(view, name)) for name in _LIMITS}
    days = {last_day(reading) for readings in taken.values() for reading in readings}
    if not days:
        return False
    last = max(day for day in days if day)
    for name, limit in _LIMITS.items():
        values = [reading.value_number for reading in taken[name] if last_day(reading) == last]
        known = [value for value in values if value is not None]
        if not known or len(known) < len(values) or min(known) >= limit:
            return False
    return True


def _qualifying(view: View, name: str) -> Iterator[Fact]:
    """Yield readings not taken during a stay or an emergency visit.

    The measure of 2026 lets those in that lie outside every such visit, whatever their year, and those of its own year
    whose visit was of another class. We follow it here; the list of reasons looks at the year alone.
    """
    stays = [
        (began, ended)
        for stay in view.of(FactKind.ENCOUNTER, "hospital", status=visits.took_place(view))
        if (began := first_day(stay)) and (ended := end_of(stay))
    ]
    for reading in view.of(FactKind.OBSERVATION, name, status=FINAL):
        day = last_day(reading)
        if day is None:
            continue
        is_of_the_year = view.start <= day <= view.end
        if not any(began <= day <= ended for began, ended in stays):
            if is_of_the_year or view.end.year >= _ANY_YEAR_FROM:
                yield reading
        elif is_of_the_year:
            visit = view.visit_of(reading)
            if visit is not None and visit.class_code not in _HOSPITAL_CLASSES:
                yield reading


MEASURE = Measure("CMS165", "blood pressure control", SETS, _judge)
