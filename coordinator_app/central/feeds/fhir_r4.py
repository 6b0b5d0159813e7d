"""FHIR R4 resources, one reader a kind."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from coordinator_app.central.feeds import clinical, orders, people
from coordinator_app.central.feeds.elements import Json
from coordinator_app.central.feeds.reading import Reading
from coordinator_app.central.feeds.told import Told
from coordinator_app.central.feeds.verdicts import Cause, UnusableError

Reader = Callable[[Json, Reading], Iterator[Told]]

READERS: Mapping[str, Reader] = {
    "Patient": people.patient,
    "Practitioner": people.practitioner,
    "Organization": people.organization,
    "Location": people.location,
    "Medication": orders.medication,
    "Encounter": clinical.encounter,
    "Condition": clinical.condition,
    "Observation": clinical.observation,
    "Procedure": clinical.procedure,
    "Immunization": clinical.immunization,
    "AllergyIntolerance": clinical.allergy,
    "DiagnosticReport": clinical.report,
    "ImagingStudy": clinical.imaging,
    "AdverseEvent": clinical.adverse_event,
    "MedicationRequest": orders.drug_order,
    "MedicationDispense": orders.dispense,
    "ServiceRequest": orders.service_order,
    "DeviceRequest": orders.device_order,
    "Task": orders.task,
    "Communication": orders.communication,
    "CarePlan": orders.care_plan,
    "Goal": orders.goal,
    "Claim": orders.claim,
    "ExplanationOfBenefit": orders.benefit,
    "Coverage": orders.coverage,
}

BEFORE_FACTS = frozenset({"Patient", "Practitioner", "Organization", "Location", "Medication"})
"""Kinds that other records refer to; they are read first, wherever they stand."""

_NEVER_HAD_CONTEXT = frozenset({"Encounter", "Condition", "Observation", "Procedure", "MedicationRequest", "CarePlan"})


def read(resource: Mapping[str, Any], reading: Reading) -> Iterator[Told]:
    """Yield what one resource tells; an UnusableError says why it cannot be taken."""
    kind = resource.get("resourceType")
    reader = READERS.get(kind) if isinstance(kind, str) else None
    if reader is None:
        known = kind if isinstance(kind, str) and kind.isalpha() else "nothing we know"
        raise UnusableError(Cause.UNKNOWN_RESOURCE, f"the record is {known[:40]}, which is not kept")
    if kind in _NEVER_HAD_CONTEXT and "context" in resource:
        raise UnusableError(Cause.BAD_VALUE, "the record is written as FHIR STU3, not R4")
    return reader(resource, reading)
