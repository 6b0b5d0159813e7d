"""Depression screening at a visit, and a plan where it is positive."""

from dataclasses import dataclass
from datetime import date

from coordinator_app.domain.facts import Coding, Fact, FactKind
from coordinator_app.domain.measures import oids
from coordinator_app.domain.measures import visits as visits_of
from coordinator_app.domain.measures.courses import course
from coordinator_app.domain.measures.days import beginning, days_after, first_day, last_day, onset
from coordinator_app.domain.measures.findings import has_value
from coordinator_app.domain.measures.measure import EXCLUDED, NOBODY, Groups, Measure, Place, Sets, met
from coordinator_app.domain.measures.statuses import DONE, FINISHED, ORDER, ORDERED
from coordinator_app.domain.measures.view import View
from coordinator_app.domain.terminology import LOINC, SNOMED

_PLANS = "2.16.840.1.113883.3.526.3."

SETS: Sets = {
    "visit": ("2.16.840.1.113883.3.600.1916", oids.PHYSICAL_THERAPY, oids.TELEPHONE),
    "bipolar": ("2.16.840.1.113883.3.67.1.101.1.128",),
    "reason": (oids.MEDICAL_REASON, Coding(SNOMED, "720834000")),
    "negative": (Coding(SNOMED, "428171000124102"),),
    "positive": (Coding(SNOMED, "428181000124104"),),
    "youth tool": (Coding(LOINC, "73831-0"),),
    "youth drug": (_PLANS + "1567",),
    "youth referral": (_PLANS + "1570",),
    "youth plan": (_PLANS + "1569",),
    "adult tool": (Coding(LOINC, "73832-8"),),
    "adult drug": (_PLANS + "1566",),
    "adult referral": (_PLANS + "1571",),
    "adult plan": (_PLANS + "1568",),
}

_FROM_AGE, _EITHER_AGE = 12, 17
_SCREENED_BEFORE = 14
_PLANNED_AFTER = 2
_SCREENED = frozenset({"final", "corrected"})
_AT_A_VISIT = "encounter-diagnosis"
"""Bipolar disorder counts from the list of problems, not from a single visit."""


@dataclass(frozen=True, slots=True)
class _Kit:
    """Our words for the tool of an age group, and for the plans that may follow."""

    tool: str
    drug: str
    referral: str
    plan: str


_YOUTH = _Kit("youth tool", "youth drug", "youth referral", "youth plan")
_ADULT = _Kit("adult tool", "adult drug", "adult referral", "adult plan")


def _judge(view: View) -> Groups:
    return {"Group_1": _places(view)}


def _places(view: View) -> tuple[Place, ...]:
    age = view.age_at_start
    if age < _FROM_AGE:
        return NOBODY
    visits = list(visits_of.visits(view, "visit", status=FINISHED))
    if not visits:
        return NOBODY
    latest = max(day for day in map(first_day, visits) if day)
    if any(known.category != _AT_A_VISIT and onset(known) < latest for known in view.of(FactKind.CONDITION, "bipolar")):
        return EXCLUDED
    screens = {kit: _screens(view, kit, visits) for kit in (_YOUTH, _ADULT)}
    fitting = [_YOUTH] if age < _EITHER_AGE else [_YOUTH, _ADULT] if age == _EITHER_AGE else [_ADULT]
    return met(
        numerator=any(_is_answered(view, kit, screens[kit], visits) for kit in fitting),
        excepted=any(not screens[kit] and _had_reason(view, kit, visits) for kit in (_YOUTH, _ADULT)),
    )


def _screens(view: View, kit: _Kit, visits: list[Fact]) -> list[Fact]:
    """Return the screenings with an answer that ended on the day of a visit or up to 14 days before."""
    return [
        screen
        for screen in view.of(FactKind.OBSERVATION, kit.tool, status=_SCREENED)
        if has_value(screen) and any(_was_before(last_day(screen), visit) for visit in visits)
    ]


def _was_before(day: date | None, visit: Fact) -> bool:
    began = first_day(visit)
    return day is not None and began is not None and days_after(began, -_SCREENED_BEFORE) <= day <= began


def _is_answered(view: View, kit: _Kit, screens: list[Fact], visits: list[Fact]) -> bool:
    if not screens:
        return False
    last = sorted(screens, key=beginning)[-1]
    if view.means(last.value_coding, "negative"):
        return True
    if not view.means(last.value_coding, "positive"):
        return False
    near = [visit for visit in visits if _was_before(first_day(last), visit)]
    return (
        any(_was_during(plan, visit) for plan in view.of(FactKind.PROCEDURE, kit.plan, status=DONE) for visit in near)
        or any(
            _followed(view, order, visit)
            for order in view.of(FactKind.SERVICE_ORDER, kit.referral, status=ORDERED)
            for visit in near
        )
        or any(
            order.intent in ORDER
            and any(_outlasts(order, visit) for visit in near)
            and any(_followed(view, order, visit) for visit in near)
            for order in view.of(FactKind.DRUG_ORDER, kit.drug, status=ORDERED)
        )
    )


def _was_during(plan: Fact, visit: Fact) -> bool:
    """Say whether a plan was begun within a visit, by the clock where both tell the time."""
    if plan.starts_at and visit.starts_at and visit.ends_at:
        return visit.starts_at <= plan.starts_at <= visit.ends_at
    day, began, ended = first_day(plan), first_day(visit), last_day(visit)
    return day is not None and began is not None and ended is not None and began <= day <= ended


def _followed(view: View, order: Fact, visit: Fact) -> bool:
    ended, written = last_day(visit), order.authored_on
    if ended is None or written is None:
        return False
    return ended <= written <= days_after(ended, _PLANNED_AFTER) and view.start <= written <= view.end


def _outlasts(order: Fact, visit: Fact) -> bool:
    """Say whether a drug was begun by the end of a visit and goes on after it."""
    taken, ended = course(order), last_day(visit)
    return taken is not None and ended is not None and taken[0] <= ended < taken[1]


def _had_reason(view: View, kit: _Kit, visits: list[Fact]) -> bool:
    return any(
        view.means(noted.negation_reason, "reason") and any(_was_noted_at(noted, visit) for visit in visits)
        for noted in view.refused(FactKind.OBSERVATION, kit.tool)
    )


def _was_noted_at(noted: Fact, visit: Fact) -> bool:
    began, ended, day = first_day(visit), last_day(visit), noted.authored_on
    return day is not None and began is not None and ended is not None and began <= day <= ended


MEASURE = Measure("CMS2", "depression screening and follow-up", SETS, _judge)
