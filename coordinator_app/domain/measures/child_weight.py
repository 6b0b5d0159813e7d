"""Children's weight: measured with a percentile, and counseled on food and on movement; three rates."""

from coordinator_app.domain.facts import Coding, FactKind
from coordinator_app.domain.measures import hospice, oids, visits
from coordinator_app.domain.measures.days import is_within, prevailed
from coordinator_app.domain.measures.findings import has_value
from coordinator_app.domain.measures.measure import EXCLUDED, NOBODY, Groups, Measure, Sets, met
from coordinator_app.domain.measures.statuses import BEGUN, DONE, FINAL
from coordinator_app.domain.measures.view import View
from coordinator_app.domain.terminology import LOINC

SETS: Sets = {
    **hospice.SETS,
    "visit": (
        oids.OFFICE,
        oids.COUNSELED_ALONE,
        oids.COUNSELED_IN_GROUP,
        oids.CHILD_FIRST,
        oids.CHILD_AGAIN,
        oids.AT_HOME,
        oids.TELEPHONE,
    ),
    "pregnancy": (oids.PREGNANCY,),
    "body mass": (Coding(LOINC, "39156-5"), Coding(LOINC, "59576-9")),
    "height": (Coding(LOINC, "8302-2"),),
    "weight": (Coding(LOINC, "29463-7"),),
    "food": ("2.16.840.1.113883.3.464.1003.195.12.1003",),
    "movement": ("2.16.840.1.113883.3.464.1003.118.12.1035",),
}

_GROUPS = ("Group_1", "Group_2", "Group_3")


def _judge(view: View) -> Groups:
    if not 3 <= view.age_at_end <= 17 or not visits.came(view, "visit", status=BEGUN):
        return dict.fromkeys(_GROUPS, NOBODY)
    if hospice.in_hospice(view) or _is_pregnant(view):
        return dict.fromkeys(_GROUPS, EXCLUDED)
    measured = all(_was_measured(view, name) for name in ("body mass", "height", "weight"))
    return {
        "Group_1": met(numerator=measured),
        "Group_2": met(numerator=_was_counseled(view, "food")),
        "Group_3": met(numerator=_was_counseled(view, "movement")),
    }


def _is_pregnant(view: View) -> bool:
    return any(prevailed(known, view.start, view.end) for known in view.of(FactKind.CONDITION, "pregnancy"))


def _was_measured(view: View, name: str) -> bool:
    return any(
        has_value(taken) and is_within(taken, view.start, view.end)
        for taken in view.of(FactKind.OBSERVATION, name, status=FINAL)
    )


def _was_counseled(view: View, name: str) -> bool:
    return any(is_within(told, view.start, view.end) for told in view.of(FactKind.PROCEDURE, name, status=DONE))


MEASURE = Measure("CMS155", "weight assessment and counseling of children", SETS, _judge)
