"""Words about a patient outside of a call."""

from dataclasses import dataclass

from coordinator_app.domain.activity import Note
from coordinator_app.domain.ids import ActivityId, MemberId, new_id
from coordinator_app.domain.sensitivity import Sensitivity
from coordinator_app.domain.trouble import Refusal
from coordinator_app.services.members import known
from coordinator_app.services.ports import Clock, Me, OpenBook
from coordinator_app.services.touched import Touched


@dataclass(frozen=True, slots=True)
class NoteKept:
    """A note is on the disk and will be sent."""

    note: Note
    touched: Touched = Touched.CALLS | Touched.DRAFTS


class NoteKeeping:
    """Signs notes."""

    def __init__(self, open_book: OpenBook, clock: Clock, me: Me) -> None:
        self._open_book, self._clock, self._me = open_book, clock, me

    def keep(self, member_id: MemberId, text: str, sensitivity: Sensitivity = Sensitivity.ORDINARY) -> NoteKept:
        """Sign a note. Refusal: ``unknown_member``, ``empty``."""
        if not text.strip():
            raise Refusal("empty", "The note says nothing yet.")
        now = self._clock.instant()
        note = Note(ActivityId(new_id()), member_id, self._me.staff_id, now, now, sensitivity, text)
        with self._open_book() as book:
            known(book.shelves, member_id)
            book.add(note)
            book.drop_draft(member_id, "note")
            book.commit("note", member_id)
        return NoteKept(note)
