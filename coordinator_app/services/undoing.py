"""Taking back what was just saved, or correcting it later: a further act, nothing is erased (ruling 17)."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from coordinator_app.domain.activity import (
    Act,
    Contact,
    FollowUp,
    LetterPrinted,
    MedicineTold,
    Note,
    Response,
    Retraction,
    Teaching,
    Visit,
)
from coordinator_app.domain.ids import ActivityId, new_id
from coordinator_app.domain.trouble import Refusal
from coordinator_app.services.ports import Book, Clock, Me, OpenBook
from coordinator_app.services.touched import Touched

UNDO_FOR = timedelta(seconds=10)

KINDS: Final[dict[str, type[Act]]] = {
    "contact": Contact,
    "response": Response,
    "follow_up": FollowUp,
    "teaching": Teaching,
    "visit": Visit,
    "letter": LetterPrinted,
    "note": Note,
    "medicine": MedicineTold,
}
_TOUCHES: Final[dict[str, Touched]] = {
    "contact": Touched.CALLS | Touched.OUTREACH | Touched.TEACHING,
    "response": Touched.OUTREACH,
    "follow_up": Touched.OUTREACH,
    "teaching": Touched.TEACHING,
    "visit": Touched.VISITS,
    "letter": Touched.LETTERS,
    "note": Touched.CALLS,
    "medicine": Touched.OUTREACH,
}


@dataclass(frozen=True, slots=True)
class TakenBack:
    """The pair is hidden on screens and stands as one struck entry for the supervisor; the act can be typed again."""

    act: Act
    retractions: tuple[ActivityId, ...]
    touched: Touched


class Undoing:
    """Takes one's own acts back."""

    def __init__(self, open_book: OpenBook, clock: Clock, me: Me) -> None:
        self._open_book, self._clock, self._me = open_book, clock, me

    def take_back(self, kind: str, act_id: ActivityId, cause: str = "") -> TakenBack:
        """Retract an act with all that was saved in the same call.

        Within ten seconds the cause is ``undo``; later it is a correction and needs a cause.
        Refusal: ``unknown_act``, ``not_yours``, ``taken_back_already``, ``cause_needed``.
        """
        with self._open_book() as book:
            act = self._mine(book, kind, act_id)
            why = self._cause(act, cause)
            with_it = _saved_with(book, act) if isinstance(act, Contact) else []
            made = tuple(self._retract(book, each_kind, each, why) for each_kind, each in [(kind, act), *with_it])
            book.commit("retraction", act.member_id)
        return TakenBack(act, made, _TOUCHES[kind])

    def _mine(self, book: Book, kind: str, act_id: ActivityId) -> Act:
        act = book.shelves.acts.one(KINDS[kind], act_id) if kind in KINDS else None
        if act is None:
            raise Refusal("unknown_act", "There is no such entry on this computer.")
        if act.author_id != self._me.staff_id:
            raise Refusal("not_yours", "Only the person who wrote an entry can take it back.")
        if book.shelves.acts.taken_back([act_id]):
            raise Refusal("taken_back_already", "This entry was taken back already.")
        return act

    def _cause(self, act: Act, cause: str) -> str:
        if self._clock.instant() - act.recorded_at <= UNDO_FOR:
            return cause or "undo"
        if not cause:
            raise Refusal("cause_needed", "A later correction says why.")
        return cause

    def _retract(self, book: Book, kind: str, act: Act, cause: str) -> ActivityId:
        now = self._clock.instant()
        retraction = Retraction(
            id=ActivityId(new_id()),
            member_id=act.member_id,
            author_id=self._me.staff_id,
            occurred_at=now,
            recorded_at=now,
            sensitivity=act.sensitivity,
            target_kind=kind,
            target_id=act.id,
            cause=cause,
        )
        book.add(retraction)
        return retraction.id


def _saved_with(book: Book, contact: Contact) -> list[tuple[str, Act]]:
    acts = book.shelves.acts
    found: list[tuple[str, Act]] = [("response", each) for each in acts.with_contact(Response, contact)]
    found += [("follow_up", each) for each in acts.with_contact(FollowUp, contact)]
    found += [("teaching", each) for each in acts.with_contact(Teaching, contact)]
    gone = acts.taken_back(act.id for _, act in found)
    return [(kind, act) for kind, act in found if act.id not in gone]
