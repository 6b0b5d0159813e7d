"""The stewards' own test patients for colorectal screening, held against our view of the measure."""

import gzip
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import pytest

from coordinator_app.domain.facts import Chart, Coding, Fact, FactKind, Person
from coordinator_app.domain.ids import FactId
from coordinator_app.domain.rules.case import is_void, open_case
from coordinator_app.domain.rules.data import RuleData, rule_data
from coordinator_app.domain.rules.screening import MeasureView, measure_view
from coordinator_app.domain.terminology import short_name
from tests.domain.charts import RESOURCES, ROSA, bundle, calendar, identify

DECK = RESOURCES.parents[1] / "shared" / "data" / "ecqm"
YEAR = 2026
NO_VISIT_IN_THE_YEAR = {
    "STRAT1Pass Patient49Years",
    "STRAT1Pass Patient46Years",
    "IPFail 46WithQualEncAfterMP",
}
"""The measure asks for a visit, so as to attribute people; a nurse's list may not leave out who never comes."""

pytestmark = [
    pytest.mark.data,
    pytest.mark.skipif(not DECK.is_dir(), reason="the public eCQM test patients are not beside the checkout"),
]

KINDS = {
    "Encounter": FactKind.ENCOUNTER,
    "Observation": FactKind.OBSERVATION,
    "Procedure": FactKind.PROCEDURE,
    "Condition": FactKind.CONDITION,
    "DeviceRequest": FactKind.DEVICE_ORDER,
    "ServiceRequest": FactKind.SERVICE_ORDER,
    "MedicationRequest": FactKind.DRUG_ORDER,
}


@dataclass(frozen=True)
class Expected:
    title: str
    chart: Chart
    population: bool
    exclusion: bool
    numerator: bool


@cache
def with_site_codes() -> RuleData:
    sets = json.loads(gzip.decompress((DECK / "valuesets.json.gz").read_bytes()))
    return rule_data(bundle(), {oid: list(codings(one["codes"])) for oid, one in sets.items()})


def codings(told: list[Mapping[str, str]]) -> Iterator[Coding]:
    return (Coding(short_name(each["system"]), each["code"]) for each in told if "code" in each)


def deck() -> Iterator[Expected]:
    for line in gzip.decompress((DECK / "CMS130.ndjson.gz").read_bytes()).splitlines():
        one = json.loads(line)
        wanted = one["expected"]["Group_1"]
        facts = tuple(fact_of(r) for r in one["resources"] if r["resourceType"] in KINDS)
        person = Person(ROSA, date.fromisoformat(one["resources"][0]["birthDate"]))
        yield Expected(
            one["title"],
            Chart(person, tuple(fact for fact in facts if not is_void(fact))),
            bool(wanted["initial-population"]),
            bool(wanted["denominator-exclusion"]),
            bool(wanted["numerator"]),
        )


def fact_of(resource: Mapping[str, Any]) -> Fact:
    concept = resource.get("code") or resource.get("codeCodeableConcept") or resource.get("medicationCodeableConcept")
    concepts = resource.get("type", []) if resource["resourceType"] == "Encounter" else [concept or {}]
    span = next((resource[name] for name in resource if name.lower().endswith("period")), {})
    dated = ("performedDateTime", "effectiveDateTime", "onsetDateTime", "authoredOn", "recordedDate")
    starts = span.get("start") or next((resource[name] for name in dated if name in resource), None)
    went = resource.get("hospitalization", {}).get("dischargeDisposition", {}).get("coding", [{}])[0].get("code", "")
    answer = next(codings(resource.get("valueCodeableConcept", {}).get("coding", [])), None)
    return Fact(
        FactId(resource["id"]),
        KINDS[resource["resourceType"]],
        tuple(coding for each in concepts for coding in codings(each.get("coding", []))),
        status=resource.get("status", ""),
        starts_on=date.fromisoformat(starts[:10]) if starts else None,
        ends_on=date.fromisoformat(span["end"][:10]) if span.get("end") else None,
        class_code=resource.get("class", {}).get("code", ""),
        disposition=went,
        value_coding=answer,
        value_text="given" if any(name.startswith("value") for name in resource) else "",
        negated=bool(resource.get("doNotPerform")),
    )


def ours(case: Expected) -> MeasureView:
    data = with_site_codes()
    colorectal = data.screenings[0]
    opened = open_case(case.chart, date(YEAR, 12, 31), data, calendar(), identify)
    return measure_view(opened, colorectal, YEAR)


def test_everybody_in_the_measure_is_seen_as_its_authors_see_them():
    cases = [case for case in deck() if case.population]
    assert len(cases) == 19
    for case in cases:
        view = ours(case)
        assert view.in_population, case.title
        assert view.excluded == case.exclusion, case.title
        assert (view.closed and not view.excluded) == case.numerator, case.title


def test_beyond_the_measure_we_see_only_those_who_had_no_visit():
    beyond = {case.title for case in deck() if not case.population and ours(case).in_population}
    assert beyond == NO_VISIT_IN_THE_YEAR
