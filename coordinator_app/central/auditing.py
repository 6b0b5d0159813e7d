"""Who saw a person between two days, and whether the audit is whole, also against heads kept elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from coordinator_app.domain.ids import MemberId
from coordinator_app.domain.oversight import Incident, Named, Seal, SealFault, SealState, Sighting
from coordinator_app.domain.trouble import Refusal, Trouble


class Book(Protocol):
    """The database's own functions for it."""

    def who_saw(self, member: MemberId, since: datetime, until: datetime) -> list[Sighting]:
        """Return every sighting from ``since`` up to, without, ``until``."""

    def faults(self, since: datetime | None = None) -> list[SealFault]:
        """Return the blocks that are not as sealed."""

    def named(self, said: str) -> list[Named]:
        """Return the people who have this number or id."""

    def incidents(self, since: datetime) -> list[Incident]:
        """Return what did not fit together since then."""

    def seals(self, after: int = 0) -> list[Seal]:
        """Return the blocks after a number, in order."""

    def seal_state(self) -> SealState:
        """Return how far the sealing came."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the audit is whole; ``compared`` counts heads that were held against a copy kept elsewhere."""

    state: SealState
    faults: tuple[SealFault, ...]
    compared: int


class Auditing:
    """Answers an auditor."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def who_saw(self, member: MemberId, first: date, last: date, zone: str) -> list[Sighting]:
        """Return every sighting from the first day's start to the last day's end in the zone."""
        if last < first:
            raise Refusal("bad_span", "The first day lies after the last.")
        try:
            clock = ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise Refusal("bad_zone", "The zone is not in the IANA list; write it like America/New_York.") from None
        since = datetime.combine(first, time(), clock)
        until = datetime.combine(last + timedelta(days=1), time(), clock)
        return self._book.who_saw(member, since, until)

    def meant_by(self, said: str) -> Named:
        """Return the person who is meant by a number or an id. Refusal: ``number_unknown``, ``number_of_several``."""
        found = self._book.named(said)
        if not found:
            raise Refusal("number_unknown", "Nobody of your initiatives has this number or id.")
        if len(found) > 1:
            raise Refusal("number_of_several", "Several people have this number; use the id.")
        return found[0]

    def incidents(self, since: datetime) -> list[Incident]:
        """Return what did not fit together since then, the oldest first."""
        return self._book.incidents(since)

    def verify(self, heads: Path | None = None) -> Verdict:
        """Read every sealed row again; with ``heads``, hold the chain against the copy in that file too."""
        faults = self._book.faults()
        kept = {} if heads is None else read_heads(heads)
        now = {seal.number: seal.head for seal in self._book.seals()}
        faults += [SealFault(number, "head") for number, head in sorted(kept.items()) if now.get(number) != head]
        return Verdict(self._book.seal_state(), tuple(faults), len(kept))


def read_heads(file: Path) -> dict[int, str]:
    """Return the head of each block in a file of heads; Trouble where it cannot be read as one."""
    try:
        lines = file.read_text(encoding="utf-8").split("\n")
        return {int(line.split()[0]): line.split()[1] for line in lines if line.strip()}
    except (OSError, ValueError, IndexError):
        raise Trouble("bad_heads", "The file of heads cannot be read; its lines are `NUMBER HEAD TIME`.") from None


def add_heads(file: Path, seals: Sequence[Seal]) -> None:
    """Write blocks at the end of a file of heads; Trouble where that fails."""
    try:
        with file.open("a", encoding="utf-8", newline="\n") as out:
            out.writelines(f"{seal.number} {seal.head} {seal.sealed_at.isoformat()}\n" for seal in seals)
    except OSError:
        raise Trouble("no_heads", "The file of heads cannot be written.") from None
