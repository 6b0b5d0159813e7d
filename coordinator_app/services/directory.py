"""The directory of clinicians, their practices and colleagues, as the bundle holds it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from coordinator_app.domain.ids import ClinicianId, StaffId
from coordinator_app.domain.trouble import Refusal
from coordinator_app.services.ports import Shelves


@dataclass(frozen=True, slots=True)
class ClinicianListing:
    """A clinician with the practice's ways of contact where she has none of her own."""

    id: ClinicianId
    name: str
    practice: str = ""
    phone: str = ""
    fax: str = ""
    specialty: str = ""
    is_pcp: bool = False


def clinician_of(shelves: Shelves, clinician_id: ClinicianId | None) -> ClinicianListing | None:
    """Return one clinician, or nothing where the directory does not know her."""
    told = shelves.reference.one("clinician", clinician_id) if clinician_id else None
    return None if told is None else _listing(shelves, str(clinician_id), told)


def directory(shelves: Shelves) -> tuple[ClinicianListing, ...]:
    """Return the whole directory, by name."""
    found = [_listing(shelves, key, told) for key, told in shelves.reference.all("clinician").items()]
    return tuple(sorted(found, key=lambda each: (each.name, each.id)))


def one_named(listings: Sequence[ClinicianListing], named: str) -> ClinicianListing:
    """Return one clinician by id, or by a name only one has. Refusal: ``unknown_clinician``, ``two_clinicians``.

    Where no directory was loaded a name is taken as it is said, without an id.
    """
    wanted = named.strip().casefold()
    if not listings and wanted:
        return ClinicianListing(ClinicianId(""), named.strip())
    found = [each for each in listings if each.id == wanted] or [
        each for each in listings if wanted and wanted in each.name.casefold()
    ]
    if not found:
        raise Refusal("unknown_clinician", "There is no such clinician in the directory.")
    if len(found) > 1:
        raise Refusal("two_clinicians", f"{len(found)} clinicians bear that name; give the id.")
    return found[0]


def name_of(staff: Mapping[str, Mapping[str, str]], staff_id: StaffId) -> str:
    """Return a colleague's name, or nothing where the bundle does not hold her."""
    return str(staff.get(staff_id, {}).get("name", ""))


def _listing(shelves: Shelves, key: str, told: Mapping[str, Any]) -> ClinicianListing:
    practice: Mapping[str, Any] = shelves.reference.one("practice", str(told.get("practice_id", ""))) or {}
    return ClinicianListing(
        id=ClinicianId(key),
        name=str(told.get("name", "")),
        practice=str(told.get("practice") or practice.get("name", "")),
        phone=str(told.get("phone") or practice.get("phone", "")),
        fax=str(told.get("fax") or practice.get("fax", "")),
        specialty=str(told.get("specialty", "")),
        is_pcp=bool(told.get("is_pcp")),
    )
