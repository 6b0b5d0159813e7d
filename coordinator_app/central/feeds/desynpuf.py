"""CMS's synthetic claims of 2008 to 2010 (DE-SynPUF): each row rewritten as the FHIR R4 resources it tells of."""

from collections.abc import Callable, Collection, Iterator, Mapping
from itertools import chain
from pathlib import PurePath
from typing import Any, BinaryIO

from coordinator_app.central.feeds import fhir_r4
from coordinator_app.central.feeds.lines import Flaw
from coordinator_app.central.feeds.reading import Reading
from coordinator_app.central.feeds.records import Record, table_rows
from coordinator_app.central.feeds.told import Told
from coordinator_app.central.feeds.verdicts import Cause, UnusableError

Row = Mapping[str, str]
Resource = dict[str, Any]
_ICD9 = "http://hl7.org/fhir/sid/icd-9-cm"
_ICD9_PROCEDURE = "http://hl7.org/fhir/sid/icd-9-cm/procedure"
_HCPCS, _CPT = "http://www.nlm.nih.gov/research/umls/hcpcs", "http://www.ama-assn.org/go/cpt"
_NDC = "http://hl7.org/fhir/sid/ndc"
_SEXES = {"1": "male", "2": "female"}
_EMERGENCY_VISITS = frozenset({"99281", "99282", "99283", "99284", "99285"})
_PARTS = "claim row"


def records(stream: BinaryIO, name: str, kinds: Collection[str] | None) -> Iterator[Record | Flaw]:
    """Yield each row of a table; the file's name says which table it is."""
    table = PurePath(name).name.partition(".")[0].lower()
    kind, needed = _TABLES.get(table, ("", ""))
    if kinds is not None and kind not in kinds:
        return
    if not kind:
        yield Flaw(1, Cause.BAD_VALUE, "the file's name is none of bene, inpatient, outpatient, carrier, pde")
        return
    for row in table_rows(stream):
        if isinstance(row, Flaw):
            if kinds is None:
                yield row
        elif row[0] == 0:
            if any(heading not in row[1] for heading in needed.split()):
                yield Flaw(1, Cause.BAD_VALUE, "the first line does not hold the headings of this table")
                return
        else:
            yield Record(row[0], {"resourceType": kind, "table": table, "row": row[1]})


def read(resource: Mapping[str, Any], reading: Reading) -> Iterator[Told]:
    """Yield what one row tells: a person, or a claim with its stay, diagnoses and services, or a fill."""
    told = _READERS[resource["table"]](resource["row"])
    return chain.from_iterable(fhir_r4.read(one, reading) for one in told)


def _to(row: Row) -> dict[str, str]:
    if not row["DESYNPUF_ID"]:
        raise UnusableError(Cause.NO_ID, "the row names nobody")
    return {"reference": f"Patient/{row['DESYNPUF_ID']}"}


def _concept(system: str, code: str) -> dict[str, Any]:
    return {"coding": [{"system": system, "code": code}]}


def _service(code: str) -> dict[str, Any]:
    """Return a service as coded: five digits are CPT, which we keep as a number without words."""
    return _concept(_CPT if code.isdecimal() else _HCPCS, code)


def _number(written: str, what: str) -> float | None:
    if not written:
        return None
    try:
        return float(written)
    except ValueError as error:
        raise UnusableError(Cause.BAD_VALUE, f"{what} is not a number") from error


def _person(row: Row) -> Iterator[Resource]:
    """Yield a Patient; the file holds no names, so the id stands for one, and each year repeats the person."""
    _to(row)
    yield {
        "resourceType": "Patient",
        "id": row["DESYNPUF_ID"],
        "name": [{"family": row["DESYNPUF_ID"]}],
        "gender": _SEXES.get(row["BENE_SEX_IDENT_CD"], "unknown"),
        "birthDate": row["BENE_BIRTH_DT"] or None,
        "deceasedDateTime": row["BENE_DEATH_DT"] or None,
    }


def _codes(row: Row, heading: str) -> list[str]:
    found = (row.get(f"{heading}_{place}", "").strip() for place in range(1, 11))
    return list(dict.fromkeys(code for code in found if code))


