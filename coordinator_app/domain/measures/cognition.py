"""Dementia: cognition assessed within twelve months. Feeds the scorecard only."""

from collections.abc import Sequence

from coordinator_app.domain.facts import Fact, FactKind
from coordinator_app.domain.measures import heart_failure, oids
from coordinator_app.domain.measures.at_visits import was_written_during
from coordinator_app.domain.measures.days import end_of, first_day, months_before
from coordinator_app.domain.measures.findings import has_value
from coordinator_app.domain.measures.instants import prevailed_during
from coordinator_app.domain.measures.measure import NOBODY, Groups, Measure, Place, Sets, met
from coordinator_app.domain.measures.statuses import FINAL, FINISHED
from coordinator_app.domain.measures.view import View
from coordinator_app.domain.measures.visits import visits

_ROOT = "2.16.840.1.113883.3.526.3."
_ASSESSING = (
    oids.PSYCHIATRIC_EVALUATION,
    oids.NURSING_FACILITY,
    oids.RESIDENTIAL,
    oids.AT_HOME,
    oids.PSYCHOTHERAPY,
    _ROOT + "1023",
    oids.OCCUPATIONAL_THERAPY,
    oids.OFFICE,
    oids.CONSULTATION,
)

SETS: Sets = {
    "assessing": _ASSESSING,
    "visit": (*_ASSESSING, oids.INTERACTION),
    "dementia": (_ROOT + "1005",),
    "assessment": (_ROOT + "1006", _ROOT + "1332"),
    "reason": (oids.PATIENT_REASON, oids.REFUSED),
}

_MONTHS = 12
_LIKELY = frozenset({"", "confirmed", "provisional", "differential"})


def _judge(view: View) -> Groups:
    return {"Group_1": _places(view)}


def _places(view: View) -> tuple[Place, ...]:
    lasting = [
        known
        for known in view.of(FactKind.CONDITION, "dementia")
        if known.verification in _LIKELY and (known.ends_on is None or known.ends_on > view.end)
    ]
    if not lasting or not heart_failure.came_twice(view, "visit"):
        return NOBODY
    seen = [
        visit
        for visit in visits(view, "assessing", status=FINISHED)
        if any(prevailed_during(known, visit) for known in lasting)
    ]
    if not seen:
        return NOBODY
    if _was_assessed(view, seen):
        return met(numerator=True)
    return met(numerator=False, excepted=_was_declined(view, seen))


def _was_assessed(view: View, seen: Sequence[Fact]) -> bool:
    """Say whether there was a result within the twelve months up to the end of one of the visits."""
    for assessment in view.of(FactKind.OBSERVATION, "assessment", status=FINAL):
        day = first_day(assessment)
        if day is None or not has_value(assessment):
            continue
        for visit in seen:
            until = end_of(visit)
            if until is not None and months_before(until, _MONTHS) <= day <= until:
                return True
    return False


def _was_declined(view: View, seen: Sequence[Fact]) -> bool:
    return any(
        was_written_during(refusal, visit)
        for refusal in view.refused(FactKind.OBSERVATION, "assessment")
        if view.means(refusal.negation_reason, "reason")
        for visit in seen
    )


MEASURE = Measure("CMS149", "dementia: cognition assessed", SETS, _judge)
