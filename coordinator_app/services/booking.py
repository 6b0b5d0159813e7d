"""Getting a patient a visit: wanted, asked of the practice, confirmed, told, kept (practice 18)."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Final

from coordinator_app.domain.activity import Visit, VisitState
from coordinator_app.domain.ids import ActivityId, ClinicianId, MemberId, new_id
from coordinator_app.domain.person import Member
from coordinator_app.domain.reasons import ReasonKind
from coordinator_app.domain.trouble import Refusal
from coordinator_app.domain.visit_chain import NEXT, STARTS, VISIT_TYPES, clashes, latest, led_to
from coordinator_app.domain.visit_times import SuggestedTime, suggested_times
from coordinator_app.services.directory import ClinicianListing, directory, one_named
from coordinator_app.services.ledger import Ledger
from coordinator_app.services.members import known
from coordinator_app.services.ports import Book, Clock, Me, OpenBook, OpenShelves, Shelves
from coordinator_app.services.touched import Touched

DAYS_AFTER_HOSPITAL = 7
_NO_TIME_YET: Final = frozenset({VisitState.WANTED, VisitState.ASKED})


@dataclass(frozen=True, slots=True)
class VisitForm:
    """What the coordinator wants or was told; ``starts_at`` is due time in UTC."""

    member_id: MemberId
    visit_type: str
    state: VisitState = VisitState.WANTED
    clinician_id: ClinicianId | None = None
    starts_at: datetime | None = None
    minutes: int = 30
    place: str = ""
    how_asked: str = ""
    asked_of: str = ""
    confirmed_by: str = ""
    note: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Booked:
    """The revision is on the disk; it is a wish until the centre and the practice have said yes."""

    visit: Visit
    clashes: tuple[Visit, ...]
    is_late: bool
    closed_for: str
    touched: Touched = Touched.VISITS | Touched.OUTREACH | Touched.DRAFTS


@dataclass(frozen=True, slots=True)
class DayEntry:
    """One line of a day: a visit, or a promised call."""

    at: datetime
    kind: str
    member_id: MemberId
    member_name: str
    what: str
    clinician: str
    visit: Visit | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the schedule; ``closed_for`` names the holiday on which practices are closed.

    ``untimed`` are the visits of no day yet: wanted or asked, and still without a time.
    """

    on: date
    entries: tuple[DayEntry, ...]
    closed_for: str
    untimed: tuple[DayEntry, ...] = ()


