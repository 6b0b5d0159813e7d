"""Reasons as they stand for one person now: open or answered, with tier, points and what they rest on."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from coordinator_app.domain.activity import Act, Contact, FollowUp, LetterPrinted, MedicineTold, Outcome, Response
from coordinator_app.domain.calendar import Moment
from coordinator_app.domain.ids import MemberId, ReasonId
from coordinator_app.domain.medicine_words import MedicineWord, words_of
from coordinator_app.domain.next_step import NextStep, next_step
from coordinator_app.domain.outreach.ledger import Answer, LedgerRow, ledger_row, open_promise
from coordinator_app.domain.outreach.listing import Cause, NotListed, PersonStatus, not_listed
from coordinator_app.domain.outreach.member_standing import answers_for
from coordinator_app.domain.outreach.moved import Move, move_of
from coordinator_app.domain.outreach.priority import Point, deadline, named_points, tier_of
from coordinator_app.domain.outreach.protocol import attempts_of
from coordinator_app.domain.outreach.standing import Standing, open_for_me
from coordinator_app.domain.outreach.terms import OutreachTerms
from coordinator_app.domain.person import ContactProfile, Member
from coordinator_app.domain.reasons import Reason, ReasonKind, Tier
from coordinator_app.domain.sensitivity import Sensitivity
from coordinator_app.services.own_reasons import own_reasons
from coordinator_app.services.ports import Clock, Shelves
from coordinator_app.services.rule_book import RuleBook


@dataclass(frozen=True, slots=True)
class ShownReason:
    """A reason with everything a reader may ask of it; ``points`` add up to ``total``.

    ``tier`` is the one it is ranked by; ``move`` tells the one the rules give it, where a nurse put it elsewhere.
    """

    reason: Reason
    tier: Tier
    points: tuple[Point, ...]
    total: int
    due_on: date | None
    due_at: datetime | None
    standing: Standing
    data_as_of: date | None
    move: Move | None = None

    @property
    def is_confidential(self) -> bool:
        """Say whether lists must say no more than that there is an item."""
        return self.reason.sensitivity is not Sensitivity.ORDINARY


class Ledger:
    """Judges reasons by the rules of the domain, over sent and unsent acts alike."""

    def __init__(self, clock: Clock, rule_book: RuleBook) -> None:
        self._clock, self._rule_book = clock, rule_book

    def open_reasons(self, shelves: Shelves, member_id: MemberId) -> tuple[tuple[Reason, Tier], ...]:
        """Return the reasons open now with their tiers, most urgent first."""
        return tuple((each.reason, each.tier) for each in self.open_now(shelves, member_id))

    def open_now(self, shelves: Shelves, member_id: MemberId) -> tuple[ShownReason, ...]:
        """Return the reasons open now with points and evidence, most urgent first."""
        judged = self._judged(shelves, [member_id], self._clock.moment())[member_id]
        return tuple(sorted((each for each in judged if each.standing.is_open), key=_urgency))

    def shown(self, shelves: Shelves, member_id: MemberId, now: Moment) -> tuple[ShownReason, ...]:
        """Return a person's reasons that have begun and are not over, open ones first, most urgent first.

        A promise to call again stands among them once it is due, or where nothing else is open; an open red flag
        always, and a visit the practice has not answered once an answer is due.
        """
        return self.shown_of(shelves, [member_id], now)[member_id]

    def shown_of(
        self, shelves: Shelves, ids: Sequence[MemberId], now: Moment, *, with_coming: bool = False
    ) -> dict[MemberId, tuple[ShownReason, ...]]:
        """Return the same of many people; reasons that open on a later day are left out unless asked for."""
        left_out = {"ended"} if with_coming else {"ended", "not_yet"}
        found = self._judged(shelves, ids, now)
        promises = self._promises(shelves, ids)
        terms = self.terms(shelves)
        points = terms.priority.follow_up_points
        own, judge = own_reasons(shelves, ids, points, now), _Judge(terms, {}, now)
        for member_id, judged in found.items():
            promise = promises.get(member_id)
            kept = [each for each in judged if each.standing.why not in left_out]
            if promise is not None and (promise.due_at <= now.at or not any(each.standing.is_open for each in kept)):
                kept.append(self._shown_promise(shelves, promise, points, now))
            added = (judge.of(each, ledger_row(each), ()) for each in own.get(member_id, ()))
            found[member_id] = [*kept, *(each for each in added if each.standing.why not in left_out)]
        return {each: tuple(sorted(some, key=_urgency)) for each, some in found.items()}

    def _judged(self, shelves: Shelves, ids: Sequence[MemberId], now: Moment) -> dict[MemberId, list[ShownReason]]:
        judge = _Judge(self._rule_book.terms(shelves), self.data_as_of(shelves), now)
        acts: dict[MemberId, list[Act]] = {}
        for kind in (Response, LetterPrinted, MedicineTold):
            for act in shelves.acts.of_all(kind, ids):
                acts.setdefault(act.member_id, []).append(act)
        reasons: dict[MemberId, list[Reason]] = {each: [] for each in ids}
        for reason in shelves.reasons.of_all(ids):
            reasons[reason.member_id].append(reason)
        found: dict[MemberId, list[ShownReason]] = {}
        for each, some in reasons.items():
            rows = [ledger_row(reason) for reason in some]
            answers = answers_for(some, rows, acts.get(each, ()), now)
            found[each] = [judge.of(reason, row, answers) for reason, row in zip(some, rows, strict=True)]
        return found

    def _promises(self, shelves: Shelves, ids: Sequence[MemberId]) -> dict[MemberId, FollowUp]:
        acts: dict[MemberId, list[Act]] = {}
        for follow_up in shelves.acts.of_all(FollowUp, ids):
            acts.setdefault(follow_up.member_id, []).append(follow_up)
        for contact in shelves.acts.of_all(Contact, list(acts)):
            acts[contact.member_id].append(contact)
        found = {each: open_promise(some) for each, some in acts.items()}
        return {each: promise for each, promise in found.items() if promise is not None}

    def _shown_promise(self, shelves: Shelves, promise: FollowUp, points: int, now: Moment) -> ShownReason:
        reason = promised(promise, points, now)
        shown = _Judge(self.terms(shelves), {}, now).of(reason, ledger_row(reason), ())
        is_due = promise.due_at <= now.at
        return replace(
            shown, due_at=promise.due_at, standing=Standing(is_open=is_due, why="" if is_due else "promised")
        )

    def medicine_words(self, shelves: Shelves, member_id: MemberId, now: Moment) -> tuple[MedicineWord, ...]:
        """Return what was told of a person's medicines, sent or not, also where the reason is over."""
        acts = (*shelves.acts.of(Response, member_id), *shelves.acts.of(MedicineTold, member_id))
        return words_of(shelves.reasons.of(member_id), acts, now, self.terms(shelves).standing)

    def terms(self, shelves: Shelves) -> OutreachTerms:
        """Return what ranking, standing and the contact protocol are told."""
        return self._rule_book.terms(shelves)

    def propose(self, shelves: Shelves, contact: Contact, shown: Sequence[ShownReason]) -> NextStep:
        """Return what the contact protocol asks for after a contact that is not on a shelf yet.

        ``shown`` are the person's reasons that are open now.
        """
        now = self._clock.moment()
        tier = min((each.tier for each in shown), default=Tier.ROUTINE)
        since = min((each.reason.opens_on for each in shown), default=now.today)
        contacts = [*shelves.acts.of(Contact, contact.member_id), contact]
        stays = [each.reason for each in shown if each.reason.kind is ReasonKind.DISCHARGE]
        home = [reason.ends_on for reason in stays if reason.ends_on]
        terms = self.terms(shelves).protocol
        return next_step(
            contact.outcome,
            tier=tier,
            attempts=attempts_of(contacts, since, tier, now, terms),
            now=now,
            terms=terms,
            home_until=now.calendar.end_of_day(max(home)) if home else None,
            call_back_at=contact.call_back_at,
        )

    def held(self, shelves: Shelves, member: Member, now: Moment) -> NotListed | None:
        """Say why a person is kept out of the call list, if so."""
        profile = shelves.people.profiles([member.id]).get(member.id, ContactProfile())
        return held(member, profile, shelves.acts.of(Contact, member.id), now)

    def data_as_of(self, shelves: Shelves) -> dict[str, date]:
        """Return for each source the day its data reaches to."""
        found: dict[str, date] = {}
        for name, content in shelves.reference.all("source").items():
            told = content.get("data_as_of") if isinstance(content, Mapping) else content
            if told:
                found[name] = date.fromisoformat(str(told)[:10])
        return found

    def calls_due(self, shelves: Shelves, on: date) -> Sequence[FollowUp]:
        """Return the promised calls that fall due on a day and that no later contact met."""
        calendar = self._clock.moment().calendar
        asked = [each for each in shelves.acts.of_all(FollowUp) if calendar.day_of(each.due_at) == on]
        promises = self._promises(shelves, list(dict.fromkeys(each.member_id for each in asked)))
        return tuple(each for each in promises.values() if calendar.day_of(each.due_at) == on)

    def visit_sensitivity(self, visit_type: str) -> Sensitivity:
        """Return how carefully a visit of a type is handled; the shipped types are ordinary."""
        return Sensitivity.ORDINARY


