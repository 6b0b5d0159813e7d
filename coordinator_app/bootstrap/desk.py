"""A desk: one person's open store with everything that can be done at it, joined by hand."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coordinator_app.bootstrap.letter_maker import LetterMaker
from coordinator_app.domain.advice import Advice, advice_from
from coordinator_app.domain.clock import ClockWatch
from coordinator_app.domain.ids import MemberId, StaffId
from coordinator_app.domain.program_evidence import program_evidence
from coordinator_app.domain.teaching_topic import Topic, topic_from
from coordinator_app.domain.trouble import Trouble
from coordinator_app.services.access_noting import AccessNoting
from coordinator_app.services.act_words import ActWords
from coordinator_app.services.answering import Answering
from coordinator_app.services.booking import Booking
from coordinator_app.services.call_logging import CallLogging
from coordinator_app.services.chart import Chart
from coordinator_app.services.correspondence import Correspondence, FetchLetter
from coordinator_app.services.desk_clock import DeskClock, since_boot, utc_now
from coordinator_app.services.drafts import Drafts
from coordinator_app.services.handouts import Handouts
from coordinator_app.services.lease import LeaseKeeper
from coordinator_app.services.ledger import Ledger
from coordinator_app.services.letter_composing import LetterComposing
from coordinator_app.services.medicine_noting import MedicineNoting
from coordinator_app.services.note_keeping import NoteKeeping
from coordinator_app.services.ranking import Ranking
from coordinator_app.services.red_flags import RedFlags
from coordinator_app.services.reviewing import Reviewing
from coordinator_app.services.rule_book import Documents, RuleBook
from coordinator_app.services.searching import Searching
from coordinator_app.services.set_aside import Decide, SetAside
from coordinator_app.services.status import Status
from coordinator_app.services.teaching import TeachingNotes
from coordinator_app.services.undoing import Undoing
from coordinator_app.services.work_queue import WorkQueue
from coordinator_app.storage.local import profile as facts_of_profile
from coordinator_app.storage.local.access import AccessLog
from coordinator_app.storage.local.book import Bookkeeping
from coordinator_app.storage.local.engine import Store
from coordinator_app.storage.local.shelves import rank
from coordinator_app.storage.local.shelves.everything import DeskStore, Shelves
from coordinator_app.workstation.catalogue import Catalogue
from coordinator_app.workstation.private_file import write_private
from coordinator_app.workstation.resources import resources_folder

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from coordinator_app.domain.ranked import Ranked
    from coordinator_app.services.ranking import RankPage


@dataclass(frozen=True, slots=True)
class Person:
    """Who is signed in."""

    staff_id: StaffId
    role: str


class Hooks:
    """What the store calls inside its transactions so that the rank is never behind the rows."""

    def __init__(self, clock: DeskClock, rule_book: RuleBook, ranking: Ranking) -> None:
        self._clock, self._rule_book, self._ranking = clock, rule_book, ranking

    def after_save(self, connection: "Connection", ids: Iterable[str]) -> None:
        """Rank the people of a save again."""
        page = self._ranking.after_save(Shelves(connection), map(MemberId, ids))
        rank.put(connection, page.rows, page.gone, self._clock.moment().today)

    def after_page(self, connection: "Connection", ids: Iterable[str]) -> None:
        """Rank the people of a page of the centre again; whom they may be taken for is told by ``after_names``."""
        self.after_save(connection, ids)

    def after_names(self, connection: "Connection") -> None:
        """Mark look-alikes: people came or left, or have other names."""
        rank.mark_namesakes(connection, self._ranking.namesakes(Shelves(connection)))

    def after_bundle(self, connection: "Connection") -> None:
        """Rank everybody again: other rules, another day, another zone."""
        shelves = Shelves(connection)
        self._clock.follow(self._rule_book.day_rules(shelves))
        rank.put_whole(connection, self._ranking.whole(shelves), self._clock.moment().today)


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything one window or one command needs; ``close`` forgets the key."""

    store: Store
    clock: DeskClock
    watch: ClockWatch
    person: Person
    hooks: Hooks
    catalogue: Catalogue
    words: ActWords
    queue: WorkQueue
    chart: Chart
    calls: CallLogging
    answering: Answering
    booking: Booking
    teaching: TeachingNotes
    letters: Correspondence
    handouts: Handouts
    notes: NoteKeeping
    medicines: MedicineNoting
    undoing: Undoing
    reviewing: Reviewing
    searching: Searching
    status: Status
    drafts: Drafts
    set_aside: SetAside
    red_flags: RedFlags
    advice: tuple[Advice, ...]
    lease: LeaseKeeper
    access: AccessNoting

    def close(self) -> None:
        """Close the store; the key is in memory no longer."""
        self.store.close()


