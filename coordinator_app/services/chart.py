"""Everything known of one person, as the patient's page shows it."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from coordinator_app.domain.activity import (
    Act,
    Contact,
    FollowUp,
    LetterPrinted,
    MedicineTold,
    Note,
    Outcome,
    RedFlag,
    Teaching,
    Visit,
)
from coordinator_app.domain.calendar import Moment, age_on
from coordinator_app.domain.facts import Fact, FactKind
from coordinator_app.domain.ids import ActivityId, MemberId
from coordinator_app.domain.outreach.listing import NotListed
from coordinator_app.domain.person import ContactPoint, Member, Reach, RelatedPerson
from coordinator_app.domain.visit_chain import IS_OVER, latest
from coordinator_app.services.act_words import ActWords
from coordinator_app.services.directory import clinician_of, name_of
from coordinator_app.services.lab_trends import LabTrend, labs_of
from coordinator_app.services.ledger import Ledger, ShownReason
from coordinator_app.services.medicine_list import Medicine, medicines_of
from coordinator_app.services.members import known
from coordinator_app.services.ports import Clock, OpenShelves, Shelves
from coordinator_app.services.timeline import TimelineItem, timeline_of


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it may be used now; ``is_wrong_since`` is the day a call told that it is not theirs."""

    point: ContactPoint
    is_wrong_since: date | None = None
    reached_on: date | None = None


@dataclass(frozen=True, slots=True)
class TeamMember:
    """Somebody of the care team or of the family; ``note`` says what they may be told."""

    role: str
    name: str
    phone: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class LastContact:
    """The last try or talk, whoever made it."""

    at: datetime
    what: str
    who: str


@dataclass(frozen=True, slots=True)
class OwedStep:
    """A promise that stands: a call, or a visit that is not over."""

    kind: str
    what: str
    due_on: date | None
    due_at: datetime | None
    act_id: ActivityId


@dataclass(frozen=True, slots=True)
class PatientPage:
    """One person at one moment of the store."""

    member: Member
    age: int
    reach: Reach
    numbers: tuple[Number, ...]
    guardian: RelatedPerson | None
    is_minor: bool
    held: NotListed | None
    namesakes: tuple[Member, ...]
    reasons: tuple[ShownReason, ...]
    timeline: tuple[TimelineItem, ...]
    medicines: tuple[Medicine, ...]
    labs: tuple[LabTrend, ...]
    care_team: tuple[TeamMember, ...]
    visits: tuple[Visit, ...]
    next_steps: tuple[OwedStep, ...]
    last_contact: LastContact | None
    history_from: date | None
    data_as_of: datetime | None
    today: date


