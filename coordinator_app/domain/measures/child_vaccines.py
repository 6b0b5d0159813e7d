"""Childhood immunization by the second birthday: ten vaccines, dose by dose."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from coordinator_app.domain.facts import Coding, FactKind
from coordinator_app.domain.measures import hospice, oids, visits
from coordinator_app.domain.measures.days import days_after, first_day, onset
from coordinator_app.domain.measures.measure import EXCLUDED, NOBODY, Groups, Measure, Place, Sets, met
from coordinator_app.domain.measures.statuses import BEGUN, DONE
from coordinator_app.domain.measures.view import View
from coordinator_app.domain.terminology import CPT, CVX, ICD10PCS, SNOMED

_VACCINE = "2.16.840.1.113883.3.464.1003.196.12."
_GIVEN = "2.16.840.1.113883.3.464.1003.110.12."
_ILLNESS = "2.16.840.1.113883.3.464.1003.199.12."

_BIRTH, _SIX_WEEKS, _HALF_YEAR = 0, 42, 180
"""Days of age from which a dose counts."""


@dataclass(frozen=True, slots=True)
class _Vaccine:
    """A vaccine: codes of the product and of giving it, what else counts instead, how many doses from which age.

    ``from_birthday`` is the birthday before which no dose counts; ``more`` are products that ask for more doses.
    """

    name: str
    doses: int
    product: tuple[str | Coding, ...]
    given: tuple[str, ...]
    instead: tuple[str | Coding, ...] = ()
    from_age: int = _SIX_WEEKS
    given_from_age: int = _SIX_WEEKS
    from_birthday: int = 0
    longer: tuple[str | Coding, ...] = ()
    longer_given: tuple[str, ...] = ()
    longer_doses: int = 0


def _after_vaccine(code: str) -> Coding:
    return Coding(SNOMED, code)


_VACCINES = (
    _Vaccine(
        "dtap",
        4,
        (_VACCINE + "1214",),
        (_GIVEN + "1022",),
        (_ILLNESS + "1031", "2.16.840.1.113883.3.464.1003.1164"),
    ),
    _Vaccine("polio", 3, (_VACCINE + "1219",), (_GIVEN + "1045",), (_after_vaccine("471321000124106"),)),
    _Vaccine(
        "hib",
        3,
        (_GIVEN + "1083",),
        (_GIVEN + "1084",),
        (_after_vaccine("433621000124101"),),
        longer=(_GIVEN + "1085",),
        longer_given=(_GIVEN + "1086",),
        longer_doses=4,
    ),
    _Vaccine(
        "chickenpox",
        1,
        (_VACCINE + "1170",),
        (_GIVEN + "1040",),
        (_GIVEN + "1039", _after_vaccine("471341000124104")),
        from_birthday=1,
    ),
    _Vaccine("pneumococcus", 4, (_VACCINE + "1221",), (_GIVEN + "1046",), (_after_vaccine("471141000124102"),)),
    _Vaccine(
        "hepatitis a",
        1,
        (_VACCINE + "1215",),
        (_GIVEN + "1041",),
        (_GIVEN + "1024", _after_vaccine("471311000124103")),
        from_birthday=1,
    ),
    _Vaccine(
        "rotavirus",
        2,
        (Coding(CVX, "119"),),
        (_GIVEN + "1048",),
        (_after_vaccine("428331000124103"),),
        longer=(_VACCINE + "1223",),
        longer_given=(_GIVEN + "1047",),
        longer_doses=3,
    ),
)
_MEASLES_MUMPS_RUBELLA = _Vaccine(
    "mmr", 1, (_VACCINE + "1224",), (_GIVEN + "1031",), (_after_vaccine("471331000124109"),), from_birthday=1
)
_HEPATITIS_B = _Vaccine(
    "hepatitis b",
    3,
    (_VACCINE + "1216",),
    (_GIVEN + "1042",),
    (_GIVEN + "1025", _after_vaccine("428321000124101")),
    from_age=_BIRTH,
    given_from_age=_BIRTH,
)
_INFLUENZA = _Vaccine(
    "influenza",
    2,
    (_VACCINE + "1218",),
    (_GIVEN + "1044",),
    (_after_vaccine("471361000124100"),),
    given_from_age=_HALF_YEAR,
)
"""The measure takes a product from six weeks of age and the act of giving it from half a year; we follow it here.
The list of reasons takes both from half a year."""

_BY_NOSE = _Vaccine("influenza by nose", 1, (_GIVEN + "1087",), (_GIVEN + "1088",), from_birthday=2)
_ALL = (*_VACCINES, _MEASLES_MUMPS_RUBELLA, _HEPATITIS_B, _INFLUENZA, _BY_NOSE)
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
        _ILLNESS + "1056",
    ),
    "measles": (_GIVEN + "1053",),
    "mumps": (_GIVEN + "1032",),
    "rubella": (_GIVEN + "1037",),
    "newborn dose": (Coding(ICD10PCS, "3E0234Z"),),
    **{vaccine.name: vaccine.product for vaccine in _ALL},
    **{vaccine.name + " given": vaccine.given for vaccine in _ALL},
    **{vaccine.name + " instead": vaccine.instead for vaccine in _ALL},
    **{vaccine.name + " longer": vaccine.longer for vaccine in _ALL},
    **{vaccine.name + " longer given": vaccine.longer_given for vaccine in _ALL},
}


def _judge(view: View) -> Groups:
    return {"Group_1": _places(view)}


def _places(view: View) -> tuple[Place, ...]:
    if view.age_at_end != 2 or not visits.came(view, "visit", status=BEGUN):
        return NOBODY
    if hospice.in_hospice(view) or _was_ill(view, "not to vaccinate"):
        return EXCLUDED
    return met(
        numerator=all(_is_protected(view, vaccine) for vaccine in _VACCINES)
        and (
            _is_protected(view, _MEASLES_MUMPS_RUBELLA)
            or all(_was_ill(view, name) for name in ("measles", "mumps", "rubella"))
        )
        and (_is_protected(view, _HEPATITIS_B) or _began_at_birth(view))
        and (_is_protected(view, _INFLUENZA) or _had_one_by_nose(view))
    )


def _is_protected(view: View, vaccine: _Vaccine) -> bool:
    days = set(_doses(view, vaccine, ""))
    longer = set(_doses(view, vaccine, " longer"))
    wanted = vaccine.longer_doses if longer else vaccine.doses
    return len(days | longer) >= wanted or _was_ill(view, vaccine.name + " instead")


def _doses(view: View, vaccine: _Vaccine, schedule: str) -> Iterator[date]:
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
    days = sorted(set(_doses(view, _HEPATITIS_B, "")))
    born = view.person.birth_date
    newborn = [
        day
        for day in map(first_day, view.of(FactKind.PROCEDURE, "newborn dose", status=DONE))
        if day is not None and born <= day <= days_after(born, _NEWBORN_DAYS)
    ]
    return bool(newborn) and sum(day > min(newborn) for day in days) >= _HEPATITIS_B.doses - 1


def _had_one_by_nose(view: View) -> bool:
    return any(True for _ in _doses(view, _BY_NOSE, "")) and any(True for _ in _doses(view, _INFLUENZA, ""))


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
