"""Eye exam in diabetes: in the year with retinopathy, within two years without."""

from coordinator_app.domain.measures import frailty, hospice, oids, palliative, visits
from coordinator_app.domain.measures.days import is_within, prevailed, years_before
from coordinator_app.domain.measures.findings import EXAM, found_by
from coordinator_app.domain.measures.measure import EXCLUDED, NOBODY, Groups, Measure, Place, Sets, met
from coordinator_app.domain.measures.view import View

SETS: Sets = {
    **hospice.SETS,
    **palliative.SETS,
    **frailty.SETS,
    "visit": (*(oid for oid in visits.ADULT if oid != oids.VIRTUAL), oids.EYE_CARE),
    "diabetes": (oids.DIABETES,),
    "retinopathy": ("2.16.840.1.113883.3.526.3.327",),
    "eye exam": ("2.16.840.1.113883.3.464.1003.115.12.1088",),
}


def _judge(view: View) -> Groups:
    return {"Group_1": _places(view)}


def _places(view: View) -> tuple[Place, ...]:
    start, end = view.start, view.end
    if (
        not 18 <= view.age_at_end <= 75
        or not any(prevailed(known, start, end) for known in view.diagnoses("diabetes"))
        or not visits.came(view, "visit")
    ):
        return NOBODY
    if (
        hospice.in_hospice(view)
        or frailty.is_frail_and_ill(view)
        or frailty.lives_in_nursing_home(view)
        or palliative.in_palliative_care(view)
    ):
        return EXCLUDED
    is_ill = any(prevailed(known, start, end) for known in view.diagnoses("retinopathy"))
    since = start if is_ill else years_before(start, 1)
    return met(numerator=any(is_within(exam, since, end) for exam in found_by(view, EXAM, "eye exam")))


MEASURE = Measure("CMS131", "eye exam in diabetes", SETS, _judge)
