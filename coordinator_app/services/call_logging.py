"""What a coordinator does when a call ends: one transaction holds all of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from coordinator_app.domain.activity import (
    Contact,
    FollowUp,
    Identifier,
    Outcome,
    Response,
    ResponseKind,
    TeachBack,
    Teaching,
)
from coordinator_app.domain.call import PARTIES, Answer, answers_of, lacks_identity
from coordinator_app.domain.ids import ActivityId, MemberId, ReasonId, new_id
from coordinator_app.domain.next_step import NextStep
from coordinator_app.domain.person import Member
from coordinator_app.domain.reasons import Reason, Tier
from coordinator_app.domain.sensitivity import Sensitivity, strictest
from coordinator_app.domain.trouble import Refusal
from coordinator_app.services.ledger import Ledger
from coordinator_app.services.members import known
from coordinator_app.services.ports import Book, Clock, Me, OpenBook, OpenShelves
from coordinator_app.services.touched import Touched

CLOCK_SLACK = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class SaidBack:
    """What came back of a lesson during the call; ``topic`` and ``version`` are the library's."""

    topic: str
    version: str
    result: TeachBack


@dataclass(frozen=True, slots=True)
class CallForm:
    """What the coordinator pressed and typed; nothing in it is chosen beforehand but the next step.

    ``started_at`` is true time, UTC (None: now less ``seconds``). ``call_back_at`` is due time. ``next_step`` None
    takes the protocol's proposal; one without a time takes none. ``identity`` None: the call is written down after
    it happened by somebody who was not told the identifiers; it is kept all the same and review shows the lack.
    """

    member_id: MemberId
    outcome: Outcome
    identity: tuple[Identifier, ...] | None = ()
    party: str = ""
    number: str = field(default="", repr=False)
    language: str = ""
    interpreter: str = ""
    topics: tuple[str, ...] = ()
    note: str = field(default="", repr=False)
    seconds: int = 0
    started_at: datetime | None = None
    call_back_at: datetime | None = None
    answers: Mapping[ReasonId, Answer] = field(default_factory=dict)
    lessons: tuple[SaidBack, ...] = ()
    next_step: NextStep | None = None
    sensitivity: Sensitivity = Sensitivity.ORDINARY


@dataclass(frozen=True, slots=True)
class Recorded:
    """A call is on the disk and will be sent; ``left_open`` are reasons nobody spoke about, which keep their dates."""

    contact: Contact
    responses: Mapping[ReasonId, ResponseKind]
    left_open: tuple[ReasonId, ...]
    next_step: NextStep
    touched: Touched = Touched.CALLS | Touched.OUTREACH | Touched.TEACHING | Touched.DRAFTS


