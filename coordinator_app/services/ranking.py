"""Writing the local rank: for people whose rows changed, in their transaction, and whole at a new day (ruling 23)."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, TypeVar

from coordinator_app.domain.activity import Act, Contact, FollowUp, LetterPrinted, MedicineTold, Response, ResponseKind
from coordinator_app.domain.calendar import Moment, in_utc
from coordinator_app.domain.ids import MemberId
from coordinator_app.domain.outreach.ledger import MemberStanding, open_promise
from coordinator_app.domain.outreach.listing import NotListed
from coordinator_app.domain.outreach.look_alikes import look_alikes
from coordinator_app.domain.outreach.member_standing import member_standing
from coordinator_app.domain.outreach.protocol import TRIES, attempts_of, quiet_until
from coordinator_app.domain.outreach.queue import QueueItem, build_queue
from coordinator_app.domain.outreach.terms import OutreachTerms
from coordinator_app.domain.person import ContactProfile, Member, RelatedPerson
from coordinator_app.domain.ranked import Ranked, Shown, Tab
from coordinator_app.domain.reasons import Reason, Tier
from coordinator_app.domain.sensitivity import Sensitivity
from coordinator_app.domain.visit_waiting import UNANSWERED
from coordinator_app.services.ledger import Ledger, held, promised
from coordinator_app.services.own_reasons import is_own, own_reasons
from coordinator_app.services.ports import Clock, Shelves

M = TypeVar("M", Reason, Act)

CONFIDENTIAL: Final = "confidential"
"""The sentence of a row whose top reason may not be said in a list (practice 13)."""

_ACTS: Final = (Contact, Response, FollowUp, LetterPrinted, MedicineTold)
_TAGGED: Final = ("condition", "drug_class", "screening")


@dataclass(frozen=True, slots=True)
class RankPage:
    """Rows to be written, and people who have nothing to show any more."""

    rows: tuple[Ranked, ...]
    gone: tuple[MemberId, ...]


class Ranking:
    """Turns standings into rows of the list; asked by a nurse's save and by sync's pages alike."""

    def __init__(self, clock: Clock, ledger: Ledger) -> None:
        self._clock, self._ledger = clock, ledger

    def after_save(self, shelves: Shelves, ids: Iterable[MemberId]) -> RankPage:
        """Return the rows of these people as they stand now; who is a look-alike stays as it was marked."""
        wanted = tuple(dict.fromkeys(ids))
        return self._page(shelves, wanted, shelves.rank.with_namesake(wanted))

    def due(self, shelves: Shelves) -> tuple[MemberId, ...]:
        """Return the people whose promised time has come since their row was written."""
        return shelves.rank.back_by(self._clock.moment().at)

    def namesakes(self, shelves: Shelves) -> frozenset[MemberId]:
        """Return everybody who is easily taken for somebody else on this computer."""
        return frozenset(look_alikes(shelves.people.names()))

    def whole(self, shelves: Shelves, now: Moment | None = None) -> tuple[Ranked, ...]:
        """Return everybody's rows, in rank order within each tab."""
        members = shelves.people.members()
        return tuple(self._rows(shelves, members, None, self.namesakes(shelves), now or self._clock.moment()))

    def _page(self, shelves: Shelves, wanted: tuple[MemberId, ...], alike: Collection[MemberId]) -> RankPage:
        members = shelves.people.members(wanted)
        rows = tuple(self._rows(shelves, members, wanted, alike, self._clock.moment()))
        shown = {row.member_id for row in rows}
        return RankPage(rows, tuple(each for each in wanted if each not in shown))

    def _rows(
        self,
        shelves: Shelves,
        members: Mapping[MemberId, Member],
        ids: Collection[MemberId] | None,
        alike: Collection[MemberId],
        now: Moment,
    ) -> Iterator[Ranked]:
        profiles = shelves.people.profiles(ids)
        acts = _by_member(act for kind in _ACTS for act in shelves.acts.of_all(kind, ids))
        # What was said of a drug counts on when the reason it was said to is over.
        points = self._ledger.terms(shelves).priority.follow_up_points
        with_stops = {each for each, some in acts.items() if any(map(_is_stop, some))}
        reasons = _by_member(
            each
            for each in shelves.reasons.of_all(ids)
            if each.ends_on is None or each.ends_on > now.today or each.member_id in with_stops
        )
        for member_id, own in own_reasons(shelves, ids, points, now).items():
            reasons.setdefault(member_id, []).extend(own)
        about = _About(
            reasons=reasons,
            acts=acts,
            guardians=shelves.people.guardians(ids),
            profiles=profiles,
            with_phone=shelves.people.with_phone(ids),
            alike=alike,
            terms=self._ledger.terms(shelves),
            now=now,
        )
        listed: list[MemberStanding] = []
        for each, member in members.items():
            why = held(member, profiles.get(each, ContactProfile()), about.contacts(each), now)
            if why is None:
                listed.append(member_standing(each, reasons.get(each, ()), acts.get(each, ()), now))
            else:
                yield _not_listed(member, why)
        for item in build_queue(listed, now, about.terms):
            yield about.row(item, members[item.member_id])


