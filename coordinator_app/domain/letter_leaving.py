"""What of a letter may leave, and whether it may leave at all now (practice 6, practice 13)."""

from dataclasses import dataclass, replace
from enum import StrEnum

from coordinator_app.domain.letter import CopyFor, Delivery, EvidenceRow, LetterFacts
from coordinator_app.domain.sensitivity import Sensitivity
from coordinator_app.domain.trouble import Refusal


def leave_out_sensitive(facts: LetterFacts) -> LetterFacts:
    """Return the letter with only what may leave; doing it twice changes nothing (practice 13, ruling 10)."""

    def may_leave(row: EvidenceRow) -> bool:
        if row.sensitivity is Sensitivity.ORDINARY:
            return True
        has_consent = row.sensitivity is not Sensitivity.PART2 or facts.part2_consent_on is not None
        return facts.copy_for is CopyFor.PROGRAM and row.is_needed and row.is_kept and has_consent

    return replace(
        facts,
        why=tuple(row for row in facts.why if may_leave(row)),
        medicines=tuple(row for row in facts.medicines if may_leave(row)),
    )


def names_program(facts: LetterFacts) -> bool:
    """Say whether this copy may name the program: a confidential one is named to the program alone."""
    return facts.copy_for is CopyFor.PROGRAM or facts.program.sensitivity is Sensitivity.ORDINARY


class RefusalCode(StrEnum):
    """Why a letter may not be printed now."""

    DECEASED = "deceased"
    OPTED_OUT = "opted_out"
    NO_LETTERS = "no_letters"
    NO_SAFE_ADDRESS = "no_safe_address"
    TO_GUARDIAN = "to_guardian"
    NOT_APPROVED = "not_approved"


_SENTENCES = {
    RefusalCode.DECEASED: "This person is recorded as deceased. Nothing is sent until that is taken back.",
    RefusalCode.OPTED_OUT: "This person asked for no contact by the program.",
    RefusalCode.NO_LETTERS: "This person asked for no letters.",
    RefusalCode.TO_GUARDIAN: "This letter goes to the parent or guardian.",
    RefusalCode.NO_SAFE_ADDRESS: "No safe mailing address is known. Hand the letter over in person.",
    RefusalCode.NOT_APPROVED: "This text is a draft. It may be printed once it is approved.",
}


@dataclass(frozen=True, slots=True)
class LetterStanding:
    """How things stand with the person at the moment of printing, never earlier (practice 6).

    ``is_deceased`` is true for a confirmed death and for a reported one nobody has taken back.
    ``opted_out`` is the whole program, ``no_letters`` letters to the patient only.
    ``has_safe_address`` says that the address on the sheet is one the patient called safe;
    ``needs_safe_address`` that the address from the feed may not be used.
    ``needs_guardian`` is true for a minor without a right of their own in this matter.
    """

    is_deceased: bool = False
    opted_out: bool = False
    no_letters: bool = False
    needs_safe_address: bool = False
    has_safe_address: bool = False
    needs_guardian: bool = False
    goes_to_guardian: bool = False
    is_template_approved: bool = False
    may_use_drafts: bool = False


def may_print(
    standing: LetterStanding, copy_for: CopyFor, delivery: Delivery, *, is_safety_matter: bool = False
) -> Refusal | None:
    """Return None where the copy may leave now, else why not.

    ``is_safety_matter`` lets a letter reach the physician of somebody who opted out (practice 6).
    A sheet handed to the patient needs no address. The gravest cause is named first.
    """
    to_patient = copy_for is CopyFor.PATIENT
    to_physician_for_safety = copy_for is CopyFor.PCP and is_safety_matter
    is_sent = delivery is not Delivery.HANDED_OVER
    checks = (
        (standing.is_deceased, RefusalCode.DECEASED),
        (standing.opted_out and not to_physician_for_safety, RefusalCode.OPTED_OUT),
        (to_patient and standing.no_letters, RefusalCode.NO_LETTERS),
        (to_patient and standing.needs_guardian and not standing.goes_to_guardian, RefusalCode.TO_GUARDIAN),
        (
            to_patient and is_sent and standing.needs_safe_address and not standing.has_safe_address,
            RefusalCode.NO_SAFE_ADDRESS,
        ),
        (not (standing.is_template_approved or standing.may_use_drafts), RefusalCode.NOT_APPROVED),
    )
    return next((Refusal(code.value, _SENTENCES[code]) for stands, code in checks if stands), None)
