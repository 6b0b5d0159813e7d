"""Colorectal cancer screening: each test counts for as many calendar years as it lasts."""

from coordinator_app.domain.facts import FactKind
from coordinator_app.domain.measures import frailty, hospice, palliative, visits
from coordinator_app.domain.measures.days import ended_within, last_day, onset, was_latest_within, years_before
from coordinator_app.domain.measures.findings import IMAGING, found_by, has_value
from coordinator_app.domain.measures.measure import EXCLUDED, NOBODY, Groups, Measure, Place, Sets, met
from coordinator_app.domain.measures.statuses import DONE, FINAL
from coordinator_app.domain.measures.view import View

SETS: Sets = {
    **hospice.SETS,
    **palliative.SETS,
    **frailty.SETS,
    "visit": visits.ADULT,
    "colonoscopy": ("2.16.840.1.113883.3.464.1003.108.12.1020",),
    "ct colonography": ("2.16.840.1.113883.3.464.1003.108.12.1038",),
    "blood in stool": ("2.16.840.1.113883.3.464.1003.198.12.1011",),
    "stool dna": ("2.16.840.1.113883.3.464.1003.108.12.1039",),
    "sigmoidoscopy": ("2.16.840.1.113883.3.464.1003.198.12.1010",),
    "cancer": ("2.16.840.1.113883.3.464.1003.108.12.1001",),
    "colon removed": ("2.16.840.1.113883.3.464.1003.198.12.1019",),
}

_LABORATORY = {"blood in stool": 0, "stool dna": 2}
_LOOKED_INSIDE = {"colonoscopy": 9, "sigmoidoscopy": 4}
_PICTURES = {"ct colonography": 4}
"""Test to the calendar years before the measure's in which it still counts."""


def _judge(view: View) -> Groups:
    return {"Group_1": _places(view)}


def _places(view: View) -> tuple[Place, ...]:
    if not 46 <= view.age_at_end <= 75 or not visits.came(view, "visit"):
        return NOBODY
    if (
        hospice.in_hospice(view)
        or _has_no_healthy_colon(view)
        or frailty.is_frail_and_ill(view)
        or frailty.lives_in_nursing_home(view)
        or palliative.in_palliative_care(view)
    ):
        return EXCLUDED
    return met(numerator=_was_screened(view))


def _has_no_healthy_colon(view: View) -> bool:
    return any(onset(known) <= view.end for known in view.diagnoses("cancer")) or any(
        day is not None and day <= view.end
        for day in map(last_day, view.of(FactKind.PROCEDURE, "colon removed", status=DONE))
    )


def _was_screened(view: View) -> bool:
    start, end = view.start, view.end
    return (
        any(
            ended_within(seen, years_before(start, years), end)
            for name, years in _LOOKED_INSIDE.items()
            for seen in view.of(FactKind.PROCEDURE, name, status=DONE)
        )
        or any(
            ended_within(seen, years_before(start, years), end)
            for name, years in _PICTURES.items()
            for seen in found_by(view, IMAGING, name)
        )
        or any(
            has_value(test) and was_latest_within(test, years_before(start, years), end)
            for name, years in _LABORATORY.items()
            for test in view.of(FactKind.OBSERVATION, name, status=FINAL)
        )
    )


MEASURE = Measure("CMS130", "colorectal cancer screening", SETS, _judge)
