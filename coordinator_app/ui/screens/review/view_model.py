"""Turns the wishes of the review screen into reads and words on records."""

from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QObject, Signal

from coordinator_app.domain.access import Looked
from coordinator_app.domain.activity import Contact
from coordinator_app.domain.ids import ActivityId, StaffId
from coordinator_app.domain.sensitivity import Sensitivity
from coordinator_app.services.ports import Clock, Me
from coordinator_app.services.reviewing import Entry, Record, Reviewed, Reviewing, Wanted
from coordinator_app.services.touched import Touched
from coordinator_app.ui.screens.review.rows import Given, RecordState
from coordinator_app.ui.screens.review.wording import NOT_SCORED, ReviewWording, Seen, authors_of, is_answered
from coordinator_app.ui.shared.courier import Errands, Lane
from coordinator_app.ui.shared.failure_words import KNOWN, failure_words
from coordinator_app.ui.shared.noticeboard import Noticeboard
from coordinator_app.ui.shared.wording import Words

_MATTERS = Touched.CALLS | Touched.REVIEWS | Touched.TEACHING | Touched.VISITS | Touched.LETTERS | Touched.SYNC
_CONTACTS = frozenset({"contact"})


@dataclass(frozen=True, slots=True)
class ReviewServices:
    """What the screen asks and has done."""

    reviewing: Reviewing
    clock: Clock
    me: Me


