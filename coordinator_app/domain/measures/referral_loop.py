"""Referrals closed: the first referral of the year's first ten months was answered by the specialist's report."""

from datetime import date

from coordinator_app.domain.facts import Coding, Fact, FactKind
from coordinator_app.domain.measures import oids
from coordinator_app.domain.measures.days import is_within, was_ordered_within
from coordinator_app.domain.measures.instants import Moment, is_before, written
from coordinator_app.domain.measures.measure import NOBODY, Groups, Measure, Place, Sets, met
from coordinator_app.domain.measures.statuses import DONE, FINISHED, ORDERED
from coordinator_app.domain.measures.view import View
from coordinator_app.domain.measures.visits import came
from coordinator_app.domain.terminology import CPT

SETS: Sets = {
    "visit": (
        oids.OFFICE,
        oids.EYE_CARE,
        oids.ADULT_AGAIN,
        oids.ADULT_FIRST,
        oids.CHILD_AGAIN,
        oids.CHILD_FIRST,
    ),
    "assessment": (
        "2.16.840.1.113883.3.526.3.1023",
        oids.PSYCHIATRIC_EVALUATION,
        *(Coding(CPT, code) for code in ("90839", "96112", "96136", "96138", "96156")),
    ),
    "referral": ("2.16.840.1.113883.3.464.1003.101.12.1046",),
    "report": ("2.16.840.1.113883.3.464.1003.121.12.1006",),
}

_LAST_MONTH, _LAST_DAY = 10, 31


def _judge(view: View) -> Groups:
    return {"Group_1": _places(view)}


def _places(view: View) -> tuple[Place, ...]:
    first = _first_referral(view)
    if first is None or not (came(view, "visit", status=FINISHED) or _was_assessed(view)):
        return NOBODY
    return met(numerator=_is_answered(view, first))


def _was_assessed(view: View) -> bool:
    return any(
        is_within(assessment, view.start, view.end)
        for assessment in view.of(FactKind.PROCEDURE, "assessment", status=DONE)
    )


def _first_referral(view: View) -> Fact | None:
    """Return the earliest referral written up to the end of October."""
    until = date(view.start.year, _LAST_MONTH, _LAST_DAY)
    first: Fact | None = None
    for order in view.of(FactKind.SERVICE_ORDER, "referral", status=ORDERED):
        if order.intent != "order" or not was_ordered_within(order, view.start, until):
            continue
        earliest, this = written(first) if first else None, written(order)
        if earliest is None or (this is not None and is_before(this, earliest)):
            first = order
    return first


def _is_answered(view: View, referral: Fact) -> bool:
    asked, order = written(referral), Coding("order", referral.id)
    for report in view.of(FactKind.TASK, "report", status=DONE):
        if order not in report.reasons or report.ends_on is None or asked is None:
            continue
        came_back = Moment(report.ends_on, report.ends_at)
        if is_before(asked, came_back) and view.start <= report.ends_on <= view.end:
            return True
    return False


MEASURE = Measure("CMS50", "referrals answered by a report", SETS, _judge)
