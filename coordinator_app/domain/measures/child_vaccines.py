"""Childhood immunization by the second birthday: ten vaccines, dose by dose."""

from collections.abc import Iterator
from datetime import date

from coordinator_app.domain.facts import Coding, FactKind
from coordinator_app.domain.measures import hospice, oids, visits
from coordinator_app.domain.measures.child_vaccine_list import (
    ALL,
    BY_NOSE,
    GIVEN,
    HEPATITIS_B,
    ILLNESS,
    INFLUENZA,
    MEASLES_MUMPS_RUBELLA,
    VACCINES,
    Vaccine,
)
from coordinator_app.domain.measures.days import days_after, first_day, onset
from coordinator_app.domain.measures.measure import EXCLUDED, NOBODY, Groups, Measure, Place, Sets, met
from coordinator_app.domain.measures.statuses import BEGUN, DONE
from coordinator_app.domain.measures.view import View
from coordinator_app.domain.terminology import CPT, ICD10PCS

_NEWBORN_DAYS = 7

SETS: Sets = {
    **hospice.SETS,
    "visit": (
        oids.OFFICE,
        oids.AT_HOME,
        oids.CHILD_FIRST,
        oids.CHILD_AGAIN,
        oids.VIRTUAL,
        oids.TELEPHONE,
        Coding(CPT, "99211"),
    ),
    "not to vaccinate": (
        "2.16.840.1.113883.3.464.1003.120.12.1007",
        "2.16.840.1.113883.3.464.1003.120.12.1001",
        oids.HIV,
        "2.16.840.1.113883.3.464.1003.108.12.1009",
        ILLNESS + "1056",
    ),
    "measles": (GIVEN + "1053",),
    "mumps": (GIVEN + "1032",),
    "rubella": (GIVEN + "1037",),
    "newborn dose": (Coding(ICD10PCS, "3E0234Z"),),
    **{vaccine.name: vaccine.product for vaccine in ALL},
    **{vaccine.name + " given": vaccine.given for vaccine in ALL},
    **{vaccine.name + " instead": vaccine.instead for vaccine in ALL},
    **{vaccine.name + " longer": vaccine.longer for vaccine in ALL},
    **{vaccine.name + " longer given": vaccine.longer_given for vaccine in ALL},
}


def _judge(view: View) -> Groups:
    return {"Group_1": _places(view)}


def _places(view: View) -> tuple[Place, ...]:
    if view.age_at_end != 2 or not visits.came(view, "visit", status=BEGUN):
        return NOBODY
    if hospice.in_hospice(view) or _was_ill(view, "not to vaccinate"):
        return EXCLUDED
    return met(
        numerator=all(_is_protected(view, vaccine) for vaccine in VACCINES)
        and (
            _is_protected(view, MEASLES_MUMPS_RUBELLA)
            or all(_was_ill(view, name) for name in ("measles", "mumps", "rubella"))
        )
        and (_is_protected(view, HEPATITIS_B) or _began_at_birth(view))
        and (_is_protected(view, INFLUENZA) or _had_one_by_nose(view))
    )


def _is_protected(view: View, vaccine: Vaccine) -> bool:
    days = set(_doses(view, vaccine, ""))
    longer = set(_doses(view, vaccine, " longer")) if vaccine.longer_doses else set()
    wanted = vaccine.longer_doses if longer else vaccine.doses
    return len(days | longer) >= wanted or _was_ill(view, vaccine.name + " instead")


def _doses(view: View, vaccine: Vaccine, schedule: str) -> Iterator[date]:
    """Yield the days of doses that were neither too early nor after the second birthday."""
    last = _birthday(view, 2)
    for kind, name, age in (
        (FactKind.IMMUNIZATION, vaccine.name + schedule, vaccine.from_age),
        (FactKind.PROCEDURE, f"{vaccine.name}{schedule} given", vaccine.given_from_age),
    ):
        first = _birthday(view, vaccine.from_birthday)
        first = first if vaccine.from_birthday else days_after(first, age)
        for dose in view.of(kind, name, status=DONE):
            day = first_day(dose)
            if day is not None and first <= day <= last:
                yield day


def _began_at_birth(view: View) -> bool:
    """Say whether two doses of hepatitis B followed one of the first week, told as an act without its product."""
    days = sorted(set(_doses(view, HEPATITIS_B, "")))
    born = view.person.birth_date
    newborn = [
        day
        for day in map(first_day, view.of(FactKind.PROCEDURE, "newborn dose", status=DONE))
        if day is not None and born <= day <= days_after(born, _NEWBORN_DAYS)
    ]
    return bool(newborn) and sum(day > min(newborn) for day in days) >= HEPATITIS_B.doses - 1


def _had_one_by_nose(view: View) -> bool:
    return any(True for _ in _doses(view, BY_NOSE, "")) and any(True for _ in _doses(view, INFLUENZA, ""))


def _was_ill(view: View, name: str) -> bool:
    """Say whether a condition began in the first two years."""
    return any(
        view.person.birth_date <= onset(known) <= _birthday(view, 2) for known in view.of(FactKind.CONDITION, name)
    )


def _birthday(view: View, age: int) -> date:
    born = view.person.birth_date
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return born.replace(year=born.year + age, day=28)


MEASURE = Measure("CMS117", "childhood immunization", SETS, _judge)
