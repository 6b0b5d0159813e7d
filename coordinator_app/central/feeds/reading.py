"""What every FHIR record of a person shares: its id, whose it is, when it was, what it was for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from coordinator_app.central.feeds.elements import (
    Json,
    code,
    coding,
    codings,
    items,
    reference,
    reference_kind,
    text,
)
from coordinator_app.central.feeds.moments import Moment, moment
from coordinator_app.central.feeds.sensitive import SensitiveCodes
from coordinator_app.central.feeds.told import FactTold, SourceIds
from coordinator_app.central.feeds.verdicts import Cause, UnusableError
from coordinator_app.domain.facts import Coding, Fact, FactKind
from coordinator_app.domain.ids import FactId
from coordinator_app.domain.sensitivity import strictest

_FAR_EAST = timedelta(hours=36)
_NOT_DONE = frozenset({"not-done"})
_REASON_URLS = ("doNotPerformReason", "notDoneReason", "notDone-reason", "doNotPerform-reason")
_NOT_URLS = ("doNotPerform", "notDone", "NonOccurrenceModifier")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader needs beside the record: ids, the sensitive codes, and the last day the data can speak of."""

    ids: SourceIds
    sensitive: SensitiveCodes
    last_day: date

    def refuse_future(self, known: Moment | None, what: str) -> None:
        """Refuse what claims to have happened after the data's own day, wherever on earth that day ends."""
        if known is None:
            return
        if known.at is not None:
            ends = datetime.combine(self.last_day, time(), UTC) + _FAR_EAST
            late = known.at >= ends
        else:
            late = known.day > self.last_day
        if late:
            raise UnusableError(Cause.FUTURE_DATE, f"{what} lies after the data's own day")


def source_id(resource: Json) -> str:
    """Return the record's own id; without one a second load could double it."""
    known = text(resource.get("id"))
    if not known:
        raise UnusableError(Cause.NO_ID, "the record has no id")
    return known


def fact_told(
    resource: Json,
    reading: Reading,
    kind: FactKind,
    *,
    when: tuple[Moment | None, Moment | None] = (None, None),
    authored: Moment | None = None,
    patient: str = "subject",
    may_lie_ahead: bool = False,
    **said: Any,
) -> FactTold:
    """Build a fact with everything records have in common; ``said`` are the fields of this kind."""
    name = str(resource["resourceType"])
    own_id = source_id(resource)
    whose = reference(resource.get(patient))
    via = None if whose else _via(resource, reading)
    if not whose and via is None:
        raise UnusableError(Cause.NO_PATIENT, "the record names no patient")
    start, end = when
    if not may_lie_ahead:
        reading.refuse_future(start, f"the {name}'s date")
    stated = start or authored
    codes = said.pop("codings") if "codings" in said else codings(resource.get("code"))
    reasons = said.pop("reasons") if "reasons" in said else codings(resource.get("reasonCode"))
    encounter = reference(resource.get("encounter"))
    level = strictest(
        (reading.sensitive.of_codes((*codes, *reasons)), reading.sensitive.of_labels(resource.get("meta")))
    )
    fact = Fact(
        id=reading.ids.fact(name, own_id),
        kind=kind,
        codings=codes,
        negated=_is_negated(resource),
        negation_reason=_negation_reason(resource),
        starts_on=start.day if start else None,
        starts_at=start.at if start else None,
        ends_on=end.day if end else None,
        ends_at=end.at if end else None,
        precision=stated.precision if stated else "second",
        authored_on=authored.day if authored else None,
        encounter_id=reading.ids.fact("Encounter", encounter) if encounter else None,
        reasons=reasons,
        sensitivity=level,
        source=reading.ids.source,
    )
    fact = replace(fact, **{"status": code(resource.get("status")), **said})
    return FactTold(fact, whose, via, condition_ids(resource.get("reasonReference"), reading))


def condition_ids(references: object, reading: Reading) -> tuple[FactId, ...]:
    """Return our ids of the conditions some references name; the store knows their codes."""
    return tuple(
        reading.ids.fact("Condition", known)
        for one in items(references)
        if reference_kind(one) in {"", "Condition"} and (known := reference(one))
    )


def clinician_id(value: object, reading: Reading) -> str | None:
    """Return our id of the clinician a reference names, or None."""
    known = reference(value)
    return reading.ids.of("Practitioner", known) if known else None


def authored(resource: Json, *names: str) -> Moment | None:
    """Return the first of the named times that the record has."""
    return next((known for name in names if (known := moment(resource.get(name), name)) is not None), None)


def _via(resource: Json, reading: Reading) -> FactId | None:
    return next(iter(condition_ids(resource.get("addresses"), reading)), None)


def _is_negated(resource: Json) -> bool:
    if resource.get("doNotPerform") is True or code(resource.get("status")) in _NOT_DONE:
        return True
    for extension in items(resource.get("modifierExtension")):
        if extension.get("valueBoolean") is True and text(extension.get("url")).endswith(_NOT_URLS):
            return True
    return False


def _negation_reason(resource: Json) -> Coding | None:
    for extension in items(resource.get("extension")):
        if text(extension.get("url")).endswith(_REASON_URLS):
            return coding(extension.get("valueCodeableConcept"))
    return coding(resource.get("statusReason"))


def only(values: Iterable[Mapping[str, Any]], **wanted: str) -> Iterable[Mapping[str, Any]]:
    """Yield the objects whose named fields have the wanted values."""
    return (value for value in values if all(value.get(name) == want for name, want in wanted.items()))
