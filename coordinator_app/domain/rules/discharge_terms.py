"""What the rule of discharges is told: its clocks and points, and which stays are of another kind."""

from collections.abc import Mapping
from dataclasses import dataclass

from coordinator_app.domain.rules.sheet import Sheet


@dataclass(frozen=True, slots=True)
class DischargeTerms:
    """The clocks after a discharge, its points, and which stays are of another kind."""

    contact_business_days: int
    window_days: int
    transfer_days: int
    newborn_days: int
    points: Mapping[str, int]
    cohorts: frozenset[str]
    planned: tuple[str, ...]
    obstetric: tuple[str, ...]
    psychiatric: tuple[str, ...]


def discharge_terms(sheet: Sheet) -> DischargeTerms:
    """Build the terms from the sheet ``discharge`` of ``rules.json``."""
    return DischargeTerms(
        contact_business_days=sheet.number("contact_business_days"),
        window_days=sheet.number("window_days"),
        transfer_days=sheet.number("transfer_days"),
        newborn_days=sheet.number("newborn_days"),
        points=sheet.points("points"),
        cohorts=frozenset(sheet.words("cohorts")),
        planned=sheet.words("planned_diagnoses"),
        obstetric=sheet.words("obstetric"),
        psychiatric=sheet.words("psychiatric"),
    )
