"""What loading needs of the store."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple, Protocol
from uuid import UUID

from coordinator_app.central.feeds.verdicts import Rejected


@dataclass(frozen=True, slots=True)
class Batch:
    """One load under way: whose facts, from whom, and what is known of their age."""

    id: str
    initiative_id: str
    initiative: str
    source: str
    namespace: UUID


class Merged(NamedTuple):
    """What became of staged rows of one file: ``verdict`` is new, changed, unchanged or unknown_member.

    ``lines`` names the records' lines where the verdict needs them.
    """

    file_no: int
    verdict: str
    records: int
    lines: Sequence[int]


class Staging(Protocol):
    """Where told things wait until they are merged."""

    def begin(
        self, initiative: str | None, source: str, file_format: str, as_of: date | None, known_at: datetime | None
    ) -> Batch:
        """Open a batch; a Refusal says that the initiative is unknown or must be named."""
        ...

    def copy(self, shape: str, columns: Sequence[str], rows: bytes) -> None:
        """Stage whole lines of COPY text of one shape: person, side, fact, entry or medication."""
        ...

    def merge(self, batch: Batch) -> Iterator[Merged]:
        """Merge everything staged, people first, at most 5,000 rows a commit; yield what became of it."""
        ...

    def keep_value_sets(self, batch: Batch, sets: Iterable[tuple[str, Mapping[str, Any]]]) -> Iterator[str]:
        """Keep value sets by OID; yield new, changed or unchanged for each."""
        ...

    def finish(self, batch: Batch, counts: Mapping[str, Any], files: Sequence[str], flaws: Sequence[Rejected]) -> None:
        """Close a batch, note what was set aside, and remember how old the source's data is."""
        ...

    def discard(self, batch: Batch) -> None:
        """Forget a batch of which nothing is to be kept."""
        ...
