"""Synthea's CSV tables, each row rewritten as the FHIR R4 resource it came from."""

from collections.abc import Callable, Collection, Iterator, Mapping
from hashlib import sha256
from pathlib import PurePath
from typing import Any, BinaryIO

from coordinator_app.central.feeds import fhir_r4
from coordinator_app.central.feeds.lines import Flaw
from coordinator_app.central.feeds.reading import Reading
from coordinator_app.central.feeds.records import Record, Repeats, table_rows
from coordinator_app.central.feeds.told import NotKept, Told
from coordinator_app.central.feeds.verdicts import Cause, UnusableError

Row = Mapping[str, str]
_SNOMED, _RXNORM = "http://snomed.info/sct", "http://www.nlm.nih.gov/research/umls/rxnorm"
_LOINC, _CVX = "http://loinc.org", "http://hl7.org/fhir/sid/cvx"
_NOT_KEPT = frozenset({"payers", "payer_transitions", "claims_transactions", "devices", "supplies"})
_NOT_KEPT_KIND = "table that is not kept"


def records(stream: BinaryIO, name: str, kinds: Collection[str] | None) -> Iterator[Record | Flaw]:
    """Yield each row of a table as a resource; the file's name says which table it is."""
    table = PurePath(name).name.partition(".")[0].lower()
    kind, as_resource, needed = _TABLES.get(table, (_NOT_KEPT_KIND, None, ""))
    if kinds is not None and kind not in kinds:
        return
    if as_resource is None and table not in _NOT_KEPT:
        yield Flaw(1, Cause.BAD_VALUE, "the file's name is none of Synthea's tables")
        return
    repeats = Repeats()
    for row in table_rows(stream):
        if isinstance(row, Flaw):
            if kinds is None:
                yield row
        elif row[0] == 0:
            if any(heading not in row[1] for heading in needed.split()):
                yield Flaw(1, Cause.BAD_VALUE, "the first line does not hold the headings of this table")
                return
        elif as_resource is None:
            yield Record(row[0], {"resourceType": kind})
        else:
            resource = {"resourceType": kind, **as_resource(row[1])}
            resource["id"] = row[1].get("Id") or _row_id(row[1], repeats)
            yield Record(row[0], resource)


def read(resource: Mapping[str, Any], reading: Reading) -> Iterator[Told]:
    """Yield what one row tells."""
    if resource["resourceType"] == _NOT_KEPT_KIND:
        return iter((NotKept("a table that is not kept"),))
    return fhir_r4.read(resource, reading)


def _row_id(row: Row, repeats: Repeats) -> str:
    """Return an id for a row of a table without ids: when, whose, where, what, and the how-manieth such row."""
    names = ("DATE", "START", "PATIENT", "ENCOUNTER", "CODE")
    key = tuple(row.get(name, "") for name in names)
    return sha256("\x1f".join((*key, str(repeats.count(key)))).encode()).hexdigest()[:40]


def _concept(system: str, code: str, words: str) -> dict[str, Any]:
    return {"coding": [{"system": system, "code": code, "display": words}]} if code else {"text": words}


def _coded(row: Row, system: str = _SNOMED) -> dict[str, Any]:
    return _concept(system, row.get("CODE", ""), row.get("DESCRIPTION", ""))


def _reasons(row: Row) -> list[dict[str, Any]]:
    return [_concept(_SNOMED, row["REASONCODE"], row.get("REASONDESCRIPTION", ""))] if row.get("REASONCODE") else []


def _to(source_id: str | None) -> dict[str, str]:
    return {"reference": f"urn:uuid:{source_id}"} if source_id else {}


def _number(written: str | None, what: str) -> float | None:
    if not written:
        return None
    try:
        return float(written)
    except ValueError as error:
        raise UnusableError(Cause.BAD_VALUE, f"{what} is not a number") from error


def _span(row: Row) -> dict[str, str | None]:
    return {"start": row.get("START") or None, "end": row.get("STOP") or None}


