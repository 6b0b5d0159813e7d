"""When a refill is late, as data."""

from dataclasses import dataclass

from coordinator_app.domain.rules.sheet import Sheet


@dataclass(frozen=True, slots=True)
class RefillTerms:
    """When a refill is late (all in days); the critical ones belong to drugs of which even a short gap can harm."""

    grace_days: int
    critical_grace_days: int
    due_days: int
    critical_due_days: int
    give_up_days: int
    lookback_days: int
    least_fills: int
    critical_least_fills: int
    assumed_supply: int
    most_supply: int


def refill_terms(sheet: Sheet) -> RefillTerms:
    """Build the terms from the sheet ``refill`` of ``rules.json``."""
    return RefillTerms(**{name: sheet.number(name) for name in RefillTerms.__dataclass_fields__})
