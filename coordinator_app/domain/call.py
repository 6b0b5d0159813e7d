"""What the outcome of a call asks for and what it means for the reasons (practice 5, 6, 16, 25)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from coordinator_app.domain.activity import Identifier, Outcome, ResponseKind
from coordinator_app.domain.ids import ReasonId
from coordinator_app.domain.reasons import Reason, ReasonKind, Tier

IDENTIFIERS_NEEDED = 2

UNREACHED: Final = frozenset(
    {
        Outcome.NO_ANSWER,
        Outcome.LEFT_MESSAGE,
        Outcome.BUSY,
        Outcome.WRONG_NUMBER,
        Outcome.CALL_BACK,
        Outcome.NOT_CONFIRMED,
        Outcome.LANGUAGE_BARRIER,
        Outcome.IN_HOSPITAL,
        Outcome.VOICEMAIL_FULL,
        Outcome.DROPPED,
        Outcome.OTHER,
    }
)
"""A try that reached nobody who may speak about health; each counts as an attempt for every open reason."""

PARTIES: Final[Mapping[Outcome, str]] = {
    Outcome.REACHED: "patient",
    Outcome.CAREGIVER: "caregiver",
    Outcome.GUARDIAN: "guardian",
}

TOPICS: Final = (
    "medicines_picked_up",
    "medicines_reviewed",
    "daily_weight",
    "warning_signs",
    "follow_up_visit",
    "refill_at_home",
    "cost_of_medicine",
    "screening",
    "transport",
    "equipment",
    "food",
    "home_help",
    "red_flag",
    "other",
)
"""What can be talked about on a call; the words for them are in the catalogues."""

TOPICS_FOR: Final[Mapping[ReasonKind, tuple[str, ...]]] = {
    ReasonKind.DISCHARGE: (
        "medicines_picked_up",
        "medicines_reviewed",
        "warning_signs",
        "follow_up_visit",
        "equipment",
        "home_help",
        "transport",
    ),
    ReasonKind.SCREENING: ("screening", "transport"),
    ReasonKind.REFILL: ("refill_at_home", "cost_of_medicine"),
    ReasonKind.MEDICATION: ("medicines_reviewed", "warning_signs"),
    ReasonKind.WORSENING: ("warning_signs", "medicines_reviewed", "follow_up_visit"),
}

LESSONS: Final[Mapping[str, str]] = {
    "daily_weight": "daily-weight",
    "warning_signs": "after-hospital",
    "medicines_reviewed": "medicines-list",
    "refill_at_home": "refills",
    "screening": "colorectal",
}
"""The lesson of the library behind a topic; on such a topic the patient can be asked to say it back."""

ANSWERS_FOR: Final[Mapping[ReasonKind, tuple[ResponseKind, ...]]] = {
    ReasonKind.DISCHARGE: (ResponseKind.ANSWERED, ResponseKind.WRONG),
    ReasonKind.SCREENING: (
        ResponseKind.DISCUSSED,
        ResponseKind.DONE_ELSEWHERE,
        ResponseKind.DECLINED,
        ResponseKind.WRONG,
    ),
    ReasonKind.REFILL: (
        ResponseKind.HAS_IT,
        ResponseKind.PAID_CASH,
        ResponseKind.SAMPLES,
        ResponseKind.STOPPED,
        ResponseKind.DISCUSSED,
        ResponseKind.DECLINED,
        ResponseKind.WRONG,
    ),
}
"""What may be answered to each kind of reason, in the order shown; other kinds have the three of ``ANY_ANSWER``."""

ANY_ANSWER: Final = (ResponseKind.DISCUSSED, ResponseKind.DECLINED, ResponseKind.WRONG)

_BY_CALL = frozenset({"discharge.contact"})
_SETTLED_ON_A_CALL = frozenset({"discharge.medicines", "discharge.facility"})
_AFTER_DISCHARGE = (
    ResponseKind.DISCUSSED,
    ResponseKind.DONE_ELSEWHERE,
    ResponseKind.DECLINED,
    ResponseKind.WRONG,
)


def is_answered_by_call(reason: Reason) -> bool:
    """Say whether any conversation answers a reason: the two-day contact alone; a visit owed is owed after it too."""
    return reason.rule in _BY_CALL


def answers_for(reason: Reason) -> tuple[ResponseKind, ...]:
    """Return what may be answered to a reason, in the order shown."""
    if reason.kind is not ReasonKind.DISCHARGE or is_answered_by_call(reason) or reason.rule in _SETTLED_ON_A_CALL:
        return ANSWERS_FOR.get(reason.kind, ANY_ANSWER)
    return _AFTER_DISCHARGE


DECLINED_CAUSES: Final = ("not_now", "cost", "fear", "not_needed", "wants_to_ask", "other", "not_said")
"""Why somebody declined; never free text, and "not said" is an answer (practice 27, 33)."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What was said to one reason."""

    response: ResponseKind
    cause: str = ""
    until: date | None = None


def lacks_identity(outcome: Outcome, identity: Iterable[Identifier]) -> bool:
    """Say whether health may not be talked about yet: a conversation needs two different identifiers."""
    return outcome.is_conversation and len(set(identity)) < IDENTIFIERS_NEEDED


def answers_of(
    outcome: Outcome, reasons: Iterable[tuple[Reason, Tier]], said: Mapping[ReasonId, Answer]
) -> dict[ReasonId, Answer]:
    """Return what a call means for each open reason; a reason nobody spoke about is not in it and keeps its date.

    Any conversation answers the two-day contact, for that is the call itself, and nothing else that is owed. Who
    refuses a call has not declined what it was about: dated and routine reasons are put off, and the tiers above never
    (practice 7).
    """
    found: dict[ReasonId, Answer] = {}
    for reason, tier in reasons:
        answer = said.get(reason.id) or _unsaid(outcome, reason, tier)
        if answer is not None:
            found[reason.id] = answer
    return found


def topics_for(kinds: Iterable[ReasonKind]) -> tuple[str, ...]:
    """Return the topics of these reasons, most urgent reason first, then what can always come up."""
    wanted = [topic for kind in kinds for topic in TOPICS_FOR.get(kind, ())]
    return tuple(dict.fromkeys([*wanted, "transport", "red_flag", "other"]))


def topics_of(reasons: Iterable[Reason]) -> tuple[str, ...]:
    """Return the topics of open reasons; after a stay for heart failure daily weight comes first."""
    every = tuple(reasons)
    topics = topics_for(reason.kind for reason in every)
    weighs = any(str(reason.arguments.get("condition", "")) == "heart_failure" for reason in every)
    return ("daily_weight", *topics) if weighs else topics


def _unsaid(outcome: Outcome, reason: Reason, tier: Tier) -> Answer | None:
    if outcome.is_conversation:
        return Answer(ResponseKind.ANSWERED) if is_answered_by_call(reason) else None
    if outcome is Outcome.REFUSED:
        is_gap = tier >= Tier.DATED
        return Answer(ResponseKind.SNOOZED, "call_refused") if is_gap else Answer(ResponseKind.ATTEMPTED)
    return Answer(ResponseKind.ATTEMPTED) if outcome in UNREACHED else None
