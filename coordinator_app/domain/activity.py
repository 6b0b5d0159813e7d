"""What people do: every act is added and never changed; undo is a further act."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from coordinator_app.domain.ids import ActivityId, ClinicianId, MemberId, ReasonId, StaffId
from coordinator_app.domain.sensitivity import Sensitivity


class Outcome(StrEnum):
    """How a call ended (ux 4.3 and practice 17)."""

    REACHED = "reached"
    CAREGIVER = "caregiver"
    GUARDIAN = "guardian"
    NO_ANSWER = "no_answer"
    LEFT_MESSAGE = "left_message"
    BUSY = "busy"
    WRONG_NUMBER = "wrong_number"
    CALL_BACK = "call_back"
    REFUSED = "refused"
    NOT_CONFIRMED = "not_confirmed"
    LANGUAGE_BARRIER = "language_barrier"
    IN_HOSPITAL = "in_hospital"
    VOICEMAIL_FULL = "voicemail_full"
    DROPPED = "dropped"
    DECEASED = "deceased"
    OTHER = "other"

    @property
    def is_conversation(self) -> bool:
        """True where health could be talked about, so two identifiers are needed."""
        return self in {Outcome.REACHED, Outcome.CAREGIVER, Outcome.GUARDIAN}


class Identifier(StrEnum):
    """What was used to confirm who is speaking (practice 16)."""

    BIRTH_DATE = "birth_date"
    ZIP = "zip"
    ADDRESS = "address"
    MEMBER_ID = "member_id"


class TeachBack(StrEnum):
    """What came back when the patient was asked to explain it."""

    SAID_BACK = "said_back"
    AFTER_RETEACHING = "after_reteaching"
    NOT_YET = "not_yet"
    NOT_ASKED = "not_asked"


class ResponseKind(StrEnum):
    """What a contact did to a reason; the reason row itself is never touched (ruling 9)."""

    ANSWERED = "answered"
    DISCUSSED = "discussed"
    HAS_IT = "has_it"
    PAID_CASH = "paid_cash"
    SAMPLES = "samples"
    STOPPED = "stopped"
    DONE_ELSEWHERE = "done_elsewhere"
    DECLINED = "declined"
    WRONG = "wrong"
    SNOOZED = "snoozed"
    ATTEMPTED = "attempted"
    RAISED = "raised"
    LOWERED = "lowered"


class VisitState(StrEnum):
    """The states of a visit (practice 18); sync alone never confirms."""

    WANTED = "wanted"
    ASKED = "asked"
    CONFIRMED = "confirmed"
    TOLD = "told"
    KEPT = "kept"
    NO_SHOW = "no_show"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Act:
    """What every act carries: whose patient, who did it, when it happened and when it was written down (UTC)."""

    id: ActivityId
    member_id: MemberId
    author_id: StaffId
    occurred_at: datetime
    recorded_at: datetime
    sensitivity: Sensitivity


@dataclass(frozen=True, slots=True)
class Contact(Act):
    """A call or other contact, reached or not; ``seconds`` is its length."""

    outcome: Outcome
    party: str = "patient"
    channel: str = "phone"
    direction: str = "out"
    number: str = ""
    identity: tuple[Identifier, ...] = ()
    language: str = ""
    interpreter: str = ""
    topics: tuple[str, ...] = ()
    note: str = ""
    seconds: int = 0
    call_back_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Response(Act):
    """What a nurse's act means for one reason; ``until`` ends a snooze or a quiet time."""

    reason_id: ReasonId
    response: ResponseKind
    contact_id: ActivityId | None = None
    cause: str = ""
    until: date | None = None
    evidence_on: date | None = None


@dataclass(frozen=True, slots=True)
class FollowUp(Act):
    """A promise to call again, with the rule that proposed it."""

    due_at: datetime
    contact_id: ActivityId | None = None
    what: str = "call_again"
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Teaching(Act):
    """A lesson and what came back."""

    topic: str
    result: TeachBack
    contact_id: ActivityId | None = None
    topic_version: str = ""
    language: str = "en"
    learner: str = "patient"
    plan: str = ""


@dataclass(frozen=True, slots=True)
class Visit(Act):
    """One revision of a visit; revisions of the same visit share ``visit_id`` and name the one they follow."""

    visit_id: ActivityId
    state: VisitState
    visit_type: str
    base_id: ActivityId | None = None
    clinician_id: ClinicianId | None = None
    place: str = ""
    starts_at: datetime | None = None
    minutes: int = 30
    deadline_on: date | None = None
    how_asked: str = ""
    asked_of: str = ""
    confirmed_by: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class LetterPrinted(Act):
    """A letter as it left: what it rests on, and the hash of the very bytes (kept in a row of their own)."""

    program: str
    recipient: str
    copy_for: str
    language: str
    template: str
    template_version: str
    pdf_sha256: str
    pages: int
    agreement: str = "not_asked"
    how: str = "printed"


@dataclass(frozen=True, slots=True)
class Note(Act):
    """Words about a patient outside of a contact."""

    text: str


class FlagStep(StrEnum):
    """What happened with a red flag (practice 19); it is open until somebody named has accepted it."""

    RAISED = "raised"
    PLACED = "placed"
    TOLD = "told"
    ACCEPTED = "accepted"


@dataclass(frozen=True, slots=True)
class RedFlag(Act):
    """One step of a red flag; its steps share ``flag_id``, and its clock runs from the first.

    ``said`` is what was said, ``whereabouts`` where the patient is now, ``call_back`` the number there, ``advice`` the
    id of the text that was read aloud. ``who`` was told or has accepted, ``answer`` is what they answered.
    """

    flag_id: ActivityId
    step: FlagStep
    said: str = ""
    whereabouts: str = ""
    call_back: str = ""
    advice: str = ""
    who: str = ""
    answer: str = ""


class MedicineHow(StrEnum):
    """What was told of a medicine (practice 23)."""

    OTC = "otc"
    HERBAL = "herbal"
    PAID_CASH = "paid_cash"
    SAMPLES = "samples"
    HAS_IT = "has_it"
    DOSE = "dose"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class MedicineTold(Act):
    """A medicine a nurse was told of; ``rxcui`` is its RxNorm ingredient, empty where the name is in no table.

    ``days_supply`` days from the day of the act; ``dose`` in the words it was told with; ``told_by`` patient,
    caregiver, practice or pharmacy.
    """

    how: MedicineHow
    name: str
    rxcui: str = ""
    dose: str = ""
    days_supply: int | None = None
    told_by: str = "patient"
    contact_id: ActivityId | None = None


@dataclass(frozen=True, slots=True)
class Retraction(Act):
    """Takes an earlier act back; both stay, screens hide the pair (ruling 17)."""

    target_kind: str
    target_id: ActivityId
    cause: str = "undo"


@dataclass(frozen=True, slots=True)
class Review(Act):
    """A supervisor's word on a contact: reviewed, or returned with a comment.

    ``scores`` are the items that were scored, 1 the best and 3 the least; an item left open is not in it.
    """

    contact_id: ActivityId
    result: str
    comment: str = ""
    scores: Mapping[str, int] | None = None
