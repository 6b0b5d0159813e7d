"""What was told, as lines of the text format of PostgreSQL's COPY: one line a row, cells between tabs."""

import json
from datetime import date
from typing import Any

from coordinator_app.central.feeds.told import EntryTold, FactTold, MedicationTold, PersonTold, PhoneTold
from coordinator_app.central.feeds.verdicts import Cause, UnusableError
from coordinator_app.domain.facts import Coding

PERSON_COLUMNS = ("seq", "file_no", "line_no", "source_id", "member_id", "person_key", "content")
SIDE_COLUMNS = ("seq", "file_no", "line_no", "patient", "target", "id", "content")
FACT_COLUMNS = (
    *("seq", "file_no", "line_no", "patient", "via_id", "reason_ids", "medication_id", "place_id"),
    *("id", "kind", "part", "system", "code", "display", "codings", "status", "intent", "negated", "negation_reason"),
    *("verification", "category", "starts_on", "starts_at", "ends_on", "ends_at", "precision", "authored_on"),
    *("encounter_id", "reasons", "value_number", "value_text", "value_unit", "value_coding", "class_code", "priority"),
    *("disposition", "quantity", "days_supply", "refills", "dose_text", "per_day", "clinician_id", "place", "amount"),
    *("known_at", "sensitivity"),
)
ENTRY_COLUMNS = ("seq", "file_no", "line_no", "kind", "id", "content")
MEDICATION_COLUMNS = ("seq", "file_no", "line_no", "id", "system", "code", "display", "codings")

_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def line(*cells: Any) -> bytes:
    """Return one row; a text no database can hold is refused."""
    try:
        return ("\t".join(map(_cell, cells)) + "\n").encode()
    except UnicodeEncodeError as error:
        raise UnusableError(Cause.BAD_VALUE, "a text is not Unicode") from error


def person_cells(told: PersonTold, source: str, member_id: str, person_key: str) -> tuple[Any, ...]:
    """Return the cells of a person after where the record stands."""
    content = {
        "family": told.family,
        "given": told.given,
        "birth_date": told.birth_date.isoformat(),
        "sex": told.sex,
        "language_spoken": told.language,
        "language_read": told.language,
        "member_number": told.member_number,
        "address": told.address,
        "city": told.city,
        "state": told.state,
        "zip_code": told.zip_code,
        "deceased_on": told.deceased_on.isoformat() if told.deceased_on else None,
        "clinician_id": told.clinician_id or None,
    }
    if told.is_deceased:
        died = told.deceased_on.isoformat() if told.deceased_on else None
        content |= {"held_cause": "death_reported", "held_source": source, "held_on": died}
    return (told.source_id, member_id, person_key, content)


def phone_cells(told: PersonTold, phone: PhoneTold, own_id: str) -> tuple[Any, ...]:
    """Return the cells of one of a person's numbers after where the record stands."""
    content = {"kind": phone.kind, "value": phone.value, "as_typed": phone.as_typed}
    return (told.source_id, "contact_point", own_id, content)


def fact_cells(told: FactTold) -> tuple[Any, ...]:
    """Return the cells of a fact after where the record stands."""
    fact = told.fact
    first = fact.codings[0] if fact.codings else Coding("", "")
    return (
        *(told.patient or None, told.via, _ids(told.reason_ids), told.medication_id, told.place_id),
        *(fact.id, fact.kind, fact.part, first.system, first.code, fact.display, _pairs(fact.codings[1:])),
        *(fact.status, fact.intent, fact.negated, _pair(fact.negation_reason), fact.verification, fact.category),
        *(fact.starts_on, fact.starts_at, fact.ends_on, fact.ends_at, fact.precision, fact.authored_on),
        *(fact.encounter_id, _pairs(fact.reasons), fact.value_number, fact.value_text, fact.value_unit),
        *(_pair(fact.value_coding), fact.class_code, fact.priority, fact.disposition, fact.quantity),
        *(fact.days_supply, fact.refills, fact.dose_text, fact.per_day, fact.clinician_id, fact.place, fact.amount),
        *(fact.known_at, fact.sensitivity),
    )


def entry_cells(told: EntryTold) -> tuple[Any, ...]:
    """Return the cells of a directory entry after where the record stands."""
    return (told.kind, told.id, told.content)


def medication_cells(told: MedicationTold) -> tuple[Any, ...]:
    """Return the cells of a drug that orders refer to, after where the record stands."""
    first = told.codings[0] if told.codings else Coding("", "")
    return (told.id, first.system, first.code, told.display, _pairs(told.codings[1:]))


def _cell(value: Any) -> str:
    """Return one cell; numbers and the names of enumerations stand as themselves."""
    if value is None:
        return "\\N"
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (dict, list)):
        value = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return str(int(value) if isinstance(value, int) else value).translate(_ESCAPES)


def _pair(coding: Coding | None) -> list[str] | None:
    return [coding.system, coding.code] if coding else None


def _pairs(codings: tuple[Coding, ...]) -> list[list[str]] | None:
    return [[one.system, one.code] for one in codings] or None


def _ids(ids: tuple[str, ...]) -> str | None:
    return "{" + ",".join(ids) + "}" if ids else None