def _claim(row: Row, kind: str, amount: float | None) -> Iterator[Resource]:
    own_id = "-".join(filter(None, (kind, row["CLM_ID"], row.get("SEGMENT", ""))))
    if not row["CLM_ID"]:
        raise UnusableError(Cause.NO_ID, "the claim has no id")
    span = {"start": row["CLM_FROM_DT"] or None, "end": row["CLM_THRU_DT"] or None}
    whose = _to(row)
    services = _codes(row, "HCPCS_CD")
    diagnoses = _codes(row, "ICD9_DGNS_CD")
    is_stay = kind == "inpatient"
    is_emergency = not _EMERGENCY_VISITS.isdisjoint(services)
    if is_stay or is_emergency:
        yield {
            "resourceType": "Encounter",
            "id": own_id,
            "status": "finished",
            "class": "IMP" if is_stay else "EMER",
            "subject": whose,
            "period": {
                "start": row.get("CLM_ADMSN_DT") or span["start"],
                "end": row.get("NCH_BENE_DSCHRG_DT") or span["end"],
            },
            "reasonCode": [_concept(_ICD9, code) for code in diagnoses],
        }
    yield {
        "resourceType": "Claim",
        "id": own_id,
        "status": "active",
        "type": kind,
        "patient": whose,
        "billablePeriod": span,
        "diagnosis": [{"diagnosisCodeableConcept": _concept(_ICD9, code)} for code in diagnoses],
        "item": [{"productOrService": _service(code)} for code in services],
        "total": {"value": amount},
    }
    for place, code in enumerate(diagnoses, 1):
        yield {
            "resourceType": "Condition",
            "id": f"{own_id}-d{place}",
            "clinicalStatus": "active",
            "verificationStatus": "confirmed",
            "category": [_concept("", "encounter-diagnosis")],
            "code": _concept(_ICD9, code),
            "subject": whose,
            "onsetDateTime": span["start"],
        }
    done = [_service(code) for code in services]
    done += [_concept(_ICD9_PROCEDURE, code) for code in _codes(row, "ICD9_PRCDR_CD")]
    for place, service in enumerate(done, 1):
        yield {
            "resourceType": "Procedure",
            "id": f"{own_id}-p{place}",
            "status": "completed",
            "code": service,
            "subject": whose,
            "performedDateTime": span["start"],
        }


def _facility(kind: str) -> Callable[[Row], Iterator[Resource]]:
    return lambda row: _claim(row, kind, _number(row.get("CLM_PMT_AMT", ""), "the payment"))


def _carrier(row: Row) -> Iterator[Resource]:
    paid = [_number(row.get(f"LINE_NCH_PMT_AMT_{place}", ""), "the payment") for place in range(1, 14)]
    return _claim(row, "carrier", sum(one for one in paid if one is not None))


def _fill(row: Row) -> Iterator[Resource]:
    if not row["PDE_ID"]:
        raise UnusableError(Cause.NO_ID, "the fill has no id")
    yield {
        "resourceType": "MedicationDispense",
        "id": row["PDE_ID"],
        "status": "completed",
        "medicationCodeableConcept": _concept(_NDC, row["PROD_SRVC_ID"]),
        "subject": _to(row),
        "whenHandedOver": row["SRVC_DT"] or None,
        "quantity": {"value": _number(row["QTY_DSPNSD_NUM"], "the quantity")},
        "daysSupply": {"value": _number(row["DAYS_SUPLY_NUM"], "the supply"), "code": "d"},
    }


_TABLES: Mapping[str, tuple[str, str]] = {
    "bene": ("Patient", "DESYNPUF_ID BENE_BIRTH_DT BENE_DEATH_DT BENE_SEX_IDENT_CD"),
    "inpatient": (_PARTS, "DESYNPUF_ID CLM_ID CLM_FROM_DT CLM_THRU_DT CLM_ADMSN_DT NCH_BENE_DSCHRG_DT"),
    "outpatient": (_PARTS, "DESYNPUF_ID CLM_ID CLM_FROM_DT CLM_THRU_DT"),
    "carrier": (_PARTS, "DESYNPUF_ID CLM_ID CLM_FROM_DT CLM_THRU_DT"),
    "pde": (_PARTS, "DESYNPUF_ID PDE_ID SRVC_DT PROD_SRVC_ID QTY_DSPNSD_NUM DAYS_SUPLY_NUM"),
}
_READERS: Mapping[str, Callable[[Row], Iterator[Resource]]] = {
    "bene": _person,
    "inpatient": _facility("inpatient"),
    "outpatient": _facility("outpatient"),
    "carrier": _carrier,
    "pde": _fill,
}
