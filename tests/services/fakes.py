"""A desk in memory: fakes of the services' ports, and a clock that stands until it is moved."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from coordinator_app.domain.activity import Act, Contact, LetterPrinted, Retraction
from coordinator_app.domain.calendar import Moment, calendar_from, moment
from coordinator_app.domain.draft import Draft
from coordinator_app.domain.facts import Fact, FactKind
from coordinator_app.domain.ids import (
    ActivityId,
    ClinicianId,
    FactId,
    InitiativeId,
    MemberId,
    PanelId,
    ReasonId,
    StaffId,
)
from coordinator_app.domain.outreach.look_alikes import Named, look_alikes
from coordinator_app.domain.person import ContactProfile, Member, Reach, RelatedPerson
from coordinator_app.domain.ranked import Ranked, Tab
from coordinator_app.domain.reasons import Evidence, Reason, ReasonKind
from coordinator_app.services.act_words import ActWords
from coordinator_app.services.ledger import Ledger
from coordinator_app.services.ranking import Ranking
from coordinator_app.services.rule_book import RuleBook
from coordinator_app.workstation.catalogue import Catalogue

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
SHIPPED = {file.stem: json.loads(file.read_text(encoding="utf-8")) for file in (RESOURCES / "rules").glob("*.json")}
CALENDAR = calendar_from(SHIPPED["calendar-us-ma"])

ANA, LUIS, JOAN = StaffId("ana"), StaffId("luis"), StaffId("joan")
ROSA, PEDRO = MemberId("rosa"), MemberId("pedro")
PENA = ClinicianId("pena")
TUESDAY_MORNING = datetime(2026, 11, 24, 15, 43, tzinfo=UTC)


@dataclass
class StoppedClock:
    """Stands at one instant."""

    at: datetime = TUESDAY_MORNING
    frozen_on: date | None = None

    def instant(self) -> datetime:
        return self.at

    def moment(self) -> Moment:
        return moment(CALENDAR, self.at, self.frozen_on)


@dataclass
class Someone:
    """Whoever is signed in."""

    staff_id: StaffId = ANA
    role: str = "coordinator"


def member(member_id: MemberId = ROSA, **more: Any) -> Member:
    told = {
        "member_number": f"DEMO {member_id}",
        "family": "García López",
        "given": "María José",
        "birth_date": date(1945, 7, 14),
        "language_spoken": "es",
        "source": "demo",
    }
    return Member(id=member_id, panel_id=PanelId("panel"), initiative_id=InitiativeId("i"), **{**told, **more})


def discharge(member_id: MemberId = ROSA, **more: Any) -> Reason:
    told: dict[str, Any] = {
        "id": ReasonId(f"home-{member_id}"),
        "kind": ReasonKind.DISCHARGE,
        "rule": "discharge.contact",
        "sentence": "discharge.home",
        "opens_on": date(2026, 11, 22),
        "due_on": date(2026, 11, 24),
        "ends_on": date(2026, 12, 22),
        "evidence_on": date(2026, 11, 22),
        "severity": 50,
        "evidence": (Evidence(FactId("stay"), "Inpatient stay", date(2026, 11, 22), "hospital"),),
        "arguments": {"discharged_on": "2026-11-22", "condition": "heart_failure", "points.lace": 12},
    }
    return _reason(member_id, told, more)


def visit_owed(member_id: MemberId = ROSA, **more: Any) -> Reason:
    told: dict[str, Any] = {
        "id": ReasonId(f"visit-{member_id}"),
        "rule": "discharge.visit",
        "sentence": "discharge.visit",
        "due_on": date(2026, 11, 29),
        "arguments": {"discharged_on": "2026-11-22", "urgency": "dated", "days": 7},
    }
    return discharge(member_id, **{**told, **more})


def refill(member_id: MemberId = ROSA, **more: Any) -> Reason:
    told: dict[str, Any] = {
        "id": ReasonId(f"refill-{member_id}"),
        "kind": ReasonKind.REFILL,
        "rule": "refill.late",
        "sentence": "refill.late",
        "opens_on": date(2026, 11, 20),
        "due_on": date(2026, 12, 5),
        "evidence_on": date(2026, 8, 15),
        "severity": 35,
        "evidence": (Evidence(FactId("fill"), "lisinopril 20 MG", date(2026, 8, 15), "claims"),),
        "arguments": {"drug": "Lisinopril", "drug_class": "ace_inhibitor", "run_out_on": "2026-11-13"},
    }
    return _reason(member_id, told, more)


def _reason(member_id: MemberId, told: dict[str, Any], more: dict[str, Any]) -> Reason:
    whole = {"rule_version": "1", "subject": "stay", "episode": "2026-11-18", **told, **more}
    return Reason(member_id=member_id, **whole)


@dataclass
class World:
    """Everything the fake shelves show."""

    members: dict[MemberId, Member] = field(default_factory=dict)
    reaches: dict[MemberId, Reach] = field(default_factory=dict)
    facts: dict[MemberId, tuple[Fact, ...]] = field(default_factory=dict)
    reasons: list[Reason] = field(default_factory=list)
    acts: list[Act] = field(default_factory=list)
    sent: set[str] = field(default_factory=set)
    beside: dict[str, Any] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    ops: list[tuple[str, MemberId]] = field(default_factory=list)
    rank: dict[MemberId, Ranked] = field(default_factory=dict)
    computed_for: date | None = None
    reference: dict[str, dict[str, Any]] = field(default_factory=dict)
    drafts: list[Draft] = field(default_factory=list)
    profile: dict[str, Any] = field(default_factory=dict)

    def add(self, someone: Member, *reasons: Reason, reach: Reach | None = None) -> None:
        self.members[someone.id] = someone
        self.reaches[someone.id] = reach or Reach()
        self.reasons += reasons


class FakePeople:
    def __init__(self, world: World) -> None:
        self._world = world

    def member(self, member_id: MemberId) -> Member | None:
        return self._world.members.get(member_id)

    def members(self, ids: Iterable[MemberId] | None = None) -> dict[MemberId, Member]:
        wanted = self._world.members if ids is None else set(ids)
        return {each: someone for each, someone in self._world.members.items() if each in wanted}

    def reach(self, member_id: MemberId) -> Reach:
        return self._world.reaches[member_id]

    def guardians(self, ids: Iterable[MemberId] | None) -> dict[MemberId, RelatedPerson]:
        found = {each: self._world.reaches[each].guardian for each in self.members(ids)}
        return {each: guardian for each, guardian in found.items() if guardian is not None}

    def profiles(self, ids: Iterable[MemberId] | None) -> dict[MemberId, ContactProfile]:
        return {each: self._world.reaches[each].profile for each in self.members(ids)}

    def with_phone(self, ids: Iterable[MemberId] | None) -> set[MemberId]:
        return {each for each in self.members(ids) if self._world.reaches[each].points}

    def names(self) -> tuple[Named, ...]:
        return tuple(Named(each.id, each.family, each.given, each.birth_date) for each in self._world.members.values())

    def namesakes(self, someone: Member) -> tuple[Member, ...]:
        alike = look_alikes(self.names()).get(someone.id, frozenset())
        return tuple(self._world.members[each] for each in sorted(alike))


class FakeFacts:
    def __init__(self, world: World) -> None:
        self._world = world

    def of(self, member_id: MemberId, kinds: Iterable[FactKind] = ()) -> tuple[Fact, ...]:
        wanted = set(kinds)
        return tuple(each for each in self._world.facts.get(member_id, ()) if not wanted or each.kind in wanted)


class FakeReasons:
    def __init__(self, world: World) -> None:
        self._world = world

    def of(self, member_id: MemberId) -> tuple[Reason, ...]:
        return tuple(self.of_all([member_id]))

    def of_all(self, ids: Iterable[MemberId] | None = None) -> Iterator[Reason]:
        wanted = None if ids is None else set(ids)
        return (each for each in self._world.reasons if wanted is None or each.member_id in wanted)


class FakeActs:
    def __init__(self, world: World) -> None:
        self._world = world

    def _every(self, kind: type[Any]) -> list[Any]:
        found = [act for act in self._world.acts if isinstance(act, kind)]
        return sorted(found, key=lambda act: (act.occurred_at, act.id))

    def of(self, kind: type[Any], member_id: MemberId) -> tuple[Any, ...]:
        return self.of_all(kind, [member_id])

    def of_all(
        self, kind: type[Any], ids: Iterable[MemberId] | None = None, *, since: datetime | None = None
    ) -> tuple[Any, ...]:
        wanted = None if ids is None else set(ids)
        gone = {act.target_id for act in self._every(Retraction)}
        return tuple(
            act
            for act in self._every(kind)
            if act.id not in gone
            and (wanted is None or act.member_id in wanted)
            and (since is None or act.occurred_at >= since)
        )

    def one(self, kind: type[Any], act_id: ActivityId) -> Any:
        return next((act for act in self._every(kind) if act.id == act_id), None)

    def with_contact(self, kind: type[Any], contact: Contact) -> tuple[Any, ...]:
        return tuple(act for act in self._every(kind) if act.contact_id == contact.id)

    def newest(self, kind: type[Any], *, since: datetime | None, limit: int) -> tuple[Any, ...]:
        found = [act for act in self._every(kind) if since is None or act.occurred_at >= since]
        return tuple(found[::-1][:limit])

    def taken_back(self, ids: Iterable[ActivityId]) -> dict[ActivityId, Retraction]:
        wanted = set(ids)
        return {act.target_id: act for act in self._every(Retraction) if act.target_id in wanted}

    def waiting(self, ids: Iterable[ActivityId]) -> set[ActivityId]:
        return set(ids) - self._world.sent  # type: ignore[return-value]

    def letter_content(self, letter: LetterPrinted) -> bytes | None:
        return self._world.files.get(letter.id)


class FakeRank:
    def __init__(self, world: World) -> None:
        self._world = world

    def page(self, tab: Tab, wanted: Mapping[str, str], *, limit: int, offset: int) -> tuple[Ranked, ...]:
        del wanted
        found = [row for row in self._world.rank.values() if row.tab is tab]
        found.sort(key=lambda row: (row.tier, -row.points, row.due_on or date.max, row.member_id))
        return tuple(found[offset:] if limit < 0 else found[offset : offset + limit])

    def counts(self, wanted: Mapping[str, str] | None = None) -> dict[Tab, int]:
        return {tab: len(self.page(tab, wanted or {}, limit=-1, offset=0)) for tab in Tab}

    def urgent_hidden(self, tab: Tab, wanted: Mapping[str, str]) -> int:
        del tab, wanted
        return 0

    def one(self, member_id: MemberId) -> Ranked | None:
        return self._world.rank.get(member_id)

    def with_namesake(self, ids: Iterable[MemberId]) -> set[MemberId]:
        rows = (self._world.rank.get(each) for each in ids)
        return {row.member_id for row in rows if row is not None and row.shown.has_namesake}

    def back_by(self, at: datetime) -> tuple[MemberId, ...]:
        rows = (row for row in self._world.rank.values() if row.tab in {Tab.WAITING, Tab.DONE_TODAY})
        return tuple(row.member_id for row in rows if row.shown.back_at is not None and row.shown.back_at <= at)

    def computed_for(self) -> date | None:
        return self._world.computed_for


class FakeReference:
    def __init__(self, world: World) -> None:
        self._world = world

    def all(self, kind: str) -> dict[str, Any]:
        return self._world.reference.get(kind, {})

    def one(self, kind: str, key: str) -> Any:
        return self.all(kind).get(key)


class FakeDrafts:
    def __init__(self, world: World) -> None:
        self._world = world

    def all(self) -> tuple[Draft, ...]:
        return tuple(sorted(self._world.drafts, key=lambda draft: draft.saved_at, reverse=True))

    def of(self, member_id: MemberId, kind: str) -> Draft | None:
        return next((each for each in self.all() if (each.member_id, each.kind) == (member_id, kind)), None)


class FakeSearch:
    def __init__(self, world: World) -> None:
        self._world = world

    def find(self, words: Sequence[str], *, limit: int) -> tuple[MemberId, ...]:
        found = [
            each.id
            for each in self._world.members.values()
            if all(word.casefold() in f"{each.family} {each.given}".casefold() for word in words)
        ]
        return tuple(found[:limit])


class FakeDeskFacts:
    def __init__(self, world: World) -> None:
        self._world = world

    def facts(self) -> dict[str, Any]:
        return self._world.profile

    def waiting(self) -> int:
        return len(self._world.ops)

    def members(self) -> int:
        return len(self._world.members)

    def held_back(self):
        return ""

    def set_aside_count(self):
        return 0

    def needs_you(self) -> int:
        return 0

    def as_of(self) -> datetime | None:
        return TUESDAY_MORNING


class FakeShelves:
    def __init__(self, world: World) -> None:
        self.people = FakePeople(world)
        self.facts = FakeFacts(world)
        self.reasons = FakeReasons(world)
        self.acts = FakeActs(world)
        self.rank = FakeRank(world)
        self.reference = FakeReference(world)
        self.drafts = FakeDrafts(world)
        self.search = FakeSearch(world)
        self.desk = FakeDeskFacts(world)


class FakeBook:
    """Writes into a copy of the world that becomes the world when it is committed."""

    def __init__(self, desk: "FakeDesk") -> None:
        self._desk = desk
        world = desk.world
        self._draft = World(
            **{
                **{name: getattr(world, name) for name in World.__dataclass_fields__},
                "acts": [*world.acts],
                "drafts": [*world.drafts],
                "beside": {**world.beside},
                "files": {**world.files},
            }
        )
        self.shelves = FakeShelves(self._draft)

    def add(self, act: Act, beside: Mapping[str, Any] | None = None) -> None:
        self._draft.acts.append(act)
        if beside is not None:
            self._draft.beside[act.id] = beside

    def add_all(self, acts: Sequence[Act]) -> None:
        for act in acts:
            self.add(act)

    def add_letter_file(self, letter: LetterPrinted, content: bytes) -> None:
        self._draft.files[letter.id] = content

    def drop_draft(self, member_id: MemberId, kind: str) -> None:
        self._draft.drafts = [each for each in self._draft.drafts if (each.member_id, each.kind) != (member_id, kind)]

    def commit(self, kind: str, member_id: MemberId) -> None:
        world = self._desk.world
        world.acts, world.drafts = self._draft.acts, self._draft.drafts
        world.beside, world.files = self._draft.beside, self._draft.files
        world.ops.append((kind, member_id))
        self._desk.rank_again(member_id)


class FakeDesk:
    """Opens fake shelves and books over one world, and ranks as the store's hooks do."""

    def __init__(self, world: World | None = None, clock: StoppedClock | None = None) -> None:
        self.world = world or World()
        self.clock = clock or StoppedClock()
        self.rule_book = RuleBook(lambda: SHIPPED)
        self.ledger = Ledger(self.clock, self.rule_book)
        self.ranking = Ranking(self.clock, self.ledger)
        self.words = ActWords(Catalogue.load(RESOURCES / "i18n", "en"))

    @contextmanager
    def open_shelves(self) -> Iterator[FakeShelves]:
        yield FakeShelves(self.world)

    @contextmanager
    def open_book(self) -> Iterator[FakeBook]:
        yield FakeBook(self)

    def keep_draft(self, draft: Draft) -> None:
        self.drop_draft(draft.member_id, draft.kind)
        self.world.drafts.append(draft)

    def drop_draft(self, member_id: MemberId, kind: str) -> None:
        self.world.drafts = [each for each in self.world.drafts if (each.member_id, each.kind) != (member_id, kind)]

    def rank_all(self) -> None:
        self.whole(self.ranking.whole)

    def whole(self, rows: Any) -> None:
        self.world.rank = {row.member_id: row for row in rows(FakeShelves(self.world))}
        self.world.computed_for = self.clock.moment().today

    def some(self, page: Any) -> None:
        found = page(FakeShelves(self.world))
        for each in found.gone:
            self.world.rank.pop(each, None)
        self.world.rank.update({row.member_id: row for row in found.rows})

    def rank_again(self, member_id: MemberId) -> None:
        self.some(lambda shelves: self.ranking.after_save(shelves, [member_id]))

    def tab_of(self, member_id: MemberId) -> Tab | None:
        row = self.world.rank.get(member_id)
        return None if row is None else row.tab
