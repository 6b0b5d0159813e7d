"""FHIR records become our words: days, codes, parts, references; R4 and STU3 alike."""

import json
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from coordinator_app.central.feeds import fhir_r4, fhir_stu3
from coordinator_app.central.feeds.reading import Reading
from coordinator_app.central.feeds.sensitive import SensitiveCodes
from coordinator_app.central.feeds.told import FactTold, NotKept, PersonTold, SourceIds
from coordinator_app.central.feeds.verdicts import Cause, UnusableError
from coordinator_app.domain.facts import Coding, FactKind
from coordinator_app.domain.sensitivity import Sensitivity

RULES = Path(__file__).resolve().parents[3] / "resources" / "rules"
IDS = SourceIds(UUID(int=7), "payer", "one")
ANN = {"reference": "Patient/ann"}


@pytest.fixture(scope="module")
def reading():
    rules = {name: json.loads((RULES / f"{name}.json").read_text()) for name in ("sensitive-codes", "drugs")}
    return Reading(IDS, SensitiveCodes(rules["sensitive-codes"], rules["drugs"]), date(2021, 4, 1))


def told(resource, reading, form=fhir_r4):
    return list(form.read(resource, reading))


def coded(system, code, words="", field="coding"):
    return {field: [{"system": system, "code": code, "display": words}]}


def test_a_stay_keeps_its_days_class_and_diagnoses(reading):
    (stay,) = told(
        {
            "resourceType": "Encounter",
            "id": "e1",
            "status": "finished",
            "class": {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "IMP"},
            "subject": ANN,
            "period": {"start": "2021-03-29T23:30:00-04:00", "end": "2021-03-31T10:00:00-04:00"},
            "reasonCode": [coded("http://hl7.org/fhir/sid/icd-10-cm", "I5023")],
            "diagnosis": [{"condition": {"reference": "Condition/c1"}}],
            "hospitalization": {
                "admitSource": coded("x", "emd"),
                "dischargeDisposition": coded("http://www.nubc.org/patient-discharge", "01"),
            },
            "participant": [{"individual": {"reference": "Practitioner/p1"}}],
        },
        reading,
    )
    fact = stay.fact
    assert (fact.kind, fact.class_code, fact.status, fact.disposition) == (FactKind.ENCOUNTER, "IMP", "finished", "01")
    assert (fact.starts_on, fact.ends_on) == (date(2021, 3, 29), date(2021, 3, 31))
    assert fact.starts_at.isoformat() == "2021-03-30T03:30:00+00:00"
    assert fact.reasons == (Coding("icd10cm", "I50.23"),)
    assert fact.priority == "EM"
    assert stay.reason_ids == (IDS.fact("Condition", "c1"),)
    assert stay.patient == "ann"


def test_the_parts_of_a_blood_pressure_count_from_one_and_name_their_panel(reading):
    loinc = "http://loinc.org"
    parts = [
        {"code": coded(loinc, code), "valueQuantity": {"value": value, "unit": "mmHg"}}
        for code, value in (("8480-6", 128), ("8462-4", 79))
    ]
    found = told(
        {
            "resourceType": "Observation",
            "id": "bp",
            "status": "final",
            "code": coded(loinc, "85354-9"),
            "subject": ANN,
            "effectiveDateTime": "2021-03-01",
            "component": parts,
        },
        reading,
    )
    assert [(one.fact.part, one.fact.code, one.fact.value_number, one.fact.value_unit) for one in found] == [
        (1, "8480-6", 128.0, "mm[Hg]"),
        (2, "8462-4", 79.0, "mm[Hg]"),
    ]
    assert {one.fact.class_code for one in found} == {"85354-9"}
    assert len({one.fact.id for one in found}) == 2


@pytest.mark.parametrize(
    ("value", "number", "words", "coding"),
    [
        ({"valueQuantity": {"value": 6.1, "code": "mmol/L", "comparator": ">"}}, 6.1, ">", None),
        ({"valueCodeableConcept": coded("http://snomed.info/sct", "266919005", "Never smoker")}, None, "Never smoker",
         Coding("snomed", "266919005")),
        ({"valueBoolean": False}, None, "false", None),
        ({"valueInteger": 9}, 9.0, "", None),
        ({"valueString": "trace"}, None, "trace", None),
        ({}, None, "", None),
    ],
)  # fmt: skip
def test_a_value_is_kept_however_it_is_written(reading, value, number, words, coding):
    (one,) = told(
        {"resourceType": "Observation", "id": "o", "status": "final", "subject": ANN, "effectiveDateTime": "2021-01-02",
         "code": coded("http://loinc.org", "2823-3"), **value},
        reading,
    )  # fmt: skip
    assert (one.fact.part, one.fact.value_number, one.fact.value_text, one.fact.value_coding) == (
        0,
        number,
        words,
        coding,
    )


