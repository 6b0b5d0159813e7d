"""A visit asked of a practice that has not answered: it waits, and comes back when an answer is due (practice 18)."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from coordinator_app.domain.activity import Visit, VisitState
from coordinator_app.domain.calendar import Moment
from coordinator_app.domain.ids import ReasonId
from coordinator_app.domain.reasons import Reason, ReasonKind
from coordinator_app.domain.visit_chain import latest

AFTER_HOSPITAL: Final = "pcp_after_hospital"
ANSWER_DAYS: Final = {AFTER_HOSPITAL: 1}
"""Working days a practice has to answer; after a stay in hospital one, else three."""
USUAL_DAYS: Final = 3

UNANSWERED: Final = "visit.unanswered"


def answer_due(visit: Visit, now: Moment) -> date:
    """Return the day on which an asked visit without an answer comes back to the queue."""
    asked_on = now.day_of(visit.occurred_at)
    return now.calendar.business_days_after(asked_on, ANSWER_DAYS.get(visit.visit_type, USUAL_DAYS))


def unanswered(revisions: Iterable[Visit]) -> Visit | None:
    """Return the visit that was asked of a practice first and waits for its answer, if any."""
    waiting = [each for each in latest(revisions) if each.state is VisitState.ASKED]
    return min(waiting, key=lambda each: (each.occurred_at, each.id), default=None)


def visit_reason(visit: Visit, points: int, now: Moment) -> Reason:
    """Return an unanswered visit as the reason it is from the day on which the practice should have answered."""
    due = answer_due(visit, now)
    asked_on = now.day_of(visit.occurred_at)
    return Reason(
        id=ReasonId(visit.id),
        member_id=visit.member_id,
        kind=ReasonKind.FOLLOW_UP,
        rule=UNANSWERED,
        rule_version="",
        subject=visit.visit_id,
        episode=visit.id,
        sentence="visit_unanswered",
        opens_on=due,
        due_on=due,
        severity=points,
        arguments={"visit_type": visit.visit_type, "asked_on": asked_on.isoformat(), "points.follow_up": points},
        evidence_on=asked_on,
        sensitivity=visit.sensitivity,
    )
