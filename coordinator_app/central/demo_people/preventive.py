"""What most invented people have done in time: screening, eyes, kidneys, statins, children's care."""

from random import Random
from typing import Any

from coordinator_app.central.demo_people.sketch import YEAR, Sketch
from coordinator_app.central.demo_people.writing import Pages

_MAMMOGRAM = ("loinc", "24606-6", "MG Breast Screening")
_PAP = ("hcpcs", "G0123", "Screening cytopathology, cervical or vaginal")
_EYES = ("hcpcs", "S3000", "Diabetic indicator; retinal eye exam, dilated, bilateral")
_ALBUMIN = ("loinc", "9318-7", "Albumin/Creatinine [Mass Ratio] in Urine")
_DENSITY = ("hcpcs", "G0130", "Single energy x-ray absorptiometry bone density study")
_TOBACCO = ("loinc", "72166-2", "Tobacco smoking status")
_MOOD = ("loinc", "55758-7", "Patient Health Questionnaire 2 item (PHQ-2) total score")
_HIV = ("loinc", "75622-1", "HIV 1 and 2 tests - Meaningful Use set")
_HEPATITIS_C = ("loinc", "16128-1", "Hepatitis C virus Ab [Presence] in Serum")
_ASKED = 0.99
_CHECKUP = ("hcpcs", "G0463", "Clinic visit")
_INR = ("loinc", "6301-6", "INR in Platelet poor plasma by Coagulation assay")
_STATINS = {"atorvastatin", "rosuvastatin"}
_STATIN = ("rxnorm", "617311", "atorvastatin 40 MG Oral Tablet")
_IN_TIME = 0.999
_MONTH = 30.44
_DOSES = (
    (2, "20", "DTaP"), (4, "20", "DTaP"), (6, "20", "DTaP"), (15, "20", "DTaP"), (2, "10", "IPV"), (4, "10", "IPV"),
    (15, "10", "IPV"), (12, "03", "MMR"), (2, "49", "Hib"), (4, "49", "Hib"), (13, "49", "Hib"), (0, "08", "Hep B"),
    (2, "08", "Hep B"), (9, "08", "Hep B"), (12, "21", "varicella"), (2, "133", "PCV13"), (4, "133", "PCV13"),
    (6, "133", "PCV13"), (13, "133", "PCV13"), (18, "83", "Hep A"), (2, "119", "rotavirus"), (4, "119", "rotavirus"),
    (7, "161", "Influenza, injectable, pediatric"), (8, "161", "Influenza, injectable, pediatric"),
)  # fmt: skip
_CHECKUPS = (1, 2, 4, 6, 9, 12, 15, 18, 24, 30)


def write_preventive(sketch: Sketch, pages: Pages) -> None:
    """Write what was done in time; drawn from the person's own number, so that nothing else of the life moves."""
    rng = Random(sketch.number * 7919 + 13)  # noqa: S311
    age, is_woman = -sketch.born / 365.2425, sketch.sex == "female"
    if age < 22:
        _child(sketch, pages, rng, age)

    def done(kind: str, coding: tuple[str, str, str], within: int, **told: object) -> None:
        day = -int(20 + rng.random() * within)
        if rng.random() < _IN_TIME and day > sketch.born:
            pages.fact(kind, day, coding, **{"status": "completed", **told})  # type: ignore[arg-type]

    if age >= 18:
        _asked(sketch, pages, rng)
    if is_woman and 40 <= age < 75.2:
        done("imaging", _MAMMOGRAM, 2 * YEAR - 80)
    if is_woman and 21 <= age < 66:
        done("procedure", _PAP, 3 * YEAR - 80)
    if is_woman and age >= 65:
        done("procedure", _DENSITY, min(4 * YEAR, int((age - 64) * YEAR)))
    if "diabetes" in sketch.conditions:
        done("procedure", _EYES, 2 * YEAR - 80)
        done("observation", _ALBUMIN, YEAR - 80, status="final", category="laboratory", value=14, unit="mg/g")
    _watch_drugs(sketch, pages, rng)
    if {"diabetes", "coronary"} & set(sketch.conditions) and age >= 21 and not _STATINS & sketch.drugs.keys():
        done("drug_order", _STATIN, 300, status="active", intent="order")


def _watch_drugs(sketch: Sketch, pages: Pages, rng: Random) -> None:
    """Write the test that a drug is watched by, where no special life says otherwise."""
    if "warfarin" in sketch.drugs and not sketch.extras:
        day = -int(5 + rng.random() * 25)
        told: dict[str, Any] = {"status": "final", "category": "laboratory"}
        pages.fact("observation", day, _INR, value=2.4, unit="{INR}", **told)


def _asked(sketch: Sketch, pages: Pages, rng: Random) -> None:
    """Write what is asked at visits and tested once in a life; some of it nobody did."""
    told: dict[str, Any] = {"status": "final"}
    if rng.random() < _ASKED:
        day = max(-int(15 + rng.random() * 330), sketch.born)
        words = "Smokes tobacco daily" if "tobacco" in sketch.conditions else "Never smoked tobacco"
        pages.fact("observation", day, _TOBACCO, words=words, category="social-history", **told)
        pages.fact("observation", day, _MOOD, value=0, unit="{score}", category="survey", **told)
    if rng.random() < _ASKED:
        day = -int(200 + rng.random() * 2500)
        pages.fact("observation", day, _HEPATITIS_C, words="Negative", category="laboratory", **told)
        if sketch.age < 66:
            pages.fact(
                "observation", day, _HIV, words="Negative", category="laboratory", sensitivity=1, **told
            )  # fmt: skip


def _child(sketch: Sketch, pages: Pages, rng: Random, age: float) -> None:
    if age >= 3:
        if rng.random() < _IN_TIME:
            _checkup(pages, -int(20 + rng.random() * 330))
        return
    for months in _CHECKUPS:
        day = int(sketch.born + months * _MONTH + 3)
        if day < 0:
            _checkup(pages, day)
    for months, code, words in _DOSES:
        day = int(sketch.born + months * _MONTH + 4)
        if day < 0:
            pages.fact("immunization", day, ("cvx", code, words), status="completed", known=5)


def _checkup(pages: Pages, day: int) -> None:
    pages.fact("encounter", day, _CHECKUP, ends=day, reason="Z00.129", class_code="AMB")
