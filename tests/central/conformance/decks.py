"""Where the shared decks lie, and decks of our own making."""

import gzip
import json
from pathlib import Path
from typing import Any

SHARED = Path(__file__).resolve().parents[3].parent / "shared" / "data" / "ecqm"
DIFFERENCES = Path(__file__).resolve().parents[3] / "docs" / "expected-differences.json"

OFFICE = "2.16.840.1.113883.3.464.1003.101.12.1001"
FALLS_TOOL = "2.16.840.1.113883.3.464.1003.118.12.1028"
SNOMED, LOINC = "http://snomed.info/sct", "http://loinc.org"


def value_sets_of(deck: Path) -> Path:
    """Return the file of value sets of a shared deck's year."""
    return deck.parent / ("valuesets-mp2025.json.gz" if "-mp" in deck.name else "valuesets.json.gz")


def shared_decks() -> list[Path]:
    return sorted(SHARED.glob("CMS*.ndjson.gz"))


def write_sets(folder: Path) -> Path:
    """Write two value sets of one code each."""
    sets = {
        OFFICE: {"name": "office", "version": "1", "codes": [{"system": SNOMED, "code": "185463005"}]},
        FALLS_TOOL: {"name": "tool", "version": "1", "codes": [{"system": LOINC, "code": "73830-2"}]},
    }
    path = folder / "sets.json.gz"
    path.write_bytes(gzip.compress(json.dumps(sets).encode()))
    return path


def write_deck(folder: Path, *lines: Any, name: str = "CMS139-mp2025.ndjson.gz") -> Path:
    """Write a deck; a line may be a case or broken text."""
    text = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    path = folder / name
    path.write_bytes(gzip.compress(text.encode()) if name.endswith(".gz") else text.encode())
    return path


def case(patient: str, *resources: dict[str, Any], numerator: int = 1, **told: Any) -> dict[str, Any]:
    """Return a case of the falls measure: somebody old who came and, if asked, answered."""
    whose = {"resourceType": "Patient", "id": patient, "gender": "female", "birthDate": "1950-01-01"}
    counts = {"initial-population": 1, "denominator": 1, "denominator-exclusion": 0, "numerator": numerator}
    return {
        "patient": patient,
        "title": None,
        "period": {"start": "2025-01-01", "end": "2025-12-31"},
        "expected": {"Group_1": counts},
        "resources": [whose, *resources],
        **told,
    }


def came(**told: Any) -> dict[str, Any]:
    return {
        "resourceType": "Encounter",
        "id": "visit",
        "status": "finished",
        "class": {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "AMB"},
        "type": [{"coding": [{"system": SNOMED, "code": "185463005"}]}],
        "period": {"start": "2025-03-02T08:00:00Z", "end": "2025-03-02T08:15:00Z"},
        **told,
    }


def asked(**told: Any) -> dict[str, Any]:
    return {
        "resourceType": "Observation",
        "id": "tool",
        "status": "final",
        "category": [{"coding": [{"code": "survey"}]}],
        "code": {"coding": [{"system": LOINC, "code": "73830-2"}]},
        "effectiveDateTime": "2025-03-02T08:05:00Z",
        "valueBoolean": True,
        **told,
    }