def promised(promise: FollowUp, points: int, now: Moment) -> Reason:
    """Return a promise to call again as the reason it is once it is due; its id is the promise's."""
    day = now.calendar.day_of(promise.due_at)
    return Reason(
        id=ReasonId(promise.id),
        member_id=promise.member_id,
        kind=ReasonKind.FOLLOW_UP,
        rule=promise.rule or "protocol",
        rule_version="",
        subject=promise.what,
        episode=day.isoformat(),
        sentence="follow_up",
        opens_on=min(day, now.today),
        due_on=day,
        severity=points,
        arguments={"due_on": day.isoformat(), "points.follow_up": points},
    )


def held(member: Member, profile: ContactProfile, contacts: Iterable[Contact], now: Moment) -> NotListed | None:
    """Say why a person is kept out of the call list.

    A death told on the phone binds here at once and outranks the feeds (practice 12); a conversation with the person
    after the death a feed told says that the feed was wrong.
    """
    every = tuple(contacts)
    told = [each for each in every if each.outcome is Outcome.DECEASED]
    if told:
        return NotListed(Cause.DECEASED, "staff", now.day_of(told[-1].occurred_at))
    if "program" in profile.no_contact:
        return NotListed(Cause.OPTED_OUT, "patient", member.held_on)
    if "calls" in profile.no_contact:
        return NotListed(Cause.NO_CALLS, "patient", member.held_on)
    cause, on, source = member.held_cause, member.held_on or now.today, member.held_source or member.source
    died_on = member.deceased_on or (on if cause in {Cause.DECEASED, Cause.DEATH_REPORTED} else None)
    has_spoken = died_on is not None and any(
        each.outcome is Outcome.REACHED and now.day_of(each.occurred_at) > died_on for each in every
    )
    status = PersonStatus(
        deceased_on=died_on,
        death_source=source,
        death_known_on=member.held_on,
        death_confirmed=False if has_spoken else True if cause == Cause.DECEASED else None,
        opted_out_on=on if cause == Cause.OPTED_OUT else None,
        opted_out_source=source,
        left_on=member.left_on or (on if cause == Cause.LEFT else None),
        left_source=source,
        moved_on=on if cause == Cause.MOVED else None,
        moved_source=source,
        in_hospital_since=on if cause == Cause.IN_HOSPITAL else None,
        hospital_source=source,
        no_calls_since=on if cause and cause not in _TOLD_APART else None,
        no_calls_source=source,
    )
    return not_listed(status, now.today)


