"""FHIR STU3 resources, rewritten as R4 where the two differ, then read by the R4 readers."""

import json
from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256
from typing import Any

from coordinator_app.central.feeds import fhir_r4
from coordinator_app.central.feeds.elements import Json, codings, first, items, reference, text
from coordinator_app.central.feeds.reading import Reading
from coordinator_app.central.feeds.told import Told

_RENAMED: Mapping[str, Mapping[str, str]] = {
    "Encounter": {"reason": "reasonCode"},
    "Condition": {"assertedDate": "recordedDate"},
    "AllergyIntolerance": {"assertedDate": "recordedDate"},
    "Immunization": {"date": "occurrenceDateTime"},
    "Goal": {"status": "lifecycleStatus"},
    "Observation": {"comment": "note"},
    "Communication": {"notDoneReason": "statusReason"},
    "Procedure": {"notDoneReason": "statusReason"},
    "MedicationDispense": {"notDoneReasonCodeableConcept": "statusReason"},
}
_KINDS = {"ProcedureRequest": "ServiceRequest", "ReferralRequest": "ServiceRequest"}
_OFTEN_WITHOUT_ID = frozenset({"Procedure", "Immunization", "AllergyIntolerance", "CarePlan"})
_NOT_GIVEN = ("notGiven", "notDone", "notPerformed")


def read(resource: Mapping[str, Any], reading: Reading) -> Iterator[Told]:
    """Yield what one STU3 resource tells; an UnusableError says why it cannot be taken."""
    return fhir_r4.read(as_r4(resource), reading)


def as_r4(resource: Mapping[str, Any]) -> dict[str, Any]:
    """Return the resource with R4's names; what is the same in both is left as it is."""
    kind = text(resource.get("resourceType"))
    result = dict(resource)
    result["resourceType"] = _KINDS.get(kind, kind)
    if "context" in result and "encounter" not in result:
        result["encounter"] = result.pop("context")
    for old, new in _RENAMED.get(kind, {}).items():
        if old in result and new not in result:
            result[new] = result.pop(old)
    if any(result.get(name) is True for name in _NOT_GIVEN):
        result["status"] = "not-done"
    if (special := _SPECIAL.get(kind)) is not None:
        special(result)
    if kind in _OFTEN_WITHOUT_ID and not text(result.get("id")):
        result["id"] = content_id(result)
    return result


def content_id(resource: Json) -> str:
    """Return an id for a record of a kind that STU3 senders leave without one: what, whose, where and when it was.

    The same record sent again has the same id; its status and its words may change without doubling it.
    """
    when = next((resource[name] for name in sorted(resource) if name.endswith(("DateTime", "Period", "Date"))), None)
    named = [
        [reference(resource.get(name)) for name in ("subject", "patient", "encounter")],
        [[one.system, one.code] for one in codings(resource.get("code") or resource.get("vaccineCode"))],
        [[one.system, one.code] for one in codings(resource.get("category"))],
        when if when is not None else first(resource.get("period")).get("start"),
    ]
    return sha256(json.dumps(named, sort_keys=True).encode()).hexdigest()[:40]


def _drug_order(resource: dict[str, Any]) -> None:
    requester = first(resource.get("requester"))
    if "agent" in requester:
        resource["requester"] = requester["agent"]
    _doses(resource)


def _doses(resource: dict[str, Any]) -> None:
    """STU3 has the dose beside the timing, R4 one level deeper."""
    resource["dosageInstruction"] = [
        {**dosage, "doseAndRate": [{"doseQuantity": dosage["doseQuantity"]}]} if "doseQuantity" in dosage else dosage
        for dosage in items(resource.get("dosageInstruction"))
    ]


def _claim(resource: dict[str, Any]) -> None:
    resource["item"] = [
        {**line, "productOrService": line["service"]} if "service" in line else line
        for line in items(resource.get("item"))
    ]


_SPECIAL: Mapping[str, Callable[[dict[str, Any]], None]] = {
    "MedicationRequest": _drug_order,
    "MedicationDispense": _doses,
    "Claim": _claim,
}
