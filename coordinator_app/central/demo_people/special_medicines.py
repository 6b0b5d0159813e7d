"""The special people whose medicines ask a question: a pair, an INR, three at once, and opioids."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from coordinator_app.central.demo_people.sketch import YEAR, Sketch

Person = Callable[..., Sketch]

_SIMVASTATIN = ("rxnorm", "198211", "simvastatin 40 MG Oral Tablet")
_CLARITHROMYCIN = ("rxnorm", "197517", "clarithromycin 500 MG Oral Tablet")
_WARFARIN = ("rxnorm", "855332", "warfarin sodium 5 MG Oral Tablet")
_CO_TRIMOXAZOLE = ("rxnorm", "198335", "sulfamethoxazole 800 MG / trimethoprim 160 MG Oral Tablet")
_IBUPROFEN = ("rxnorm", "197806", "ibuprofen 600 MG Oral Tablet")
_OXYCODONE = ("rxnorm", "1049686", "oxycodone hydrochloride 20 MG Oral Tablet")
_ALPRAZOLAM = ("rxnorm", "308048", "alprazolam 0.5 MG Oral Tablet")
_INR = ("loinc", "6301-6", "INR in Platelet poor plasma by Coagulation assay")


def special_medicines(person: Person) -> Mapping[int, Callable[[int], Sketch]]:
    """Return DEMO number to outline; ``person`` is how special people are made."""
    return {
        37: lambda n: person(
            n, "Frances Sullivan", "female", 58.3, conditions=["lipids"], screening=("colonoscopy", -2 * YEAR),
            extras=[*_fills(_SIMVASTATIN, (-150, -61), 90), *_fills(_CLARITHROMYCIN, (-2,), 10, 2)],
        ),
        38: lambda n: person(
            n, "Raymond Kozak", "male", 68.2, conditions=["atrial_fibrillation"], screening=("colonoscopy", -3 * YEAR),
            extras=[
                *_fills(_WARFARIN, (-190, -100, -10), 90), *_fills(_CO_TRIMOXAZOLE, (-3,), 7, 2),
                *(_inr(day, value) for day, value in ((-190, 2.4), (-134, 2.6), (-79, 2.3))),
            ],
        ),
        39: lambda n: person(
            n, "Gloria Mendez", "female", 63.4, language="es", conditions=["hypertension"],
            drugs={"lisinopril": 55, "hydrochlorothiazide": 55}, screening=("fit", -90),
            extras=_fills(_IBUPROFEN, (-12,), 20, 3),
        ),
        40: lambda n: person(
            n, "Steven Lapointe", "male", 47.6, conditions=["back_pain"], screening=("fit", -120),
            extras=[*_fills(_OXYCODONE, (-98, -68, -38, -9), 30, 3), *_fills(_ALPRAZOLAM, (-41, -11), 30, 1)],
        ),
    }  # fmt: skip


def _fills(drug: tuple[str, str, str], days: tuple[int, ...], supply: int, a_day: int = 1) -> list[dict[str, Any]]:
    return list(_each(drug, days, supply, a_day))


def _each(drug: tuple[str, str, str], days: tuple[int, ...], supply: int, a_day: int) -> Iterator[dict[str, Any]]:
    for day in days:
        yield {
            "kind": "dispense", "day": day, "coding": drug, "status": "completed", "quantity": supply * a_day,
            "supply": supply, "per_day": a_day, "place": "Community pharmacy", "known": 1,
        }  # fmt: skip


def _inr(day: int, value: float) -> dict[str, Any]:
    return {
        "kind": "observation", "day": day, "coding": _INR, "status": "final", "category": "laboratory",
        "value": value, "unit": "{INR}",
    }  # fmt: skip