class Chart:
    """Reads a person whole; everything is of one moment of the store."""

    def __init__(self, open_shelves: OpenShelves, clock: Clock, ledger: Ledger, words: ActWords) -> None:
        self._open_shelves, self._clock, self._ledger, self._words = open_shelves, clock, ledger, words

    def open(self, member_id: MemberId, now: Moment | None = None) -> PatientPage:
        """Return the page; ``now`` other than the desk's is another day's view. Refusal: ``unknown_member``."""
        at = now or self._clock.moment()
        with self._open_shelves() as shelves:
            return self._page(shelves, known(shelves, member_id), at)

    def _page(self, shelves: Shelves, member: Member, now: Moment) -> PatientPage:
        facts = [_as_of(each, now) for each in shelves.facts.of(member.id) if _is_known(each, now)]
        contacts = shelves.acts.of(Contact, member.id)
        visits = latest(shelves.acts.of(Visit, member.id))
        acts: list[Act] = [*contacts, *visits]
        for kind in (Teaching, LetterPrinted, Note, RedFlag, MedicineTold):
            acts.extend(shelves.acts.of(kind, member.id))
        staff = shelves.reference.all("staff")
        reach = shelves.people.reach(member.id)
        waiting = shelves.acts.waiting(act.id for act in acts)
        timeline = timeline_of(facts, acts, words=self._words, now=now, staff=staff, waiting=waiting)
        days = [fact.starts_on for fact in facts if fact.kind is FactKind.ENCOUNTER and fact.starts_on]
        return PatientPage(
            member=member,
            age=age_on(member.birth_date, now.today),
            reach=reach,
            numbers=_numbers(reach, contacts, now),
            guardian=reach.guardian,
            is_minor=member.is_minor_on(now.today),
            held=self._ledger.held(shelves, member, now),
            namesakes=shelves.people.namesakes(member),
            reasons=self._ledger.shown(shelves, member.id, now),
            timeline=timeline,
            medicines=medicines_of(facts, now.today, self._ledger.medicine_words(shelves, member.id, now)),
            labs=labs_of(facts, now.today),
            care_team=_team(shelves, member, reach, now),
            visits=visits,
            next_steps=self._owed(shelves.acts.of(FollowUp, member.id), contacts, visits, now),
            last_contact=self._last(contacts, staff),
            history_from=min(days, default=None),
            data_as_of=shelves.desk.as_of(),
            today=now.today,
        )

    def _last(self, contacts: tuple[Contact, ...], staff: dict[str, dict[str, str]]) -> LastContact | None:
        if not contacts:
            return None
        last = contacts[-1]
        return LastContact(last.occurred_at, self._words.of(last), name_of(staff, last.author_id))

    def _owed(
        self,
        promises: tuple[FollowUp, ...],
        contacts: tuple[Contact, ...],
        visits: tuple[Visit, ...],
        now: Moment,
    ) -> tuple[OwedStep, ...]:
        newest = contacts[-1].id if contacts else None
        # A later contact settles what an earlier one promised.
        calls = [
            OwedStep(
                "call", self._words.say(f"step.{each.what}"), now.calendar.day_of(each.due_at), each.due_at, each.id
            )
            for each in promises
            if each.contact_id in (None, newest)
        ]
        booked = [
            OwedStep("visit", self._words.of(each), each.deadline_on, each.starts_at, each.id)
            for each in visits
            if each.state not in IS_OVER
        ]
        return tuple(
            sorted(calls + booked, key=lambda step: (step.due_on is None, step.due_on or now.today, step.kind))
        )


def _is_known(fact: Fact, now: Moment) -> bool:
    began = fact.starts_on or fact.authored_on
    learned = now.today if fact.known_at is None else now.calendar.day_of(fact.known_at)
    return (began is None or began <= now.today) and learned <= now.today


def _as_of(fact: Fact, now: Moment) -> Fact:
    # A stay that will have ended is still going on.
    is_open = fact.ends_on is not None and fact.ends_on > now.today
    return replace(fact, ends_on=None, ends_at=None) if is_open else fact


def _numbers(reach: Reach, contacts: tuple[Contact, ...], now: Moment) -> tuple[Number, ...]:
    wrong = {each.number: now.day_of(each.occurred_at) for each in contacts if each.outcome is Outcome.WRONG_NUMBER}
    reached = {each.number: now.day_of(each.occurred_at) for each in contacts if each.outcome.is_conversation}
    return tuple(
        Number(point, wrong.get(point.value), reached.get(point.value))
        for point in reach.points
        if point.valid_until is None or point.valid_until >= now.today
    )


def _team(shelves: Shelves, member: Member, reach: Reach, now: Moment) -> tuple[TeamMember, ...]:
    found: list[TeamMember] = []
    doctor = clinician_of(shelves, member.clinician_id)
    if doctor is not None:
        found.append(TeamMember("pcp", doctor.name, doctor.phone, doctor.practice))
    permitted = {each.related_person_id for each in reach.permissions if each.holds_on(now.today)}
    for person in reach.related:
        note = "guardian" if person.is_guardian else "may_be_told" if person.id in permitted else "no_permission"
        found.append(TeamMember(person.relation or "related", person.name, person.phone, note))
    return tuple(found)
