"""People whose last results are a matter of safety."""

from collections.abc import Callable, Mapping
from typing import Any

from coordinator_app.central.demo_people.sketch import YEAR, Sketch

Person = Callable[..., Sketch]
_POTASSIUM = ("loinc", "2823-3", "Potassium [Moles/volume] in Serum or Plasma")
_SYSTOLIC = ("loinc", "8480-6", "Systolic blood pressure")
_DIASTOLIC = ("loinc", "8462-4", "Diastolic blood pressure")


def special_results(person: Person) -> Mapping[int, Callable[[int], Sketch]]:
    """Return the outlines by DEMO number; ``person`` makes one from name, sex and age."""
    said: dict[str, Any] = {"kind": "observation", "status": "final", "known": 0}

    def high_potassium(n: int) -> Sketch:
        lab = {**said, "coding": _POTASSIUM, "unit": "mmol/L", "category": "laboratory"}
        return person(
            n, "Grace Okafor", "female", 58.3, zip_code="01109", address="14 Bay Street",
            conditions=["hypertension"], drugs={"lisinopril": 48, "spironolactone": 52},
            screening=("colonoscopy", -4 * YEAR), values={"potassium": (4.9, 4.7, 4.6)},
            extras=[{**lab, "day": -1, "value": 6.1}, {**lab, "day": -200, "value": 5.0}],
        )  # fmt: skip

    def severe_pressure(n: int) -> Sketch:
        taken = {**said, "day": -3, "unit": "mm[Hg]", "category": "vital-signs", "class_code": "85354-9"}
        return person(
            n, "Leonard Bartlett", "male", 63.1, zip_code="01085", address="31 Elm Street",
            conditions=["hypertension"], drugs={"amlodipine": 33}, screening=("colonoscopy", -2 * YEAR),
            extras=[{**taken, "coding": _SYSTOLIC, "value": 192, "part": 1},
                    {**taken, "coding": _DIASTOLIC, "value": 118, "part": 2}],
        )  # fmt: skip

    return {41: high_potassium, 42: severe_pressure}
