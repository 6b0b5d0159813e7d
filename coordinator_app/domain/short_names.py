"""Names as a nurse says them, for a line on a screen or a letter: Potassium, Metformin 500 mg, mL/min.

A name this module does not know stays as its source wrote it, so nothing is lost or guessed.
"""

import re
from typing import Final

from coordinator_app.domain.letter import Said

SYSTOLIC: Final = frozenset({"8480-6", "systolic blood pressure"})
DIASTOLIC: Final = frozenset({"8462-4", "diastolic blood pressure"})

_TESTS: Final = (
    (("4548-4", "17856-6"), ("hemoglobin a1c", "a1c"), Said("A1c", "A1c")),
    (("2823-3", "6298-4"), ("potassium",), Said("Potassium", "Potasio")),
    (("2951-2", "2947-0"), ("sodium",), Said("Sodium", "Sodio")),
    (
        ("98979-8", "62238-1", "33914-3", "48642-3", "48643-1", "88293-6", "88294-4"),
        ("glomerular filtration", "egfr"),
        Said("eGFR", "TFG estimada"),
    ),
    (("13457-7", "18262-6", "2089-1"), ("cholesterol in ldl", "low density lipoprotein"), Said("LDL", "LDL")),
    (("718-7",), ("hemoglobin",), Said("Hemoglobin", "Hemoglobina")),
    (("29463-7", "3141-9"), ("body weight",), Said("Weight", "Peso")),
    (("8302-2",), ("body height",), Said("Height", "Estatura")),
    (("39156-5",), ("body mass index",), Said("BMI", "IMC")),
    (("2160-0", "38483-4"), ("creatinine",), Said("Creatinine", "Creatinina")),
    (("2339-0", "2345-7"), ("glucose",), Said("Glucose", "Glucosa")),
    (("8480-6",), ("systolic blood pressure",), Said("Systolic pressure", "Presión sistólica")),
    (("8462-4",), ("diastolic blood pressure",), Said("Diastolic pressure", "Presión diastólica")),
    (("6301-6", "34714-6"), ("inr",), Said("INR", "INR")),
)
PRESSURE: Final = Said("Blood pressure", "Presión arterial")
EMERGENCY: Final = Said("Emergency visit", "Visita de emergencia")
STAY: Final = Said("Hospital stay", "Hospitalización")
CLINIC: Final = Said("Clinic visit", "Consulta")
_VISITS: Final = (
    (re.compile(r"emergency (department|room)", re.IGNORECASE), EMERGENCY),
    (re.compile(r"^(inpatient stay|hospital admission|inpatient encounter)$", re.IGNORECASE), STAY),
    (re.compile(r"^(clinic visit|hospital outpatient clinic visit.*|office visit.*)$", re.IGNORECASE), CLINIC),
)
_VACCINES: Final = (
    ("influenza", Said("Flu vaccine", "Vacuna contra la gripe")),
    ("tdap", Said("Tdap vaccine", "Vacuna Tdap")),
    ("zoster", Said("Shingles vaccine", "Vacuna contra el herpes zóster")),
    ("pneumococcal", Said("Pneumococcal vaccine", "Vacuna antineumocócica")),
    ("sars-cov-2", Said("COVID-19 vaccine", "Vacuna contra la COVID-19")),
)
_UNITS: Final = {
    "mm[Hg]": "mmHg",
    "mL/min/{1.73_m2}": "mL/min",
    "mL/min/1.73.m2": "mL/min",
    "kg/m2": "kg/m²",
    "Cel": "°C",
    "[degF]": "°F",
    "[lb_av]": "lb",
    "[in_i]": "in",
}
_MEASURED: Final = re.compile(r"^(?P<name>.*\D.*?) (?P<value>-?\d+(?:\.\d+)?)(?: (?P<unit>\S+))?$")
# The salt is dropped where one drug has one salt in use; metoprolol tartrate and succinate stay two drugs.
_SALT: Final = re.compile(r"(?<=\w) (hydrochloride|calcium|sodium|potassium|besylate|maleate|monohydrate)$")
_BEFORE: Final = re.compile(r"^(?:\d+ HR|\d+(?:\.\d+)? ML) ")
_DRUG: Final = re.compile(
    r"^(?P<name>[A-Za-z][A-Za-z0-9 ,'-]*?) (?P<amount>\d+(?:\.\d+)?) (?P<unit>MG|MCG|UNT|MEQ)(?P<per>/ML|/ACTUAT)?"
    r"(?P<more> .*)?$"
)
_DOSE_UNITS: Final = {"MG": "mg", "MCG": "mcg", "UNT": "units", "MEQ": "mEq", "/ML": "/mL", "/ACTUAT": "/puff"}


def lab_name(code: str, display: str, language: str = "en") -> str:
    """Return a test by its short name: Potassium, eGFR, A1c."""
    return lab_said(code, display).to(language)


def lab_said(code: str, display: str) -> Said:
    """Return a test by its short name in the languages somebody wrote it in."""
    said = display.casefold()
    for codes, _, name in _TESTS:
        if code in codes:
            return name
    for _, beginnings, name in _TESTS:
        # Only the long form of a register is shortened; "Hemoglobin electrophoresis" is another test.
        if any(said == each or re.match(rf"{re.escape(each)}( \[|/| rate| in )", said) for each in beginnings):
            return name
    return Said(display.split(" [", maxsplit=1)[0])


def unit_name(unit: str) -> str:
    """Return a unit as it is written by hand: mmHg, mL/min; curly notes of UCUM say nothing to a reader."""
    return _UNITS.get(unit, re.sub(r"\{[^}]*\}", "", unit).strip("/"))


def visit_name(display: str, language: str = "en") -> str:
    """Return an encounter in plain words, or its own name."""
    return next((said.to(language) for form, said in _VISITS if form.search(display)), display)


def is_plain_visit(display: str) -> bool:
    """Say whether a name tells only that there was a visit, nothing of why."""
    return any(form.search(display) for form, _ in _VISITS)


def vaccine_name(display: str, language: str = "en") -> str:
    """Return a vaccine by what it protects from, or its own name."""
    said = display.casefold()
    return next((name.to(language) for begins, name in _VACCINES if said.startswith(begins)), display)


def medicine_name(display: str) -> str:
    """Return a medicine with its strength: "Metformin 500 mg"; a release form that changes the dose stays said.

    Products of two drugs and names in another form stay whole, with a capital.
    """
    found = _DRUG.match(_BEFORE.sub("", display))
    if found is None or " / " in display:
        return display[:1].upper() + display[1:]
    name = _SALT.sub("", found["name"])
    strength = f"{found['amount']} {_DOSE_UNITS[found['unit']]}{_DOSE_UNITS.get(found['per'] or '', '')}"
    slow = " ER" if "Extended Release" in (found["more"] or "") else ""
    slow = " DR" if "Delayed Release" in (found["more"] or "") else slow
    return f"{name[:1].upper()}{name[1:]} {strength}{slow}"


def short(what: str, language: str = "en") -> str:
    """Return a fact's few words in short: "A1c 8.1 %", "Metformin 500 mg", "Emergency visit"."""
    plain = visit_name(what, language)
    if plain != what:
        return plain
    measured = _MEASURED.match(what)
    if measured is not None:
        name = lab_name("", measured["name"], language)
        if name != measured["name"] or measured["unit"] in _UNITS:
            return " ".join(part for part in (name, measured["value"], unit_name(measured["unit"] or "")) if part)
    return medicine_name(what) if _DRUG.match(_BEFORE.sub("", what)) else what
