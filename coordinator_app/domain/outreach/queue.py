"""The call list: one row a person, ranked by tier, points, deadline, id; pure, from rows in memory."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from coordinator_app.domain.calendar import Moment
from coordinator_app.domain.ids import MemberId, ReasonId
from coordinator_app.domain.outreach.ledger import LedgerRow, MemberStanding
from coordinator_app.domain.outreach.moved import Move, move_of
from coordinator_app.domain.outreach.priority import ASIDE, NO_DEADLINE, deadline, points_of, tier_of
from coordinator_app.domain.outreach.standing import ENDED, NOT_YET, Standing, not_yet, open_for_me
from coordinator_app.domain.outreach.terms import OutreachTerms
from coordinator_app.domain.reasons import ReasonKind, Tier

_AGING = frozenset({ReasonKind.DISCHARGE, ReasonKind.MEDICATION, ReasonKind.WORSENING})
"""The kinds whose rank depends on how old their evidence is."""


class RowState(StrEnum):
    """Which list a row is on, in the order of the tabs."""

    CALL_TODAY = "call_today"
    DUE_SOON = "due_soon"
    WAITING = "waiting"
    DONE_TODAY = "done_today"


class Rated(NamedTuple):
    """A reason with its tier, points and deadline for now; ``id`` finds the whole reason, ``move`` a nurse's word."""

    tier: Tier
    minus_points: int
    due_key: date
    id: ReasonId
    due_on: date | None
    row: LedgerRow
    move: Move | None = None

    @property
    def points(self) -> int:
        """Return the points for now."""
        return -self.minus_points


class QueueItem(NamedTuple):
    """One row of the list.

    ``rank`` counts from 1 over all rows, call today first. ``score`` adds the points of the reasons in the row's own
    tier; reasons of lower tiers add nothing. ``due_at`` is the last second of ``due_on`` in the initiative's zone.
    ``reasons`` stand most urgent first; those of lists but "call today" may not be open yet. ``until`` says when a
    waiting row comes back; ``is_pinned`` that a promise lies ahead but urgency keeps the row in sight (practice 7).
    ``ruled_tier`` is the tier the rules alone would give the row.
    """

    member_id: MemberId
    rank: int
    tier: Tier
    score: int
    due_on: date | None
    due_at: datetime | None
    state: RowState
    reasons: tuple[Rated, ...]
    tries: int
    until: date | datetime | None = None
    is_pinned: bool = False
    ruled_tier: Tier = Tier.ROUTINE


def build_queue(people: Iterable[MemberStanding], now: Moment, terms: OutreachTerms) -> tuple[QueueItem, ...]:
    """Rank everybody who is listed; the same people in any order give the same list."""
    rater = Rater(now, terms)
    keyed = [rater.placed(person) for person in people if person.is_listed]
    found = sorted(key for key in keyed if key is not None)
    return tuple(rater.item(key, rank) for rank, key in enumerate(found, start=1))


def place(person: MemberStanding, now: Moment, terms: OutreachTerms) -> QueueItem | None:
    """Return a person's row with rank 0, or None where there is nothing to show; for a save or a page of a pull."""
    rater = Rater(now, terms)
    key = rater.placed(person) if person.is_listed else None
    return None if key is None else rater.item(key, 0)


class Placed(NamedTuple):
    """A row before it has a rank: what decides the order first, in that order; member ids are never equal."""

    state: int
    tier: Tier
    minus_score: int
    due_key: date
    member_id: MemberId
    person: MemberStanding
    reasons: tuple[Rated, ...]
    until: date | datetime | None
    is_pinned: bool


Quiet = list[tuple[LedgerRow, Standing]]
Shown = tuple[RowState, date | datetime | None, bool]
_STATES = tuple(RowState)
_CALL_TODAY, _DUE_SOON, _WAITING, _DONE_TODAY = _STATES


