"""What the services need of the store, the clock and whoever is at the desk; storage fits these shapes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from typing import Any, Protocol, TypeVar

from coordinator_app.domain.activity import Act, Contact, LetterPrinted, Retraction
from coordinator_app.domain.calendar import Moment
from coordinator_app.domain.draft import Draft
from coordinator_app.domain.facts import Fact, FactKind
from coordinator_app.domain.ids import ActivityId, MemberId, StaffId
from coordinator_app.domain.outreach.look_alikes import Named
from coordinator_app.domain.person import ContactProfile, Member, Reach, RelatedPerson
from coordinator_app.domain.ranked import Ranked, Tab
from coordinator_app.domain.reasons import Reason
from coordinator_app.domain.set_aside import SetAsideItem

A = TypeVar("A", bound=Act)


class Clock(Protocol):
    """The time of the desk (ruling 5)."""

    def instant(self) -> datetime:
        """Return the true time in UTC; what people do carries it, also on a frozen initiative."""
        ...

    def moment(self) -> Moment:
        """Return what *now* is for the initiative: due times, calling hours and ranks count from it."""
        ...


class Me(Protocol):
    """Who is signed in at this desk."""

    @property
    def staff_id(self) -> StaffId:
        """The person whose name every act carries."""
        ...

    @property
    def role(self) -> str:
        """coordinator, supervisor, case_manager or auditor."""
        ...


class Says(Protocol):
    """The catalogue of sentences."""

    def say(self, key: str, **values: object) -> str:
        """Return the sentence with its places filled."""
        ...


class PeopleShelf(Protocol):
    """Members and how they may be reached."""

    def member(self, member_id: MemberId) -> Member | None:
        """Return the member, or nothing where she is not on this computer."""
        ...

    def members(self, ids: Iterable[MemberId] | None = None) -> dict[MemberId, Member]:
        """Return the members of ``ids``, or all."""
        ...

    def reach(self, member_id: MemberId) -> Reach:
        """Return everything about reaching one person."""
        ...

    def guardians(self, ids: Iterable[MemberId] | None) -> dict[MemberId, RelatedPerson]:
        """Return the guardians of those who have one."""
        ...

    def profiles(self, ids: Iterable[MemberId] | None) -> dict[MemberId, ContactProfile]:
        """Return the contact profiles of those who have one."""
        ...

    def with_phone(self, ids: Iterable[MemberId] | None) -> set[MemberId]:
        """Return those who have a number that may be called."""
        ...

    def names(self) -> tuple[Named, ...]:
        """Return the names and birth dates of everybody who is not about to leave."""
        ...

    def namesakes(self, member: Member) -> tuple[Member, ...]:
        """Return others a tired reader could take for this member."""
        ...


class FactShelf(Protocol):
    """What is known of a person."""

    def of(self, member_id: MemberId, kinds: Iterable[FactKind] = ()) -> tuple[Fact, ...]:
        """Return a person's facts, newest first."""
        ...


class ReasonShelf(Protocol):
    """The ledger of reasons."""

    def of(self, member_id: MemberId) -> tuple[Reason, ...]:
        """Return all reasons of a person, also ended ones."""
        ...

    def of_all(self, ids: Iterable[MemberId] | None = None) -> Iterator[Reason]:
        """Yield the reasons of ``ids``, or everybody's."""
        ...


class ActShelf(Protocol):
    """What people did; those taken back are left out unless the promise says otherwise."""

    def of(self, kind: type[A], member_id: MemberId) -> tuple[A, ...]:
        """Return a person's acts of one kind, oldest first."""
        ...

    def of_all(
        self, kind: type[A], ids: Iterable[MemberId] | None = None, *, since: datetime | None = None
    ) -> tuple[A, ...]:
        """Return the acts of one kind of ``ids``, or everybody's."""
        ...

    def one(self, kind: type[A], act_id: ActivityId) -> A | None:
        """Return one act, also one taken back."""
        ...

    def with_contact(self, kind: type[A], contact: Contact) -> tuple[A, ...]:
        """Return the acts saved with a contact, also those taken back."""
        ...

    def newest(self, kind: type[A], *, since: datetime | None, limit: int) -> tuple[A, ...]:
        """Return the newest acts of one kind, newest first, also those taken back."""
        ...

    def taken_back(self, ids: Iterable[ActivityId]) -> dict[ActivityId, Retraction]:
        """Return the retraction of each of ``ids`` that has one."""
        ...

    def waiting(self, ids: Iterable[ActivityId]) -> set[ActivityId]:
        """Return those the centre has not taken yet."""
        ...

    def letter_content(self, letter: LetterPrinted) -> bytes | None:
        """Return the pages of a letter as they were printed, where they are on this computer."""
        ...