def test_a_drug_order_tells_doses_a_day_and_days_of_supply(reading):
    (one,) = told(
        {
            "resourceType": "MedicationRequest",
            "id": "m",
            "status": "active",
            "intent": "order",
            "subject": ANN,
            "authoredOn": "2021-02-01",
            "medicationCodeableConcept": coded("http://www.nlm.nih.gov/research/umls/rxnorm", "860975"),
            "dosageInstruction": [
                {
                    "timing": {"repeat": {"frequency": 1, "period": 12, "periodUnit": "h"}},
                    "doseAndRate": [{"doseQuantity": {"value": 2}}],
                }
            ],
            "dispenseRequest": {
                "numberOfRepeatsAllowed": 3,
                "quantity": {"value": 112},
                "expectedSupplyDuration": {"value": 4, "unit": "weeks"},
            },
        },
        reading,
    )
    assert (one.fact.per_day, one.fact.days_supply, one.fact.refills, one.fact.quantity) == (4.0, 28, 3, 112.0)


def test_something_not_done_is_negated_with_its_reason(reading):
    (one,) = told(
        {
            "resourceType": "ServiceRequest",
            "id": "s",
            "status": "completed",
            "intent": "order",
            "doNotPerform": True,
            "subject": ANN,
            "authoredOn": "2021-02-01",
            "code": {
                "extension": [{"url": "http://x/notDoneValueSet", "valueCanonical": "http://y/ValueSet/2.16.840"}]
            },
            "extension": [
                {
                    "url": "http://hl7.org/fhir/us/qicore/StructureDefinition/qicore-doNotPerformReason",
                    "valueCodeableConcept": coded("http://snomed.info/sct", "183932001"),
                }
            ],
        },
        reading,
    )
    assert one.fact.negated
    assert one.fact.negation_reason == Coding("snomed", "183932001")
    assert one.fact.codings == (Coding("valueset", "2.16.840"),)


def test_a_benefit_that_repeats_a_claim_is_counted_and_not_kept(reading):
    benefit = {"resourceType": "ExplanationOfBenefit", "id": "b", "patient": ANN, "claim": {"reference": "Claim/1"}}
    assert [type(one) for one in told(benefit, reading)] == [NotKept]
    (kept,) = told({**benefit, "claim": None, "total": [{"amount": {"value": 12.5}}]}, reading)
    assert (kept.fact.kind, kept.fact.amount) == (FactKind.CLAIM, 12.5)


def test_a_person_is_read_without_the_numbers_nobody_needs(reading):
    (ann,) = told(
        {
            "resourceType": "Patient",
            "id": "ann",
            "name": [{"use": "maiden", "family": "Roy"}, {"use": "official", "family": "Diaz", "given": ["Ann", "B"]}],
            "gender": "female",
            "birthDate": "1956-05-01",
            "identifier": [
                {"type": coded("x", "SS"), "value": "999-99-5015"},
                {"type": coded("x", "MB"), "value": "M-77"},
            ],
            "communication": [{"language": coded("urn:ietf:bcp:47", "es-US")}],
            "telecom": [{"system": "phone", "value": "(413) 555-0101", "use": "mobile"}],
            "address": [
                {"city": "Holyoke", "state": "Massachusetts", "postalCode": "01040-1234", "line": ["1 High St"]}
            ],
        },
        reading,
    )
    assert isinstance(ann, PersonTold)
    assert (ann.family, ann.given, ann.language, ann.member_number) == ("Diaz", "Ann", "es", "M-77")
    assert (ann.state, ann.zip_code) == ("MA", "01040")
    assert ann.phones[0].value == "+14135550101"
    assert "999-99-5015" not in str([getattr(ann, name) for name in ann.__slots__])
    assert "Diaz" not in repr(ann)


