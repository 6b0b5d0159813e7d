"""What loading needs of the store."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Protocol, TypeVar
from uuid import UUID

from coordinator_app.central.feeds.verdicts import Rejected


class Batch(Protocol):
    """One load under way."""

    @property
    def initiative_id(self) -> str:
        """Whose people these are."""
        ...

    @property
    def as_of(self) -> date | None:
        """The day the data speaks of, where one is known."""
        ...

    @property
    def namespace(self) -> UUID:
        """The secret under which ids are made."""
        ...


class Merged(Protocol):
    """What became of staged records of one file: ``verdict`` is new, changed, unchanged or unknown_member."""

    @property
    def file_no(self) -> int: ...  # noqa: D102

    @property
    def verdict(self) -> str: ...  # noqa: D102

    @property
    def records(self) -> int: ...  # noqa: D102

    @property
    def lines(self) -> Sequence[int]:
        """The lines of records about nobody we know."""
        ...


B = TypeVar("B", bound=Batch)


class Staging(Protocol[B]):
    """Where told things wait until they are merged."""

    def begin(
        self, initiative: str | None, source: str, file_format: str, as_of: date | None, known_at: datetime | None
    ) -> B:
        """Open a batch; a Refusal says that the initiative is unknown or must be named."""
        ...

    def copy(self, shape: str, columns: Sequence[str], rows: bytes) -> None:
        """Stage whole lines of COPY text of one shape: person, side, fact, entry or medication."""
        ...

    def merge(self, batch: B) -> Iterator[Merged]:
        """Merge everything staged, people first, at most 5,000 rows a commit; yield what became of it."""
        ...

    def keep_value_sets(self, batch: B, sets: Iterable[tuple[str, Mapping[str, Any]]]) -> Iterator[str]:
        """Keep value sets by OID; yield new, changed or unchanged for each."""
        ...

    def finish(self, batch: B, counts: Mapping[str, Any], files: Sequence[str], flaws: Sequence[Rejected]) -> None:
        """Close a batch, note what was set aside, and remember how old the source's data is."""
        ...

    def discard(self, batch: B) -> None:
        """Forget a batch of which nothing is to be kept."""
        ...

    def close(self) -> None:
        """End the session."""
        ...
