"""What the rules of stays are told beside LACE: HOSPITAL, age-specific limits, and the clocks after two days."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from coordinator_app.domain.rules.tagged import tagged


@dataclass(frozen=True, slots=True)
class HospitalTerms:
    """The points of HOSPITAL; ``admissions`` are (that many or more in a year, points)."""

    hemoglobin_under: float
    hemoglobin_points: int
    hemoglobin_codes: frozenset[str]
    sodium_under: float
    sodium_points: int
    sodium_codes: frozenset[str]
    oncology_points: int
    procedure_points: int
    acute_points: int
    admissions: tuple[tuple[int, int], ...]
    admission_days: int
    long_stay_days: int
    long_stay_points: int
    intermediate: int
    high: int


@dataclass(frozen=True, slots=True)
class StaysTerms:
    """Further clocks after a discharge, in days; ``age_limits`` are (from that age, LACE score that is high)."""

    hospital: HospitalTerms
    age_limits: tuple[tuple[int, float], ...]
    visit_days: int
    visit_days_high: int
    medicines_days: int
    medicines_from: int
    emergency_days: int
    emergency_window: int
    emergency_conditions: tuple[str, ...]
    mental_age: int
    facility_from: int
    facility_until: int
    copd: Mapping[str, int]
    points: Mapping[str, int]


def stays_terms(document: Mapping[str, Any], unconfirmed: dict[str, str]) -> StaysTerms:
    """Build the terms from the parsed ``stays.json``."""
    score, clocks = document["hospital"], document["clocks"]

    def number(part: Mapping[str, Any], name: str, key: str) -> int:
        return int(tagged(part, key, f"{name}.", unconfirmed) or 0)

    def point(key: str) -> int:
        return number(score, "hospital", key)

    return StaysTerms(
        hospital=HospitalTerms(
            float(score["hemoglobin_under"]["value"]), point("hemoglobin"), frozenset(score["hemoglobin_codes"]),
            float(score["sodium_under"]["value"]), point("sodium"), frozenset(score["sodium_codes"]),
            point("oncology"), point("procedure"), point("acute"),
            tuple((int(least), int(points)) for least, points in score["admissions"]["value"]),
            point("admission_days"), point("long_stay_days"), point("long_stay"),
            point("intermediate"), point("high"),
        ),
        age_limits=tuple((int(age), float(score)) for age, score in document["age_limits"]["value"]),
        visit_days=number(clocks, "discharge.visit", "visit_days"),
        visit_days_high=number(clocks, "discharge.visit", "visit_days_high"),
        medicines_days=number(clocks, "discharge.medicines", "medicines_days"),
        medicines_from=number(clocks, "discharge.medicines", "medicines_from"),
        emergency_days=number(clocks, "discharge.emergency", "emergency_days"),
        emergency_window=number(clocks, "discharge.emergency", "emergency_window"),
        emergency_conditions=tuple(clocks["emergency_conditions"]["value"]),
        mental_age=number(clocks, "discharge.mental", "mental_age"),
        facility_from=number(clocks, "discharge.facility", "facility_from"),
        facility_until=number(clocks, "discharge.facility", "facility_until"),
        copd={name: number(document["copd"], "discharge.copd_medicines", name) for name in document.get("copd", {})},
        points={str(name): int(points) for name, points in document["points"].items()},
    )  # fmt: skip
