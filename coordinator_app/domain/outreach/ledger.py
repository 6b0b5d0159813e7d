"""What storage hands to ranking: rows cut down to what decides the order, ready in memory."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from coordinator_app.domain.activity import Act, Contact, FollowUp, Response, ResponseKind, Retraction
from coordinator_app.domain.calendar import Moment
from coordinator_app.domain.ids import ActivityId, MemberId, ReasonId
from coordinator_app.domain.reasons import Reason, ReasonKind

_DRUGS = ("rxcui", "other_rxcui", "third_rxcui")
_OF_DRUGS = frozenset({ReasonKind.REFILL, ReasonKind.MEDICATION})

THEIRS = frozenset({"patient", "caregiver", "guardian"})
"""Whose contacts move a row to "done today"; a call to the pharmacy does not."""


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """A reason cut down to what its rank needs.

    ``tag`` is the drug class of a refill, the urgency of a sign, or a program; ``drugs`` are the RxNorm ingredients it
    is about. ``year_from`` to ``year_to`` are the
    calendar years in which a screening has the year's end as its deadline; 0 where there is none. Build it with
    ``ledger_row`` when a reason is read.
    """

    id: ReasonId
    kind: ReasonKind
    severity: int
    opens_on: date
    due_on: date | None = None
    ends_on: date | None = None
    evidence_on: date | None = None
    tag: str = ""
    year_from: int = 0
    year_to: int = 0
    drugs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """A response cut down to what decides whether a reason is open; ``on`` is the initiative's day of the act."""

    reason_id: ReasonId
    response: ResponseKind
    on: date
    at: datetime
    until: date | None = None
    cause: str = ""
    evidence_on: date | None = None


@dataclass(frozen=True, slots=True)
class MemberStanding:
    """One person as ranking sees the person: rows not yet over, answers to them, tries, and what was promised.

    ``tries`` counts outgoing contacts since the oldest row opened; ``tried_on`` is the initiative's day of the last
    contact with patient, caregiver or guardian and ``tried_at`` its instant. ``follow_up_*`` is the earliest promise
    nobody has met yet. ``is_listed`` is false for those whom ``listing.not_listed`` keeps out.
    """

    member_id: MemberId
    rows: tuple[LedgerRow, ...] = ()
    answers: tuple[Answer, ...] = ()
    tried_on: date | None = None
    tried_at: datetime | None = None
    tries: int = 0
    follow_up_id: ActivityId | None = None
    follow_up_at: datetime | None = None
    is_listed: bool = True


def ledger_row(reason: Reason) -> LedgerRow:
    """Cut a reason down to what its rank needs."""
    told = reason.arguments
    return LedgerRow(
        reason.id,
        reason.kind,
        reason.severity,
        reason.opens_on,
        reason.due_on,
        reason.ends_on,
        reason.evidence_on,
        str(told.get("drug_class", "") or told.get("urgency", "") or told.get("program", "")),
        int(told.get("measure_from_year", 0)),
        int(told.get("measure_to_year", 0)),
        tuple(str(told[name]) for name in _DRUGS if told.get(name)) if reason.kind in _OF_DRUGS else (),
    )


def answer(response: Response, now: Moment) -> Answer:
    """Cut a response down to what decides whether its reason is open."""
    return Answer(
        response.reason_id,
        response.response,
        now.day_of(response.occurred_at),
        response.occurred_at,
        response.until,
        response.cause,
        response.evidence_on,
    )


def standing_acts(acts: Iterable[Act]) -> tuple[Act, ...]:
    """Return the acts that stand, in the order they happened: without the retracted ones and the retractions."""
    every = tuple(acts)
    back = {act.target_id for act in every if isinstance(act, Retraction)}
    kept = (act for act in every if act.id not in back and not isinstance(act, Retraction))
    return tuple(sorted(kept, key=lambda act: (act.occurred_at, act.id)))


def open_promise(stand: Iterable[Act]) -> FollowUp | None:
    """Return the earliest follow-up that no later contact has met; a contact meets every promise made before it."""
    every = tuple(stand)
    contacts = [(act.occurred_at, act.id) for act in every if isinstance(act, Contact) and act.party in THEIRS]
    last_at, last_id = max(contacts, default=(None, None))
    waiting = [
        act
        for act in every
        if isinstance(act, FollowUp) and (last_at is None or act.contact_id == last_id or act.occurred_at > last_at)
    ]
    return min(waiting, key=lambda act: (act.due_at, act.id), default=None)
