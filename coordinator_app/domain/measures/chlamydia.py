"""Chlamydia screening of young women whose records speak of sexual activity. Confidential."""

from coordinator_app.domain.facts import Coding, Fact, FactKind
from coordinator_app.domain.measures import hospice, oids, visits
from coordinator_app.domain.measures.courses import course
from coordinator_app.domain.measures.days import (
    days_after,
    is_within,
    last_day,
    prevailed,
    was_latest_within,
    was_ordered_within,
)
from coordinator_app.domain.measures.findings import LABORATORY, SURVEY, found_by, has_value
from coordinator_app.domain.measures.measure import EXCLUDED, NOBODY, Groups, Measure, Place, Sets, met
from coordinator_app.domain.measures.statuses import ACTIVE, DONE, ORDER, ORDERED
from coordinator_app.domain.measures.view import View
from coordinator_app.domain.terminology import LOINC

_SIGNS = "2.16.840.1.113883.3.464.1003.111.12."

SETS: Sets = {
    **hospice.SETS,
    "visit": (
        *(oid for oid in visits.ADULT if oid != oids.WELLNESS),
        oids.CHILD_FIRST,
        oids.CHILD_AGAIN,
    ),
    "chlamydia test": ("2.16.840.1.113883.3.464.1003.110.12.1052",),
    "asked": (Coding(LOINC, "64728-9"),),
    "telling diagnosis": (_SIGNS + "1018", oids.HIV, _SIGNS + "1012"),
    "telling procedure": (_SIGNS + "1017",),
    "telling study": (_SIGNS + "1008",),
    "telling test": (
        "2.16.840.1.113883.3.464.1003.108.12.1017",
        _SIGNS + "1007",
        "2.16.840.1.113883.3.464.1003.110.12.1051",
    ),
    "pregnancy test": (_SIGNS + "1011",),
    "contraceptive": ("2.16.840.1.113883.3.464.1003.196.12.1080",),
    "isotretinoin": ("2.16.840.1.113883.3.464.1003.196.12.1143",),
    "x-ray": ("2.16.840.1.113883.3.464.1003.198.12.1034",),
}

_SAFETY_CHECK_DAYS = 6
"""A pregnancy test this short before an X-ray or isotretinoin only checks that these are safe."""


def _judge(view: View) -> Groups:
    return {"Group_1": _places(view)}


def _places(view: View) -> tuple[Place, ...]:
    if not 16 <= view.age_at_end <= 24 or view.person.sex != "female" or not visits.came(view, "visit"):
        return NOBODY
    is_told = _is_told_otherwise(view)
    tests = [test for test in _orders(view, FactKind.SERVICE_ORDER, "pregnancy test") if _is_of_the_year(view, test)]
    if not is_told and not tests:
        return NOBODY
    if hospice.in_hospice(view) or (not is_told and _was_safety_check(view, tests)):
        return EXCLUDED
    return met(
        numerator=any(
            has_value(test) and was_latest_within(test, view.start, view.end)
            for test in found_by(view, LABORATORY, "chlamydia test")
        )
    )


def _is_told_otherwise(view: View) -> bool:
    """Say whether anything but a pregnancy test speaks of sexual activity."""
    start, end = view.start, view.end
    return (
        any(
            view.means(answer.value_coding, "yes") and (day := last_day(answer)) is not None and day <= end
            for answer in found_by(view, SURVEY, "asked")
        )
        or any(prevailed(known, start, end) for known in view.diagnoses("telling diagnosis"))
        or _takes_contraceptive(view)
        or any(
            _is_of_the_year(view, order)
            for order in _orders(view, FactKind.SERVICE_ORDER, "telling test", "telling study")
        )
        or any(is_within(done, start, end) for done in view.of(FactKind.PROCEDURE, "telling procedure", status=DONE))
    )


def _takes_contraceptive(view: View) -> bool:
    for order in _orders(view, FactKind.DRUG_ORDER, "contraceptive"):
        if _is_of_the_year(view, order):
            return True
        taken = course(order) if order.status in ACTIVE else None
        if taken is not None and taken[0] <= view.end and view.start <= taken[1]:
            return True
    return False


def _was_safety_check(view: View, tests: list[Fact]) -> bool:
    reasons = [
        *_orders(view, FactKind.SERVICE_ORDER, "x-ray"),
        *_orders(view, FactKind.DRUG_ORDER, "isotretinoin"),
    ]
    return any(
        test.authored_on is not None
        and was_ordered_within(reason, test.authored_on, days_after(test.authored_on, _SAFETY_CHECK_DAYS))
        for test in tests
        for reason in reasons
    )


def _orders(view: View, kind: FactKind, *names: str) -> list[Fact]:
    return [order for order in view.of(kind, *names, status=ORDERED) if order.intent in ORDER]


def _is_of_the_year(view: View, order: Fact) -> bool:
    return was_ordered_within(order, view.start, view.end)


MEASURE = Measure("CMS153", "chlamydia screening", SETS, _judge)