class CallLogging:
    """Records calls; the row moves to Done today in the same transaction."""

    def __init__(self, open_book: OpenBook, open_shelves: OpenShelves, clock: Clock, me: Me, ledger: Ledger) -> None:
        self._open_book, self._open_shelves = open_book, open_shelves
        self._clock, self._me, self._ledger = clock, me, ledger

    def record(self, form: CallForm) -> Recorded:
        """Save the call with its answers and its next step.

        Refusal: ``unknown_member``, ``identity_needed``, ``in_the_future``, ``call_back_in_the_past``.
        """
        with self._open_book() as book:
            member = known(book.shelves, form.member_id)
            self._check(form)
            recorded = self._save(book, member, form)
            book.drop_draft(member.id, "call")
            book.commit("call", member.id)
        return recorded

    def propose(self, member_id: MemberId, outcome: Outcome, call_back_at: datetime | None = None) -> NextStep:
        """Return the protocol's next step, were the call saved now with this outcome."""
        with self._open_shelves() as shelves:
            member = known(shelves, member_id)
            contact = self._contact(CallForm(member_id, outcome, call_back_at=call_back_at), Sensitivity.ORDINARY)
            return self._ledger.propose(shelves, contact, self._ledger.open_now(shelves, member.id))

    def _check(self, form: CallForm) -> None:
        if form.identity is not None and lacks_identity(form.outcome, form.identity):
            raise Refusal("identity_needed", "Two identifiers are needed before a conversation can be saved.")
        latest = max(self._clock.instant(), self._clock.moment().at) + CLOCK_SLACK
        if form.started_at is not None and form.started_at > latest:
            raise Refusal("in_the_future", "The call lies in the future.")
        if form.call_back_at is not None and form.call_back_at < self._clock.moment().at - CLOCK_SLACK:
            raise Refusal("call_back_in_the_past", "The time to call back has passed.")

    def _save(self, book: Book, member: Member, form: CallForm) -> Recorded:
        shown = self._ledger.open_now(book.shelves, member.id)
        reasons = tuple((each.reason, each.tier) for each in shown)
        answers = answers_of(form.outcome, reasons, form.answers)
        contact = self._contact(form, strictest([form.sensitivity, *(_of(reasons, each) for each in answers)]))
        # Asked before the contact is written, which would count it twice.
        step = form.next_step or self._ledger.propose(book.shelves, contact, shown)
        book.add(contact)
        book.add_all([self._response(contact, reason_id, answer, reasons) for reason_id, answer in answers.items()])
        book.add_all([self._teaching(contact, lesson) for lesson in form.lessons])
        if step.due_at is not None:
            book.add(self._follow_up(contact, step, step.due_at))
        return Recorded(
            contact,
            {reason_id: answer.response for reason_id, answer in answers.items()},
            tuple(reason.id for reason, _ in reasons if reason.id not in answers),
            step,
        )

    def _contact(self, form: CallForm, sensitivity: Sensitivity) -> Contact:
        now = self._clock.instant()
        return Contact(
            id=ActivityId(new_id()),
            member_id=form.member_id,
            author_id=self._me.staff_id,
            occurred_at=form.started_at or now - timedelta(seconds=form.seconds),
            recorded_at=now,
            sensitivity=sensitivity,
            outcome=form.outcome,
            party=form.party or PARTIES.get(form.outcome, "patient"),
            number=form.number,
            identity=form.identity or (),
            language=form.language,
            interpreter=form.interpreter,
            topics=form.topics,
            note=form.note,
            seconds=form.seconds,
            call_back_at=form.call_back_at,
        )

    def _response(
        self, contact: Contact, reason_id: ReasonId, answer: Answer, reasons: tuple[tuple[Reason, Tier], ...]
    ) -> Response:
        reason = next((each for each, _ in reasons if each.id == reason_id), None)
        return Response(
            id=ActivityId(new_id()),
            member_id=contact.member_id,
            author_id=contact.author_id,
            occurred_at=contact.occurred_at,
            recorded_at=contact.recorded_at,
            sensitivity=_of(reasons, reason_id),
            reason_id=reason_id,
            response=answer.response,
            contact_id=contact.id,
            cause=answer.cause,
            until=answer.until,
            evidence_on=None if reason is None else reason.evidence_on,
        )

    def _teaching(self, contact: Contact, lesson: SaidBack) -> Teaching:
        return Teaching(
            id=ActivityId(new_id()),
            member_id=contact.member_id,
            author_id=contact.author_id,
            occurred_at=contact.occurred_at,
            recorded_at=contact.recorded_at,
            sensitivity=contact.sensitivity,
            topic=lesson.topic,
            result=lesson.result,
            contact_id=contact.id,
            topic_version=lesson.version,
            language=contact.language or "en",
            learner=contact.party,
        )

    def _follow_up(self, contact: Contact, step: NextStep, due_at: datetime) -> FollowUp:
        return FollowUp(
            id=ActivityId(new_id()),
            member_id=contact.member_id,
            author_id=contact.author_id,
            occurred_at=contact.occurred_at,
            recorded_at=contact.recorded_at,
            sensitivity=contact.sensitivity,
            due_at=due_at,
            contact_id=contact.id,
            what=step.what.value,
            rule=step.rule,
        )


def _of(reasons: tuple[tuple[Reason, Tier], ...], reason_id: ReasonId) -> Sensitivity:
    return next((reason.sensitivity for reason, _ in reasons if reason.id == reason_id), Sensitivity.ORDINARY)