class Booking:
    """Asks for visits and writes down what became of them."""

    def __init__(self, open_book: OpenBook, open_shelves: OpenShelves, clock: Clock, me: Me, ledger: Ledger) -> None:
        self._open_book, self._open_shelves = open_book, open_shelves
        self._clock, self._me, self._ledger = clock, me, ledger

    def ask(self, form: VisitForm) -> Booked:
        """Write down a new visit.

        Refusal: ``unknown_member``, ``unknown_type``, ``unknown_clinician``, ``not_a_start``, ``time_needed``,
        ``in_the_past``, ``confirmed_by_whom``.
        """
        if form.state not in STARTS:
            raise Refusal("not_a_start", "A new visit is wanted, asked or confirmed.")
        with self._open_book() as book:
            member = known(book.shelves, form.member_id)
            self._check(book.shelves, form)
            act_id = ActivityId(new_id())
            deadline = self._deadline(book.shelves, form)
            return self._save(book, member, self._visit(form, act_id, act_id, None, deadline))

    def move_on(self, visit_id: ActivityId, form: VisitForm) -> Booked:
        """Write the next revision of a visit.

        Refusal: as in ``ask``, and ``unknown_visit``, ``not_next``.
        """
        with self._open_book() as book:
            member = known(book.shelves, form.member_id)
            chain = [each for each in book.shelves.acts.of(Visit, member.id) if each.visit_id == visit_id]
            if not chain:
                raise Refusal("unknown_visit", "There is no such visit on this computer.")
            last = latest(chain)[0]
            if form.state not in NEXT[last.state]:
                raise Refusal("not_next", f"A visit that is {last.state} cannot become {form.state}.")
            self._check(book.shelves, form, was_set=last.starts_at == form.starts_at)
            visit = self._visit(form, ActivityId(new_id()), visit_id, last.id, last.deadline_on)
            return self._save(book, member, visit)

    def clinicians(self) -> tuple[ClinicianListing, ...]:
        """Return the directory, by name."""
        with self._open_shelves() as shelves:
            return directory(shelves)

    def clinician(self, named: str) -> ClinicianListing:
        """Return one clinician by id, or by a name only one has. Refusal: ``unknown_clinician``, ``two_clinicians``."""
        return one_named(self.clinicians(), named)

    def of(self, member_id: MemberId) -> tuple[Visit, ...]:
        """Return the present state of each visit of a person."""
        with self._open_shelves() as shelves:
            return latest(shelves.acts.of(Visit, member_id))

    def history(self, visit: Visit) -> tuple[Visit, ...]:
        """Return every revision of a visit that led to this one, the first first."""
        with self._open_shelves() as shelves:
            return led_to(visit, shelves.acts.of(Visit, visit.member_id))

    def deadline(self, member_id: MemberId, visit_type: str) -> date | None:
        """Return the day by which such a visit should take place, where a reason sets one."""
        with self._open_shelves() as shelves:
            return self._deadline(shelves, VisitForm(member_id, visit_type))

    def suggest(
        self, member_id: MemberId, visit_type: str, clinician_id: ClinicianId | None, minutes: int = 30, count: int = 3
    ) -> tuple[SuggestedTime, ...]:
        """Return times one could ask for, one a day, soonest first: office hours that clash with nothing known here."""
        now = self._clock.moment()
        with self._open_shelves() as shelves:
            form = VisitForm(member_id, visit_type, clinician_id=clinician_id, minutes=minutes)
            trial = self._visit(form, ActivityId(""), ActivityId(""), None, self._deadline(shelves, form))
            others = latest(shelves.acts.of_all(Visit, since=self._lately()))
        return suggested_times(trial, others, now.calendar, today=now.today, count=count)

    def day(self, on: date) -> Day:
        """Return the visits and promised calls of a day, in the order of their times."""
        calendar = self._clock.moment().calendar
        with self._open_shelves() as shelves:
            known_here = latest(shelves.acts.of_all(Visit, since=self._lately()))
            untimed = [each for each in known_here if each.starts_at is None and each.state in _NO_TIME_YET]
            visits = [
                each
                for each in known_here
                if each.starts_at and calendar.day_of(each.starts_at) == on and each.state is not VisitState.CANCELLED
            ]
            calls = self._ledger.calls_due(shelves, on)
            members = shelves.people.members({each.member_id for each in (*visits, *untimed, *calls)})
            clinicians = shelves.reference.all("clinician")
        entries = [_visit_entry(each, members, clinicians) for each in visits if each.member_id in members]
        entries += [
            DayEntry(each.due_at, "call", each.member_id, members[each.member_id].name, each.what, "")
            for each in calls
            if each.member_id in members
        ]
        waiting = [_visit_entry(each, members, clinicians) for each in untimed if each.member_id in members]
        return Day(on, _in_order(entries), self._closed_for(on), _in_order(waiting))

    def _check(self, shelves: Shelves, form: VisitForm, *, was_set: bool = False) -> None:
        if form.visit_type not in VISIT_TYPES:
            raise Refusal("unknown_type", f"The type is one of: {', '.join(VISIT_TYPES)}.")
        if form.clinician_id is not None and shelves.reference.one("clinician", form.clinician_id) is None:
            raise Refusal("unknown_clinician", "There is no such clinician in the directory.")
        if form.state is VisitState.CONFIRMED:
            if form.starts_at is None:
                raise Refusal("time_needed", "A confirmed visit has a time.")
            if not form.confirmed_by:
                raise Refusal("confirmed_by_whom", "A confirmed visit says who confirmed it.")
        is_ahead = form.state in {VisitState.WANTED, VisitState.ASKED, VisitState.CONFIRMED}
        if is_ahead and not was_set and form.starts_at is not None and form.starts_at < self._clock.moment().at:
            raise Refusal("in_the_past", "The visit's time has passed.")

    def _save(self, book: Book, member: Member, visit: Visit) -> Booked:
        others = latest(book.shelves.acts.of_all(Visit, since=self._lately()))
        starts_on = None if visit.starts_at is None else self._clock.moment().calendar.day_of(visit.starts_at)
        booked = Booked(
            visit,
            clashes(visit, others),
            is_late=starts_on is not None and visit.deadline_on is not None and starts_on > visit.deadline_on,
            closed_for="" if starts_on is None else self._closed_for(starts_on),
        )
        book.add(visit)
        book.drop_draft(member.id, "visit")
        book.commit("visit", member.id)
        return booked

    def _visit(
        self,
        form: VisitForm,
        act_id: ActivityId,
        visit_id: ActivityId,
        base_id: ActivityId | None,
        deadline_on: date | None,
    ) -> Visit:
        now = self._clock.instant()
        return Visit(
            id=act_id,
            member_id=form.member_id,
            author_id=self._me.staff_id,
            occurred_at=now,
            recorded_at=now,
            sensitivity=self._ledger.visit_sensitivity(form.visit_type),
            visit_id=visit_id,
            state=form.state,
            visit_type=form.visit_type,
            base_id=base_id,
            clinician_id=form.clinician_id,
            place=form.place,
            starts_at=form.starts_at,
            minutes=form.minutes,
            deadline_on=deadline_on,
            how_asked=form.how_asked,
            asked_of=form.asked_of,
            confirmed_by=form.confirmed_by,
            note=form.note,
        )

    def _deadline(self, shelves: Shelves, form: VisitForm) -> date | None:
        if form.visit_type != "pcp_after_hospital":
            return None
        # The call that reached the patient answers the reason; the visit is still to be within the seven days.
        stays = [
            each.reason.evidence_on
            for each in self._ledger.shown(shelves, form.member_id, self._clock.moment())
            if each.reason.kind is ReasonKind.DISCHARGE and each.standing.why != "wrong" and each.reason.evidence_on
        ]
        return max(stays) + timedelta(DAYS_AFTER_HOSPITAL) if stays else None

    def _closed_for(self, on: date) -> str:
        calendar = self._clock.moment().calendar
        return calendar.holidays.get(on) or calendar.closures.get(on) or ""

    def _lately(self) -> datetime:
        return min(self._clock.instant(), self._clock.moment().at).astimezone(UTC) - timedelta(days=400)


def _in_order(entries: list[DayEntry]) -> tuple[DayEntry, ...]:
    return tuple(sorted(entries, key=lambda entry: (entry.at, entry.member_id)))


def _visit_entry(visit: Visit, members: dict[MemberId, Member], clinicians: dict[str, dict[str, str]]) -> DayEntry:
    clinician = clinicians.get(visit.clinician_id or "", {})
    at = visit.starts_at or visit.recorded_at
    name = members[visit.member_id].name
    return DayEntry(at, "visit", visit.member_id, name, visit.state.value, clinician.get("name", ""), visit)
