"""What the opioid rules are told: factors, marks and windows."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class OpioidTerms:
    """Morphine equivalents: factors by ingredient, patches by microgram an hour, and what asks for a look.

    ``hands``: so many prescribers and as many pharmacies within ``hands_days``. ``first_days``: a first fill for more
    days than that, after ``first_free_days`` without one.
    """

    factors: Mapping[str, float]
    patches: Mapping[str, float]
    patch_hours: int
    watch: int
    high: int
    run_gap_days: int
    naloxone_days: int
    hands: int
    hands_days: int
    first_days: int
    first_free_days: int


def opioid_terms(document: Mapping[str, Any]) -> OpioidTerms:
    """Build the terms from the parsed ``opioids.json``."""
    return OpioidTerms(
        factors={rx: float(number) for rx, number in document["factors"]["value"].items()},
        patches={rx: float(number) for rx, number in document["patch_per_mcg_hour"]["value"].items()},
        patch_hours=int(document["patch_hours"]["value"]),
        watch=int(document["watch"]["value"]),
        high=int(document["high"]["value"]),
        run_gap_days=int(document["run_gap_days"]["value"]),
        naloxone_days=int(document["naloxone_days"]["value"]),
        hands=int(document["hands"]["value"]),
        hands_days=int(document["hands_days"]["value"]),
        first_days=int(document["first_days"]["value"]),
        first_free_days=int(document["first_free_days"]["value"]),
    )