class RankShelf(Protocol):
    """The local rank: one row for each person with something to show."""

    def page(self, tab: Tab, wanted: Mapping[str, str], *, limit: int, offset: int) -> tuple[Ranked, ...]:
        """Return the rows of a tab in rank order that fit the filters; tiers 1 and 2 are never filtered away."""
        ...

    def counts(self, wanted: Mapping[str, str] | None = None) -> dict[Tab, int]:
        """Return how many rows each tab has."""
        ...

    def urgent_hidden(self, tab: Tab, wanted: Mapping[str, str]) -> int:
        """Return how many rows of tiers 1 and 2 the filters do not fit."""
        ...

    def one(self, member_id: MemberId) -> Ranked | None:
        """Return one person's row."""
        ...

    def with_namesake(self, ids: Iterable[MemberId]) -> set[MemberId]:
        """Return those whose rows are marked as easily taken for somebody else's."""
        ...

    def back_by(self, at: datetime) -> tuple[MemberId, ...]:
        """Return the people whose row was to come back at an hour that is over."""
        ...

    def computed_for(self) -> date | None:
        """Return the day the rank was last written whole for, or nothing where it never was."""
        ...


class ReferenceShelf(Protocol):
    """The reference bundle, as it was pulled."""

    def all(self, kind: str) -> dict[str, Any]:
        """Return the contents of a kind by their keys."""
        ...

    def one(self, kind: str, key: str) -> Any:
        """Return one content, or nothing."""
        ...


class KeepDraft(Protocol):
    """Writes a draft on the disk."""

    def __call__(self, draft: Draft) -> None: ...  # noqa: D102


class DropDraft(Protocol):
    """Forgets a draft."""

    def __call__(self, member_id: MemberId, kind: str) -> None: ...  # noqa: D102


class DraftShelf(Protocol):
    """What was typed and not signed."""

    def all(self) -> tuple[Draft, ...]:
        """Return the drafts, the last written first."""
        ...

    def of(self, member_id: MemberId, kind: str) -> Draft | None:
        """Return somebody's draft of a kind."""
        ...


class SearchShelf(Protocol):
    """The people search."""

    def find(self, words: Sequence[str], *, limit: int) -> tuple[MemberId, ...]:
        """Return the people all of whose ``words`` begin a word of their name, number, birth date or phone."""
        ...


class DeskShelf(Protocol):
    """Facts about this desk: who, which server, how far."""

    def facts(self) -> dict[str, Any]:
        """Return the profile's facts by their keys."""
        ...

    def waiting(self) -> int:
        """Return how many acts wait to be sent."""
        ...

    def members(self) -> int:
        """Return how many people are on this computer."""
        ...

    def needs_you(self) -> int:
        """Return how many items ask for a person's word."""
        ...

    def held_back(self) -> str:
        """Return why the centre takes no more today, empty where it does."""
        ...

    def set_aside_count(self) -> int:
        """Return how many acts the centre keeps without having applied them."""
        ...

    def set_aside(self, *, is_open: bool, limit: int) -> tuple[SetAsideItem, ...]:
        """Return what needs a person, the oldest first, or what was put away, the last first."""
        ...

    def as_of(self) -> datetime | None:
        """Return the centre's time of the state last read, of the panel that is furthest behind."""
        ...


class Shelves(Protocol):
    """All shelves on one read connection, so one screen sees one state."""

    @property
    def people(self) -> PeopleShelf: ...  # noqa: D102
    @property
    def facts(self) -> FactShelf: ...  # noqa: D102
    @property
    def reasons(self) -> ReasonShelf: ...  # noqa: D102
    @property
    def acts(self) -> ActShelf: ...  # noqa: D102
    @property
    def rank(self) -> RankShelf: ...  # noqa: D102
    @property
    def reference(self) -> ReferenceShelf: ...  # noqa: D102
    @property
    def drafts(self) -> DraftShelf: ...  # noqa: D102
    @property
    def search(self) -> SearchShelf: ...  # noqa: D102
    @property
    def desk(self) -> DeskShelf: ...  # noqa: D102


class Book(Protocol):
    """One unit of work on the write lane; nothing counts until ``commit``, and leaving without it takes all back.

    The store rewrites the rank of everybody touched, in the same transaction.
    """

    @property
    def shelves(self) -> Shelves:
        """The store as this unit of work sees it, its own acts included."""
        ...

    def add(self, act: Act, beside: Mapping[str, Any] | None = None) -> None:
        """Write an act; ``beside`` fills columns the act does not carry."""
        ...

    def add_all(self, acts: Sequence[Act]) -> None:
        """Write acts of one kind."""
        ...

    def add_letter_file(self, letter: LetterPrinted, content: bytes) -> None:
        """Write the pages of a letter as a row of their own, as printed: the centre compares their hash."""
        ...

    def drop_draft(self, member_id: MemberId, kind: str) -> None:
        """Forget a draft that was signed."""
        ...

    def commit(self, kind: str, member_id: MemberId) -> None:
        """Make it last, with one outbox entry of that kind for all acts added."""
        ...


class OpenBook(Protocol):
    """Opens a unit of work."""

    def __call__(self) -> AbstractContextManager[Book]: ...  # noqa: D102


class OpenShelves(Protocol):
    """Opens the shelves for reading."""

    def __call__(self) -> AbstractContextManager[Shelves]: ...  # noqa: D102
