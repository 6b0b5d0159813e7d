"""Stays, conditions, findings, procedures, vaccines, allergies."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from coordinator_app.central.feeds.code_systems import unit
from coordinator_app.central.feeds.elements import (
    Json,
    code,
    coding,
    codings,
    display,
    first,
    items,
    number,
    period,
    reference,
    span,
    text,
)
from coordinator_app.central.feeds.moments import Moment, moment
from coordinator_app.central.feeds.reading import Reading, authored, clinician_id, condition_ids, fact_told, source_id
from coordinator_app.central.feeds.told import Told
from coordinator_app.domain.facts import FactKind

_CLASSES = {
    "ambulatory": "AMB",
    "outpatient": "AMB",
    "wellness": "AMB",
    "urgentcare": "AMB",
    "field": "FLD",
    "home": "HH",
    "virtual": "VR",
    "emergency": "EMER",
    "inpatient": "IMP",
    "daytime": "SS",
    "hospice": "HH",
    "snf": "IMP",
}
_AHEAD = frozenset({"planned", "booked", "proposed", "pending", "waitlist"})
_FROM_EMERGENCY = frozenset({"emd", "7"})


def encounter(resource: Json, reading: Reading) -> Iterator[Told]:
    """Read an Encounter: class by HL7's ActCode, the discharge disposition as coded, the diagnoses as reasons."""
    stay = first(resource.get("hospitalization"))
    priority = code(resource.get("priority"))
    if not priority and code(stay.get("admitSource")) in _FROM_EMERGENCY:
        priority = "EM"
    written = code(resource.get("class"))
    where = first(first(resource.get("location")).get("location"))
    told = fact_told(
        resource,
        reading,
        FactKind.ENCOUNTER,
        when=period(resource.get("period"), "the stay"),
        may_lie_ahead=code(resource.get("status")) in _AHEAD,
        codings=codings(resource.get("type")),
        display=display(resource.get("type")),
        class_code=_CLASSES.get(written.lower(), written),
        priority=priority,
        disposition=code(stay.get("dischargeDisposition")),
        reasons=codings([*items(resource.get("reasonCode")), *_embedded_diagnoses(resource)]),
        clinician_id=clinician_id(first(resource.get("participant")).get("individual"), reading),
        place=display(where) or display(resource.get("serviceProvider")),
        # The type of stay tells a nursing home from a hospital.
        category=code(resource.get("serviceType")),
    )
    named = [one.get("condition") for one in sorted(items(resource.get("diagnosis")), key=_rank)]
    place = reference(resource.get("serviceProvider"))
    yield replace(
        told,
        reason_ids=(*told.reason_ids, *condition_ids(named, reading)),
        place_id=reading.ids.of("Organization", place) if place else None,
    )


def condition(resource: Json, reading: Reading) -> Iterator[Told]:
    """Read a Condition; ``starts`` is its onset, ``ends`` its abatement, ``authored_on`` when it was written down.

    An onset told as a period ends when the condition had begun, not when it was over. ``place`` is where in the body.
    """
    start, _ = span(resource, "onset")
    abating, abated = span(resource, "abatement")
    yield fact_told(
        resource,
        reading,
        FactKind.CONDITION,
        when=(start, abated or abating),
        authored=authored(resource, "recordedDate"),
        display=display(resource.get("code")),
        status=code(resource.get("clinicalStatus")),
        verification=code(resource.get("verificationStatus")),
        category=code(resource.get("category")),
        value_coding=coding(resource.get("severity")),
        clinician_id=clinician_id(resource.get("recorder"), reading),
        place=" ".join(known.code for known in codings(resource.get("bodySite"))),
    )


def observation(resource: Json, reading: Reading) -> Iterator[Told]:
    """Read an Observation into one fact a value; parts of a many-valued one count from 1 and name its panel."""
    whole = fact_told(
        resource,
        reading,
        FactKind.OBSERVATION,
        when=span(resource, "effective"),
        authored=authored(resource, "issued"),
        display=display(resource.get("code")),
        category=code(resource.get("category")),
        clinician_id=clinician_id(first(resource.get("performer")), reading),
    )
    own, parts = _value(resource), list(items(resource.get("component")))
    if not parts:
        yield replace(whole, fact=replace(whole.fact, **own))
        return
    panel = whole.fact.code
    values = [(whole.fact.codings, whole.fact.display, own)] if own else []
    values += [(codings(part.get("code")), display(part.get("code")), _value(part)) for part in parts]
    for place, (codes, words, value) in enumerate(values, start=1):
        own_id = reading.ids.fact("Observation", source_id(resource), place)
        fact = replace(whole.fact, id=own_id, part=place, codings=codes, display=words, class_code=panel, **value)
        yield replace(whole, fact=fact)