def _patient(row: Row) -> dict[str, Any]:
    gender = row.get("GENDER", "").lower()
    return {
        "name": [{"use": "official", "family": row["LAST"], "given": [row["FIRST"]]}],
        "gender": {"m": "male", "f": "female"}.get(gender, gender),
        "birthDate": row["BIRTHDATE"] or None,
        "deceasedDateTime": row.get("DEATHDATE") or None,
        "communication": [{"language": {"coding": [{"code": row.get("LANGUAGE") or "en"}]}}],
        "telecom": [{"system": "phone", "use": "home", "value": row.get("PHONE", "")}],
        "address": [
            {
                "line": [row.get("ADDRESS", "")],
                "city": row.get("CITY", ""),
                "state": row.get("STATE", ""),
                "postalCode": row.get("ZIP", ""),
            }
        ],
    }


def _place(row: Row) -> dict[str, Any]:
    return {
        "name": row["NAME"],
        "telecom": [{"system": "phone", "value": row.get("PHONE", "")}],
        "address": [{"line": [row.get("ADDRESS", "")], "city": row.get("CITY", ""), "postalCode": row.get("ZIP", "")}],
    }


def _provider(row: Row) -> dict[str, Any]:
    return {**_place(row), "name": [{"family": row["NAME"].removeprefix("Dr. ")}]}


def _encounter(row: Row) -> dict[str, Any]:
    return {
        "status": "finished",
        "class": row.get("ENCOUNTERCLASS", ""),
        "type": [_coded(row)],
        "subject": _to(row["PATIENT"]),
        "participant": [{"individual": _to(row.get("PROVIDER"))}],
        "serviceProvider": _to(row.get("ORGANIZATION")),
        "period": _span(row),
        "reasonCode": _reasons(row),
        "hospitalization": {"dischargeDisposition": row.get("DISCHARGEDISPOSITION", "")},
    }


def _condition(row: Row) -> dict[str, Any]:
    return {
        "clinicalStatus": row.get("CLINICALSTATUS") or ("resolved" if row.get("STOP") else "active"),
        "verificationStatus": "confirmed",
        "code": _coded(row),
        "subject": _to(row["PATIENT"]),
        "encounter": _to(row.get("ENCOUNTER")),
        "onsetDateTime": row.get("START") or None,
        "abatementDateTime": row.get("STOP") or None,
        "recordedDate": row.get("START") or None,
    }


def _observation(row: Row) -> dict[str, Any]:
    written = row.get("VALUE", "")
    value: dict[str, Any] = {"valueString": written} if written else {}
    if row.get("TYPE") == "numeric" and written:
        units = row.get("UNITS", "")
        value = {"valueQuantity": {"value": _number(written, "the value"), "unit": units, "code": units}}
    return {
        "status": "final",
        "category": [{"coding": [{"code": row.get("CATEGORY", "")}]}],
        "code": _coded(row, _LOINC),
        "subject": _to(row["PATIENT"]),
        "encounter": _to(row.get("ENCOUNTER")),
        "effectiveDateTime": row.get("DATE") or None,
        **value,
    }


def _medication(row: Row) -> dict[str, Any]:
    repeat = {
        "frequency": _number(row.get("FREQUENCY"), "the frequency"),
        "period": _number(row.get("PERIOD"), "the period"),
        "periodUnit": row.get("PERIODUNIT", ""),
        "boundsPeriod": {"start": row.get("START") or None, "end": row.get("STOP") or None},
    }
    dose = {"doseQuantity": {"value": _number(row.get("DOSE"), "the dose")}}
    days = (row.get("DAYSSUPPLY") or "").split()
    duration = {"value": _number(days[0], "the supply"), "unit": days[1] if len(days) > 1 else "d"} if days else {}
    return {
        "status": row.get("STATUS") or ("stopped" if row.get("STOP") else "active"),
        "intent": "order",
        "medicationCodeableConcept": _coded(row, _RXNORM),
        "subject": _to(row["PATIENT"]),
        "encounter": _to(row.get("ENCOUNTER")),
        "requester": _to(row.get("PROVIDER")),
        "authoredOn": row.get("START") or None,
        "reasonCode": _reasons(row),
        "dosageInstruction": [
            {"timing": {"repeat": repeat}, "doseAndRate": [dose], "asNeededBoolean": row.get("ASNEEDED") == "True"}
        ],
        "dispenseRequest": {
            "quantity": {"value": _number(row.get("QUANTITY"), "the quantity")},
            "numberOfRepeatsAllowed": _number(row.get("REFILLS"), "the refills"),
            "expectedSupplyDuration": duration,
        },
    }


