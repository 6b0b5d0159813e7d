"""Invented practices and clinicians; their names and numbers belong to nobody."""

from dataclasses import dataclass
from random import Random
from typing import Any

from coordinator_app.central.demo_people.catalogue import Catalogue
from coordinator_app.central.feeds.told import SourceIds

_SPECIALTIES = (("Family medicine", True), ("Internal medicine", True), ("Internal medicine", True))
_CONSULTANTS = ("Cardiology", "Pulmonology", "Endocrinology", "Gastroenterology", "Nephrology", "Psychiatry")
LETTERHEAD = {
    "name": "Springfield Example Health Partners",
    "address": "Care coordination · 100 Sample Street, Springfield MA 01100",
    "phone": "+14135550100",
    "fax": "+14135550101",
    "direct_line": "+14135550123",
}
"""What the letters of invented people are headed with; 555-01xx belongs to nobody."""

_FEWEST, _MOST = 18, 413
_PEOPLE_A_DOCTOR = 42


@dataclass(frozen=True, slots=True)
class Doctor:
    """A clinician who has patients of her own."""

    id: str
    is_for_children: bool


@dataclass(frozen=True, slots=True)
class Staffed:
    """The directory: its entries as they are told, and the physicians people may have, with the counties they serve."""

    entries: list[tuple[str, str, dict[str, Any]]]
    doctors: list[Doctor]
    for_children: list[Doctor]


def staffed(catalogue: Catalogue, ids: SourceIds, people: int, seed: int) -> Staffed:
    """Return practices with clinicians for a number of people; 413 primary-care physicians at most."""
    rng = Random(f"directory {seed}")  # noqa: S311
    entries: list[tuple[str, str, dict[str, Any]]] = []
    practices: list[tuple[str, bool]] = []
    entries.append(("letterhead", ids.of("Organization", "letterhead"), dict(LETTERHEAD)))
    for place, office in enumerate(catalogue.practices):
        own_id = ids.of("Organization", f"practice {place}")
        street = catalogue.office_streets[place % len(catalogue.office_streets)]
        content = {
            "name": office.name,
            "address": f"{12 + 7 * place} {street}",
            "city": office.city,
            "state": "MA",
            "zip_code": office.zip_code,
            "phone": f"+1413555{100 + place:04d}",
            "fax": f"+1413555{150 + place:04d}",
            "hours": "Mon-Fri 08:00-17:00",
        }
        entries.append(("practice", own_id, content))
        practices.append((own_id, "Pediatrics" in office.name))
    doctors: list[Doctor] = []
    count = min(_MOST, max(_FEWEST, people // _PEOPLE_A_DOCTOR))
    for place in range(count + len(_CONSULTANTS)):
        practice, is_for_children = practices[place % len(practices)]
        specialty, is_pcp = _SPECIALTIES[place % len(_SPECIALTIES)]
        if is_for_children:
            specialty, is_pcp = "Pediatrics", True
        if place >= count:
            specialty, is_pcp, is_for_children = _CONSULTANTS[place - count], False, False
        own_id = ids.of("Practitioner", f"clinician {place}")
        about: dict[str, Any] = {
            **_name(catalogue, rng),
            "specialty": specialty,
            "practice_id": practice,
            "is_pcp": is_pcp,
        }
        entries.append(("clinician", own_id, about))
        if is_pcp:
            doctors.append(Doctor(own_id, is_for_children))
    grown = [doctor for doctor in doctors if not doctor.is_for_children]
    young = [doctor for doctor in doctors if doctor.is_for_children]
    return Staffed(entries, grown, young or grown)


def _name(catalogue: Catalogue, rng: Random) -> dict[str, str]:
    language = catalogue.languages.draw(rng)
    given = rng.choice(language.female if rng.random() < 0.5 else language.male)
    family = rng.choice(language.family)
    credentials = "MD" if rng.random() < 0.72 else "DO" if rng.random() < 0.4 else "NP"
    return {"name": f"{given} {family}, {credentials}", "given": given, "family": family, "credentials": credentials}
