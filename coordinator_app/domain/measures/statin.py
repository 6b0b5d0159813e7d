"""Statins for four groups at risk: vascular disease, very high cholesterol, diabetes, and a high ten-year risk."""

from coordinator_app.domain.facts import Coding, FactKind
from coordinator_app.domain.measures import hospice, oids, palliative
from coordinator_app.domain.measures.at_visits import CONTINUOUS, problems
from coordinator_app.domain.measures.days import is_within, onset, prevailed, was_ordered_within
from coordinator_app.domain.measures.findings import amount
from coordinator_app.domain.measures.instants import is_during, written
from coordinator_app.domain.measures.measure import EXCLUDED, NOBODY, Groups, Measure, Place, Sets, met
from coordinator_app.domain.measures.statuses import DONE, FINAL, FINISHED, ORDERED
from coordinator_app.domain.measures.view import View
from coordinator_app.domain.measures.visits import came, visits
from coordinator_app.domain.terminology import ICD10CM, LOINC

_CARE = "2.16.840.1.113883.3.526.3."
_HEART = "2.16.840.1.113762.1.4.1047."

SETS: Sets = {
    **hospice.SETS,
    **palliative.SETS,
    "visit": (
        oids.WELLNESS,
        oids.OFFICE,
        oids.CONSULTATION,
        _CARE + "1576",
        oids.ADULT_AGAIN,
        oids.ADULT_FIRST,
        oids.COUNSELED_ALONE,
        "2.16.840.1.113883.3.464.1003.101.11.1150",
    ),
    "vascular disease": (_CARE + "403", _HEART + "44", _HEART + "21", _HEART + "46", _HEART + "47"),
    "later infarction": (Coding(ICD10CM, "I22.2"),),
    "vessel procedure": (
        "2.16.840.1.113762.1.4.1045.67",
        "2.16.840.1.113883.3.666.5.694",
        "2.16.840.1.113883.3.117.1.7.1.204",
        "2.16.840.1.113762.1.4.1138.566",
    ),
    "ldl": (_CARE + "1573",),
    "familial": (_HEART + "100",),
    "diabetes": (oids.DIABETES,),
    "ten-year risk": (Coding(LOINC, "99055-6"), Coding(LOINC, "79423-0")),
    "never": (_HEART + "73", _HEART + "102"),
    "against": (
        "2.16.840.1.113883.3.464.1003.110.12.1024",
        "2.16.840.1.113883.3.67.1.101.1.269",
        _HEART + "42",
        "2.16.840.1.113762.1.4.1108.85",
        oids.KIDNEY_FAILURE,
    ),
    "allergen": ("2.16.840.1.113762.1.4.1110.42",),
    "statin": (_CARE + "1572", _CARE + "1574", _CARE + "1575"),
    "reason": (oids.MEDICAL_REASON,),
}
"""``never`` are breastfeeding and the breakdown of muscle; ``against`` liver disease, sore muscles, failed kidneys."""

_GROUPS = ("Group_1", "Group_2", "Group_3", "Group_4")
_VERY_HIGH_LDL = 190.0
_HIGH_RISK = 20.0
_RESULTS = FINAL | {"appended"}


def _judge(view: View) -> Groups:
    groups = _groups(view) if came(view, "visit", status=FINISHED) else ()
    places = _places(view) if groups else NOBODY
    return {each: places if each in groups else NOBODY for each in _GROUPS}


def _groups(view: View) -> tuple[str, ...]:
    """Return the first group a person belongs to; with a later infarction and no other disease also the first of all.

    The measure counts that one code for the first group, but does not keep it out of the others.
    """
    if _has_vascular_disease(view):
        return ("Group_1",)
    later = any(onset(known) <= view.end for known in problems(view, "later infarction"))
    return (("Group_1",) if later else ()) + _groups_without_disease(view)


def _groups_without_disease(view: View) -> tuple[str, ...]:
    age = view.age_at_start
    if _has_very_high_ldl(view):
        return ("Group_2",) if 20 <= age <= 75 else ()
    if 40 <= age <= 75:
        if any(prevailed(known, view.start, view.end) for known in problems(view, "diabetes")):
            return ("Group_3",)
        if _is_at_high_risk(view):
            return ("Group_4",)
    return ()


def _places(view: View) -> tuple[Place, ...]:
    if any(prevailed(known, view.start, view.end) for known in problems(view, "never")):
        return EXCLUDED
    if _takes_statin(view):
        return met(numerator=True)
    return met(numerator=False, excepted=_must_not(view))


def _has_vascular_disease(view: View) -> bool:
    return any(onset(known) <= view.end for known in problems(view, "vascular disease")) or any(
        operation.starts_on is not None and operation.starts_on <= view.end
        for operation in view.of(FactKind.PROCEDURE, "vessel procedure", status=DONE)
    )


def _has_very_high_ldl(view: View) -> bool:
    return any(onset(known) <= view.end for known in problems(view, "familial")) or any(
        result.starts_on is not None
        and result.starts_on <= view.end
        and (value := amount(result, "mg/dL")) is not None
        and value >= _VERY_HIGH_LDL
        for result in view.of(FactKind.OBSERVATION, "ldl", status=_RESULTS)
    )


def _is_at_high_risk(view: View) -> bool:
    return any(
        (risk := amount(result, "%")) is not None and risk >= _HIGH_RISK and is_within(result, view.start, view.end)
        for result in view.of(FactKind.OBSERVATION, "ten-year risk")
    )


def _takes_statin(view: View) -> bool:
    """Say whether one was ordered in the year, or was to be taken in it where the order tells its course."""
    for order in view.of(FactKind.DRUG_ORDER, "statin", status=ORDERED):
        if order.intent != "order":
            continue
        if was_ordered_within(order, view.start, view.end):
            return True
        tells_course = order.ends_on is not None or order.class_code == CONTINUOUS
        began, ended = order.starts_on, order.ends_on or view.end
        if tells_course and began is not None and began <= view.end and view.start <= ended:
            return True
    return False


def _must_not(view: View) -> bool:
    return (
        any(
            allergy.status == "active" and onset(allergy) <= view.end and (allergy.ends_on or view.end) >= view.start
            for allergy in view.of(FactKind.ALLERGY, "allergen")
        )
        or hospice.in_hospice(view)
        or palliative.in_palliative_care(view)
        or any(prevailed(known, view.start, view.end) for known in problems(view, "against"))
        or any(
            was_ordered_within(reaction, view.start, view.end)
            for reaction in view.of(FactKind.ADVERSE_EVENT, "allergen")
        )
        or _was_refused(view)
    )


def _was_refused(view: View) -> bool:
    """Say whether a statin was expressly not ordered at a visit, for a medical reason."""
    return any(
        is_during(written(order), visit)
        for order in view.refused(FactKind.DRUG_ORDER, "statin")
        if order.status in DONE and view.is_for(order, "reason")
        for visit in visits(view, "visit", status=FINISHED)
    )


MEASURE = Measure("CMS347", "statins for those at risk", SETS, _judge)
