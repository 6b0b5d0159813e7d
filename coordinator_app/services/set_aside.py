"""Items that need a person: read with whose they are, settled by a choice, and taken back for a week."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Final, Protocol

from coordinator_app.domain.activity import Note, Visit, VisitState
from coordinator_app.domain.ids import ActivityId, ClinicianId, new_id
from coordinator_app.domain.person import Member
from coordinator_app.domain.sensitivity import Sensitivity
from coordinator_app.domain.set_aside import SetAsideItem
from coordinator_app.domain.trouble import Refusal
from coordinator_app.services.directory import clinician_of
from coordinator_app.services.ports import Book, Clock, Me, OpenBook, OpenShelves, Shelves
from coordinator_app.services.touched import Touched
from coordinator_app.services.undoing import Undoing

SEEN_AT_ONCE = 200
UNDO_FOR = timedelta(days=7)

SEEN, MINE, THEIRS, AGAIN, AS_NOTE, ACCEPT, REFUSE = "seen", "mine", "theirs", "again", "note", "accept", "refuse"
CONFLICT, REFUSED, TO_DECIDE = "conflict", "refused", "to_decide"

_FINAL: Final = frozenset({ACCEPT, REFUSE, AGAIN})
"""What is out of these hands once it was chosen: the centre has it."""


_MAY_STILL_COUNT: Final = frozenset({"unknown_kind", "depends_on", "device_frozen", "device_revoked"})
"""What the centre may yet take up as it was sent: sent again, it could count twice."""


class Items(Protocol):
    """What the store does with items."""

    def close_item(self, item_id: str, at: datetime, how: Mapping[str, Any]) -> bool:
        """Put an item away with what was chosen; say whether it was there and open."""

    def reopen_item(self, item_id: str) -> None:
        """Bring an item back."""

    def send_again(self, op_id: str, rows: Mapping[str, Any], words: str | None) -> str:
        """Write an act that was not taken anew; return the op it goes out as."""


class Decide(Protocol):
    """Says a supervisor's word at the centre; Refusal or Trouble where that cannot be."""

    def __call__(self, op_id: str, comment: str, *, accept: bool) -> object: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Asked:
    """An item with its person, where still on this computer; ``names`` of the clinicians it speaks of, by id."""

    item: SetAsideItem
    member: Member | None
    names: Mapping[str, str]

    @property
    def choices(self) -> tuple[str, ...]:
        """What can be chosen; whatever else there is can only be seen."""
        item = self.item
        if item.kind == TO_DECIDE:
            return (ACCEPT, REFUSE)
        if self.member is None:
            return ()
        if item.kind == CONFLICT and item.answer.get("table") == "visit" and item.answer.get("fields"):
            return (MINE, THEIRS)
        if item.kind == REFUSED and item.rows:
            return (AS_NOTE,) if item.arguments.get("cause") in _MAY_STILL_COUNT else (AGAIN, AS_NOTE)
        return ()


