"""Drugs ordered and handed out, services and devices ordered, tasks, plans, goals, messages, money."""

from collections.abc import Iterator
from dataclasses import replace

from coordinator_app.central.feeds.code_systems import unit
from coordinator_app.central.feeds.elements import (
    Json,
    code,
    codings,
    display,
    first,
    items,
    number,
    period,
    reference,
    reference_kind,
    span,
    text,
    whole,
)
from coordinator_app.central.feeds.reading import Reading, authored, clinician_id, condition_ids, fact_told, source_id
from coordinator_app.central.feeds.told import FactTold, MedicationTold, NotKept, Told
from coordinator_app.domain.facts import Coding, FactKind

_DAYS = {"s": 1 / 86400, "min": 1 / 1440, "h": 1 / 24, "d": 1.0, "wk": 7.0, "mo": 30.4375, "a": 365.25}
_LONG_UNITS = {"day": "d", "days": "d", "week": "wk", "weeks": "wk", "month": "mo", "months": "mo", "year": "a"}


def medication(resource: Json, reading: Reading) -> Iterator[Told]:
    """Read a Medication, which orders may refer to."""
    yield MedicationTold(
        reading.ids.of("Medication", source_id(resource)), codings(resource.get("code")), display(resource.get("code"))
    )


def drug_order(resource: Json, reading: Reading) -> Iterator[Told]:
    """Read a MedicationRequest: doses a day from its timing in ``value_unit``, days of supply in days.

    ``class_code`` is the kind of course: one that is told to begin and not to end is "continuous".
    """
    ordered = authored(resource, "authoredOn")
    dosage = first(resource.get("dosageInstruction"))
    repeat = first(first(dosage.get("timing")).get("repeat"))
    bounds = period(repeat.get("boundsPeriod"), "the course")
    supply = first(resource.get("dispenseRequest"))
    told = fact_told(
        resource,
        reading,
        FactKind.DRUG_ORDER,
        when=(bounds[0] or ordered, bounds[1]),
        authored=ordered,
        may_lie_ahead=bounds[0] is not None,
        codings=codings(resource.get("medicationCodeableConcept")),
        display=display(resource.get("medicationCodeableConcept")),
        intent=text(resource.get("intent")),
        category=code(resource.get("category")),
        class_code=code(resource.get("courseOfTherapyType")) or ("continuous" if bounds[0] and not bounds[1] else ""),
        priority=text(resource.get("priority")),
        quantity=number(first(supply.get("quantity")).get("value"), "the quantity"),
        days_supply=_supply(first(supply.get("expectedSupplyDuration"))),
        refills=whole(supply.get("numberOfRepeatsAllowed"), "the refills"),
        dose_text=text(dosage.get("text")) or ("as needed" if dosage.get("asNeededBoolean") is True else ""),
        per_day=_per_day(repeat, dosage),
        value_unit=unit(text(first(first(dosage.get("doseAndRate")).get("doseQuantity")).get("unit"))),
        clinician_id=clinician_id(resource.get("requester"), reading),
    )
    yield _by_reference(told, resource, reading)


def dispense(resource: Json, reading: Reading) -> Iterator[Told]:
    """Read a MedicationDispense: a fill."""
    dosage = first(resource.get("dosageInstruction"))
    told = fact_told(
        resource,
        reading,
        FactKind.DISPENSE,
        when=(authored(resource, "whenHandedOver", "whenPrepared"), None),
        codings=codings(resource.get("medicationCodeableConcept")),
        display=display(resource.get("medicationCodeableConcept")),
        category=code(resource.get("category")) or code(resource.get("type")),
        quantity=number(first(resource.get("quantity")).get("value"), "the quantity"),
        days_supply=_supply(first(resource.get("daysSupply"))),
        dose_text=text(dosage.get("text")),
        per_day=_per_day(first(first(dosage.get("timing")).get("repeat")), dosage),
        place=display(resource.get("location")),
    )
    yield _by_reference(told, resource, reading)


def service_order(resource: Json, reading: Reading) -> Iterator[Told]:
    """Read a ServiceRequest: a referral, test or treatment asked for."""
    yield from _order(resource, reading, FactKind.SERVICE_ORDER, "code")


def device_order(resource: Json, reading: Reading) -> Iterator[Told]:
    """Read a DeviceRequest."""
    yield from _order(resource, reading, FactKind.DEVICE_ORDER, "codeCodeableConcept")


def task(resource: Json, reading: Reading) -> Iterator[Told]:
    """Read a Task; ``reasons`` say what it is about, the orders it carries out as codings of the system "order"."""
    orders = [
        Coding("order", reading.ids.fact(reference_kind(one) or "ServiceRequest", known))
        for one in items(resource.get("basedOn"))
        if (known := reference(one))
    ]
    yield fact_told(
        resource,
        reading,
        FactKind.TASK,
        patient="for",
        when=period(resource.get("executionPeriod"), "the task"),
        reasons=(*codings(resource.get("reasonCode")), *orders),
        authored=authored(resource, "authoredOn"),
        may_lie_ahead=True,
        display=display(resource.get("code")),
        intent=text(resource.get("intent")),
        priority=text(resource.get("priority")),
    )


