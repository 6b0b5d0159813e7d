"""What the measures ask of records beyond their day and code: ends, courses, orders carried out, ranks."""

import json
from datetime import date

import pytest

from coordinator_app.central.feeds import fhir_r4
from coordinator_app.central.feeds.reading import Reading
from coordinator_app.central.feeds.sensitive import SensitiveCodes
from coordinator_app.domain.facts import Coding
from tests.central.feeds.test_fhir import ANN, IDS, RULES


@pytest.fixture(scope="module")
def told_of():
    rules = {name: json.loads((RULES / f"{name}.json").read_text("utf-8")) for name in ("sensitive-codes", "drugs")}
    reading = Reading(IDS, SensitiveCodes(rules["sensitive-codes"], rules["drugs"]), date(2021, 4, 1))
    return lambda kind, **told: list(fhir_r4.read({"resourceType": kind, "id": "r", "subject": ANN, **told}, reading))


@pytest.fixture(scope="module")
def facts_of(told_of):
    return lambda kind, **told: [one.fact for one in told_of(kind, **told)]


def test_a_procedure_done_at_a_moment_has_an_end_and_one_begun_has_none(facts_of):
    [moment] = facts_of("Procedure", status="completed", performedDateTime="2021-03-01T10:00:00Z")
    [begun] = facts_of("Procedure", status="completed", performedPeriod={"start": "2021-03-01T10:00:00Z"})
    assert (moment.starts_at, moment.starts_on) == (moment.ends_at, moment.ends_on)
    assert (begun.starts_on, begun.ends_on) == (date(2021, 3, 1), None)


def test_what_was_not_done_has_the_time_it_was_written_down(facts_of):
    recorded = [{"url": "http://hl7.org/fhir/us/qicore/StructureDefinition/qicore-recorded"}]
    recorded[0]["valueDateTime"] = "2021-03-01T10:00:00Z"
    [refusal] = facts_of("Procedure", status="not-done", extension=recorded)
    [act] = facts_of("Procedure", status="completed", extension=recorded)
    assert (refusal.starts_on, refusal.authored_on, refusal.negated) == (date(2021, 3, 1), date(2021, 3, 1), True)
    assert (act.starts_on, act.authored_on) == (None, date(2021, 3, 1))


def test_a_task_names_the_orders_it_carries_out(facts_of):
    [task] = facts_of("Task", **{"for": ANN}, status="completed", basedOn=[{"reference": "ServiceRequest/ask"}])
    [order] = facts_of("ServiceRequest", id="ask", status="active", intent="order", authoredOn="2021-03-01")
    assert task.reasons == (Coding("order", order.id),)


def test_an_order_told_to_begin_and_not_to_end_is_continuous(facts_of):
    def course(**bounds):
        dosage = [{"timing": {"repeat": {"boundsPeriod": bounds}}}] if bounds else []
        [order] = facts_of("MedicationRequest", status="active", authoredOn="2021-03-01", dosageInstruction=dosage)
        return order.class_code, order.starts_on

    assert course() == ("", date(2021, 3, 1))
    assert course(start="2021-03-01") == ("continuous", date(2021, 3, 1))
    assert course(start="2021-03-02", end="2021-03-09") == ("", date(2021, 3, 2))


def test_the_principal_diagnosis_of_a_stay_comes_first(told_of):
    def diagnosis(name, **rank):
        return {"condition": {"reference": f"Condition/{name}"}, **rank}

    named = [diagnosis("third"), diagnosis("second", rank=2), diagnosis("first", rank=1)]
    [stay] = told_of("Encounter", status="finished", diagnosis=named)
    assert stay.reason_ids == tuple(IDS.fact("Condition", name) for name in ("first", "second", "third"))


def test_an_allergy_keeps_the_day_of_its_last_reaction(facts_of):
    [allergy] = facts_of("AllergyIntolerance", patient=ANN, onsetDateTime="2005", lastOccurrence="2020-02-03T10:00:00Z")
    assert (allergy.starts_on, allergy.ends_on, allergy.value_text) == (date(2005, 1, 1), None, "2020-02-03")
