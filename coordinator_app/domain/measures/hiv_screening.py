"""HIV screening: one test ever, between 15 and 65. Confidential."""

from coordinator_app.domain.facts import Coding, FactKind
from coordinator_app.domain.measures import oids, visits
from coordinator_app.domain.measures.days import first_day, onset
from coordinator_app.domain.measures.findings import has_value
from coordinator_app.domain.measures.measure import EXCLUDED, NOBODY, Groups, Measure, Place, Sets, met
from coordinator_app.domain.measures.statuses import FINAL, FINISHED
from coordinator_app.domain.measures.view import View
from coordinator_app.domain.terminology import LOINC

SETS: Sets = {
    "visit": (oids.OFFICE, oids.ADULT_FIRST, oids.ADULT_AGAIN, oids.CHILD_FIRST, oids.CHILD_AGAIN),
    "hiv": (oids.HIV,),
    "hiv test": ("2.16.840.1.113762.1.4.1056.50", Coding(LOINC, "75622-1")),
}

_AGES = range(15, 66)


def _judge(view: View) -> Groups:
    return {"Group_1": _places(view)}


def _places(view: View) -> tuple[Place, ...]:
    if view.age_at_start not in _AGES or not visits.came(view, "visit", status=FINISHED):
        return NOBODY
    if any(
        onset(known) < view.start and known.verification != "refuted" for known in view.of(FactKind.CONDITION, "hiv")
    ):
        return EXCLUDED
    died = view.person.deceased_on
    return met(numerator=_was_tested(view), excepted=died is not None and died <= view.end)


def _was_tested(view: View) -> bool:
    for test in view.of(FactKind.OBSERVATION, "hiv test", status=FINAL):
        day = first_day(test)
        if day is not None and day <= view.end and view.age_on(day) in _AGES and has_value(test):
            return True
    return False


MEASURE = Measure("CMS349", "HIV screening", SETS, _judge)
