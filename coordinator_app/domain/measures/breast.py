"""Breast cancer screening: a mammogram within the 27 months up to the end of the year."""

from datetime import date

from coordinator_app.domain.facts import FactKind
from coordinator_app.domain.measures import frailty, hospice, palliative, visits
from coordinator_app.domain.measures.days import ended_within, last_day, onset
from coordinator_app.domain.measures.findings import IMAGING, found_by
from coordinator_app.domain.measures.measure import EXCLUDED, NOBODY, Groups, Measure, Place, Sets, met
from coordinator_app.domain.measures.statuses import DONE
from coordinator_app.domain.measures.view import View

_REMOVALS = "2.16.840.1.113883.3.464.1003.198.12."

SETS: Sets = {
    **hospice.SETS,
    **palliative.SETS,
    **frailty.SETS,
    "visit": visits.ADULT,
    "mammogram": ("2.16.840.1.113883.3.464.1003.108.12.1018",),
    "both removed": (_REMOVALS + "1005",),
    "both gone": (_REMOVALS + "1068",),
    "left gone": (_REMOVALS + "1069",),
    "right gone": (_REMOVALS + "1070",),
    "one gone": (_REMOVALS + "1071",),
    "left removed": (_REMOVALS + "1133",),
    "right removed": (_REMOVALS + "1134",),
}

_LEFT, _RIGHT = "7771000", "24028007"
"""Sides of the body (SNOMED CT), as a condition names its place."""


def _judge(view: View) -> Groups:
    return {"Group_1": _places(view)}


def _places(view: View) -> tuple[Place, ...]:
    if not 42 <= view.age_at_end <= 74 or view.person.sex != "female" or not visits.came(view, "visit"):
        return NOBODY
    if (
        hospice.in_hospice(view)
        or _has_no_breast(view)
        or frailty.is_frail_and_ill(view)
        or frailty.lives_in_nursing_home(view)
        or palliative.in_palliative_care(view)
    ):
        return EXCLUDED
    since = date(view.start.year - 2, 10, 1)
    return met(
        numerator=any(ended_within(picture, since, view.end) for picture in found_by(view, IMAGING, "mammogram"))
    )


def _has_no_breast(view: View) -> bool:
    if _is_gone(view, "both gone", "both removed"):
        return True
    return _is_gone(view, "left gone", "left removed", _LEFT) and _is_gone(view, "right gone", "right removed", _RIGHT)


def _is_gone(view: View, gone: str, removed: str, side: str = "") -> bool:
    return (
        any(onset(known) <= view.end for known in view.diagnoses(gone))
        or any(
            ended is not None and ended <= view.end
            for ended in map(last_day, view.of(FactKind.PROCEDURE, removed, status=DONE))
        )
        or (
            bool(side) and any(side in known.place and onset(known) <= view.end for known in view.diagnoses("one gone"))
        )
    )


MEASURE = Measure("CMS125", "breast cancer screening", SETS, _judge)
