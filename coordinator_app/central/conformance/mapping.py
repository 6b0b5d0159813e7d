"""From a case's FHIR resources to a chart, through the same readers that read the feeds."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from coordinator_app.central.feeds import fhir_r4
from coordinator_app.central.feeds.elements import code, codings, items, reference, text
from coordinator_app.central.feeds.reading import Reading
from coordinator_app.central.feeds.sensitive import SensitiveCodes
from coordinator_app.central.feeds.told import FactTold, MedicationTold, PersonTold, SourceIds
from coordinator_app.central.feeds.verdicts import UnusableError
from coordinator_app.domain.facts import Chart, Coding, Fact, FactKind, Person
from coordinator_app.domain.ids import MemberId

_NAMESPACE = UUID(int=0)
_LAST_DAY = date(2190, 12, 31)
"""Decks are set in years that need not be past."""

_OWNERS = {
    "AllergyIntolerance": "patient",
    "Claim": "patient",
    "Coverage": "beneficiary",
    "ExplanationOfBenefit": "patient",
    "Immunization": "patient",
    "Task": "for",
}
_PROBLEM, _CONCERN = "problem-list-item", "health-concern"
_PROMISED = {
    "qicore-condition-encounter-diagnosis": "encounter-diagnosis",
    "qicore-condition-problems-health-concerns": _PROBLEM,
    "qicore-observation-lab": "laboratory",
    "us-core-observation-lab": "laboratory",
    "qicore-observation-screening-assessment": "survey",
}
"""What a profile promises of a record's category; decks that contradict themselves are judged by the profile."""

_NEVER_MADE = "qicore-observationcancelled"
_OUTDATED = {"qicore-mednotrequested": 2026, "qicore-observation": 2026, "qicore-condition": 2026}
"""Profiles the model no longer has from that year on: what is told in them, the measures of that year cannot see."""

_TELLING = {
    FactKind.OBSERVATION: ("imaging", "exam", "laboratory", "survey"),
    FactKind.DRUG_ORDER: ("discharge", "community"),
}
"""Where a record has several categories, the one that tells how it was found, or that it is to be taken home."""


@dataclass(frozen=True, slots=True)
class Mapped:
    """A case as our facts, and by kind how many resources could not be taken; the chart is None without a person."""

    chart: Chart | None
    unmapped: Mapping[str, int]


def mapped(patient: str, resources: Sequence[Mapping[str, Any]], year: int, sensitive: SensitiveCodes) -> Mapped:
    """Read all resources of a case as this patient's, whomever they name, as the stewards' own runner does.

    ``year`` is that of the measure: a record told in a profile it no longer knows is left out, and counted as such.
    """
    reading = Reading(SourceIds(_NAMESPACE, "deck", "deck"), sensitive, _LAST_DAY)
    told: list[FactTold] = []
    drugs: dict[str, tuple[Coding, ...]] = {}
    person: Person | None = None
    unmapped: Counter[str] = Counter()
    sites = dict(_sites(resources))
    for place, resource in enumerate(resources):
        if outdated := next((known for known in _profiles(resource) if _OUTDATED.get(known, year + 1) <= year), None):
            unmapped[f"{resource.get('resourceType')} ({outdated})"] += 1
            continue
        try:
            for one in fhir_r4.read(_owned(resource, patient, place), reading):
                match one:
                    case PersonTold():
                        person = Person(MemberId(patient), one.birth_date, one.sex, one.deceased_on)
                    case MedicationTold():
                        drugs[one.id] = one.codings
                    case FactTold():
                        told.append(replace(one, fact=_judged_by_profile(resource, one.fact, sites)))
                    case _:
                        pass
        except UnusableError:
            unmapped[str(resource.get("resourceType"))] += 1
    return Mapped(Chart(person, tuple(_joined(told, drugs))) if person else None, dict(sorted(unmapped.items())))


def _owned(resource: Mapping[str, Any], patient: str, place: int) -> Mapping[str, Any]:
    kind = resource.get("resourceType")
    own_id = resource.get("id") or f"unnamed-{place}"
    if kind in fhir_r4.BEFORE_FACTS:
        return {**resource, "id": own_id}
    return {**resource, "id": own_id, _OWNERS.get(str(kind), "subject"): {"reference": f"Patient/{patient}"}}


def _profiles(resource: Mapping[str, Any]) -> list[str]:
    meta = resource.get("meta")
    profiles = meta.get("profile", ()) if isinstance(meta, Mapping) else ()
    return [text(profile).partition("|")[0].rpartition("/")[2] for profile in profiles]


def _sites(resources: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """Yield each place that says what kind of place it is."""
    for resource in resources:
        if resource.get("resourceType") == "Location" and (kind := code(resource.get("type"))):
            yield text(resource.get("id")), kind


def _judged_by_profile(resource: Mapping[str, Any], fact: Fact, sites: Mapping[str, str]) -> Fact:
    """Return the fact with what its profile promises; a visit that tells no type has that of the place it was at."""
    category = _category(resource, fact)
    if fact.kind is FactKind.ENCOUNTER and not category and sites:
        at = (reference(one.get("location")) for one in items(resource.get("location")))
        category = next((sites[place] for place in at if place in sites), "")
    return replace(fact, category=category, negated=fact.negated or _NEVER_MADE in _profiles(resource))


def _category(resource: Mapping[str, Any], fact: Fact) -> str:
    written = {known.code for each in items(resource.get("category")) for known in codings(each)}
    for profile in _profiles(resource):
        if promised := _PROMISED.get(profile):
            return _CONCERN if promised == _PROBLEM and _CONCERN in written else promised
    telling = _TELLING.get(fact.kind, ())
    return next((known for known in telling if known in written), fact.category)


def _joined(told: Iterable[FactTold], drugs: Mapping[str, tuple[Coding, ...]]) -> Iterable[Fact]:
    """Yield each fact once, with the codes of the drug and of the conditions it names by reference."""
    facts = {one.fact.id: one for one in told}
    for one in facts.values():
        fact = one.fact
        if one.medication_id is not None and not fact.codings:
            fact = replace(fact, codings=drugs.get(one.medication_id, ()))
        named = [coding for known in one.reason_ids if known in facts for coding in facts[known].fact.codings]
        yield replace(fact, reasons=tuple(dict.fromkeys((*fact.reasons, *named)))) if named else fact
