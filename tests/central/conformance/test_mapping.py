"""From a case's resources to facts: whose they are, what they refer to, and what kind their profile promises."""

import json

import pytest

from coordinator_app.central.conformance.mapping import mapped
from coordinator_app.central.feeds.sensitive import SensitiveCodes
from coordinator_app.domain.facts import Coding, FactKind
from coordinator_app.workstation.resources import resources_folder
from tests.central.conformance.decks import asked, came

PATIENT = {"resourceType": "Patient", "id": "one", "gender": "female", "birthDate": "1950-01-01"}
PROFILES = "http://hl7.org/fhir/us/qicore/StructureDefinition/"


@pytest.fixture(scope="session")
def sensitive() -> SensitiveCodes:
    rules = resources_folder() / "rules"
    return SensitiveCodes(
        *(json.loads((rules / f"{name}.json").read_text("utf-8")) for name in ("sensitive-codes", "drugs"))
    )


@pytest.fixture
def chart_of(sensitive):
    return lambda *resources: mapped("one", (PATIENT, *resources), 2026, sensitive).chart


def sick(profile="", category="", **told):
    return {
        "resourceType": "Condition",
        "id": "c",
        "meta": {"profile": [PROFILES + profile] if profile else []},
        "clinicalStatus": {"coding": [{"code": "active"}]},
        "category": [{"coding": [{"code": category}]}] if category else [],
        "code": {"coding": [{"system": "http://snomed.info/sct", "code": "44054006"}]},
        **told,
    }


def test_a_resource_is_this_patients_whomever_it_names(chart_of):
    facts = chart_of(came(subject={"reference": "Patient/another"}), asked()).facts
    assert [fact.kind for fact in facts] == [FactKind.ENCOUNTER, FactKind.OBSERVATION]


def test_the_sex_told_apart_from_the_gender_is_believed(sensitive):
    def sex(code, gender="male"):
        extension = {"url": "http://hl7.org/fhir/us/core/StructureDefinition/us-core-sex", "valueCode": code}
        return mapped(
            "one", ({**PATIENT, "gender": gender, "extension": [extension]},), 2026, sensitive
        ).chart.person.sex

    assert [sex("248152002"), sex("248153007", "female"), sex("asked-declined"), sex("F")] == [
        "female",
        "male",
        "male",
        "female",
    ]


def test_a_profile_outranks_the_category_it_contradicts(chart_of):
    [fact] = chart_of(sick("qicore-condition-encounter-diagnosis", "problem-list-item")).facts
    assert fact.category == "encounter-diagnosis"
    [fact] = chart_of(sick("", "problem-list-item")).facts
    assert fact.category == "problem-list-item"


def test_of_several_categories_of_a_finding_the_telling_one_is_kept(chart_of):
    several = [{"coding": [{"code": "procedure"}]}, {"coding": [{"code": "imaging"}]}]
    [fact] = chart_of(asked(category=several)).facts
    assert fact.category == "imaging"


def test_an_onset_told_as_a_period_does_not_end_the_condition(chart_of):
    [fact] = chart_of(sick(onsetPeriod={"start": "2025-08-05", "end": "2025-08-11"})).facts
    assert (str(fact.starts_on), fact.ends_on) == ("2025-08-05", None)
    [fact] = chart_of(
        sick(onsetDateTime="2025-08-05", abatementPeriod={"start": "2025-09-01", "end": "2025-09-09"})
    ).facts
    assert str(fact.ends_on) == "2025-09-09"


def test_a_condition_says_where_in_the_body_it_is(chart_of):
    [fact] = chart_of(sick(bodySite=[{"coding": [{"system": "http://snomed.info/sct", "code": "7771000"}]}])).facts
    assert fact.place == "7771000"


