"""Answering one reason without a call: put off, already done, wrong, raised or lowered (practice 7 and 9)."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from coordinator_app.domain.activity import Response, ResponseKind
from coordinator_app.domain.ids import ActivityId, MemberId, ReasonId, new_id
from coordinator_app.domain.outreach.moved import MOVES, moved_to
from coordinator_app.domain.reasons import Reason, Tier
from coordinator_app.domain.trouble import Refusal
from coordinator_app.services.ledger import Ledger, ShownReason
from coordinator_app.services.members import known
from coordinator_app.services.ports import Clock, Me, OpenBook
from coordinator_app.services.touched import Touched

LONGEST_SNOOZE = LONGEST_MOVE = timedelta(days=30)

WRONG_CAUSES: Final = ("already_done", "not_this_person", "drug_changed", "data_old", "rule_wrong", "other")
"""Why a reason is wrong; each reaches the owner of its rule."""

SNOOZE_CAUSES: Final = ("patient_asked", "visit_booked", "waits_for_result", "practice_on_it", "away", "other")
"""Why a reason is put off."""

MOVE_CAUSES: Final = ("condition_changed", "family_worried", "practice_asked", "handled_elsewhere", "stable", "other")
"""Why a nurse puts a reason higher or lower than the rules do."""


@dataclass(frozen=True, slots=True)
class Answered:
    """The reason is quiet as far as the answer goes."""

    response: Response
    touched: Touched = Touched.OUTREACH


class Answering:
    """Answers reasons from the queue or the patient's page."""

    def __init__(self, open_book: OpenBook, clock: Clock, me: Me, ledger: Ledger) -> None:
        self._open_book, self._clock, self._me, self._ledger = open_book, clock, me, ledger

    def snooze(self, member_id: MemberId, reason_id: ReasonId, until: date, cause: str) -> Answered:
        """Put a reason off; in tiers 1 and 2 never past its due day, elsewhere 30 days at most.

        Refusal: ``unknown_member``, ``unknown_reason``, ``unknown_cause``, ``snooze_in_the_past``,
        ``snooze_past_due``, ``snooze_too_long``.
        """
        _require(cause, SNOOZE_CAUSES)
        return self._answer(member_id, reason_id, ResponseKind.SNOOZED, cause, until)

    def move(self, member_id: MemberId, reason_id: ReasonId, how: ResponseKind, until: date, cause: str) -> Answered:
        """Put a reason one tier higher (``RAISED``) or lower (``LOWERED``) until a day; the tier by rule is kept.

        Refusal: ``unknown_member``, ``unknown_reason``, ``unknown_cause``, ``move_in_the_past``, ``move_too_long``,
        and ``cannot_move`` where there is nothing above, nothing below, or it would leave tier 1.
        """
        _require(cause, MOVE_CAUSES)
        return self._answer(member_id, reason_id, how, cause, until)

    def say_wrong(self, member_id: MemberId, reason_id: ReasonId, cause: str) -> Answered:
        """Quiet this episode and tell the rule's owner. Refusal: as above, and ``unknown_cause``."""
        _require(cause, WRONG_CAUSES)
        return self._answer(member_id, reason_id, ResponseKind.WRONG, cause, None)

    def answer(self, member_id: MemberId, reason_id: ReasonId, response: ResponseKind, cause: str = "") -> Answered:
        """Note what became known of a reason without a call (seen in the record, told by the practice)."""
        return self._answer(member_id, reason_id, response, cause, None)

    def _answer(
        self, member_id: MemberId, reason_id: ReasonId, kind: ResponseKind, cause: str, until: date | None
    ) -> Answered:
        with self._open_book() as book:
            known(book.shelves, member_id)
            open_now = {each.reason.id: each for each in self._ledger.open_now(book.shelves, member_id)}
            if reason_id not in open_now:
                raise Refusal("unknown_reason", "This reason is not open.")
            shown = open_now[reason_id]
            if kind in MOVES:
                self._check_move(kind, until, shown)
            elif until is not None:
                self._check(until, shown)
            response = self._response(shown.reason, kind, cause, until)
            book.add(response)
            book.commit("response", member_id)
        return Answered(response)

    def _check_move(self, how: ResponseKind, until: date | None, shown: ShownReason) -> None:
        today = self._clock.moment().today
        ruled = shown.move.ruled if shown.move else shown.tier
        if until is None or until <= today:
            raise Refusal("move_in_the_past", "Say until when: a day after today.")
        if until > today + LONGEST_MOVE:
            raise Refusal("move_too_long", "A reason can be moved for 30 days at most.")
        if moved_to(ruled, how) is ruled:
            raise Refusal("cannot_move", "This reason cannot go further; nothing is lowered out of safety.")

    def _check(self, until: date, shown: ShownReason) -> None:
        reason, tier = shown.reason, min(shown.tier, shown.move.ruled) if shown.move else shown.tier
        today = self._clock.moment().today
        if until <= today:
            raise Refusal("snooze_in_the_past", "Put it off to a day after today.")
        if tier <= Tier.DISCHARGE and (reason.due_on is None or until > reason.due_on):
            raise Refusal("snooze_past_due", "A safety or discharge reason cannot be put off past its due day.")
        if until > today + LONGEST_SNOOZE:
            raise Refusal("snooze_too_long", "A reason can be put off for 30 days at most.")

    def _response(self, reason: Reason, kind: ResponseKind, cause: str, until: date | None) -> Response:
        now = self._clock.instant()
        return Response(
            id=ActivityId(new_id()),
            member_id=reason.member_id,
            author_id=self._me.staff_id,
            occurred_at=now,
            recorded_at=now,
            sensitivity=reason.sensitivity,
            reason_id=reason.id,
            response=kind,
            cause=cause,
            until=until,
            evidence_on=reason.evidence_on,
        )


def _require(cause: str, causes: tuple[str, ...]) -> None:
    if cause not in causes:
        raise Refusal("unknown_cause", f"The cause is one of: {', '.join(causes)}.")
