"""What the payer, the hospitals and the practices told us about a person: coded, dated, sourced."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from coordinator_app.domain.ids import FactId, MemberId
from coordinator_app.domain.sensitivity import Sensitivity

TOLD = "nurse"
"""The source of a fact that rests on what a nurse was told, and not on a feed."""


class FactKind(StrEnum):
    """What happened or was said; the names are FHIR's resource kinds in our spelling."""

    ENCOUNTER = "encounter"
    CONDITION = "condition"
    OBSERVATION = "observation"
    PROCEDURE = "procedure"
    DRUG_ORDER = "drug_order"
    DISPENSE = "dispense"
    IMMUNIZATION = "immunization"
    ALLERGY = "allergy"
    SERVICE_ORDER = "service_order"
    DEVICE_ORDER = "device_order"
    TASK = "task"
    COMMUNICATION = "communication"
    ADVERSE_EVENT = "adverse_event"
    CARE_PLAN = "care_plan"
    GOAL = "goal"
    REPORT = "report"
    IMAGING = "imaging"
    CLAIM = "claim"
    COVERAGE = "coverage"


@dataclass(frozen=True, slots=True)
class Coding:
    """A code in its system, by our short name (icd10cm, icd9cm, snomed, rxnorm, ndc, loinc, cvx, hcpcs, cpt)."""

    system: str
    code: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that is known of a person.

    ``starts_on`` and ``ends_on`` are the calendar days the source wrote, never shifted by a zone;
    ``starts_at`` and ``ends_at`` are instants in UTC where the source gave a time.
    ``part`` tells the values of one many-valued observation apart (0 where it has one).
    ``per_day`` is doses a day; ``days_supply`` days; ``value_number`` is in ``value_unit`` (UCUM).
    """

    id: FactId
    kind: FactKind
    codings: tuple[Coding, ...] = ()
    display: str = ""
    status: str = ""
    intent: str = ""
    negated: bool = False
    negation_reason: Coding | None = None
    verification: str = ""
    category: str = ""
    starts_on: date | None = None
    starts_at: datetime | None = None
    ends_on: date | None = None
    ends_at: datetime | None = None
    precision: str = "second"
    authored_on: date | None = None
    encounter_id: FactId | None = None
    reasons: tuple[Coding, ...] = ()
    value_number: float | None = None
    value_text: str = ""
    value_unit: str = ""
    value_coding: Coding | None = None
    class_code: str = ""
    priority: str = ""
    disposition: str = ""
    quantity: float | None = None
    days_supply: int | None = None
    refills: int | None = None
    dose_text: str = ""
    per_day: float | None = None
    clinician_id: str | None = None
    place: str = ""
    amount: float | None = None
    part: int = 0
    source: str = ""
    known_at: datetime | None = None
    sensitivity: Sensitivity = Sensitivity.ORDINARY

    @property
    def code(self) -> str:
        """The first code, or nothing."""
        return self.codings[0].code if self.codings else ""

    def has_any(self, codes: frozenset[Coding] | set[Coding]) -> bool:
        """Say whether any of its codings is among ``codes``."""
        return any(coding in codes for coding in self.codings)


@dataclass(frozen=True, slots=True)
class Person:
    """Who the member is, as far as a rule may need it; ``left_on`` is the day on which the plan ended."""

    id: MemberId
    birth_date: date
    sex: str = "unknown"
    deceased_on: date | None = None
    zip_code: str = ""
    language: str = "en"
    left_on: date | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    """A person with all facts known on a day; rules read nothing else."""

    person: Person
    facts: tuple[Fact, ...] = ()
    by_kind: dict[FactKind, tuple[Fact, ...]] = field(default_factory=dict, compare=False, repr=False)

    def __post_init__(self) -> None:
        sorted_out: dict[FactKind, list[Fact]] = {}
        for fact in self.facts:
            sorted_out.setdefault(fact.kind, []).append(fact)
        object.__setattr__(self, "by_kind", {kind: tuple(facts) for kind, facts in sorted_out.items()})

    def of(self, kind: FactKind) -> tuple[Fact, ...]:
        """Return the facts of one kind, in the order they were given."""
        return self.by_kind.get(kind, ())

    def coded(self, kind: FactKind, codes: frozenset[Coding]) -> Iterator[Fact]:
        """Yield the facts of one kind that carry one of ``codes``."""
        return (fact for fact in self.of(kind) if fact.has_any(codes))