class Rater:
    """Rates rows for one moment; what rows of one kind, class and deadline have in common is worked out once."""

    def __init__(self, now: Moment, terms: OutreachTerms) -> None:
        self._now, self._terms, self._today = now, terms, now.today
        self._year = now.today.year
        self._soon = now.today + timedelta(terms.priority.due_soon_days)
        self._opening: dict[date, Standing] = {}
        self._known: dict[tuple[object, ...], tuple[Tier, int, date, date | None]] = {}
        self._ends: dict[date, datetime] = {}

    def rate(self, row: LedgerRow) -> Rated:
        """Return the tier, points and deadline of a row."""
        return self._all_rated((row,))[0]

    def _all_rated(self, rows: Iterable[LedgerRow]) -> list[Rated]:
        known_so_far, year = self._known, self._year
        found = []
        for row in rows:
            kind = row.kind
            counts = row.year_from <= year <= row.year_to
            # Members of an enum live forever, so their ids stand for them.
            key = (id(kind), row.tag, row.due_on, counts, row.evidence_on if kind in _AGING else None)
            known = known_so_far.get(key)
            if known is None:
                known = known_so_far[key] = self._worked_out(row)
            tier, minus_added, due_key, due_on = known
            found.append(Rated(tier, minus_added - row.severity, due_key, row.id, due_on, row))
        return found

    def _worked_out(self, row: LedgerRow) -> tuple[Tier, int, date, date | None]:
        """Return what rows of one kind, class and deadline have in common: tier, points beside severity, deadline."""
        today, priority = self._today, self._terms.priority
        due_on = deadline(row, today)
        minus_added = row.severity - points_of(row, today, priority)
        return tier_of(row, today, priority), minus_added, due_on or NO_DEADLINE, due_on

    def placed(self, person: MemberStanding) -> Placed | None:
        """Return where a person stands, or None where there is nothing to show."""
        if not person.answers and person.follow_up_at is None and person.tried_on != self._today:
            return self._untouched(person)
        rated, quiet = self._judged(person)
        shown = self._state(person, rated, quiet)
        if shown is None:
            return None
        if person.follow_up_at is not None:
            rated += self._promise(person, is_alone=not rated)
        if not rated:
            rated = [self.rate(row) for row, _ in quiet]
        if len(rated) == 1:
            tier, score, due_key = rated[0][:3]
        else:
            tier, score, due_key = self._summed(rated)
        state, until, is_pinned = shown
        order = _STATES.index(state)
        return Placed(order, tier, score, due_key, person.member_id, person, tuple(rated), until, is_pinned)

    def _untouched(self, person: MemberStanding) -> Placed | None:
        """Place somebody whom nobody called today or answered for: most people, so the short way."""
        today = self._today
        is_worth_a_call = False
        open_rows, coming = [], []
        for row in person.rows:
            if row.ends_on is not None and row.ends_on <= today:
                continue
            if row.opens_on <= today:
                open_rows.append(row)
                is_worth_a_call = is_worth_a_call or row.tag != ASIDE
            elif row.tag != ASIDE:
                coming.append(row)
        state, until = 0, None
        if not is_worth_a_call:
            until = min((row.opens_on for row in coming), default=NO_DEADLINE)
            if until > self._soon:
                return None
            state = _STATES.index(_DUE_SOON)
        rated = self._all_rated(open_rows if is_worth_a_call else coming)
        tier, score, due_key = rated[0][:3] if len(rated) == 1 else self._summed(rated)
        return Placed(state, tier, score, due_key, person.member_id, person, tuple(rated), until, False)  # noqa: FBT003

    def item(self, placed: Placed, rank: int) -> QueueItem:
        """Return the finished row."""
        due_on = None if placed.due_key is NO_DEADLINE else placed.due_key
        return QueueItem(
            placed.member_id,
            rank,
            placed.tier,
            -placed.minus_score,
            due_on,
            None if due_on is None else self._end_of(due_on),
            _STATES[placed.state],
            placed.reasons,
            placed.person.tries,
            placed.until,
            placed.is_pinned,
            min((each.move.ruled if each.move else each.tier for each in placed.reasons), default=placed.tier),
        )

    @staticmethod
    def _summed(rated: list[Rated]) -> tuple[Tier, int, date]:
        """Put the most urgent first and add up what is of its tier."""
        rated.sort()
        tier, score, due_key = rated[0][:3] if rated else (Tier.ROUTINE, 0, NO_DEADLINE)
        for each in rated[1:]:
            if each.tier is not tier:
                break
            score += each.minus_points
            due_key = min(due_key, each.due_key)
        return tier, score, due_key

    def _end_of(self, day: date) -> datetime:
        if day not in self._ends:
            self._ends[day] = self._now.calendar.end_of_day(day)
        return self._ends[day]

    def _judged(self, person: MemberStanding) -> tuple[list[Rated], Quiet]:
        """Part a person's reasons into those open now, rated, and the others with what keeps them quiet."""
        today, answers = self._today, person.answers
        rows = _worth_a_call(person.rows, today)
        open_rows: list[Rated] = []
        quiet: Quiet = []
        for row in rows:
            if not answers:
                if row.ends_on is not None and row.ends_on <= today:
                    continue
                if row.opens_on <= today:
                    open_rows.append(self.rate(row))
                else:
                    quiet.append((row, self._not_yet(row.opens_on)))
                continue
            rated = self.rate(row)
            ruled = rated.tier
            move = move_of(row, ruled, answers, today, self._terms.standing)
            if move is not None:
                rated = rated._replace(tier=move.tier, move=move)
            standing = open_for_me(row, answers, today, self._terms.standing, min(rated.tier, ruled))
            if standing.is_open:
                open_rows.append(rated)
            elif standing is not ENDED:
                quiet.append((row, standing))
        return open_rows, quiet

    def _not_yet(self, opens_on: date) -> Standing:
        if opens_on not in self._opening:
            self._opening[opens_on] = not_yet(opens_on)
        return self._opening[opens_on]

    def _promise(self, person: MemberStanding, *, is_alone: bool) -> list[Rated]:
        """Return the promise to call again as a reason of its own: once it is due, or when nothing else is open."""
        at = person.follow_up_at
        if at is None or person.follow_up_id is None or (at > self._now.at and not is_alone):
            return []
        day = self._now.calendar.day_of(at)
        points = self._terms.priority.follow_up_points
        return [self.rate(LedgerRow(ReasonId(person.follow_up_id), ReasonKind.FOLLOW_UP, points, day, due_on=day))]

    def _news(self, person: MemberStanding, open_rows: list[Rated]) -> bool:
        """Say whether an urgent reason opened today that no call has touched; a call answers all that is open."""
        told = {each.reason_id for each in person.answers}
        return any(
            each.tier <= Tier.DISCHARGE and each.row.opens_on >= self._today and each.id not in told
            for each in open_rows
        )

    def _state(self, person: MemberStanding, open_rows: list[Rated], quiet: Quiet) -> Shown | None:
        """Return the list, when the row comes back, and whether urgency pins it in spite of a promise."""
        promised = person.follow_up_at
        is_due = promised is not None and promised <= self._now.at
        if person.tried_on == self._today and not is_due:
            # What became known after today's call brings the row back the same day (practice 2).
            woken = self._news(person, open_rows)
            return (_CALL_TODAY if woken else _DONE_TODAY), promised, woken
        if promised is not None and not is_due:
            is_urgent = any(each.tier <= Tier.DISCHARGE for each in open_rows)
            return (_CALL_TODAY if is_urgent else _WAITING), promised, is_urgent
        if open_rows or is_due:
            return _CALL_TODAY, None, False
        if not quiet:
            return None
        opens = min((row.opens_on for row, standing in quiet if standing.why == NOT_YET), default=None)
        if opens is not None and opens <= self._soon:
            return _DUE_SOON, opens, False
        back = min((s.until for _, s in quiet if s.until is not None and s.why != NOT_YET), default=None)
        return None if back is None else (_WAITING, back, False)


def _worth_a_call(rows: Sequence[LedgerRow], today: date) -> Sequence[LedgerRow]:
    """Return all rows where one that is worth a call is open, else those that will be: the rest waits for a talk."""
    if any(row.tag != ASIDE and row.opens_on <= today and (row.ends_on is None or row.ends_on > today) for row in rows):
        return rows
    return [row for row in rows if row.tag != ASIDE]
