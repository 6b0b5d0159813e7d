"""Drugs for attention deficit in children: a visit in the first thirty days, and two more in the nine months after."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from coordinator_app.domain.facts import Coding, Fact, FactKind
from coordinator_app.domain.measures import hospice, oids
from coordinator_app.domain.measures.courses import course, covered_days
from coordinator_app.domain.measures.days import days_after, end_of, months_before, onset
from coordinator_app.domain.measures.measure import EXCLUDED, NOBODY, Groups, Measure, Place, Sets, met
from coordinator_app.domain.measures.statuses import ACTIVE, ORDER, ORDERED
from coordinator_app.domain.measures.view import View
from coordinator_app.domain.measures.visits import took_place
from coordinator_app.domain.terminology import RXNORM, SNOMED

_ROOT = "2.16.840.1.113883.3.464.1003."

_DRUGS: Sets = {
    "atomoxetine": (_ROOT + "1170",),
    "clonidine": (_ROOT + "1171",),
    "dexmethylphenidate": (_ROOT + "1172",),
    "dextroamphetamine": (_ROOT + "1173",),
    "lisdexamfetamine": (_ROOT + "1174",),
    "methylphenidate": (_ROOT + "1176",),
    "guanfacine": (_ROOT + "196.11.1252",),
    "methamphetamine": (Coding(RXNORM, "977860"),),
}

SETS: Sets = {
    **hospice.SETS,
    **_DRUGS,
    "visit": (oids.OFFICE, oids.AT_HOME, oids.CHILD_AGAIN, oids.CHILD_FIRST),
    "follow-up": (
        oids.OFFICE,
        oids.COUNSELED_IN_GROUP,
        _ROOT + "101.12.1054",
        oids.COUNSELED_ALONE,
        oids.CONSULTATION,
        oids.AT_HOME,
        oids.CHILD_FIRST,
        oids.CHILD_AGAIN,
        oids.PSYCHIATRIC_EVALUATION,
        oids.PSYCHOTHERAPY,
        oids.TELEPHONE,
    ),
    "follow-up outside hospital": (_ROOT + "101.12.1055",),
    "outside hospital": (_ROOT + "122.12.1003",),
    "virtual": (oids.VIRTUAL,),
    "mental disorder": (_ROOT + "105.12.1203",),
    "narcolepsy": (_ROOT + "114.12.1011",),
}

_FREE_BEFORE = 120
_SEEN_BEFORE_MONTHS = 6
_INITIATION = 30
_CONTINUATION = 300
_COVERED = 210


def _judge(view: View) -> Groups:
    since, until = date(view.start.year - 1, 3, 1), date(view.start.year, 3, 1) - timedelta(1)
    if view.age_on(since) < 6 or view.age_on(until) > 12:
        return {"Group_1": NOBODY, "Group_2": NOBODY}
    first = _first_order(view, since, until)
    if first is None or not _was_seen_before(view, first):
        return {"Group_1": NOBODY, "Group_2": NOBODY}
    is_excluded = hospice.in_hospice(view) or any(onset(known) <= view.end for known in view.diagnoses("narcolepsy"))
    seen = _days_of(view, first)
    started = any(first < day <= days_after(first, _INITIATION) for day in seen)
    is_one, is_two = (
        not _was_admitted(view, first, _INITIATION),
        _is_covered(view, first) and not _was_admitted(view, first, _CONTINUATION),
    )
    return {
        "Group_1": _places(is_one, is_excluded, started),
        "Group_2": _places(is_two, is_excluded, started and _is_kept_up(view, first, seen)),
    }


def _places(is_counted: bool, is_excluded: bool, numerator: bool) -> tuple[Place, ...]:  # noqa: FBT001
    if not is_counted:
        return NOBODY
    return EXCLUDED if is_excluded else met(numerator=numerator)


def _first_order(view: View, since: date, until: date) -> date | None:
    """Return the first day of a drug in the intake period, of which the person had none in the 120 days before."""
    active = [
        taken
        for order in view.of(FactKind.DRUG_ORDER, *_DRUGS, status=ACTIVE)
        if order.intent in ORDER and (taken := course(order))
    ]
    return min(
        (
            began
            for began, _ in _courses(view, *_DRUGS)
            if since <= began <= until
            and not any(start < began and days_after(began, -_FREE_BEFORE) <= end for start, end in active)
        ),
        default=None,
    )


def _courses(view: View, *words: str) -> Iterator[tuple[date, date]]:
    for order in view.of(FactKind.DRUG_ORDER, *words, status=ORDERED):
        if order.intent in ORDER and (taken := course(order)):
            yield taken


def _was_seen_before(view: View, first: date) -> bool:
    since = months_before(first, _SEEN_BEFORE_MONTHS)
    return any(
        visit.starts_on is not None and since <= visit.starts_on and (end_of(visit) or first) <= first
        for visit in view.of(FactKind.ENCOUNTER, "visit", status=took_place(view))
    )


def _was_admitted(view: View, first: date, days: int) -> bool:
    """Say whether a stay for a mental disorder above all else began within days after the first order."""
    until = days_after(first, days)
    return any(
        stay.starts_on is not None
        and first < stay.starts_on <= until
        and bool(stay.reasons)
        and view.means(stay.reasons[0], "mental disorder")
        for stay in view.of(FactKind.ENCOUNTER, "inpatient", status=took_place(view))
    )


def _days_of(view: View, first: date) -> set[date]:
    """Return the days of visits, at the psychiatrist's only outside hospital, after the first order."""
    found: set[date] = set()
    for visit in view.of(FactKind.ENCOUNTER, "follow-up", "follow-up outside hospital", status=took_place(view)):
        if visit.starts_on is not None and visit.starts_on > first and _counts(view, visit):
            found.add(visit.starts_on)
    return found


def _counts(view: View, visit: Fact) -> bool:
    return any(view.means(coding, "follow-up") for coding in visit.codings) or view.means(
        Coding(SNOMED, visit.category), "outside hospital"
    )


def _is_kept_up(view: View, first: date, seen: set[date]) -> bool:
    """Say whether there were two days of visits from day 31 to 300, of which one may have been virtual."""
    since, until = days_after(first, _INITIATION + 1), days_after(first, _CONTINUATION)
    days = {day for day in seen if since <= day <= until}
    if len(days) > 1:
        return True
    virtual = {
        visit.starts_on
        for visit in view.of(FactKind.ENCOUNTER, "virtual", status=took_place(view))
        if visit.starts_on is not None and since <= visit.starts_on <= until
    }
    return bool(days) and bool(virtual - days)


def _is_covered(view: View, first: date) -> bool:
    """Say whether 210 of the 301 days were covered, courses of one drug being laid end to end."""
    taken = [each for drug in _DRUGS for each in _end_to_end(sorted(_courses(view, drug)))]
    return covered_days(taken, first, days_after(first, _CONTINUATION)) >= _COVERED


def _end_to_end(courses: Sequence[tuple[date, date]]) -> Iterator[tuple[date, date]]:
    until = date.min
    for began, ended in courses:
        start = max(began, until + timedelta(1))
        until = start + (ended - began)
        yield start, until


MEASURE = Measure("CMS136", "attention deficit: follow-up of drugs", SETS, _judge)