def build_desk(
    store: Store,
    *,
    lang: str = "en",
    wall: Callable[[], datetime] = utc_now,
    fetch_letter: FetchLetter | None = None,
    decide: Decide | None = None,
) -> Desk:
    """Join all services on an open store; ``fetch_letter`` and ``decide`` ask the centre. Trouble: ``not_enrolled``."""
    resources = resources_folder()
    rule_book = RuleBook(_shipped_rules)
    with store.reading() as connection:
        shelves = Shelves(connection)
        facts = shelves.desk.facts()
        if not facts.get(facts_of_profile.PERSON):
            raise Trouble("not_enrolled", "This profile is not enrolled: run `coordinator enroll` first.")
        clock = DeskClock(rule_book.day_rules(shelves), wall)
    me = Person(StaffId(str(facts[facts_of_profile.PERSON])), str(facts.get(facts_of_profile.ROLE, "coordinator")))
    ledger = Ledger(clock, rule_book)
    ranking = Ranking(clock, ledger)
    hooks = Hooks(clock, rule_book, ranking)
    # A clock made for a trial is set by whoever tries; only the computer's own is watched.
    watch = ClockWatch(wall, since_boot if wall is utc_now else lambda: wall().timestamp())
    desk = DeskStore(store, Bookkeeping(store, wall, hooks.after_save, watch.moved).open_book)
    catalogue = Catalogue.load(resources / "i18n", lang, is_strict=False)
    words = ActWords(catalogue, _names(resources, lang))
    lease = LeaseKeeper(desk.open_book, desk.open_shelves, clock, desk.learn, watch.moved)
    common = (lease.open_book, lease.open_shelves, clock, me)
    undoing = Undoing(lease.open_book, clock, me)
    library, maker = _Library(resources / "education"), LetterMaker(resources)
    # Drafts are for trying out: a server of a site's own prints approved texts only (practice 10).
    may_use_drafts = "keyfile=" in str(facts.get(facts_of_profile.SERVER, ""))
    return Desk(
        store=store,
        clock=clock,
        watch=watch,
        person=me,
        hooks=hooks,
        catalogue=catalogue,
        words=words,
        queue=WorkQueue(lease.open_shelves, clock, ledger, ranking, _RankWriter(store, clock)),
        chart=Chart(lease.open_shelves, clock, ledger, words),
        calls=CallLogging(*common, ledger),
        answering=Answering(lease.open_book, clock, me, ledger),
        booking=Booking(lease.open_full_book, *common[1:], ledger),
        teaching=TeachingNotes(lease.open_book, clock, me, library),
        letters=Correspondence(
            lease.open_full_book,
            *common[1:],
            composing=LetterComposing(
                clock,
                me,
                maker,
                program_evidence(_read(resources / "letters" / "program-evidence.json")),
                may_use_drafts=may_use_drafts,
            ),
            write_file=write_private,
            fetch=fetch_letter,
            open_for_export=lease.open_for_export,
        ),
        handouts=Handouts(
            lease.open_for_export, me, topics=library.topics, make=maker.handout, may_use_drafts=may_use_drafts
        ),
        notes=NoteKeeping(lease.open_book, clock, me),
        medicines=MedicineNoting(lease.open_book, clock, me, rule_book),
        red_flags=RedFlags(*common),
        advice=advice_from(_read(resources / "advice" / "red-flag.json")),
        undoing=undoing,
        reviewing=Reviewing(*common),
        searching=Searching(lease.open_shelves),
        status=Status(desk.open_shelves, clock, lease.now, lease.clock_off),
        drafts=Drafts(desk.keep_draft, desk.drop_draft, lease.open_shelves, clock),
        set_aside=SetAside(lease.open_shelves, lease.open_book, desk, clock, me, undoing=undoing, decide=decide),
        lease=lease,
        access=AccessNoting(AccessLog(store, wall), clock),
    )


class _RankWriter:
    def __init__(self, store: Store, clock: DeskClock) -> None:
        self._store, self._clock = store, clock

    def whole(self, rows: "Callable[[Any], Sequence[Ranked]]") -> None:
        with self._store.saving() as connection:
            rank.put_whole(connection, rows(Shelves(connection)), self._clock.moment().today)
            connection.commit()

    def some(self, page: "Callable[[Any], RankPage]") -> None:
        with self._store.saving() as connection:
            found = page(Shelves(connection))
            rank.put(connection, found.rows, found.gone, self._clock.moment().today)
            connection.commit()


class _Library:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def topics(self) -> Sequence[Topic]:
        return tuple(topic_from(_read(file)) for file in sorted(self._folder.glob("*.json")))


def _names(resources: Path, lang: str) -> dict[str, str]:
    """Return how lessons and programs are called in the language of the window, English where it lacks one."""
    named = {each["id"]: each["name"] for each in _read(resources / "letters" / "programs.json")["programs"]}
    found = {key: str(name.get(lang) or name["en"]) for key, name in named.items()}
    topics = _Library(resources / "education").topics()
    return found | {each.id: (each.texts.get(lang) or each.texts["en"]).title for each in topics}


@cache
def _shipped_rules() -> Documents:
    return {file.stem: _read(file) for file in sorted((resources_folder() / "rules").glob("*.json"))}


def _read(file: Path) -> dict[str, Any]:
    return dict(json.loads(file.read_text(encoding="utf-8")))