class ReviewViewModel(QObject):
    """The team's activity for a supervisor, her own for a coordinator.

    Signals:
        list_changed(ListState), record_changed(RecordState or None): show this.
        returned_changed(int): how many records of mine came back and are still open.
        told(str): what was done.
        patient_requested(str): the person of this record is wanted.
        looked(Looked, str): a confidential record of this member is on the screen.
    """

    list_changed = Signal(object)
    record_changed = Signal(object)
    returned_changed = Signal(int)
    told = Signal(str)
    patient_requested = Signal(str)
    looked = Signal(object, str)

    def __init__(
        self, services: ReviewServices, courier: Errands, noticeboard: Noticeboard, words: Words, wording: ReviewWording
    ) -> None:
        super().__init__()
        self._services, self._courier, self._noticeboard = services, courier, noticeboard
        self._words, self._wording = words, wording
        self._tab = wording.tabs[0]
        self._nurse: StaffId | None = None
        self._outcome: str | None = None
        self._authors: dict[StaffId, str] = {}
        self._seen: Seen | None = None
        self._entries: dict[str, Entry] = {}
        self._shown = ""
        self._record: Record | None = None
        self._opens = False
        self._given: dict[str, Given] = {}
        # From a word until the next record is there: keys meant for that one must not reach this one.
        self._is_saving = False
        noticeboard.touched.connect(self._look_again)

    @property
    def is_supervisor(self) -> bool:
        """Whether records are scored here, or one's own are read."""
        return self._services.me.role == "supervisor"

    def refresh(self) -> None:
        """Read the activity again."""
        self._courier.send(Lane.READ, partial(self._read, self._nurse, self._outcome), to=self._take)

    def show_tab(self, tab: str) -> None:
        """Show another part of the list."""
        self._tab = tab
        self._tell()

    def filter_nurse(self, staff_id: object) -> None:
        """Show one nurse's work, or everybody's."""
        self._nurse = StaffId(str(staff_id)) if staff_id else None
        self.refresh()

    def filter_outcome(self, outcome: object) -> None:
        """Show contacts that ended in one way, or in any."""
        self._outcome = str(outcome) if outcome else None
        self.refresh()

    def choose(self, key: str) -> None:
        """Show a record as it was written."""
        if key == self._shown:
            return
        self._shown, self._record, self._opens = key, None, False
        entry = self._entries.get(key)
        if entry is None:
            self._is_saving = False
            self.record_changed.emit(None)
        elif isinstance(entry.act, Contact):
            self._read_record()
        else:
            self._show()

    def open_confidential(self) -> None:
        """Show what a confidential record says; it was asked for by a key."""
        self._opens = True
        entry = self._entries.get(self._shown)
        if entry is not None and entry.act.sensitivity is not Sensitivity.ORDINARY:
            self.looked.emit(Looked.CONFIDENTIAL_OPENED, entry.act.member_id)
        self._show()

    def score(self, item: str, value: object) -> None:
        """Answer one item; an item that does not apply is not scored."""
        if not self._is_saving:
            given = self._given.get(self._shown, Given())
            self._given[self._shown] = replace(given, scores={**given.scores, item: int(str(value))})

    def comment(self, words: str) -> None:
        """Take the comment as it stands."""
        if not self._is_saving:
            self._given[self._shown] = replace(self._given.get(self._shown, Given()), comment=words)

    def save(self, result: str) -> None:
        """Mark the record reviewed, or send it back with the comment."""
        if self._is_saving or self._record is None or not self.is_supervisor:
            return
        given = self._given.get(self._shown, Given())
        scores = {item: score for item, score in given.scores.items() if score != NOT_SCORED}
        contact, review = ActivityId(self._shown), self._services.reviewing.review
        self._is_saving = True
        job = partial(review, contact, result, given.comment.strip(), scores)
        self._courier.send(Lane.WRITE, job, to=self._saved, failed=self._refuse)

    def open_patient(self) -> None:
        """Ask for the person of the record."""
        entry = self._entries.get(self._shown)
        if entry is not None and entry.member_name:
            self.patient_requested.emit(entry.act.member_id)

    def _read(self, nurse: StaffId | None, outcome: str | None) -> Seen:
        reviewing, me = self._services.reviewing, self._services.me
        author = nurse if self.is_supervisor else me.staff_id
        outcomes = frozenset({outcome}) if outcome else frozenset()
        return Seen(
            contacts=reviewing.activity(Wanted(author_id=author, kinds=_CONTACTS, outcomes=outcomes)),
            everything=reviewing.activity(Wanted(author_id=author, outcomes=outcomes)),
            now=self._services.clock.moment(),
            emergencies=reviewing.emergencies(),
        )

    def _take(self, seen: Seen) -> None:
        self._seen = seen
        self._authors.update(authors_of(seen.everything))
        self._entries = {each.act.id: each for each in (*seen.everything, *seen.contacts)}
        if not self.is_supervisor:
            back = self._wording.part(seen, "returned")
            self.returned_changed.emit(sum(not is_answered(each, seen.everything) for each in back))
        self._tell()
        if self._record is not None:
            self._read_record()

    def _tell(self) -> None:
        if self._seen is not None:
            state = self._wording.list_state(self._seen, self._tab, self._authors, self._nurse, self._outcome)
            self.list_changed.emit(state)

    def _read_record(self) -> None:
        job = partial(self._services.reviewing.record, ActivityId(self._shown))
        self._courier.send(Lane.READ, job, to=self._take_record, failed=self._refuse)

    def _take_record(self, record: Record) -> None:
        if record.contact.id == self._shown:
            self._is_saving = False
            self._record = record
            self._show()

    def _show(self, error: str = "") -> None:
        entry, now = self._entries.get(self._shown), self._services.clock.moment()
        if self._record is not None:
            given = self._given.get(self._shown, Given())
            everything = self._seen.everything if self._seen is not None else ()
            answered = is_answered(self._record.entry, everything)
            state = self._wording.of_contact(self._record, given, now, opens=self._opens, answered=answered)
        elif entry is not None and not isinstance(entry.act, Contact):
            state = self._wording.of_other(entry, now, opens=self._opens)
        else:
            return
        self.record_changed.emit(self._with(state, error))

    def _with(self, state: RecordState, error: str) -> RecordState:
        return replace(state, error=error) if error else state

    def _saved(self, reviewed: Reviewed) -> None:
        self._given.pop(reviewed.review.contact_id, None)
        self.told.emit(self._words.say(f"saved.{reviewed.review.result}"))
        self._noticeboard.post(reviewed.touched)

    def _refuse(self, error: BaseException) -> None:
        self._is_saving = False
        if not isinstance(error, KNOWN):
            raise error
        self._show(failure_words(self._words.catalogue, error))

    def _look_again(self, touched: Touched) -> None:
        if touched & _MATTERS:
            self.refresh()
