"""Joins one opened store with everything a person does at it; mypy proves here that storage fits the services."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from coordinator_app.domain.ids import MemberId, StaffId
from coordinator_app.domain.ranked import Ranked
from coordinator_app.domain.teaching_topic import Topic, topic_from
from coordinator_app.services.act_words import ActWords
from coordinator_app.services.answering import Answering
from coordinator_app.services.booking import Booking
from coordinator_app.services.call_logging import CallLogging
from coordinator_app.services.chart import Chart
from coordinator_app.services.desk_clock import DayRules, DeskClock, utc_now
from coordinator_app.services.drafts import Drafts
from coordinator_app.services.ledger import Ledger
from coordinator_app.services.note_keeping import NoteKeeping
from coordinator_app.services.ports import OpenShelves, Shelves
from coordinator_app.services.ranking import Ranking, RankPage
from coordinator_app.services.reviewing import Reviewing
from coordinator_app.services.rule_book import RuleBook
from coordinator_app.services.searching import Searching
from coordinator_app.services.status import Status
from coordinator_app.services.teaching import TeachingNotes
from coordinator_app.services.undoing import Undoing
from coordinator_app.services.work_queue import WorkQueue
from coordinator_app.storage.local import profile
from coordinator_app.storage.local.arrival import Arrival
from coordinator_app.storage.local.book import Bookkeeping
from coordinator_app.storage.local.engine import Store
from coordinator_app.storage.local.shelves import rank
from coordinator_app.storage.local.shelves.everything import DeskStore
from coordinator_app.storage.local.shelves.everything import Shelves as StoreShelves
from coordinator_app.workstation.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class Services:
    """What the window, the commands and the jobs may ask of an opened store."""

    clock: DeskClock
    queue: WorkQueue
    chart: Chart
    status: Status
    searching: Searching
    drafts: Drafts
    calls: CallLogging
    booking: Booking
    teaching: TeachingNotes
    notes: NoteKeeping
    answering: Answering
    undoing: Undoing
    reviewing: Reviewing
    shelves: OpenShelves
    arrival: Arrival


@dataclass(frozen=True, slots=True)
class Signed:
    """Who is signed in at this desk."""

    staff_id: StaffId
    role: str


class TopicFolder:
    """The lessons shipped with the product, read when first asked for."""

    def __init__(self, folder: Path) -> None:
        self._read = cache(lambda: tuple(map(topic_from, documents_in(folder).values())))

    def topics(self) -> Sequence[Topic]:
        """Return every lesson."""
        return self._read()


def documents_in(folder: Path) -> Mapping[str, Mapping[str, Any]]:
    """Return the JSON documents of a folder by their names."""
    return {file.stem: json.loads(file.read_text(encoding="utf-8")) for file in sorted(folder.glob("*.json"))}


def services_on(
    store: Store, catalogue: Catalogue, resources: Path, wall: Callable[[], datetime] = utc_now
) -> Services:
    """Build every service on an opened and enrolled store; ``wall`` is this computer's clock."""
    rule_book = RuleBook(cache(lambda: documents_in(resources / "rules")))
    derived = _Derived(store)
    desk = DeskStore(store, Bookkeeping(store, wall, derived.after_save).open_book)

    def day_rules() -> DayRules:
        with desk.open_shelves() as shelves:
            return rule_book.day_rules(shelves)

    clock = DeskClock(day_rules, wall)
    ledger = Ledger(clock, rule_book)
    ranking = Ranking(clock, ledger)
    derived.ranking, derived.clock = ranking, clock
    me = signed_on(store)
    book, shelves = desk.open_book, desk.open_shelves
    return Services(
        clock=clock,
        queue=WorkQueue(shelves, clock, ledger, ranking, derived.write_rank),
        chart=Chart(shelves, clock, ledger, ActWords(catalogue)),
        status=Status(shelves, clock),
        searching=Searching(shelves),
        drafts=Drafts(desk.keep_draft, desk.drop_draft, shelves, clock),
        calls=CallLogging(book, shelves, clock, me, ledger),
        booking=Booking(book, shelves, clock, me, ledger),
        teaching=TeachingNotes(book, clock, me, TopicFolder(resources / "education")),
        notes=NoteKeeping(book, clock, me),
        answering=Answering(book, clock, me, ledger),
        undoing=Undoing(book, clock, me),
        reviewing=Reviewing(book, shelves, clock, me),
        shelves=shelves,
        arrival=Arrival(derived.after_page, derived.after_bundle),
    )


def signed_on(store: Store) -> Signed:
    """Return whose store this is."""
    with store.reading() as connection:
        person = profile.read(connection, profile.PERSON, "")
        return Signed(StaffId(str(person)), str(profile.read(connection, profile.ROLE, "coordinator")))


class _Derived:
    """Keeps the rank equal to the rows it comes from, inside the transactions that change them."""

    ranking: Ranking
    clock: DeskClock

    def __init__(self, store: Store) -> None:
        self._store = store

    def after_save(self, connection: Connection, ids: Iterable[str]) -> None:
        self._put(connection, self.ranking.after_save(StoreShelves(connection), map(MemberId, ids)))

    def after_page(self, connection: Connection, ids: Iterable[str]) -> None:
        self._put(connection, self.ranking.after_page(StoreShelves(connection), map(MemberId, ids)))

    def after_bundle(self, connection: Connection) -> None:
        rank.put_whole(connection, self.ranking.whole(StoreShelves(connection)), self.clock.moment().today)

    def write_rank(self, rows: Callable[[Shelves], Sequence[Ranked]], computed_for: date) -> None:
        with self._store.receiving() as connection:
            rank.put_whole(connection, rows(StoreShelves(connection)), computed_for)
            connection.commit()

    def _put(self, connection: Connection, page: RankPage) -> None:
        rank.put(connection, page.rows, page.gone, self.clock.moment().today)
