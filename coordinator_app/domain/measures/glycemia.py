"""Diabetes out of control: the last glycemic result over 9 %, without a value, or never taken. The numerator is bad."""

from coordinator_app.domain.facts import Coding, Fact, FactKind
from coordinator_app.domain.measures import frailty, hospice, oids, palliative, visits
from coordinator_app.domain.measures.days import last_day, prevailed
from coordinator_app.domain.measures.findings import has_value
from coordinator_app.domain.measures.measure import EXCLUDED, NOBODY, Groups, Measure, Place, Sets, met
from coordinator_app.domain.measures.statuses import FINAL
from coordinator_app.domain.measures.view import View
from coordinator_app.domain.terminology import CPT, HCPCS, LOINC

SETS: Sets = {
    **hospice.SETS,
    **palliative.SETS,
    **frailty.SETS,
    "visit": (
        *(oid for oid in visits.ADULT if oid != oids.VIRTUAL),
        oids.NUTRITION,
        *(Coding(CPT, code) for code in ("97802", "97803", "97804")),
        *(Coding(HCPCS, code) for code in ("G0270", "G0271")),
    ),
    "diabetes": (oids.DIABETES,),
    "glycemia": ("2.16.840.1.113883.3.464.1003.198.12.1013", Coding(LOINC, "97506-0")),
}

_TOO_HIGH = 9.0
_PERCENT = frozenset({"%", ""})
_OF_A_VISIT = frozenset({"encounter-diagnosis", ""})
"""The measure asks for a diagnosis made at a visit; claims do not say, and are about visits."""


def _judge(view: View) -> Groups:
    return {"Group_1": _places(view)}


def _places(view: View) -> tuple[Place, ...]:
    if not 18 <= view.age_at_end <= 75 or not _has_diabetes(view) or not visits.came(view, "visit"):
        return NOBODY
    if (
        hospice.in_hospice(view)
        or frailty.lives_in_nursing_home(view)
        or frailty.is_frail_and_ill(view)
        or palliative.in_palliative_care(view)
    ):
        return EXCLUDED
    return met(numerator=_is_out_of_control(view))


def _has_diabetes(view: View) -> bool:
    return any(
        known.category in _OF_A_VISIT and prevailed(known, view.start, view.end) for known in view.diagnoses("diabetes")
    )


def _is_out_of_control(view: View) -> bool:
    """Judge by the lowest result of the last day on which any was taken; one without a number stands lowest.

    A result that is not a number but says something is not taken for a high one.
    """
    results: list[Fact] = []
    for test in view.of(FactKind.OBSERVATION, "glycemia", status=FINAL):
        day = last_day(test)
        if day is not None and view.start <= day <= view.end:
            results.append(test)
    if not results:
        return True
    last = max(day for day in map(last_day, results) if day)
    results = [test for test in results if last_day(test) == last]
    lowest = min(results, key=lambda test: test.value_number if test.value_number is not None else -1.0)
    if lowest.value_number is None:
        return not has_value(lowest)
    return lowest.value_unit in _PERCENT and lowest.value_number > _TOO_HIGH


MEASURE = Measure("CMS122", "glycemic status over 9 %", SETS, _judge)
