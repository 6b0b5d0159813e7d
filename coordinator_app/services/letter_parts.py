"""The parts of a referral letter that come from the directory and the chart."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any, Final

from coordinator_app.domain import letter as letters
from coordinator_app.domain import short_names
from coordinator_app.domain.facts import Fact
from coordinator_app.domain.ids import StaffId
from coordinator_app.domain.letter import CopyFor, EvidenceRow, Said
from coordinator_app.domain.medicine_words import MedicineWord
from coordinator_app.domain.person import Member
from coordinator_app.domain.program_directory import ProgramListing
from coordinator_app.services.directory import clinician_of
from coordinator_app.services.medicine_list import medicines_of
from coordinator_app.services.ports import Shelves

MEDICINE_PAST_DAYS: Final = -60


def sender_of(shelves: Shelves, member: Member) -> letters.Sender:
    """Return the member's initiative as the letterhead shows it, or its bare name where it gave none."""
    told = letterhead_of(shelves, member)
    named = shelves.desk.facts().get("initiatives") or [{}]
    return letters.Sender(
        name=str(told.get("name") or named[0].get("name", "")),
        address=str(told.get("address", "")),
        phone=str(told.get("phone", "")),
        reply_fax=str(told.get("fax", "")),
    )


def coordinator_of(shelves: Shelves, member: Member, staff_id: StaffId) -> letters.Coordinator:
    """Return who signs; without a line of her own, the line the initiative gives for its coordinators."""
    staff = shelves.reference.one("staff", staff_id) or {}
    line = staff.get("phone") or letterhead_of(shelves, member).get("direct_line", "")
    return letters.Coordinator(str(staff.get("name", "")), str(line))


def letterhead_of(shelves: Shelves, member: Member) -> dict[str, Any]:
    """Return the letterhead the initiative gave, with its own name behind it."""
    own: dict[str, Any] = shelves.reference.one("initiative", member.initiative_id) or {}
    return {**own, **(shelves.reference.one("letterhead", member.initiative_id) or {})}


def recipient_of(
    copy_for: CopyFor, listing: ProgramListing, pcp: letters.Physician | None, home: letters.Recipient
) -> letters.Recipient:
    """Return where a copy goes."""
    if copy_for is CopyFor.PATIENT:
        return home
    if copy_for is CopyFor.PCP and pcp is not None:
        return letters.Recipient(pcp.practice or pcp.name, pcp.name, (), pcp.fax, pcp.phone)
    return listing.recipient


def pcp_of(shelves: Shelves, member: Member) -> letters.Physician | None:
    """Return the patient's primary-care physician, where the directory knows one."""
    told = clinician_of(shelves, member.clinician_id)
    return None if told is None else letters.Physician(told.name, told.practice, told.phone, told.fax)


def medicine_rows(facts: Iterable[Fact], today: date, words: Collection[MedicineWord] = ()) -> tuple[EvidenceRow, ...]:
    """Return what the patient takes as rows of the letter; what is stopped, or ran out long ago, is left out."""
    return tuple(
        EvidenceRow(
            key=each.fact_ids[-1],
            what=Said.alike(short_names.medicine_name(each.name)),
            on=each.last_fill_on,
            source=each.source,
            detail=_supply(each.days_supply),
            sensitivity=each.sensitivity,
        )
        for each in medicines_of(facts, today, words)
        if not each.is_stopped
        if each.days_left is None or each.days_left >= MEDICINE_PAST_DAYS
    )


def _supply(days: int | None) -> Said:
    return Said("") if not days else Said(f"{days} days’ supply", f"para {days} días")
