"""Items that need a person: read with whose they are, and put away once they were seen."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from coordinator_app.domain.ids import ClinicianId
from coordinator_app.domain.person import Member
from coordinator_app.domain.set_aside import SetAsideItem
from coordinator_app.domain.trouble import Refusal
from coordinator_app.services.directory import clinician_of
from coordinator_app.services.ports import Clock, OpenShelves, Shelves
from coordinator_app.services.touched import Touched

SEEN_AT_ONCE = 200


class CloseItem(Protocol):
    """Puts an item away; says whether it was there and open."""

    def __call__(self, item_id: str, at: datetime) -> bool: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Asked:
    """An item with its person, where still on this computer; ``names`` of the clinicians it speaks of, by id."""

    item: SetAsideItem
    member: Member | None
    names: Mapping[str, str]


class SetAside:
    """Reads what was set aside; what was written stays in the outbox and at the centre either way."""

    def __init__(self, open_shelves: OpenShelves, close: CloseItem, clock: Clock) -> None:
        self._open_shelves, self._close, self._clock = open_shelves, close, clock

    def open(self) -> tuple[Asked, ...]:
        """Return the items that still need a person, the oldest first."""
        return self._read(is_open=True)

    def settled(self) -> tuple[Asked, ...]:
        """Return the items that were put away, the last first."""
        return self._read(is_open=False)

    def settle(self, item_id: str) -> Touched:
        """Put an item away. Refusal: ``unknown_item``."""
        if not self._close(item_id, self._clock.instant()):
            raise Refusal("unknown_item", "This item is not open on this computer.")
        return Touched.SYNC

    def _read(self, *, is_open: bool) -> tuple[Asked, ...]:
        with self._open_shelves() as shelves:
            items = shelves.desk.set_aside(is_open=is_open, limit=SEEN_AT_ONCE)
            members = shelves.people.members({each.member_id for each in items if each.member_id is not None})
            return tuple(
                Asked(each, members.get(each.member_id) if each.member_id else None, _names(shelves, each))
                for each in items
            )


def _names(shelves: Shelves, item: SetAsideItem) -> dict[str, str]:
    told = (item.answer.get("ours"), item.answer.get("theirs"))
    ids = {str(each["clinician_id"]) for each in told if each and each.get("clinician_id")}
    found = {each: clinician_of(shelves, ClinicianId(each)) for each in ids}
    return {each: clinician.name for each, clinician in found.items() if clinician is not None}
