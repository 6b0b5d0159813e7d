"""Keeping what is being typed, so that a kill loses less than a second of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from coordinator_app.domain.draft import Draft
from coordinator_app.domain.ids import MemberId
from coordinator_app.services.ports import Clock, DropDraft, KeepDraft, OpenShelves
from coordinator_app.services.touched import Touched


@dataclass(frozen=True, slots=True)
class Kept:
    """A draft is on the disk since ``saved_at``."""

    saved_at: datetime
    touched: Touched = Touched.DRAFTS


class Drafts:
    """Unfinished forms: one of each kind for each person; never sent, never counted as done."""

    def __init__(self, keep: KeepDraft, drop: DropDraft, open_shelves: OpenShelves, clock: Clock) -> None:
        self._keep, self._drop = keep, drop
        self._open_shelves, self._clock = open_shelves, clock

    def keep(self, member_id: MemberId, kind: str, content: Mapping[str, Any]) -> Kept:
        """Put the form on the disk as it is now."""
        saved_at = self._clock.instant()
        self._keep(Draft(member_id, kind, saved_at, content))
        return Kept(saved_at)

    def drop(self, member_id: MemberId, kind: str) -> Touched:
        """Throw a form away on the nurse's word."""
        self._drop(member_id, kind)
        return Touched.DRAFTS

    def unfinished(self) -> tuple[Draft, ...]:
        """Return all forms left open, the last written first; asked after a start."""
        with self._open_shelves() as shelves:
            return shelves.drafts.all()

    def of(self, member_id: MemberId, kind: str) -> Draft | None:
        """Return somebody's unfinished form of a kind."""
        with self._open_shelves() as shelves:
            return shelves.drafts.of(member_id, kind)
