"""The CDC's public decision-support cases that our rules speak about: together with a benzodiazepine, and the dose."""

import gzip
import json
from pathlib import Path

import pytest

from coordinator_app.domain.facts import FactKind
from tests.domain.charts import day, fact
from tests.domain.rules_medication.medicines import of_rule, reasons

FILE = Path(__file__).parents[4] / "shared" / "data" / "opioid" / "cds_cases.ndjson.gz"
TOGETHER = ("Avoid prescribing opioid pain medication and benzodiazepine", "offering naloxone")

pytestmark = [pytest.mark.data, pytest.mark.skipif(not FILE.is_file(), reason="the shared data is not here")]


def cases():
    if not FILE.is_file():
        return []
    with gzip.open(FILE, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def orders(part):
    """Yield every order of a request, drafts and known ones alike, each once."""
    if isinstance(part, dict):
        if part.get("resourceType") == "MedicationRequest":
            yield part
        for inner in part.values():
            yield from orders(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from orders(inner)


def asked(case):
    facts, last = [], "2023-05-01"
    for resource in {json.dumps(one, sort_keys=True): one for one in orders(case["request"])}.values():
        supply = resource.get("dispenseRequest", {})
        coding = resource["medicationCodeableConcept"]["coding"][0]
        duration = supply.get("expectedSupplyDuration", {}).get("value")
        last = max(last, resource["authoredOn"][:10])
        facts.append(
            fact(
                FactKind.DRUG_ORDER,
                resource["authoredOn"][:10],
                f"rxnorm {coding['code']}",
                status=resource["status"],
                intent="order",
                days_supply=int(duration) if duration else None,
                refills=supply.get("numberOfRepeatsAllowed"),
            )
        )
    return reasons(*facts, today=day(last))


def named(case):
    return f"{case['recommendation']}-{case['case']}"


@pytest.mark.parametrize("case", [c for c in cases() if "benzo" in c["case"].casefold()], ids=named)
def test_an_opioid_with_a_benzodiazepine_is_asked_about_where_the_public_case_warns(case):
    warned = any(words in card["summary"] for card in case["expected_cards"] for words in TOGETHER)
    found = [r for r in of_rule(asked(case), "medication.pair") if r.arguments["pair"] == "opioid_benzodiazepine"]
    assert bool(found) is warned


@pytest.mark.parametrize("case", [c for c in cases() if "less-than-fifty" in c["case"]], ids=named)
def test_a_dose_under_fifty_raises_nothing(case):
    assert not case["expected_cards"]
    assert of_rule(asked(case), "medication.opioid_dose") == []
