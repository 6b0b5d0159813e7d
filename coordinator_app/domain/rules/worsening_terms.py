"""What the rules of worsening are told: tests to read, signs to look for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from coordinator_app.domain.rules.kidney_risk_terms import KidneyRiskTerms, kidney_risk_terms
from coordinator_app.domain.rules.tagged import tagged
from coordinator_app.domain.rules.worsening_drug_terms import DrugSignTerms, drug_sign_terms
from coordinator_app.domain.sensitivity import Sensitivity

Steps = tuple[tuple[float, int], ...]


@dataclass(frozen=True, slots=True)
class LabTerms:
    """A test: its LOINC codes, the factor of each unit we read, and which of one day's values counts."""

    name: str
    loinc: tuple[str, ...]
    units: Mapping[str, float]
    day: str


@dataclass(frozen=True, slots=True)
class Sign:
    """What all signs have: how urgent, how long open (days), for whom, and how private."""

    name: str
    urgency: str
    keep_days: int = 0
    needs: str = ""
    from_age: int = 0
    sensitivity: Sensitivity = Sensitivity.ORDINARY


@dataclass(frozen=True, slots=True)
class LevelSign:
    """A value at or over ``least`` (or at or under ``most``) on the last ``readings`` days that have one.

    ``other`` is a second test of which ``other_least`` is enough by itself; ``under`` and ``over`` leave worse values
    to another sign; ``apart_days`` is the least time between first and last of the readings.
    """

    sign: Sign
    lab: str
    least: float | None = None
    most: float | None = None
    other: str = ""
    other_least: float | None = None
    under: float | None = None
    readings: int = 1
    apart_days: int = 0
    steps: Steps = ()
    takes_classes: frozenset[str] = frozenset()
    takes_groups: frozenset[str] = frozenset()
    takes_rxcuis: frozenset[str] = frozenset()
    needs_takes: bool = False
    over: float | None = None

    @property
    def is_high(self) -> bool:
        """Say whether greater values are worse."""
        return self.least is not None


@dataclass(frozen=True, slots=True)
class ChangeSign:
    """A change ``by`` so much (or by so many percent, below zero a fall) within so many days, up to ``level`` or more.

    It is silent while the sign ``unless`` says the worse thing. With ``is_yearly`` the change is one per year, over
    ``readings`` or more. ``takes`` are classes of drugs of which one must have been taken at both readings.
    """

    sign: Sign
    lab: str
    by: float | None
    percent: float | None
    within: tuple[int, int]
    steps: Steps
    level: float | None = None
    unless: str = ""
    is_yearly: bool = False
    readings: int = 2
    takes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class VisitSign:
    """So many stays or emergency visits within so many days; ``reason`` names the illness they were for, or nothing.

    It is silent while the sign ``unless`` says more of the same visits.
    """

    sign: Sign
    of: tuple[str, ...]
    reason: str
    count: int
    days: int
    points: int
    unless: str = ""


@dataclass(frozen=True, slots=True)
class FillSign:
    """So many fills of one of some drugs within so many days."""

    sign: Sign
    rxcuis: frozenset[str]
    count: int
    days: int
    points: int


@dataclass(frozen=True, slots=True)
class ConditionSign:
    """A diagnosis that is a sign by itself, unless an illness of ``not_with`` explains it."""

    sign: Sign
    illness: str
    not_with: tuple[str, ...]
    points: int


@dataclass(frozen=True, slots=True)
class WorseningTerms:
    """All signs; ``fresh_days`` is how long a result is a matter of safety before one asks whether it was handled."""

    fresh_days: int = 7
    labs: tuple[LabTerms, ...] = ()
    levels: tuple[LevelSign, ...] = ()
    changes: tuple[ChangeSign, ...] = ()
    visits: tuple[VisitSign, ...] = ()
    fills: tuple[FillSign, ...] = ()
    conditions: tuple[ConditionSign, ...] = ()
    drug_signs: DrugSignTerms = field(default_factory=DrugSignTerms)
    kidney_risk: KidneyRiskTerms | None = None


def worsening_terms(document: Mapping[str, Any], unconfirmed: dict[str, str]) -> WorseningTerms:
    """Build the terms from the parsed ``worsening.json``; numbers tagged K are named in ``unconfirmed``."""
    if not document:
        return WorseningTerms()

    def number(entry: Mapping[str, Any], key: str) -> float | None:
        return tagged(entry, key, f"worsening.{entry['name']}.", unconfirmed)

    def whole(entry: Mapping[str, Any], key: str) -> int:
        return int(number(entry, key) or 0)

    drugs = document["drugs"]
    return WorseningTerms(
        fresh_days=int(document["fresh_days"]["value"]),
        labs=tuple(
            LabTerms(name, tuple(one["loinc"]), one["units"], one["day"]) for name, one in document["labs"].items()
        ),
        levels=tuple(
            LevelSign(
                _sign(e), e["lab"], number(e, "from"), number(e, "to"), e.get("other", ""), number(e, "other_from"),
                e.get("under"), int(e.get("readings", 1)), int(e.get("apart_days", 0)), _steps(e),
                frozenset(e.get("takes", ())), frozenset(e.get("takes_groups", ())),
                frozenset(e.get("takes_rxcuis", ())), needs_takes=bool(e.get("needs_takes")),
                over=e.get("over"),
            )
            for e in document["levels"]
        ),
        changes=tuple(
            ChangeSign(
                _sign(e), e["lab"], number(e, "by"), number(e, "percent"), (e["within"][0], e["within"][1]),
                _steps(e), e.get("level"), e.get("unless", ""), is_yearly=bool(e.get("per_year")),
                readings=int(e.get("readings", 2)), takes=frozenset(e.get("takes", ())),
            )
            for e in document["changes"]
        ),
        visits=tuple(
            VisitSign(
                _sign(e), tuple(e["of"]), e["for"], whole(e, "count"), whole(e, "days"), int(e["points"]),
                e.get("unless", ""),
            )
            for e in document["visits"]
        ),
        fills=tuple(
            FillSign(_sign(e), frozenset(drugs[e["drugs"]]), whole(e, "count"), whole(e, "days"), int(e["points"]))
            for e in document["fills"]
        ),
        conditions=tuple(
            ConditionSign(_sign(e), e["illness"], tuple(e["not_with"]), int(e["points"]))
            for e in document.get("conditions", ())
        ),
        drug_signs=drug_sign_terms(document.get("drug_signs", {}), unconfirmed),
        kidney_risk=kidney_risk_terms(document.get("kidney_risk"), unconfirmed),
    )  # fmt: skip


def _sign(entry: Mapping[str, Any]) -> Sign:
    return Sign(
        entry["name"],
        entry["urgency"],
        int(entry.get("keep_days", 0)),
        entry.get("needs", ""),
        int(entry.get("from_age", 0)),
        Sensitivity(entry.get("sensitivity", 0)),
    )


def _steps(entry: Mapping[str, Any]) -> Steps:
    pairs: Iterable[tuple[float, int]] = entry["steps"]
    return tuple((float(bound), int(points)) for bound, points in pairs)