def _procedure(row: Row) -> dict[str, Any]:
    when = (
        {"performedPeriod": _span(row)}
        if row.get("STOP")
        else {"performedDateTime": row.get("START") or row.get("DATE") or None}
    )
    return {
        "status": "completed",
        "code": _coded(row),
        "subject": _to(row["PATIENT"]),
        "encounter": _to(row.get("ENCOUNTER")),
        "reasonCode": _reasons(row),
        **when,
    }


def _immunization(row: Row) -> dict[str, Any]:
    return {
        "status": row.get("STATUS") or "completed",
        "vaccineCode": _coded(row, _CVX),
        "patient": _to(row["PATIENT"]),
        "encounter": _to(row.get("ENCOUNTER")),
        "occurrenceDateTime": row.get("DATE") or None,
    }


def _allergy(row: Row) -> dict[str, Any]:
    return {
        "clinicalStatus": row.get("CLINICALSTATUS") or ("inactive" if row.get("STOP") else "active"),
        "verificationStatus": "confirmed",
        "type": row.get("TYPE") or "allergy",
        "category": [row.get("CATEGORY", "")],
        "criticality": row.get("CRITICALITY", ""),
        "code": _coded(row, _RXNORM if row.get("SYSTEM") == "RxNorm" else _SNOMED),
        "patient": _to(row["PATIENT"]),
        "recordedDate": row.get("START") or None,
    }


def _care_plan(row: Row) -> dict[str, Any]:
    return {
        "status": row.get("STATUS") or ("completed" if row.get("STOP") else "active"),
        "intent": "order",
        "category": [_coded(row)],
        "subject": _to(row["PATIENT"]),
        "encounter": _to(row.get("ENCOUNTER")),
        "period": _span(row),
        "reasonCode": _reasons(row),
    }


def _claim(row: Row) -> dict[str, Any]:
    diagnoses = [row.get(f"DIAGNOSIS{place}", "") for place in range(1, 9)]
    return {
        "status": "active",
        "type": row.get("TYPE", ""),
        "patient": _to(row.get("PATIENT") or row.get("PATIENTID")),
        "billablePeriod": {
            "start": row.get("START") or row.get("SERVICEDATE") or None,
            "end": row.get("STOP") or None,
        },
        "created": row.get("CREATED") or None,
        "insurance": [{"coverage": {"display": row.get("PAYER", "")}}],
        "diagnosis": [{"diagnosisCodeableConcept": _concept(_SNOMED, code, "")} for code in diagnoses if code],
        "item": [{"encounter": [_to(row.get("ENCOUNTER") or row.get("APPOINTMENTID"))]}],
        "total": {"value": _number(row.get("TOTAL"), "the total")},
    }


def _imaging(row: Row) -> dict[str, Any]:
    return {
        "status": "available",
        "subject": _to(row["PATIENT"]),
        "encounter": _to(row.get("ENCOUNTER")),
        "started": row.get("DATE") or None,
        "series": [
            {
                "modality": {
                    "system": "http://dicom.nema.org/resources/ontology/DCM",
                    "code": row.get("MODALITY_CODE", ""),
                    "display": row.get("MODALITY_DESCRIPTION", ""),
                },
                "bodySite": {
                    "system": _SNOMED,
                    "code": row.get("BODYSITE_CODE", ""),
                    "display": row.get("BODYSITE_DESCRIPTION", ""),
                },
            }
        ],
    }


_TABLES: Mapping[str, tuple[str, Callable[[Row], dict[str, Any]], str]] = {
    "patients": ("Patient", _patient, "Id BIRTHDATE FIRST LAST"),
    "organizations": ("Organization", _place, "Id NAME"),
    "providers": ("Practitioner", _provider, "Id NAME"),
    "encounters": ("Encounter", _encounter, "Id START PATIENT CODE"),
    "conditions": ("Condition", _condition, "START PATIENT CODE"),
    "observations": ("Observation", _observation, "DATE PATIENT CODE VALUE"),
    "medications": ("MedicationRequest", _medication, "START PATIENT CODE"),
    "procedures": ("Procedure", _procedure, "PATIENT CODE"),
    "immunizations": ("Immunization", _immunization, "DATE PATIENT CODE"),
    "allergies": ("AllergyIntolerance", _allergy, "START PATIENT CODE"),
    "careplans": ("CarePlan", _care_plan, "START PATIENT CODE"),
    "claims": ("Claim", _claim, "Id"),
    "imaging_studies": ("ImagingStudy", _imaging, "Id DATE PATIENT"),
}
