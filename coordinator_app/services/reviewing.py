"""A supervisor reads what the team did and says a word on it; a coordinator sees what came back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from coordinator_app.domain.activity import (
    Act,
    Contact,
    FollowUp,
    LetterPrinted,
    Note,
    RedFlag,
    Response,
    Retraction,
    Review,
    Teaching,
    Visit,
)
from coordinator_app.domain.ids import ActivityId, ReasonId, StaffId, new_id
from coordinator_app.domain.reasons import Reason
from coordinator_app.domain.trouble import Refusal
from coordinator_app.services.act_words import kind_of
from coordinator_app.services.directory import name_of
from coordinator_app.services.emergency_notice import Noticed, emergencies_of
from coordinator_app.services.ports import Clock, Me, OpenBook, OpenShelves, Shelves
from coordinator_app.services.touched import Touched

SEEN_AT_ONCE = 500
RESULTS = ("reviewed", "returned")
SCORES = (1, 2, 3)
_READ = (Contact, Teaching, Visit, LetterPrinted, Note, RedFlag)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which activity is wanted; empty means all. ``is_open`` keeps contacts nobody reviewed yet."""

    author_id: StaffId | None = None
    kinds: frozenset[str] = frozenset()
    outcomes: frozenset[str] = frozenset()
    is_open: bool = False
    is_returned: bool = False
    since: datetime | None = None
    limit: int = SEEN_AT_ONCE


@dataclass(frozen=True, slots=True)
class Entry:
    """One act of the team as a list shows it; a struck one was taken back."""

    act: Act
    kind: str
    member_number: str
    member_name: str
    author: str
    is_waiting: bool
    retraction: Retraction | None
    review: Review | None
    reviewer: str

    @property
    def is_struck(self) -> bool:
        """Say whether the act was taken back."""
        return self.retraction is not None