def procedure(resource: Json, reading: Reading) -> Iterator[Told]:
    """Read a Procedure; one done at a stated moment has an end, one told as a period without an end goes on.

    What was not done has, for want of a better time, the time at which that was written down.
    """
    start, end = span(resource, "performed")
    written = next((known for one in items(resource.get("extension")) if (known := _recorded(one))), None)
    if start is None and code(resource.get("status")) == "not-done":
        start = written
    yield fact_told(
        resource,
        reading,
        FactKind.PROCEDURE,
        when=(start, start if "performedDateTime" in resource else end),
        authored=written,
        display=display(resource.get("code")),
        category=code(resource.get("category")),
        clinician_id=clinician_id(first(resource.get("performer")).get("actor"), reading),
    )


def immunization(resource: Json, reading: Reading) -> Iterator[Told]:
    """Read an Immunization."""
    yield fact_told(
        resource,
        reading,
        FactKind.IMMUNIZATION,
        patient="patient",
        when=span(resource, "occurrence"),
        authored=authored(resource, "recorded"),
        codings=codings(resource.get("vaccineCode")),
        display=display(resource.get("vaccineCode")),
    )


def allergy(resource: Json, reading: Reading) -> Iterator[Told]:
    """Read an AllergyIntolerance; ``priority`` is its criticality, ``value_text`` the day of its last reaction."""
    written = authored(resource, "recordedDate")
    start, end = span(resource, "onset")
    category = resource.get("category")
    yield fact_told(
        resource,
        reading,
        FactKind.ALLERGY,
        patient="patient",
        when=(start or written, end),
        authored=written,
        display=display(resource.get("code")),
        status=code(resource.get("clinicalStatus")),
        verification=code(resource.get("verificationStatus")),
        category=text(category[0]) if isinstance(category, list) and category else text(category),
        class_code=text(resource.get("type")),
        priority=text(resource.get("criticality")),
        value_text=text(resource.get("lastOccurrence"))[:10],
    )


def report(resource: Json, reading: Reading) -> Iterator[Told]:
    """Read a DiagnosticReport: that it was made and what it concluded; its values are observations of their own."""
    yield fact_told(
        resource,
        reading,
        FactKind.REPORT,
        when=span(resource, "effective"),
        authored=authored(resource, "issued"),
        display=display(resource.get("code")),
        category=code(resource.get("category")),
        value_text=text(resource.get("conclusion")),
        value_coding=coding(resource.get("conclusionCode")),
    )


def imaging(resource: Json, reading: Reading) -> Iterator[Told]:
    """Read an ImagingStudy: which pictures of which part of the body were taken."""
    series = first(resource.get("series"))
    shown = codings(resource.get("procedureCode")) or codings([one.get("modality") for one in items([series])])
    yield fact_told(
        resource,
        reading,
        FactKind.IMAGING,
        when=(moment(resource.get("started"), "the study's start"), None),
        codings=shown,
        display=display(resource.get("procedureCode")) or display(series.get("modality")),
        value_coding=coding(series.get("bodySite")),
        value_text=display(series.get("bodySite")),
    )


def adverse_event(resource: Json, reading: Reading) -> Iterator[Told]:
    """Read an AdverseEvent."""
    written = authored(resource, "recordedDate")
    yield fact_told(
        resource,
        reading,
        FactKind.ADVERSE_EVENT,
        when=(authored(resource, "date", "detected") or written, None),
        authored=written,
        codings=codings(resource.get("event")),
        display=display(resource.get("event")),
        status=text(resource.get("actuality")),
        category=code(resource.get("category")),
    )


def _recorded(extension: Json) -> Moment | None:
    """Return when QI-Core says a record was made."""
    if not text(extension.get("url")).endswith("qicore-recorded"):
        return None
    return authored(extension, "valueDateTime")


def _rank(diagnosis: Json) -> float:
    """Return the place of a diagnosis among those of a stay: the principal one first, the unranked last."""
    rank = diagnosis.get("rank")
    return rank if isinstance(rank, int) else float("inf")


def _embedded_diagnoses(resource: Json) -> list[Json]:
    """Return diagnoses written into the stay itself, not referred to."""
    return [first(one.get("conditionCodeableConcept")) for one in items(resource.get("diagnosis"))]


def _value(resource: Json) -> dict[str, Any]:
    """Return the fields of a value, however it is written; an empty dict where there is none."""
    name = next((name for name in _VALUES if resource.get(name) is not None), None)
    return _VALUES[name](resource[name]) if name else {}


def _quantity(value: object) -> dict[str, Any]:
    amount = first(value)
    return {
        "value_number": number(amount.get("value"), "the value"),
        "value_unit": unit(text(amount.get("code")) or text(amount.get("unit"))),
        "value_text": text(amount.get("comparator")),
    }


def _said(value: object) -> dict[str, Any]:
    return {"value_text": text(value)}


_VALUES: dict[str, Callable[[object], dict[str, Any]]] = {
    "valueQuantity": _quantity,
    "valueCodeableConcept": lambda value: {"value_coding": coding(value), "value_text": display(value)},
    "valueString": _said,
    "valueDateTime": _said,
    "valueTime": _said,
    "valueBoolean": lambda value: {"value_text": "true" if value is True else "false"},
    "valueInteger": lambda value: {"value_number": number(value, "the value")},
    "dataAbsentReason": lambda value: {"value_coding": coding(value)},
}
