"""Falls: old people asked with a screening tool whether they are at risk of falling."""

from coordinator_app.domain.measures import hospice, oids, visits
from coordinator_app.domain.measures.days import is_within
from coordinator_app.domain.measures.findings import SURVEY, found_by
from coordinator_app.domain.measures.measure import EXCLUDED, NOBODY, Groups, Measure, Place, Sets, met
from coordinator_app.domain.measures.view import View

_PLACES = "2.16.840.1.113883.3.464.1003.101.12."

SETS: Sets = {
    **hospice.SETS,
    "visit": (
        *visits.ADULT,
        oids.EYE_CARE,
        oids.COUNSELED_ALONE,
        oids.PHYSICAL_THERAPY,
        oids.OCCUPATIONAL_THERAPY,
        _PLACES + "1012",
        _PLACES + "1013",
        _PLACES + "1014",
        _PLACES + "1066",
    ),
    "falls tool": ("2.16.840.1.113883.3.464.1003.118.12.1028",),
}


def _judge(view: View) -> Groups:
    return {"Group_1": _places(view)}


def _places(view: View) -> tuple[Place, ...]:
    if view.age_at_start < 65 or not visits.came(view, "visit"):
        return NOBODY
    if hospice.in_hospice(view):
        return EXCLUDED
    return met(numerator=any(is_within(asked, view.start, view.end) for asked in found_by(view, SURVEY, "falls tool")))


MEASURE = Measure("CMS139", "falls risk screening", SETS, _judge)
