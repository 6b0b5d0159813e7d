"""The vaccines of the first two years as the measure counts them: codes, doses, ages, and what stands for a vaccine."""

from dataclasses import dataclass

from coordinator_app.domain.facts import Coding
from coordinator_app.domain.terminology import CVX, SNOMED

_VACCINE = "2.16.840.1.113883.3.464.1003.196.12."
GIVEN = "2.16.840.1.113883.3.464.1003.110.12."
ILLNESS = "2.16.840.1.113883.3.464.1003.199.12."

_BIRTH, _SIX_WEEKS, _HALF_YEAR = 0, 42, 180
"""Days of age from which a dose counts."""


@dataclass(frozen=True, slots=True)
class Vaccine:
    """A vaccine: codes of the product and of giving it, what else counts instead, how many doses from which age.

    ``from_birthday`` is the birthday before which no dose counts; ``longer`` are products that need more doses.
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


VACCINES = (
    Vaccine(
        "dtap",
        4,
        (_VACCINE + "1214",),
        (GIVEN + "1022",),
        (ILLNESS + "1031", "2.16.840.1.113883.3.464.1003.1164"),
    ),
    Vaccine("polio", 3, (_VACCINE + "1219",), (GIVEN + "1045",), (_after_vaccine("471321000124106"),)),
    Vaccine(
        "hib",
        3,
        (GIVEN + "1083",),
        (GIVEN + "1084",),
        (_after_vaccine("433621000124101"),),
        longer=(GIVEN + "1085",),
        longer_given=(GIVEN + "1086",),
        longer_doses=4,
    ),
    Vaccine(
        "chickenpox",
        1,
        (_VACCINE + "1170",),
        (GIVEN + "1040",),
        (GIVEN + "1039", _after_vaccine("471341000124104")),
        from_birthday=1,
    ),
    Vaccine("pneumococcus", 4, (_VACCINE + "1221",), (GIVEN + "1046",), (_after_vaccine("471141000124102"),)),
    Vaccine(
        "hepatitis a",
        1,
        (_VACCINE + "1215",),
        (GIVEN + "1041",),
        (GIVEN + "1024", _after_vaccine("471311000124103")),
        from_birthday=1,
    ),
    Vaccine(
        "rotavirus",
        2,
        (Coding(CVX, "119"),),
        (GIVEN + "1048",),
        (_after_vaccine("428331000124103"),),
        longer=(_VACCINE + "1223",),
        longer_given=(GIVEN + "1047",),
        longer_doses=3,
    ),
)
MEASLES_MUMPS_RUBELLA = Vaccine(
    "mmr", 1, (_VACCINE + "1224",), (GIVEN + "1031",), (_after_vaccine("471331000124109"),), from_birthday=1
)
HEPATITIS_B = Vaccine(
    "hepatitis b",
    3,
    (_VACCINE + "1216",),
    (GIVEN + "1042",),
    (GIVEN + "1025", _after_vaccine("428321000124101")),
    from_age=_BIRTH,
    given_from_age=_BIRTH,
)
INFLUENZA = Vaccine(
    "influenza",
    2,
    (_VACCINE + "1218",),
    (GIVEN + "1044",),
    (_after_vaccine("471361000124100"),),
    given_from_age=_HALF_YEAR,
)
"""The measure takes a product from six weeks of age and the act of giving it from half a year; we follow it here.
The list of reasons takes both from half a year."""

BY_NOSE = Vaccine("influenza by nose", 1, (GIVEN + "1087",), (GIVEN + "1088",), from_birthday=2)
ALL = (*VACCINES, MEASLES_MUMPS_RUBELLA, HEPATITIS_B, INFLUENZA, BY_NOSE)
