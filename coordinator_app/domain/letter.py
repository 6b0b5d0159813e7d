"""What a letter says; `letter_leaving` knows whether it may go, the letters package how it looks."""

import re
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import date, time
from enum import Enum, StrEnum
from typing import Any

from coordinator_app.domain.sensitivity import Sensitivity

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


def without_rows(facts: LetterFacts, keys: frozenset[str]) -> LetterFacts:
    """Return the letter without the rows the coordinator took out."""
    return replace(
        facts,
        why=tuple(row for row in facts.why if row.key not in keys),
        medicines=tuple(row for row in facts.medicines if row.key not in keys),
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
