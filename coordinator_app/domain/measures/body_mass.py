"""Body mass index taken in the year, and a plan where it is not normal."""

from collections.abc import Iterator
from datetime import date

from coordinator_app.domain.facts import Coding, Fact, FactKind
from coordinator_app.domain.measures import hospice, oids, palliative
from coordinator_app.domain.measures.at_visits import problems
from coordinator_app.domain.measures.days import (
    abated,
    is_within,
    last_day,
    onset,
    overlaps,
    prevailed,
    was_ordered_within,
)
from coordinator_app.domain.measures.findings import amount
from coordinator_app.domain.measures.measure import EXCLUDED, NOBODY, Groups, Measure, Place, Sets, met
from coordinator_app.domain.measures.statuses import DONE, FINAL, FINISHED
from coordinator_app.domain.measures.view import View
from coordinator_app.domain.measures.visits import visits
from coordinator_app.domain.terminology import LOINC

_WEIGHT = "2.16.840.1.113883.3.600.1."
_CARE = "2.16.840.1.113883.3.526.3."

SETS: Sets = {
    **hospice.SETS,
    **palliative.SETS,
    "visit": (_WEIGHT + "1751",),
    "index": (Coding(LOINC, "39156-5"),),
    "pregnant": (_WEIGHT + "1623",),
    "pregnancy asked": (Coding(LOINC, "82810-3"),),
    "plan above": (_WEIGHT + "1525",),
    "plan below": (_WEIGHT + "1528",),
    "referral": (_WEIGHT + "1527",),
    "drug above": (_CARE + "1561",),
    "drug below": (_CARE + "1562",),
    "overweight": ("2.16.840.1.113762.1.4.1047.502",),
    "underweight": (_CARE + "1563",),
    "reason": (oids.MEDICAL_REASON,),
    "declined or reason": (oids.MEDICAL_REASON, oids.DECLINED, oids.REFUSED),
}

_VIRTUAL = "VR"
_LOW, _HIGH = 18.5, 25.0
_CONCERN = "health-concern"


def _judge(view: View) -> Groups:
    return {"Group_1": _places(view)}


def _places(view: View) -> tuple[Place, ...]:
    days = {
        visit.starts_on
        for visit in visits(view, "visit", status=FINISHED)
        if visit.class_code != _VIRTUAL and visit.starts_on is not None
    }
    if not any(view.age_on(day) >= 18 for day in days):
        return NOBODY
    if hospice.in_hospice(view) or palliative.in_palliative_care(view) or _is_pregnant(view):
        return EXCLUDED
    if _is_cared_for(view):
        return met(numerator=True)
    return met(numerator=False, excepted=_was_declined(view, days))


def _is_pregnant(view: View) -> bool:
    return any(prevailed(known, view.start, view.end) for known in view.of(FactKind.CONDITION, "pregnant")) or any(
        view.means(answer.value_coding, "pregnant") and overlaps(answer, view.start, view.end)
        for answer in view.of(FactKind.OBSERVATION, "pregnancy asked")
    )


def _is_cared_for(view: View) -> bool:
    """Say whether all indexes were normal, or one that was not was followed by its plan."""
    found = [
        index
        for taken in view.of(FactKind.OBSERVATION, "index", status=FINAL)
        if (index := amount(taken, "kg/m2")) is not None and index > 0 and is_within(taken, view.start, view.end)
    ]
    high, low = any(index >= _HIGH for index in found), any(index < _LOW for index in found)
    if not high and not low:
        return bool(found)
    return (high and _has_plan_above(view)) or (low and _has_plan_below(view))


def _has_plan_above(view: View) -> bool:
    since = list(problems(view, "overweight"))
    for order in _orders(view, "plan above", "referral", "drug above"):
        if view.is_for(order, "overweight") or any(onset(known) <= (order.authored_on or date.min) for known in since):
            return True
    for step in view.of(FactKind.PROCEDURE, "plan above"):
        began = step.starts_on
        if began is None or not view.start <= began <= view.end:
            continue
        if view.is_for(step, "overweight") or any(onset(known) <= began <= abated(known) for known in since):
            return True
    return False


def _has_plan_below(view: View) -> bool:
    # The measure takes being underweight from health concerns only, not from the list of problems.
    since = [known for known in problems(view, "underweight") if known.category in (_CONCERN, "")]
    for order in _orders(view, "plan below", "referral", "drug below"):
        if view.is_for(order, "underweight") or any(onset(known) <= (order.authored_on or date.min) for known in since):
            return True
    for step in view.of(FactKind.PROCEDURE, "plan below"):
        began = step.starts_on
        if began is None or not view.start <= began <= view.end:
            continue
        if view.is_for(step, "underweight") and step.status in DONE:
            return True
        if is_within(step, view.start, view.end) and any(onset(known) <= began <= abated(known) for known in since):
            return True
    return False


def _orders(view: View, plan: str, referral: str, drug: str) -> Iterator[Fact]:
    """Yield the orders of a plan, or of its drugs, written within the year."""
    for order in (*view.of(FactKind.SERVICE_ORDER, plan, referral), *view.of(FactKind.DRUG_ORDER, drug)):
        if was_ordered_within(order, view.start, view.end):
            yield order


def _was_declined(view: View, days: set[date]) -> bool:
    """Say whether the index was not taken, or no plan made, at a visit, and for a reason that counts."""
    return (
        any(
            last_day(index) in days and view.means(index.negation_reason, "declined or reason")
            for index in view.refused(FactKind.OBSERVATION, "index")
        )
        or any(
            order.authored_on in days and order.status in DONE and view.means(order.negation_reason, "reason")
            for order in view.refused(FactKind.SERVICE_ORDER, "referral", "plan above", "plan below")
        )
        or any(
            order.authored_on in days and order.status in DONE and view.is_for(order, "reason")
            for order in view.refused(FactKind.DRUG_ORDER, "drug above", "drug below")
        )
    )


MEASURE = Measure("CMS69", "body mass index and plan", SETS, _judge)
