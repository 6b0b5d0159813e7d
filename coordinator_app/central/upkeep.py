"""One round of upkeep: idle transactions end, months come and go, the audit is sealed and read again."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from coordinator_app.central.auditing import add_heads, read_heads
from coordinator_app.domain.oversight import Outlived, Seal, SealFault, SealState

PATIENCE = timedelta(minutes=10)
"""How long a transaction may lie idle."""

RECENT = timedelta(days=1)
"""Blocks younger than this are read again in every round; all of them in a round over the whole."""


class Housekeeping(Protocol):
    """The database's own functions for it."""

    def seal(self) -> int:
        """Seal what nothing under way can add to; return how many rows."""

    def keep_partitions(self) -> int:
        """Make the months ahead; return how many were new."""

    def prune_feed(self) -> int:
        """Give up months of the feed past their term; return how many fell."""

    def try_unknown_again(self) -> int:
        """Try acts of kinds an older centre did not know; return how many it reads by now."""

    def end_idle(self, seconds: int) -> int:
        """End sessions idle in a transaction; return how many."""

    def outlived(self) -> list[Outlived]:
        """Return the months that are older than their term."""

    def faults(self, since: datetime | None = None) -> list[SealFault]:
        """Return the blocks that are not as sealed."""

    def seals(self, after: int = 0) -> list[Seal]:
        """Return the blocks after a number, in order."""

    def seal_state(self) -> SealState:
        """Return how far the sealing came."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What a round did and found."""

    sealed: int
    state: SealState
    partitions: int
    idle_ended: int
    outlived: tuple[Outlived, ...]
    faults: tuple[SealFault, ...]
    pruned: int = 0
    taken_up: int = 0


class Upkeep:
    """Rounds over one database."""

    def __init__(self, house: Housekeeping, now: Callable[[], datetime], patience: timedelta = PATIENCE) -> None:
        self._house, self._now, self._patience = house, now, patience

    def run(self, heads: Path | None = None, *, over_all: bool = True) -> Kept:
        """Do one round; new heads are added to the file ``heads``, which then holds every block once."""
        ended = self._house.end_idle(int(self._patience.total_seconds()))
        made = self._house.keep_partitions()
        # Each night is often enough for what moves by months and with releases.
        pruned = self._house.prune_feed() if over_all else 0
        taken_up = self._house.try_unknown_again() if over_all else 0
        sealed = self._house.seal()
        faults = self._house.faults(None if over_all else self._now() - RECENT)
        if heads is not None:
            known = max(read_heads(heads), default=0) if heads.exists() else 0
            add_heads(heads, self._house.seals(known))
        outlived = tuple(self._house.outlived())
        return Kept(sealed, self._house.seal_state(), made, ended, outlived, tuple(faults), pruned, taken_up)
