"""The equation of kidney failure within five years (KFRE, four variables), and for whom it is asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp, log
from typing import Any

from coordinator_app.domain.rules.tagged import tagged

RULE = "worsening.kidney_risk"
_TERMS = ("age", "male", "egfr", "acr")


@dataclass(frozen=True, slots=True)
class KidneyRiskTerms:
    """The equation: survival at the means, and of each variable its weight and mean; and whom it is asked for."""

    survival: float
    weights: Mapping[str, tuple[float, float]]
    percent: float
    egfr_under: float
    within_days: int
    from_age: int
    keep_days: int
    urgency: str
    steps: tuple[tuple[float, int], ...]


def kidney_risk_terms(document: Mapping[str, Any] | None, unconfirmed: dict[str, str]) -> KidneyRiskTerms | None:
    """Build the terms from ``kidney_risk`` of the parsed ``worsening.json``, None where there is none."""
    if document is None:
        return None

    def number(key: str) -> float:
        return tagged(document, key, f"{RULE}.", unconfirmed) or 0.0

    return KidneyRiskTerms(
        number("survival"),
        {name: (number(name), float(document[f"{name}_mean"])) for name in _TERMS},
        number("percent"),
        number("egfr_under"),
        int(number("within_days")),
        int(document["from_age"]),
        int(document["keep_days"]),
        str(document["urgency"]),
        tuple((float(bound), int(points)) for bound, points in document["steps"]),
    )


def kidney_failure_risk(terms: KidneyRiskTerms, *, age: float, is_male: bool, egfr: float, acr: float) -> float:
    """Return the percentage of people like this whose kidneys fail within five years.

    ``egfr`` in mL/min/1.73 m2, ``acr`` in mg/g, not below 0.1 so that its logarithm stands.
    """
    told = {"age": age / 10, "male": float(is_male), "egfr": egfr / 5, "acr": log(max(acr, 0.1))}
    score = sum(weight * (told[name] - mean) for name, (weight, mean) in terms.weights.items())
    return float(100 * (1 - terms.survival ** exp(score)))
