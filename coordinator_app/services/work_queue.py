"""The call list: tabs, filters, why somebody is on it, and who is kept out of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Protocol

from coordinator_app.domain.calendar import Moment
from coordinator_app.domain.ids import MemberId
from coordinator_app.domain.outreach.terms import ProtocolTerms
from coordinator_app.domain.ranked import Ranked, Tab
from coordinator_app.services.ledger import Ledger, ShownReason
from coordinator_app.services.ports import Clock, OpenShelves, Shelves
from coordinator_app.services.ranking import Ranking, RankPage
from coordinator_app.services.touched import Touched

FIRST_PAGE = 200
_LISTED: Final = tuple(tab for tab in Tab if tab is not Tab.NOT_LISTED)


class WriteRank(Protocol):
    """Writes the rank in a transaction of its own."""

    def whole(self, rows: Callable[[Shelves], Sequence[Ranked]]) -> None:
        """Put everybody's rows in place of all."""
        ...

    def some(self, page: Callable[[Shelves], RankPage]) -> None:
        """Put some people's rows in place of theirs."""
        ...


@dataclass(frozen=True, slots=True)
class SourceAge:
    """A source and the day its data reaches to."""

    source: str
    data_as_of: date | None


@dataclass(frozen=True, slots=True)
class QueuePage:
    """Some rows of a tab. ``urgent_pinned`` rows of tiers 1 and 2 do not fit the filters and are shown all the same."""

    tab: Tab
    rows: tuple[Ranked, ...]
    total: int
    urgent_pinned: int
    counts: Mapping[Tab, int]
    computed_for: date | None
    as_of: datetime | None
    sources: tuple[SourceAge, ...] = ()
    protocol: ProtocolTerms | None = None


@dataclass(frozen=True, slots=True)
class QueuePerson:
    """One person of the list with all reasons, their points and evidence."""

    ranked: Ranked
    reasons: tuple[ShownReason, ...]


@dataclass(frozen=True, slots=True)
class WholeQueue:
    """The list as a command prints it: open rows best first, then the rest, and who is kept out."""

    as_of: datetime | None
    computed_for: date
    people: tuple[QueuePerson, ...]
    total: int
    not_listed: tuple[Ranked, ...]
    sources: tuple[SourceAge, ...]


class WorkQueue:
    """Reads the list from the local rank, which is written where the rows are written."""

    def __init__(
        self, open_shelves: OpenShelves, clock: Clock, ledger: Ledger, ranking: Ranking, write_rank: WriteRank
    ) -> None:
        self._open_shelves, self._clock = open_shelves, clock
        self._ledger, self._ranking, self._write_rank = ledger, ranking, write_rank

    def page(
        self,
        tab: Tab = Tab.CALL_TODAY,
        wanted: Mapping[str, str] | None = None,
        *,
        limit: int = FIRST_PAGE,
        offset: int = 0,
    ) -> QueuePage:
        """Return some rows of a tab in rank order. Filters: ``language``, ``tier``, ``kind``, ``tag``."""
        asked = {name: value for name, value in (wanted or {}).items() if value}
        with self._open_shelves() as shelves:
            counts = shelves.rank.counts()
            fitting = shelves.rank.counts(asked) if asked else counts
            return QueuePage(
                tab=tab,
                rows=shelves.rank.page(tab, asked, limit=limit, offset=offset),
                total=fitting[tab],
                urgent_pinned=shelves.rank.urgent_hidden(tab, asked),
                counts=counts,
                computed_for=shelves.rank.computed_for(),
                as_of=shelves.desk.as_of(),
                sources=self._sources(shelves),
                protocol=self._ledger.terms(shelves).protocol,
            )

    def person(self, member_id: MemberId) -> QueuePerson | None:
        """Return one row with all its reasons, or nothing where the person is on no list."""
        with self._open_shelves() as shelves:
            ranked = shelves.rank.one(member_id)
            if ranked is None:
                return None
            return self._people(shelves, [ranked], self._clock.moment())[0]

    def not_listed(self, limit: int = FIRST_PAGE, offset: int = 0) -> tuple[Ranked, ...]:
        """Return who is kept out of the list, with cause, source and day (practice 6)."""
        with self._open_shelves() as shelves:
            return shelves.rank.page(Tab.NOT_LISTED, {}, limit=limit, offset=offset)

    def is_of_another_day(self) -> bool:
        """Say whether the rank was written for another day than today, so that it has to be written whole."""
        with self._open_shelves() as shelves:
            computed_for = shelves.rank.computed_for()
        return computed_for is not None and computed_for != self._clock.moment().today

    def rewrite(self) -> Touched:
        """Write the rank whole: at a new day, or when it was never written."""
        self._write_rank.whole(self._ranking.whole)
        return Touched.OUTREACH

    def freshen(self) -> Touched:
        """Write again what time alone has changed: all rows at a new day, else those whose promised hour has come.

        Asked at a start and every minute; where nothing came due nothing is written.
        """
        if self.is_of_another_day():
            return self.rewrite()
        with self._open_shelves() as shelves:
            due = self._ranking.due(shelves)
        if not due:
            return Touched.nothing()
        self._write_rank.some(lambda shelves: self._ranking.after_save(shelves, due))
        return Touched.OUTREACH

    def whole(self, limit: int | None = None, now: Moment | None = None) -> WholeQueue:
        """Return the list with every row's reasons; ``now`` given, it is ranked in memory for that moment."""
        at = now or self._clock.moment()
        with self._open_shelves() as shelves:
            if now is None:
                listed, total = self._first(shelves, limit), sum(shelves.rank.counts()[tab] for tab in _LISTED)
                kept_out = shelves.rank.page(Tab.NOT_LISTED, {}, limit=-1, offset=0)
            else:
                rows = self._ranking.whole(shelves, at)
                every = [row for row in rows if row.tab is not Tab.NOT_LISTED]
                listed, total = every[:limit], len(every)
                kept_out = tuple(row for row in rows if row.tab is Tab.NOT_LISTED)
            return WholeQueue(
                as_of=shelves.desk.as_of(),
                computed_for=at.today,
                people=self._people(shelves, listed, at),
                total=total,
                not_listed=kept_out,
                sources=self._sources(shelves),
            )

    def _sources(self, shelves: Shelves) -> tuple[SourceAge, ...]:
        return tuple(SourceAge(name, day) for name, day in sorted(self._ledger.data_as_of(shelves).items()))

    def _people(self, shelves: Shelves, rows: Sequence[Ranked], now: Moment) -> tuple[QueuePerson, ...]:
        # What brings somebody onto "due soon" opens on a later day.
        soon = [row.member_id for row in rows if row.tab is Tab.DUE_SOON]
        rest = [row.member_id for row in rows if row.tab is not Tab.DUE_SOON]
        shown = {
            **self._ledger.shown_of(shelves, rest, now),
            **self._ledger.shown_of(shelves, soon, now, with_coming=True),
        }
        return tuple(QueuePerson(row, shown[row.member_id]) for row in rows)

    def _first(self, shelves: Shelves, limit: int | None) -> list[Ranked]:
        found: list[Ranked] = []
        for tab in _LISTED:
            left = -1 if limit is None else limit - len(found)
            found += shelves.rank.page(tab, {}, limit=left, offset=0) if left else ()
        return found
