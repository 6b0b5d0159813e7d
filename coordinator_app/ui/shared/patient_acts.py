"""What can be done about a person without a call: a note, a medicine, a reason put off; alike on every screen."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Signal

from coordinator_app.domain import short_names
from coordinator_app.domain.activity import ResponseKind
from coordinator_app.domain.draft import Draft
from coordinator_app.domain.ids import ActivityId, MemberId
from coordinator_app.domain.sensitivity import Sensitivity
from coordinator_app.services.answering import Answered, Answering
from coordinator_app.services.chart import PatientPage
from coordinator_app.services.drafts import Drafts, Kept
from coordinator_app.services.ledger import ShownReason
from coordinator_app.services.medicine_noting import MedicineKept, MedicineNoting, Told
from coordinator_app.services.note_keeping import NoteKeeping, NoteKept
from coordinator_app.services.own_reasons import is_own
from coordinator_app.services.ports import Clock
from coordinator_app.ui.shared.courier import Errands, Lane
from coordinator_app.ui.shared.failure_words import KNOWN, failure_words
from coordinator_app.ui.shared.medicine_pane import MedicineTyped
from coordinator_app.ui.shared.noticeboard import Noticeboard
from coordinator_app.ui.shared.patient_questions import PatientQuestions, Questions
from coordinator_app.ui.shared.patient_words import PatientWords

NOTE: Final = "note"


class PatientActs(QObject):
    """Saves notes, medicines and what is said of reasons on the write lane, and keeps the draft of a note.

    Signals:
        saved(str, object): the words of what was done, and the acts, as (kind, id) pairs, that undo takes back.
        refused(str): the sentence of why nothing was saved; the form stays.
        draft_kept(str): "Draft kept here 10:43:09".
        draft_found(str): the text of a note that was left unfinished.
    """

    saved = Signal(str, object)
    refused = Signal(str)
    draft_kept = Signal(str)
    draft_found = Signal(str)

    def __init__(
        self,
        *,
        answering: Answering,
        notes: NoteKeeping,
        medicines: MedicineNoting,
        drafts: Drafts,
        clock: Clock,
        courier: Errands,
        noticeboard: Noticeboard,
        people: PatientWords,
    ) -> None:
        super().__init__()
        self._answering, self._notes, self._drafts, self._clock = answering, notes, drafts, clock
        self._medicines = medicines
        self._courier, self._noticeboard, self._people = courier, noticeboard, people
        self._questions = PatientQuestions(people)
        self._sought: MemberId | None = None

    def find_draft(self, member_id: MemberId) -> None:
        """Ask for a note left unfinished about a person; answered by ``draft_found`` unless another was asked for."""
        self._sought = member_id
        job = partial(self._drafts.of, member_id, NOTE)
        self._courier.send(Lane.READ, job, to=partial(self._take_draft, member_id), asker=self)

    def keep_draft(self, member_id: MemberId, text: str) -> None:
        """Put what was typed on the disk."""
        if text.strip():
            job = partial(self._drafts.keep, member_id, NOTE, {"text": text})
            self._courier.send(Lane.WRITE, job, to=self._draft_is_kept, failed=self._fail)

    def save_note(self, member_id: MemberId, name: str, text: str) -> None:
        """Save a note; its draft goes with it."""
        job = partial(self._notes.keep, member_id, text)
        self._courier.send(Lane.WRITE, job, to=partial(self._note_is_kept, name), failed=self._fail, asker=self)

    def medicine_names(self, page: PatientPage) -> tuple[str, ...]:
        """Return a person's medicines as the page names them; a confidential one is not named."""
        return tuple(
            short_names.medicine_name(each.name) for each in page.medicines if each.sensitivity is Sensitivity.ORDINARY
        )

    def save_medicine(self, member_id: MemberId, name: str, typed: MedicineTyped) -> None:
        """Save what was told of a medicine."""
        job = partial(self._medicines.note, Told(member_id, typed.how, typed.name, typed.dose, typed.days))
        self._courier.send(Lane.WRITE, job, to=partial(self._medicine_is_kept, name), failed=self._fail, asker=self)

    def questions(self, what: str, page: PatientPage, name: str) -> Questions:
        """Return what is asked before a person's reasons are put off, called wrong or moved; nothing is chosen."""
        return self._questions.of(what, page, name, _open(page))

    def answer(self, what: str, page: PatientPage, given: tuple[object, ...]) -> None:
        """Do what was asked for, with the answers to its questions in their order."""
        reasons = _open(page)
        place = given[0] if given and isinstance(given[0], int) else 0
        chosen = reasons[place] if place < len(reasons) else None
        match what, given:
            case "snooze", (date() as until, str(cause)):
                job = partial(self._snooze, page, until, cause)
                done = self._people.words.say("snooze.saved", name=page.member.name, day=self._day(until, page))
            case "wrong", (*_, str(cause)) if chosen is not None:
                job = partial(self._wrong, page, chosen, cause)
                done = self._people.words.say("wrong.saved", name=page.member.name)
            case "move", (*_, ResponseKind() as how, str(cause), date() as until) if chosen is not None:
                job = partial(self._move, page, chosen, how, until, cause)
                done = self._people.words.say(f"move.saved.{how}", name=page.member.name, day=self._day(until, page))
            case _:
                return
        self._courier.send(Lane.WRITE, job, to=partial(self._is_answered, done), failed=self._fail, asker=self)

    def _snooze(self, page: PatientPage, until: date, cause: str) -> list[Answered]:
        return [self._answering.snooze(page.member.id, each.reason.id, until, cause) for each in _open(page)]

    def _wrong(self, page: PatientPage, chosen: ShownReason, cause: str) -> list[Answered]:
        return [self._answering.say_wrong(page.member.id, chosen.reason.id, cause)]

    def _move(
        self, page: PatientPage, chosen: ShownReason, how: ResponseKind, until: date, cause: str
    ) -> list[Answered]:
        return [self._answering.move(page.member.id, chosen.reason.id, how, until, cause)]

    def _note_is_kept(self, name: str, kept: NoteKept) -> None:
        self.saved.emit(self._people.words.say("note.saved", name=name), ((NOTE, kept.note.id),))
        self._noticeboard.post(kept.touched)

    def _medicine_is_kept(self, name: str, kept: MedicineKept) -> None:
        self.saved.emit(self._people.words.say("medicine.saved", name=name), (("medicine", kept.medicine.id),))
        self._noticeboard.post(kept.touched)

    def _is_answered(self, done: str, answered: Sequence[Answered]) -> None:
        acts: tuple[tuple[str, ActivityId], ...] = tuple(("response", each.response.id) for each in answered)
        self.saved.emit(done, acts)
        for each in answered:
            self._noticeboard.post(each.touched)

    def _day(self, until: date, page: PatientPage) -> str:
        return self._people.day(until, page.today)

    def _take_draft(self, member_id: MemberId, draft: Draft | None) -> None:
        if member_id == self._sought:
            self.draft_found.emit("" if draft is None else str(draft.content.get("text", "")))

    def _draft_is_kept(self, kept: Kept) -> None:
        local = self._clock.moment().calendar.local(kept.saved_at)
        self.draft_kept.emit(self._people.words.say("note.kept", time=f"{local:%H:%M:%S}"))
        self._noticeboard.post(kept.touched)

    def _fail(self, error: BaseException) -> None:
        if not isinstance(error, KNOWN):
            raise error
        self.refused.emit(failure_words(self._people.words.catalogue, error))


def _open(page: PatientPage) -> list[ShownReason]:
    return [each for each in page.reasons if each.standing.is_open and not is_own(each.reason)]