@dataclass(frozen=True, slots=True)
class Record:
    """A contact as written, with all that was saved with it.

    ``struck`` says of each part that was taken back when and why; ``reasons`` are those still on this computer.
    """

    entry: Entry
    contact: Contact
    responses: tuple[tuple[Response, str], ...]
    follow_ups: tuple[FollowUp, ...]
    teachings: tuple[Teaching, ...]
    reviews: tuple[Review, ...]
    struck: Mapping[ActivityId, Retraction]
    reasons: Mapping[ReasonId, Reason]
    reviewers: Mapping[StaffId, str]


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The word is on the disk and will reach the coordinator with the next sync."""

    review: Review
    touched: Touched = Touched.REVIEWS


class Reviewing:
    """Reads the team's activity and marks contacts."""

    def __init__(self, open_book: OpenBook, open_shelves: OpenShelves, clock: Clock, me: Me) -> None:
        self._open_book, self._open_shelves, self._clock, self._me = open_book, open_shelves, clock, me

    def activity(self, wanted: Wanted | None = None) -> tuple[Entry, ...]:
        """Return the team's acts, newest first by the time they happened."""
        asked = wanted or Wanted()
        with self._open_shelves() as shelves:
            acts = [
                act
                for kind in _READ
                if not asked.kinds or kind_of(kind) in asked.kinds
                for act in shelves.acts.newest(kind, since=asked.since, limit=asked.limit)
            ]
            # What one save wrote bears one time; ids made in one millisecond say nothing of what came first.
            acts.sort(key=lambda act: (act.occurred_at, act.recorded_at, _READ.index(type(act)), act.id), reverse=True)
            entries = self._entries(shelves, acts)
        return tuple(entry for entry in entries if _is_wanted(entry, asked))[: asked.limit]

    def record(self, contact_id: ActivityId) -> Record:
        """Return one contact as written. Refusal: ``unknown_contact``."""
        with self._open_shelves() as shelves:
            contact = shelves.acts.one(Contact, contact_id)
            if contact is None:
                raise Refusal("unknown_contact", "There is no such contact on this computer.")
            reasons = {reason.id: reason for reason in shelves.reasons.of(contact.member_id)}
            responses = shelves.acts.with_contact(Response, contact)
            follow_ups = shelves.acts.with_contact(FollowUp, contact)
            teachings = shelves.acts.with_contact(Teaching, contact)
            reviews = [each for each in shelves.acts.of(Review, contact.member_id) if each.contact_id == contact_id]
            staff = shelves.reference.all("staff")
            return Record(
                self._entries(shelves, [contact])[0],
                contact,
                tuple(
                    (each, reasons[each.reason_id].sentence if each.reason_id in reasons else "") for each in responses
                ),
                follow_ups,
                teachings,
                tuple(reviews),
                shelves.acts.taken_back([each.id for each in (*responses, *follow_ups, *teachings)]),
                reasons,
                {each.author_id: name_of(staff, each.author_id) for each in reviews},
            )

    def review(
        self, contact_id: ActivityId, result: str, comment: str = "", scores: Mapping[str, int] | None = None
    ) -> Reviewed:
        """Mark a contact ``reviewed`` or ``returned``; what is returned says why.

        Refusal: ``not_a_supervisor``, ``unknown_result``, ``unknown_score``, ``comment_needed``, ``unknown_contact``,
        ``own_work``.
        """
        if self._me.role != "supervisor":
            raise Refusal("not_a_supervisor", "Only a supervisor reviews.")
        if result not in RESULTS:
            raise Refusal("unknown_result", "The result is reviewed or returned.")
        if any(score not in SCORES for score in (scores or {}).values()):
            raise Refusal("unknown_score", "A score is 1, 2 or 3.")
        if result == "returned" and not comment.strip():
            raise Refusal("comment_needed", "A returned record says what is asked.")
        now = self._clock.instant()
        with self._open_book() as book:
            contact = book.shelves.acts.one(Contact, contact_id)
            if contact is None:
                raise Refusal("unknown_contact", "There is no such contact on this computer.")
            if contact.author_id == self._me.staff_id:
                raise Refusal("own_work", "Nobody reviews their own call.")
            review = Review(
                id=ActivityId(new_id()),
                member_id=contact.member_id,
                author_id=self._me.staff_id,
                occurred_at=now,
                recorded_at=now,
                sensitivity=contact.sensitivity,
                contact_id=contact_id,
                result=result,
                comment=comment,
                scores=dict(scores) if scores else None,
            )
            book.add(review)
            book.commit("review", contact.member_id)
        return Reviewed(review)

    def returned_to_me(self) -> tuple[Entry, ...]:
        """Return my contacts that a supervisor sent back, newest first."""
        return self.activity(Wanted(author_id=self._me.staff_id, kinds=frozenset({"contact"}), is_returned=True))

    def emergencies(self) -> tuple[Noticed, ...]:
        """Return the panels opened in an emergency in these seven days, the latest first; nobody else is told any."""
        if self._me.role != "supervisor":
            return ()
        with self._open_shelves() as shelves:
            return emergencies_of(shelves.desk.facts(), self._clock.instant())

    def _entries(self, shelves: Shelves, acts: list[Act]) -> list[Entry]:
        ids = [act.id for act in acts]
        members = shelves.people.members({act.member_id for act in acts})
        staff = shelves.reference.all("staff")
        gone, waiting = shelves.acts.taken_back(ids), shelves.acts.waiting(ids)
        last_word = {each.contact_id: each for each in shelves.acts.of_all(Review, {act.member_id for act in acts})}
        return [
            Entry(
                act=act,
                kind=kind_of(type(act)),
                member_number=members[act.member_id].member_number if act.member_id in members else "",
                member_name=members[act.member_id].name if act.member_id in members else "",
                author=name_of(staff, act.author_id),
                is_waiting=act.id in waiting,
                retraction=gone.get(act.id),
                review=last_word.get(act.id),
                reviewer=name_of(staff, last_word[act.id].author_id) if act.id in last_word else "",
            )
            for act in acts
        ]


def _is_wanted(entry: Entry, asked: Wanted) -> bool:
    if asked.author_id is not None and entry.act.author_id != asked.author_id:
        return False
    if asked.outcomes and str(getattr(entry.act, "outcome", "")) not in asked.outcomes:
        return False
    if asked.is_open and (entry.review is not None or entry.is_struck or entry.kind != "contact"):
        return False
    return not asked.is_returned or (entry.review is not None and entry.review.result == "returned")