@dataclass(frozen=True, slots=True)
class _About:
    reasons: Mapping[MemberId, Sequence[Reason]]
    acts: Mapping[MemberId, Sequence[Act]]
    guardians: Mapping[MemberId, RelatedPerson]
    profiles: Mapping[MemberId, ContactProfile]
    with_phone: Collection[MemberId]
    alike: Collection[MemberId]
    terms: OutreachTerms
    now: Moment

    def contacts(self, member_id: MemberId) -> list[Contact]:
        return [act for act in self.acts.get(member_id, ()) if isinstance(act, Contact)]

    def row(self, item: QueueItem, member: Member) -> Ranked:
        known = {reason.id: reason for reason in self.reasons.get(member.id, ())}
        promise = open_promise(self.acts.get(member.id, ()))
        if promise is not None:
            own = promised(promise, self.terms.priority.follow_up_points, self.now)
            known[own.id] = own
        reasons = [known[rated.id] for rated in item.reasons if rated.id in known]
        return Ranked(
            member_id=member.id,
            tab=Tab(item.state.value),
            tier=item.tier,
            points=item.score,
            due_on=item.due_on,
            shown=self._shown(item, member, reasons),
        )

    def _shown(self, item: QueueItem, member: Member, reasons: Sequence[Reason]) -> Shown:
        top = reasons[0] if reasons else None
        is_open = top is None or top.sensitivity is Sensitivity.ORDINARY
        contacts = self.contacts(member.id)
        last = contacts[-1] if contacts else None
        guardian = self.guardians.get(member.id)
        is_minor = member.is_minor_on(self.now.today)
        profile = self.profiles.get(member.id, ContactProfile())
        since = min((reason.opens_on for reason in reasons), default=self.now.today)
        tries = attempts_of(contacts, since, item.tier, self.now, self.terms.protocol)
        made = [each.outcome.value for each in contacts if each.outcome in TRIES]
        move = next((each.move for each in item.reasons if each.move is not None), None)
        return Shown(
            name=member.name,
            preferred=profile.name_to_use or member.preferred,
            member_number=member.member_number,
            birth_date=member.birth_date,
            sex=member.sex,
            language=member.language_spoken,
            interpreter=member.interpreter,
            special_contact=profile.special_contact,
            call_instead=f"{guardian.relation}, {guardian.name}" if guardian and is_minor else "",
            has_namesake=member.id in self.alike,
            kind=top.kind if top else None,
            kinds=tuple(dict.fromkeys(reason.kind for reason in reasons)),
            tags=_tags(member, profile, reasons, is_minor=is_minor, has_phone=member.id in self.with_phone),
            sentence=(top.sentence if is_open else CONFIDENTIAL) if top else "",
            arguments=dict(top.arguments) if top and is_open else {},
            sensitivity=top.sensitivity if top else Sensitivity.ORDINARY,
            changed=_changed(reasons, last, self.now),
            asked_on=next((_asked_on(each) for each in self.reasons.get(member.id, ()) if _asked_on(each)), None),
            more=max(0, len(reasons) - 1),
            tries=tuple(made[len(made) - tries.made :]),
            tries_allowed=tries.asked,
            opens_on=top.opens_on if top else None,
            done_at=last.occurred_at if last else None,
            outcome=last.outcome.value if last else "",
            back_on=_day(item.until, self.now),
            back_at=in_utc(item.until) if isinstance(item.until, datetime) else None,
            moved=move.how.value if move else "",
            moved_until=move.until if move else None,
            ruled_tier=int(item.ruled_tier) if move else 0,
            quiet_until=quiet_until(contacts, self.now, self.terms.protocol),
            best_hours=profile.best_hours,
            zone=member.zone,
        )


def _changed(reasons: Sequence[Reason], last: Contact | None, now: Moment) -> str:
    """Return what is newer than the last contact with a person: the kind of the most urgent such reason."""
    if last is None:
        return ""
    spoken_on = now.day_of(last.occurred_at)
    for each in reasons:
        if not is_own(each) and max(each.opens_on, each.evidence_on or each.opens_on) > spoken_on:
            return each.kind.value if each.sensitivity is Sensitivity.ORDINARY else CONFIDENTIAL
    return ""


def _asked_on(reason: Reason) -> date | None:
    """Return the day on which a practice was asked for the visit that waits for its answer."""
    return date.fromisoformat(str(reason.arguments["asked_on"])) if reason.rule == UNANSWERED else None


def _not_listed(member: Member, why: NotListed) -> Ranked:
    shown = Shown(
        name=member.name,
        preferred=member.preferred,
        member_number=member.member_number,
        birth_date=member.birth_date,
        sex=member.sex,
        language=member.language_spoken,
        cause=why.cause.value,
        source=why.source,
        on=why.since,
        back_on=why.confirm_by,
    )
    return Ranked(member.id, Tab.NOT_LISTED, Tier.ROUTINE, 0, None, shown)


def _tags(
    member: Member, profile: ContactProfile, reasons: Iterable[Reason], *, is_minor: bool, has_phone: bool
) -> tuple[str, ...]:
    ordinary = [reason for reason in reasons if reason.sensitivity is Sensitivity.ORDINARY]
    told = [str(reason.arguments[name]) for reason in ordinary for name in _TAGGED if reason.arguments.get(name)]
    marks = {
        "interpreter": bool(member.interpreter),
        "special_contact": profile.special_contact,
        "minor": is_minor,
        "no_phone": not has_phone,
    }
    return tuple(dict.fromkeys([*told, *(name for name, is_so in marks.items() if is_so)]))


def _is_stop(act: Act) -> bool:
    return isinstance(act, Response) and act.response is ResponseKind.STOPPED


def _by_member(each: Iterable[M]) -> dict[MemberId, list[M]]:
    found: dict[MemberId, list[M]] = {}
    for one in each:
        found.setdefault(one.member_id, []).append(one)
    return found


def _day(until: date | datetime | None, now: Moment) -> date | None:
    return now.calendar.day_of(until) if isinstance(until, datetime) else until