def test_a_drug_named_by_reference_brings_its_codes_wherever_it_stands(chart_of):
    code = {"coding": [{"system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "997224"}]}
    order = {
        "resourceType": "MedicationRequest",
        "id": "m",
        "status": "active",
        "intent": "order",
        "medicationReference": {"reference": "Medication/drug"},
        "authoredOn": "2026-01-01",
    }
    [fact] = chart_of(order, {"resourceType": "Medication", "id": "drug", "code": code}).facts
    assert fact.codings == (Coding("rxnorm", "997224"),)


def test_a_visit_has_the_codes_of_the_conditions_it_names_as_reasons(chart_of):
    visit = came(diagnosis=[{"condition": {"reference": "Condition/c"}}])
    stay = next(fact for fact in chart_of(visit, sick()).facts if fact.kind is FactKind.ENCOUNTER)
    assert stay.reasons == (Coding("snomed", "44054006"),)


@pytest.mark.parametrize(
    ("extension", "negated"),
    [("qicore-doNotPerform", True), ("extension-DeviceRequest.doNotPerform", True), ("something-else", False)],
)
def test_a_device_not_to_be_given_is_no_order(chart_of, extension, negated):
    device = {
        "resourceType": "DeviceRequest",
        "id": "d",
        "status": "completed",
        "intent": "order",
        "modifierExtension": [{"url": PROFILES + extension, "valueBoolean": True}],
        "codeCodeableConcept": {"coding": [{"system": "http://snomed.info/sct", "code": "183240000"}]},
        "authoredOn": "2026-01-01",
    }
    [fact] = chart_of(device).facts
    assert fact.negated is negated


def test_a_finding_called_off_keeps_why(chart_of):
    why = {"coding": [{"system": "http://snomed.info/sct", "code": "720834000"}]}
    [fact] = chart_of(
        asked(status="cancelled", extension=[{"url": PROFILES + "qicore-notDoneReason", "valueCodeableConcept": why}])
    ).facts
    assert (fact.status, fact.negation_reason) == ("cancelled", Coding("snomed", "720834000"))


def test_a_resource_without_an_id_is_read_all_the_same(chart_of):
    visit = came()
    del visit["id"]
    assert len(chart_of(visit, asked()).facts) == 2


def test_a_case_without_a_person_has_no_chart(sensitive):
    assert mapped("one", (came(),), 2026, sensitive).chart is None


@pytest.mark.parametrize(("year", "facts", "unmapped"), [(2025, 1, {}), (2026, 0, {"Condition (qicore-condition)": 1})])
def test_a_record_in_a_profile_of_another_year_is_left_out_and_counted(sensitive, year, facts, unmapped):
    found = mapped("one", (PATIENT, sick("qicore-condition")), year, sensitive)
    assert (len(found.chart.facts), found.unmapped) == (facts, unmapped)


def test_a_health_concern_stays_one_under_the_profile_of_problems(chart_of):
    [fact] = chart_of(sick("qicore-condition-problems-health-concerns", "health-concern")).facts
    assert fact.category == "health-concern"
    [fact] = chart_of(sick("qicore-condition-problems-health-concerns", "active")).facts
    assert fact.category == "problem-list-item"


def test_a_finding_in_the_profile_of_what_was_called_off_was_not_made(chart_of):
    [fact] = chart_of(asked(meta={"profile": [PROFILES + "qicore-observationcancelled"]})).facts
    assert fact.negated


def test_a_visit_that_tells_no_type_has_that_of_its_place(chart_of):
    visit = came(location=[{"location": {"reference": "Location/clinic"}}])
    clinic = {"resourceType": "Location", "id": "clinic", "type": [{"coding": [{"code": "35971002"}]}]}
    [fact] = chart_of(visit, clinic).facts
    assert fact.category == "35971002"


def test_a_record_in_a_profile_its_year_no_longer_has_is_left_out_and_counted(sensitive):
    refusal = {
        "resourceType": "MedicationRequest",
        "id": "m",
        "meta": {"profile": [PROFILES + "qicore-mednotrequested"]},
        "status": "completed",
        "intent": "order",
        "doNotPerform": True,
        "authoredOn": "2025-03-01",
    }
    now, before = (mapped("one", (PATIENT, refusal), year, sensitive) for year in (2026, 2025))
    assert (now.chart.facts, dict(now.unmapped)) == ((), {"MedicationRequest (qicore-mednotrequested)": 1})
    assert ([fact.negated for fact in before.chart.facts], dict(before.unmapped)) == ([True], {})