@pytest.mark.parametrize(
    ("change", "cause"),
    [
        ({"id": None}, Cause.NO_ID),
        ({"subject": None}, Cause.NO_PATIENT),
        ({"onsetDateTime": "2021-02-30"}, Cause.BAD_DATE),
        ({"onsetDateTime": "2021-04-09"}, Cause.FUTURE_DATE),
        ({"resourceType": "Spaceship"}, Cause.UNKNOWN_RESOURCE),
        ({"context": {"reference": "Encounter/1"}}, Cause.BAD_VALUE),
    ],
)
def test_a_record_that_cannot_be_taken_says_why(reading, change, cause):
    good = {"resourceType": "Condition", "id": "c", "subject": ANN, "onsetDateTime": "2021-03-01"}
    assert told(good, reading)
    with pytest.raises(UnusableError) as said:
        told({**good, **change}, reading)
    assert said.value.cause is cause


@pytest.mark.parametrize("value", [1e400, "5", True, [1]])
def test_a_number_that_is_none_is_refused(reading, value):
    with pytest.raises(UnusableError) as said:
        told(
            {"resourceType": "Observation", "id": "o", "subject": ANN, "effectiveDateTime": "2021-01-01",
             "valueQuantity": {"value": value}},
            reading,
        )  # fmt: skip
    assert said.value.cause is Cause.BAD_VALUE


def test_codes_and_labels_make_facts_confidential(reading):
    condition = {"resourceType": "Condition", "id": "c", "subject": ANN, "onsetDateTime": "2021-03-01"}
    hiv = {**condition, "code": coded("http://hl7.org/fhir/sid/icd-10-cm", "B20")}
    part2 = {**condition, "meta": {"security": [{"code": "42CFRPart2"}]}}
    levels = [told(one, reading)[0].fact.sensitivity for one in (condition, hiv, part2)]
    assert levels == [Sensitivity.ORDINARY, Sensitivity.CONFIDENTIAL, Sensitivity.PART2]


def test_the_same_record_has_the_same_id_and_another_initiatives_has_not(reading):
    other = SourceIds(UUID(int=7), "payer", "two")
    assert IDS.fact("Condition", "c") == SourceIds(UUID(int=7), "payer", "one").fact("Condition", "c")
    assert IDS.fact("Condition", "c") != other.fact("Condition", "c")
    assert IDS.person_key("ann") == other.person_key("ann")
    assert UUID(IDS.fact("Condition", "c")).version == 5


def test_stu3_is_read_like_r4(reading):
    (visit,) = told(
        {"resourceType": "Encounter", "id": "e", "status": "finished", "class": {"code": "inpatient"}, "subject": ANN,
         "period": {"start": "2020-01-02"}, "reason": [coded("http://snomed.info/sct", "444814009")]},
        reading, fhir_stu3,
    )  # fmt: skip
    assert (visit.fact.class_code, visit.fact.reasons) == ("IMP", (Coding("snomed", "444814009"),))
    (order,) = told(
        {"resourceType": "MedicationRequest", "id": "m", "subject": ANN, "context": {"reference": "urn:uuid:e"},
         "authoredOn": "2020-01-02", "medicationReference": {"reference": "urn:uuid:drug"}},
        reading, fhir_stu3,
    )  # fmt: skip
    assert order.fact.encounter_id == visit.fact.id
    assert order.medication_id == IDS.of("Medication", "drug")


def test_a_stu3_record_of_a_kind_without_ids_has_one_of_what_whose_and_when(reading):
    shot = {"resourceType": "Immunization", "status": "completed", "notGiven": False, "patient": ANN,
            "vaccineCode": coded("http://hl7.org/fhir/sid/cvx", "140"), "date": "2019-10-01"}  # fmt: skip
    (first,), (again,) = (
        told(shot, reading, fhir_stu3),
        told({**shot, "status": "entered-in-error"}, reading, fhir_stu3),
    )
    (other,) = told({**shot, "date": "2019-10-02"}, reading, fhir_stu3)
    assert isinstance(first, FactTold)
    assert first.fact.id == again.fact.id != other.fact.id
    with pytest.raises(UnusableError):
        told({"resourceType": "Condition", "subject": ANN}, reading, fhir_stu3)


def test_a_stu3_goal_without_a_person_belongs_to_the_condition_it_addresses(reading):
    (goal,) = told(
        {"resourceType": "Goal", "id": "g", "description": {"text": "Walk daily"}, "status": "in-progress",
         "addresses": [{"reference": "urn:uuid:c"}]},
        reading, fhir_stu3,
    )  # fmt: skip
    assert (goal.patient, goal.via) == ("", IDS.fact("Condition", "c"))
