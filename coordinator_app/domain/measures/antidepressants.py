"""Antidepressants kept up: 84 days of the first 115, and 180 of the first 232, covered by what was handed out."""

from collections.abc import Sequence
from datetime import date

from coordinator_app.domain.facts import Fact, FactKind
from coordinator_app.domain.measures import hospice, oids, visits
from coordinator_app.domain.measures.courses import course, covered_days
from coordinator_app.domain.measures.days import days_after
from coordinator_app.domain.measures.measure import EXCLUDED, NOBODY, Groups, Measure, Sets, met
from coordinator_app.domain.measures.statuses import ACTIVE, HANDED_OUT, ORDER
from coordinator_app.domain.measures.view import View

SETS: Sets = {
    **hospice.SETS,
    "visit": (*visits.ADULT, oids.NURSING_FACILITY, oids.PSYCHIATRIC_EVALUATION, oids.PSYCHOTHERAPY),
    "antidepressant": ("2.16.840.1.113883.3.464.1003.196.12.1213",),
    "major depression": ("2.16.840.1.113883.3.464.1003.105.12.1007",),
}

_NEAR = 60
_FREE_BEFORE = 105
_ACUTE, _ACUTE_DAYS = 114, 84
_LONG, _LONG_DAYS = 231, 180


def _judge(view: View) -> Groups:
    fills = [
        taken
        for fill in view.of(FactKind.DISPENSE, "antidepressant", status=HANDED_OUT)
        if (taken := course(fill)) is not None
    ]
    first = _first_fill(view, fills)
    if first is None or view.age_on(first) < 18 or not _is_counted(view, first):
        return {"Group_1": NOBODY, "Group_2": NOBODY}
    if hospice.in_hospice(view) or _was_treated_before(view, first):
        return {"Group_1": EXCLUDED, "Group_2": EXCLUDED}
    return {
        "Group_1": met(numerator=covered_days(fills, first, days_after(first, _ACUTE)) >= _ACUTE_DAYS),
        "Group_2": met(numerator=covered_days(fills, first, days_after(first, _LONG)) >= _LONG_DAYS),
    }


def _first_fill(view: View, fills: Sequence[tuple[date, date]]) -> date | None:
    """Return the first day on which one was handed out from May of the year before to April."""
    since, until = date(view.start.year - 1, 5, 1), date(view.start.year, 4, 30)
    return min((began for began, _ in fills if since <= began <= until), default=None)


def _is_counted(view: View, first: date) -> bool:
    """Say whether major depression began, and a visit took place, within sixty days of the first fill."""
    return any(_is_near(known, first) for known in view.diagnoses("major depression")) and any(
        _is_near(visit, first) for visit in view.of(FactKind.ENCOUNTER, "visit", status=visits.took_place(view))
    )


def _is_near(fact: Fact, first: date) -> bool:
    return fact.starts_on is not None and abs((fact.starts_on - first).days) <= _NEAR


def _was_treated_before(view: View, first: date) -> bool:
    since = days_after(first, -_FREE_BEFORE)
    return any(
        order.intent in ORDER and (taken := course(order)) is not None and taken[0] < first and since <= taken[1]
        for order in view.of(FactKind.DRUG_ORDER, "antidepressant", status=ACTIVE)
    )


MEASURE = Measure("CMS128", "antidepressants kept up", SETS, _judge)