def communication(resource: Json, reading: Reading) -> Iterator[Told]:
    """Read a Communication; its topic, or else its reason, is its code."""
    yield fact_told(
        resource,
        reading,
        FactKind.COMMUNICATION,
        when=(authored(resource, "sent", "received"), None),
        codings=codings(resource.get("topic")) or codings(resource.get("reasonCode")),
        display=display(resource.get("topic")),
        category=code(resource.get("category")),
    )


def care_plan(resource: Json, reading: Reading) -> Iterator[Told]:
    """Read a CarePlan; what it is for stands in its category, the conditions it addresses are its reasons."""
    told = fact_told(
        resource,
        reading,
        FactKind.CARE_PLAN,
        when=period(resource.get("period"), "the plan"),
        may_lie_ahead=True,
        codings=codings(resource.get("category")),
        display=text(resource.get("title")) or display(resource.get("category")),
        intent=text(resource.get("intent")),
    )
    yield replace(told, reason_ids=condition_ids(resource.get("addresses"), reading))


def goal(resource: Json, reading: Reading) -> Iterator[Told]:
    """Read a Goal; one that names no person belongs to the person whose condition it addresses."""
    target = first(resource.get("target"))
    start, _ = span(resource, "start")
    due, _ = span(target, "due")
    told = fact_told(
        resource,
        reading,
        FactKind.GOAL,
        when=(start, due),
        may_lie_ahead=True,
        codings=codings(resource.get("description")),
        display=display(resource.get("description")),
        status=code(resource.get("lifecycleStatus")),
        category=code(resource.get("achievementStatus")),
    )
    yield replace(told, reason_ids=condition_ids(resource.get("addresses"), reading))


def claim(resource: Json, reading: Reading) -> Iterator[Told]:
    """Read a Claim: its days, its diagnoses as reasons, what was billed as its codes, its total as the amount."""
    start, end = period(resource.get("billablePeriod"), "the claim")
    diagnoses = list(items(resource.get("diagnosis")))
    lines = list(items(resource.get("item")))
    encounter = next((known for line in lines if (known := reference(line.get("encounter")))), "")
    total = first(resource.get("total"))
    payer = display(first(first(resource.get("insurance")).get("coverage"))) or display(resource.get("insurer"))
    told = fact_told(
        resource,
        reading,
        FactKind.CLAIM,
        patient="patient",
        when=(start, end),
        authored=authored(resource, "created"),
        codings=codings([line.get("productOrService") for line in lines]),
        display=display([line.get("productOrService") for line in lines]),
        reasons=codings([one.get("diagnosisCodeableConcept") for one in diagnoses]),
        category=code(resource.get("type")),
        priority=code(resource.get("priority")),
        encounter_id=reading.ids.fact("Encounter", encounter) if encounter else None,
        amount=number(total.get("value", first(total.get("amount")).get("value")), "the total"),
        place=payer,
    )
    named = [one.get("diagnosisReference") for one in diagnoses]
    yield replace(told, reason_ids=condition_ids(named, reading))


def benefit(resource: Json, reading: Reading) -> Iterator[Told]:
    """Read an ExplanationOfBenefit as a claim, unless it only repeats a claim that it names."""
    if reference(resource.get("claim")):
        yield NotKept("repeats the claim it names")
        return
    yield from claim(resource, reading)


def coverage(resource: Json, reading: Reading) -> Iterator[Told]:
    """Read a Coverage."""
    yield fact_told(
        resource,
        reading,
        FactKind.COVERAGE,
        patient="beneficiary",
        when=period(resource.get("period"), "the coverage"),
        may_lie_ahead=True,
        codings=codings(resource.get("type")),
        display=display(resource.get("type")),
        place=display(resource.get("payor")),
    )


def _order(resource: Json, reading: Reading, kind: FactKind, coded_in: str) -> Iterator[FactTold]:
    asked = authored(resource, "authoredOn")
    start, end = span(resource, "occurrence")
    yield fact_told(
        resource,
        reading,
        kind,
        when=(start or asked, end),
        authored=asked,
        may_lie_ahead=start is not None,
        codings=codings(resource.get(coded_in)),
        display=display(resource.get(coded_in)),
        intent=text(resource.get("intent")),
        category=code(resource.get("category")),
        priority=text(resource.get("priority")),
        clinician_id=clinician_id(resource.get("requester"), reading),
    )


def _by_reference(told: FactTold, resource: Json, reading: Reading) -> FactTold:
    known = reference(resource.get("medicationReference"))
    return replace(told, medication_id=reading.ids.of("Medication", known)) if known else told


def _supply(duration: Json) -> int | None:
    amount = number(duration.get("value"), "the supply")
    if amount is None:
        return None
    written = text(duration.get("code")) or text(duration.get("unit"))
    each = _DAYS.get(_LONG_UNITS.get(unit(written).strip("{}"), written.strip("{}")), 1.0)
    return whole(amount * each, "the supply")


def _per_day(repeat: Json, dosage: Json) -> float | None:
    times, length = number(repeat.get("frequency"), "the frequency"), number(repeat.get("period"), "the period")
    days = _DAYS.get(text(repeat.get("periodUnit")), 0.0)
    if times is None or not length or not days:
        return None
    each = number(first(first(dosage.get("doseAndRate")).get("doseQuantity")).get("value"), "the dose")
    return round(times / (length * days) * (each or 1.0), 4)
