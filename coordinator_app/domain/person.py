"""A person on the panel: who they are, how they may be reached, who may be told what (practice 11 to 15)."""

from dataclasses import dataclass, field
from datetime import date

from coordinator_app.domain.calendar import age_on
from coordinator_app.domain.ids import ClinicianId, InitiativeId, MemberId, PanelId
from coordinator_app.domain.sensitivity import Sensitivity

ADULT_AT = 18


@dataclass(frozen=True, slots=True)
class Member:
    """The member as the register knows them; personal values stay out of ``repr``."""

    id: MemberId
    panel_id: PanelId
    initiative_id: InitiativeId
    member_number: str = field(repr=False)
    family: str = field(repr=False)
    given: str = field(repr=False)
    birth_date: date = field(repr=False)
    preferred: str = field(default="", repr=False)
    sex: str = field(default="unknown", repr=False)
    language_spoken: str = "en"
    language_read: str = "en"
    interpreter: str = ""
    address: str = field(default="", repr=False)
    city: str = field(default="", repr=False)
    state: str = field(default="", repr=False)
    zip_code: str = field(default="", repr=False)
    zone: str = ""
    payer: str = ""
    plan: str = ""
    clinician_id: ClinicianId | None = None
    held_cause: str = ""
    held_source: str = ""
    held_on: date | None = None
    deceased_on: date | None = None
    joined_on: date | None = None
    left_on: date | None = None
    source: str = ""
    sensitivity: Sensitivity = Sensitivity.ORDINARY

    @property
    def name(self) -> str:
        """Return the name as lists show it: family name in capitals, comma, given name."""
        return f"{self.family.upper()}, {self.given}" if self.given else self.family.upper()

    def is_minor_on(self, day: date) -> bool:
        """Say whether somebody else has to be called for this person."""
        return age_on(self.birth_date, day) < ADULT_AT


@dataclass(frozen=True, slots=True)
class ContactPoint:
    """One number or address; each way of using it is yes, no or unknown."""

    id: str
    kind: str
    value: str = field(repr=False)
    as_typed: str = field(default="", repr=False)
    may_call: str = "unknown"
    may_leave_message: str = "unknown"
    shared_with: str = field(default="", repr=False)
    safe_hours: str = ""
    technology: str = "voice"
    preferred: bool = False
    valid_until: date | None = None
    source: str = ""
    nurse_entered: bool = False


@dataclass(frozen=True, slots=True)
class ContactProfile:
    """How somebody wants to be reached; the cause of a safety flag is not in it."""

    instructions: str = field(default="", repr=False)
    special_contact: bool = False
    no_contact: tuple[str, ...] = ()
    safe_address: str = field(default="", repr=False)
    name_to_use: str = field(default="", repr=False)
    best_hours: str = ""
    large_print: bool = False
    prefers_pictures: bool = False
    interpreter_kind: str = ""


@dataclass(frozen=True, slots=True)
class RelatedPerson:
    """Mother, daughter, guardian: whom else one may speak to or must."""

    id: str
    name: str = field(repr=False)
    relation: str = ""
    phone: str = field(default="", repr=False)
    is_guardian: bool = False
    custody_note: str = field(default="", repr=False)
    source: str = ""


@dataclass(frozen=True, slots=True)
class Permission:
    """What a related person may be told, and until when."""

    related_person_id: str
    topics: tuple[str, ...] = ()
    form: str = "verbal"
    given_on: date | None = None
    valid_until: date | None = None
    withdrawn_on: date | None = None

    def holds_on(self, day: date) -> bool:
        """Say whether the permission stands on that day."""
        if self.withdrawn_on is not None and self.withdrawn_on <= day:
            return False
        return self.valid_until is None or self.valid_until >= day


@dataclass(frozen=True, slots=True)
class Reach:
    """Everything about reaching one person, read together."""

    points: tuple[ContactPoint, ...] = ()
    profile: ContactProfile = ContactProfile()
    related: tuple[RelatedPerson, ...] = ()
    permissions: tuple[Permission, ...] = ()

    @property
    def guardian(self) -> RelatedPerson | None:
        """Return the guardian, where there is one."""
        return next((person for person in self.related if person.is_guardian), None)
