"""What a letter says, and whether it may be printed now; how it looks is the business of the letters package."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import date, time
from enum import Enum, StrEnum
from typing import Any

from coordinator_app.domain.sensitivity import Sensitivity
from coordinator_app.domain.trouble import Refusal

_HOURS = re.compile(r"([01]?\d|2[0-4]):([0-5]\d)\s*[-–]\s*([01]?\d|2[0-4]):([0-5]\d)")


class CopyFor(StrEnum):
    """Whose sheet it is; every reader gets the words and the facts that reader needs."""

    PROGRAM = "program"
    PATIENT = "patient"
    PCP = "pcp"


class Agreement(StrEnum):
    """What the patient said to the referral (practice 28)."""

    YES = "yes"
    NO = "no"
    NOT_ASKED = "not_asked"


class Delivery(StrEnum):
    """How the letter leaves."""

    FAX = "fax"
    PORTAL = "portal"
    MAIL = "mail"
    HANDED_OVER = "handed_over"


class Interpreter(StrEnum):
    """The kind of interpreter the patient needs."""

    UNKNOWN = "unknown"
    NONE = "none"
    SPOKEN = "spoken"
    SIGN = "sign"
    VIDEO_RELAY = "video_relay"


@dataclass(frozen=True, slots=True)
class Said:
    """One text in English, and in Spanish where somebody wrote it; nothing is ever translated by a machine."""

    en: str
    es: str = ""

    @classmethod
    def alike(cls, text: str) -> "Said":
        """Return a text that is the same in both languages, as A1c 7.9 % is."""
        return cls(text, text)

    def speaks(self, language: str) -> bool:
        """Say whether the text exists in ``language``; an empty text needs no translation."""
        return not self.en or language == "en" or (language == "es" and bool(self.es))

    def to(self, language: str) -> str:
        """Return the text in ``language``, or the English one."""
        return self.es if language == "es" and self.es else self.en


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One dated fact with its source.

    A row that is not ordinary stays out unless the recipient's task needs it (``is_needed``) and a person
    chose to keep it (``is_kept``); a Part 2 row also needs the patient's written consent.
    """

    key: str
    what: Said = field(repr=False)
    on: date | None
    source: str
    detail: Said = field(default=Said(""), repr=False)
    sensitivity: Sensitivity = Sensitivity.ORDINARY
    is_needed: bool = False
    is_kept: bool = False


@dataclass(frozen=True, slots=True)
class Phone:
    """A number that is safe to call; ``may_leave_message`` None = not asked.

    Safe hours are the patient's own clock: two times, or what was written where it is no pair of times.
    """

    number: str = field(repr=False)
    safe_from: time | None = None
    safe_until: time | None = None
    safe_words: str = ""
    may_leave_message: bool | None = None
    kind: str = "voice"


@dataclass(frozen=True, slots=True)
class LetterMember:
    """Who the letter is about; ``phone`` None means that no number is known to be safe."""

    name: str = field(repr=False)
    birth_date: date = field(repr=False)
    member_number: str = field(repr=False)
    plan: str
    phone: Phone | None
    language: str
    interpreter: Interpreter
    name_to_use: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Recipient:
    """Where one copy goes; ``attention`` is who opens it."""

    name: str = field(repr=False)
    attention: str = ""
    address: tuple[str, ...] = field(default=(), repr=False)
    fax: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Program:
    """The program asked for: ``name`` as said inside a sentence, ``purpose`` completes the subject line.

    ``question`` is what we ask unless the coordinator asks something else.
    """

    id: str
    name: Said
    purpose: Said
    question: Said
    sensitivity: Sensitivity = Sensitivity.ORDINARY


@dataclass(frozen=True, slots=True)
class ProgramListing:
    """A program of the directory with where its letters go; ``is_confirmed`` once somebody called the number."""

    program: Program
    recipient: Recipient
    family: str
    is_confirmed: bool


@dataclass(frozen=True, slots=True)
class Physician:
    """The patient's primary-care physician."""

    name: str
    practice: str = ""
    phone: str = ""
    fax: str = ""


@dataclass(frozen=True, slots=True)
class Coordinator:
    """Who signs; ``name`` with the credential."""

    name: str
    direct_line: str


@dataclass(frozen=True, slots=True)
class Sender:
    """The initiative as the letterhead shows it; ``reply_fax`` takes the reply slip."""

    name: str
    address: str
    phone: str
    reply_fax: str = ""


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """Everything one copy of a referral letter says; equal facts give equal bytes.

    ``language`` is the language of the sheet (en, es), ``member.language`` what the patient speaks.
    ``question`` is the coordinator's own; empty means the program's. ``copies_to`` names who else gets one.
    ``part2_consent_on`` is the day of the written consent that 42 CFR Part 2 asks for.
    """

    sender: Sender
    written_on: date
    copy_for: CopyFor
    language: str
    recipient: Recipient
    member: LetterMember
    program: Program
    agreement: Agreement
    agreed_on: date | None
    why: tuple[EvidenceRow, ...]
    pcp: Physician | None
    coordinator: Coordinator
    reply_by: date
    question: str = field(default="", repr=False)
    medicines: tuple[EvidenceRow, ...] = ()
    copies_to: tuple[CopyFor, ...] = ()
    part2_consent_on: date | None = None
    is_demo: bool = False
    is_large_print: bool = False
    has_fax_cover: bool = False


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


def without_rows(facts: LetterFacts, keys: frozenset[str]) -> LetterFacts:
    """Return the letter without the rows the coordinator took out."""
    return replace(
        facts,
        why=tuple(row for row in facts.why if row.key not in keys),
        medicines=tuple(row for row in facts.medicines if row.key not in keys),
    )


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
class Standing:
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
    standing: Standing, copy_for: CopyFor, delivery: Delivery, *, is_safety_matter: bool = False
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


def program_from(record: Mapping[str, Any]) -> ProgramListing:
    """Return one program of the directory (resources/letters/programs.json, or a row of the bundle)."""
    where = record["recipient"]
    return ProgramListing(
        program=Program(
            id=record["id"],
            name=Said(**record["name"]),
            purpose=Said(**record["purpose"]),
            question=Said(**record["question"]),
            sensitivity=Sensitivity[record["sensitivity"].upper()],
        ),
        recipient=Recipient(
            name=where["name"],
            attention=where.get("attention", ""),
            address=tuple(where.get("address", ())),
            fax=where.get("fax", ""),
            phone=where.get("phone", ""),
        ),
        family=record["family"],
        is_confirmed=record["is_confirmed"],
    )


def phone_with_hours(number: str, hours: str, *, may_leave_message: bool | None = None, kind: str = "voice") -> Phone:
    """Return a number with its safe hours as the register writes them: 09:00-12:00, or words."""
    found = _HOURS.fullmatch(hours.strip())
    if found:
        first, last = (time(int(found[at]) % 24, int(found[at + 1])) for at in (1, 3))
        return Phone(number, first, last, may_leave_message=may_leave_message, kind=kind)
    return Phone(number, safe_words=hours.strip(), may_leave_message=may_leave_message, kind=kind)


def as_record(value: Any) -> Any:
    """Return facts as plain values (for JSON) to be stored beside the bytes they became (ruling 21)."""
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: as_record(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, tuple):
        return [as_record(each) for each in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date | time):
        return value.isoformat()
    return value
