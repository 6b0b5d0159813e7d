"""Kidney health in diabetes: filtration rate and urine albumin both with a value in the year."""

from coordinator_app.domain.facts import FactKind
from coordinator_app.domain.measures import hospice, oids, palliative, visits
from coordinator_app.domain.measures.days import is_within, prevailed
from coordinator_app.domain.measures.findings import has_value
from coordinator_app.domain.measures.measure import EXCLUDED, NOBODY, Groups, Measure, Place, Sets, met
from coordinator_app.domain.measures.statuses import FINAL, FINISHED
from coordinator_app.domain.measures.view import View

SETS: Sets = {
    **hospice.SETS,
    **palliative.SETS,
    "visit": (*(oid for oid in visits.ADULT if oid != oids.VIRTUAL), oids.CONSULTATION),
    "diabetes": (oids.DIABETES,),
    "kidneys failing": (oids.KIDNEY_FAILURE, oids.KIDNEY_STAGE_5),
    "filtration": ("2.16.840.1.113883.3.6929.3.1000",),
    "albumin": ("2.16.840.1.113883.3.6929.3.1007",),
}


def _judge(view: View) -> Groups:
    return {"Group_1": _places(view)}


def _places(view: View) -> tuple[Place, ...]:
    if (
        not 18 <= view.age_at_start <= 85
        or not _has(view, "diabetes")
        or not visits.came(view, "visit", status=FINISHED)
    ):
        return NOBODY
    if _has(view, "kidneys failing") or hospice.in_hospice(view) or palliative.in_palliative_care(view):
        return EXCLUDED
    return met(numerator=_was_tested(view, "filtration") and _was_tested(view, "albumin"))


def _has(view: View, name: str) -> bool:
    return any(known.status == "active" and prevailed(known, view.start, view.end) for known in view.diagnoses(name))


def _was_tested(view: View, name: str) -> bool:
    return any(
        has_value(test) and is_within(test, view.start, view.end)
        for test in view.of(FactKind.OBSERVATION, name, status=FINAL)
    )


MEASURE = Measure("CMS951", "kidney health in diabetes", SETS, _judge)
