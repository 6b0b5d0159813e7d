"""What judging needs of the store: the initiative, people a page at a time, and where changed rows go."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Protocol, TypeVar
from uuid import UUID

from coordinator_app.domain.activity import Act
from coordinator_app.domain.evaluation import Change
from coordinator_app.domain.facts import Chart, Coding
from coordinator_app.domain.ids import MemberId
from coordinator_app.domain.reasons import Reason

Documents = Mapping[str, Mapping[str, Any]]
H = TypeVar("H", bound="Home")


class Home(Protocol):
    """The initiative that is judged."""

    @property
    def id(self) -> str: ...  # noqa: D102

    @property
    def name(self) -> str: ...  # noqa: D102

    @property
    def zone(self) -> str: ...  # noqa: D102

    @property
    def calendar(self) -> str: ...  # noqa: D102

    @property
    def office(self) -> str: ...  # noqa: D102

    @property
    def frozen_on(self) -> date | None: ...  # noqa: D102


class Standing(Protocol):
    """One person's chart with the ledger as it stands, and what staff were told of medicines."""

    @property
    def chart(self) -> Chart: ...  # noqa: D102

    @property
    def reasons(self) -> Sequence[Reason]: ...  # noqa: D102

    @property
    def next_on(self) -> date | None: ...  # noqa: D102

    @property
    def acts(self) -> Sequence[Act]: ...  # noqa: D102


class Course(Protocol):
    """How far judging came: for which day, by which rules, in which history of the feed, and what it had seen."""

    @property
    def judged_for(self) -> date: ...  # noqa: D102

    @property
    def rules(self) -> str: ...  # noqa: D102

    @property
    def feed_epoch(self) -> int: ...  # noqa: D102

    @property
    def seen(self) -> str: ...  # noqa: D102


class LedgerStore(Protocol[H]):
    """What judging needs of the store."""

    def home(self, wanted: str | None) -> H: ...  # noqa: D102

    def namespace(self) -> UUID: ...  # noqa: D102

    def freeze(self, home: H, day: date | None) -> None: ...  # noqa: D102

    def documents(self, home: H) -> Documents: ...  # noqa: D102

    def site_codes(self, home: H) -> Mapping[str, Iterable[Coding]]: ...  # noqa: D102

    def course(self, home: H) -> Course | None: ...  # noqa: D102

    def feed_reaches(self, seen: str) -> bool: ...  # noqa: D102

    def now_seen(self) -> tuple[int, str]: ...  # noqa: D102

    def keep_course(  # noqa: D102
        self, home: H, *, judged_for: date, rules: str, feed_epoch: int, seen: str
    ) -> None: ...

    def everybody(self, home: H) -> Iterator[list[MemberId]]: ...  # noqa: D102

    def due(self, home: H, since: str, upto: str, day: date) -> Iterator[list[MemberId]]: ...  # noqa: D102

    def standings(  # noqa: D102
        self, home: H, ids: Sequence[MemberId], today: date, *, is_frozen: bool
    ) -> Sequence[Standing]: ...

    def write(  # noqa: D102
        self, home: H, changes: Iterable[Change], next_days: Mapping[MemberId, date]
    ) -> None: ...

    def panels_of(self, home: H, ids: Sequence[MemberId]) -> Mapping[MemberId, str]: ...  # noqa: D102

    def coordinators(self, home: H) -> Mapping[str, int]: ...  # noqa: D102

    def open_by_kind(self, home: H, day: date) -> Mapping[str, int]: ...  # noqa: D102