_TOLD_APART = frozenset(Cause) - {Cause.NO_CALLS}


@dataclass(frozen=True, slots=True)
class _Judge:
    terms: OutreachTerms
    data_as_of: Mapping[str, date]
    now: Moment

    def of(self, reason: Reason, row: LedgerRow, answers: Sequence[Answer]) -> ShownReason:
        today, priority = self.now.today, self.terms.priority
        ruled = tier_of(row, today, priority)
        move = move_of(row, ruled, answers, today, self.terms.standing)
        tier = move.tier if move else ruled
        points = named_points(reason, row, today, priority)
        due_on = deadline(row, today)
        return ShownReason(
            reason=reason,
            tier=tier,
            points=points,
            total=sum(point.points for point in points),
            due_on=due_on,
            due_at=None if due_on is None else self.now.calendar.end_of_day(due_on),
            standing=open_for_me(row, answers, today, self.terms.standing, min(tier, ruled)),
            data_as_of=_as_of(reason, self.data_as_of),
            move=move,
        )


def _urgency(shown: ShownReason) -> tuple[bool, int, int, date, str]:
    return not shown.standing.is_open, shown.tier, -shown.total, shown.due_on or date.max, shown.reason.id


def _as_of(reason: Reason, known: Mapping[str, date]) -> date | None:
    days = [known[each.source] for each in reason.evidence if each.source in known]
    return min(days, default=None)
