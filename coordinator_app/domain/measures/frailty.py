"""Frailty with advanced illness, and living in a nursing home: reasons not to screen old people."""

from coordinator_app.domain.facts import Coding, Fact, FactKind
from coordinator_app.domain.measures.courses import course
from coordinator_app.domain.measures.days import (
    ended_within,
    last_day,
    onset,
    overlaps,
    prevailed,
    was_ordered_within,
    years_before,
)
from coordinator_app.domain.measures.findings import SURVEY, found_by
from coordinator_app.domain.measures.measure import Sets
from coordinator_app.domain.measures.statuses import ACTIVE, NOTED, ORDER, ORDERED
from coordinator_app.domain.measures.view import View
from coordinator_app.domain.measures.visits import touched
from coordinator_app.domain.terminology import LOINC, SNOMED

SETS: Sets = {
    "advanced illness": ("2.16.840.1.113883.3.464.1003.110.12.1082",),
    "dementia drug": ("2.16.840.1.113883.3.464.1003.196.12.1510",),
    "frailty device": ("2.16.840.1.113883.3.464.1003.118.12.1300",),
    "frailty diagnosis": ("2.16.840.1.113883.3.464.1003.113.12.1074",),
    "frailty visit": ("2.16.840.1.113883.3.464.1003.101.12.1088",),
    "frailty symptom": ("2.16.840.1.113883.3.464.1003.113.12.1075",),
    "equipment asked": (Coding(LOINC, "98181-1"),),
    "housing asked": (Coding(LOINC, "71802-3"),),
    "nursing home": (Coding(SNOMED, "160734000"),),
}

_FROM_AGE = 66
_VERY_OLD = 81


def is_frail_and_ill(view: View) -> bool:
    """Say whether a person of 66 or more is frail and gravely ill."""
    return view.age_at_end >= _FROM_AGE and _is_frail(view) and _is_gravely_ill(view)


def is_frail_and_ill_or_very_old(view: View) -> bool:
    """Say the same, but from 81 on frailty is enough."""
    age = view.age_at_end
    return age >= _FROM_AGE and _is_frail(view) and (age >= _VERY_OLD or _is_gravely_ill(view))


def lives_in_nursing_home(view: View) -> bool:
    """Say whether the last word on the housing of a person of 66 or more was a nursing home."""
    if view.age_at_end < _FROM_AGE:
        return False
    last: Fact | None = None
    for known in found_by(view, SURVEY, "housing asked"):
        day = last_day(known)
        if day is not None and day <= view.end and (last is None or _moment(known) >= _moment(last)):
            last = known
    return last is not None and view.means(last.value_coding, "nursing home")


def _is_frail(view: View) -> bool:
    start, end = view.start, view.end
    return (
        any(
            order.intent in ORDER and was_ordered_within(order, start, end)
            for order in view.of(FactKind.DEVICE_ORDER, "frailty device", status=ORDERED)
        )
        or any(
            view.means(known.value_coding, "frailty device") and ended_within(known, start, end)
            for known in found_by(view, SURVEY, "equipment asked")
        )
        or any(prevailed(known, start, end) for known in view.diagnoses("frailty diagnosis"))
        or touched(view, "frailty visit")
        or any(overlaps(known, start, end) for known in view.of(FactKind.OBSERVATION, "frailty symptom", status=NOTED))
    )


def _is_gravely_ill(view: View) -> bool:
    since, end = years_before(view.start, 1), view.end
    if any(since <= onset(known) <= end for known in view.diagnoses("advanced illness")):
        return True
    for order in view.of(FactKind.DRUG_ORDER, "dementia drug", status=ACTIVE):
        taken = course(order) if order.intent in ORDER else None
        if taken is not None and taken[0] <= end and since <= taken[1]:
            return True
    return False


def _moment(fact: Fact) -> tuple[str, str]:
    day, at = last_day(fact), fact.ends_at or fact.starts_at
    return (day.isoformat() if day else "", at.isoformat() if at else "")
