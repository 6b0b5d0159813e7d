"""Tobacco: asked about it, and helped to stop where used; three rates."""

from datetime import date

from coordinator_app.domain.facts import Coding, Fact, FactKind
from coordinator_app.domain.measures import hospice, oids, visits
from coordinator_app.domain.measures.courses import course
from coordinator_app.domain.measures.days import beginning, is_within, onset, was_ordered_within
from coordinator_app.domain.measures.findings import SURVEY, found_by
from coordinator_app.domain.measures.measure import NOBODY, Groups, Measure, Place, Sets
from coordinator_app.domain.measures.statuses import ACTIVE, DONE, ORDER, ORDERED
from coordinator_app.domain.measures.view import View
from coordinator_app.domain.terminology import CPT, ICD10CM

_TALKS = "2.16.840.1.113883.3.526.3."

SETS: Sets = {
    **hospice.SETS,
    "preventive visit": (
        oids.WELLNESS,
        oids.ADULT_FIRST,
        oids.ADULT_AGAIN,
        oids.CHILD_FIRST,
        oids.CHILD_AGAIN,
        oids.COUNSELED_ALONE,
        oids.COUNSELED_IN_GROUP,
        oids.NUTRITION,
        Coding(CPT, "99429"),
        Coding(CPT, "99024"),
    ),
    "visit": (
        oids.AT_HOME,
        oids.OFFICE,
        oids.EYE_CARE,
        oids.PHYSICAL_THERAPY,
        oids.OCCUPATIONAL_THERAPY,
        oids.TELEPHONE,
        oids.VIRTUAL,
        _TALKS + "1492",
        _TALKS + "1496",
        _TALKS + "1141",
        _TALKS + "1530",
        Coding(CPT, "96156"),
        Coding(CPT, "96158"),
    ),
    "asked": (_TALKS + "1278",),
    "user": (_TALKS + "1170",),
    "non-user": (_TALKS + "1189",),
    "counseling": (_TALKS + "509",),
    "counseled": (Coding(ICD10CM, "Z71.6"),),
    "stopping drug": (_TALKS + "1190",),
}

_FROM_AGE = 12
_VISITS = 2
_HELP_SINCE = (7, 1)
"""Help counts from half a year before the period."""


def _judge(view: View) -> Groups:
    if view.age_at_start < _FROM_AGE or not _came(view):
        return dict.fromkeys(("Group_1", "Group_2", "Group_3"), NOBODY)
    excluded = hospice.in_hospice(view)
    answer = _last_answer(view)
    coding = answer.value_coding if answer else None
    uses, is_free = view.means(coding, "user"), view.means(coding, "non-user")
    helped = uses and not excluded and _was_helped(view)
    return {
        "Group_1": (Place(excluded=excluded, numerator=uses or is_free),),
        "Group_2": (Place(denominator=uses, excluded=excluded, numerator=helped),),
        "Group_3": (Place(excluded=excluded, numerator=is_free or helped),),
    }


def _came(view: View) -> bool:
    return visits.came(view, "preventive visit") or sum(1 for _ in visits.visits(view, "visit")) >= _VISITS


def _last_answer(view: View) -> Fact | None:
    """Return the last answer of the period; of two that began together, the one told last."""
    last: Fact | None = None
    for answer in found_by(view, SURVEY, "asked"):
        if is_within(answer, view.start, view.end) and (last is None or beginning(answer) >= beginning(last)):
            last = answer
    return last


def _was_helped(view: View) -> bool:
    since, end = date(view.start.year - 1, *_HELP_SINCE), view.end
    if any(is_within(talk, since, end) for talk in view.of(FactKind.PROCEDURE, "counseling", status=DONE)):
        return True
    if any(since <= onset(talk) <= end for talk in view.diagnoses("counseled")):
        return True
    for order in view.of(FactKind.DRUG_ORDER, "stopping drug", status=ORDERED):
        if order.intent not in ORDER:
            continue
        if was_ordered_within(order, since, end):
            return True
        taken = course(order) if order.status in ACTIVE else None
        if taken is not None and since <= taken[0] and taken[1] <= end:
            return True
    return False


MEASURE = Measure("CMS138", "tobacco screening and cessation", SETS, _judge)