class SetAside:
    """Reads and settles what was set aside; what was written stays in the outbox and at the centre either way."""

    def __init__(
        self,
        open_shelves: OpenShelves,
        open_book: OpenBook,
        items: Items,
        clock: Clock,
        me: Me,
        *,
        undoing: Undoing,
        decide: Decide | None = None,
    ) -> None:
        self._open_shelves, self._open_book, self._items = open_shelves, open_book, items
        self._clock, self._me, self._undoing, self._decide = clock, me, undoing, decide

    def open(self) -> tuple[Asked, ...]:
        """Return the items that still need a person, the oldest first."""
        return self._read(is_open=True)

    def settled(self) -> tuple[Asked, ...]:
        """Return the items that were put away, the last first."""
        return self._read(is_open=False)

    def needs_centre(self, choice: str) -> bool:
        """Say whether a choice is made at the centre, which may take its time or be away."""
        return choice in (ACCEPT, REFUSE)

    def settle(self, asked: Asked, choice: str = SEEN, words: str = "") -> Touched:
        """Settle an item by a choice; ``words`` are the note, the corrected words or the comment it takes.

        Refusal: ``unknown_item``, ``unknown_choice``, ``comment_needed``, ``unknown_visit``, and the centre's own.
        """
        if choice not in (SEEN, *asked.choices):
            raise Refusal("unknown_choice", "This item is not settled in this way.")
        if all(each.item.id != asked.item.id for each in self.open()):
            raise Refusal("unknown_item", "This item is not open on this computer.")
        made = self._act(asked, choice, words)
        self._items.close_item(asked.item.id, self._clock.instant(), {"choice": choice, **made})
        return Touched.SYNC | Touched.VISITS if choice == MINE else Touched.SYNC

    def may_undo(self, asked: Asked) -> bool:
        """Say whether an item can be brought back: for a week, unless the centre has what was chosen."""
        at = asked.item.closed_at
        if at is None or asked.item.settled.get("choice") in _FINAL:
            return False
        return self._clock.instant() - at <= UNDO_FOR

    def undo(self, asked: Asked) -> Touched:
        """Bring an item back, and take back what the choice made. Refusal: ``too_late``."""
        if not self.may_undo(asked):
            raise Refusal("too_late", "This was settled too long ago, or at the center.")
        made = asked.item.settled
        if made.get("id"):
            self._undoing.take_back(str(made["kind"]), ActivityId(str(made["id"])), "chosen otherwise")
        self._items.reopen_item(asked.item.id)
        return Touched.SYNC | Touched.VISITS

    def _act(self, asked: Asked, choice: str, words: str) -> dict[str, str]:
        match choice:
            case "mine":
                return {"kind": "visit", "id": self._put_mine_in_force(asked.item)}
            case "note":
                return {"kind": "note", "id": self._keep_as_note(asked.item, words)}
            case "again":
                return {"op": self._items.send_again(asked.item.op_id, asked.item.rows, words or None)}
            case "accept" | "refuse":
                if choice == REFUSE and not words.strip():
                    raise Refusal("comment_needed", "Say why it is not taken up; the author will read it.")
                if self._decide is None:
                    raise Refusal("not_here", "This is decided where the center can be reached.")
                self._decide(asked.item.op_id, words.strip(), accept=choice == ACCEPT)
        return {}

    def _put_mine_in_force(self, item: SetAsideItem) -> str:
        assert item.member_id is not None  # noqa: S101 (a visit is somebody's)
        with self._open_book() as book:
            head = _head(book, item)
            now = self._clock.instant()
            mine = replace(
                head,
                id=ActivityId(new_id()),
                base_id=head.id,
                author_id=self._me.staff_id,
                occurred_at=now,
                recorded_at=now,
                **_values(item),
            )
            book.add(mine)
            book.commit("visit", item.member_id)
        return mine.id

    def _keep_as_note(self, item: SetAsideItem, words: str) -> str:
        assert item.member_id is not None  # noqa: S101 (asked.choices)
        now = self._clock.instant()
        note = Note(
            id=ActivityId(new_id()),
            member_id=item.member_id,
            author_id=self._me.staff_id,
            occurred_at=item.written_at or now,
            recorded_at=now,
            sensitivity=_strictest(item),
            text=words,
        )
        with self._open_book() as book:
            book.add(note)
            book.commit("note", item.member_id)
        return note.id

    def _read(self, *, is_open: bool) -> tuple[Asked, ...]:
        with self._open_shelves() as shelves:
            items = shelves.desk.set_aside(is_open=is_open, limit=SEEN_AT_ONCE)
            members = shelves.people.members({each.member_id for each in items if each.member_id is not None})
            return tuple(
                Asked(each, members.get(each.member_id) if each.member_id else None, _names(shelves, each))
                for each in items
            )


def _head(book: Book, item: SetAsideItem) -> Visit:
    visit_id = next((row.get("visit_id") for row in item.rows.get("visit", ())), None)
    assert item.member_id is not None  # noqa: S101
    found = [each for each in book.shelves.acts.of(Visit, item.member_id) if each.visit_id == visit_id]
    followed = {each.base_id for each in found}
    head = next((each for each in reversed(found) if each.id not in followed), None)
    if head is None:
        raise Refusal("unknown_visit", "This visit is not on this computer any more.")
    return head


def _values(item: SetAsideItem) -> dict[str, Any]:
    """Return my values of the fields in question, as a visit holds them."""
    ours = item.answer.get("ours") or {}
    return {name: _VALUES.get(name, str)(ours.get(name)) for name in item.answer.get("fields") or () if name in _FIELDS}


def _instant(value: Any) -> datetime | None:
    return None if value is None else datetime.fromisoformat(str(value))


def _day(value: Any) -> date | None:
    return None if value is None else date.fromisoformat(str(value))


_FIELDS: Final = frozenset(
    {"state", "visit_type", "clinician_id", "place", "starts_at", "minutes", "deadline_on", "how_asked", "asked_of",
     "confirmed_by", "note"}
)  # fmt: skip
_VALUES: Final[Mapping[str, Any]] = {
    "state": VisitState,
    "starts_at": _instant,
    "deadline_on": _day,
    "minutes": int,
    "clinician_id": lambda value: None if value is None else ClinicianId(str(value)),
}


def _strictest(item: SetAsideItem) -> Sensitivity:
    found = [int(row.get("sensitivity") or 0) for rows in item.rows.values() for row in rows]
    return Sensitivity(max(found, default=0))


def _names(shelves: Shelves, item: SetAsideItem) -> dict[str, str]:
    told = (item.answer.get("ours"), item.answer.get("theirs"))
    ids = {str(each["clinician_id"]) for each in told if each and each.get("clinician_id")}
    found = {each: clinician_of(shelves, ClinicianId(each)) for each in ids}
    return {each: clinician.name for each, clinician in found.items() if clinician is not None}
