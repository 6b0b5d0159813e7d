"""What can be done about a person without a call: a note, a reason put off; the same on every screen that offers it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Signal

from coordinator_app.domain.ids import ActivityId, MemberId
from coordinator_app.domain.reasons import Tier
from coordinator_app.services.answering import Answered, Answering
from coordinator_app.services.chart import PatientPage
from coordinator_app.services.drafts import Drafts, Kept
from coordinator_app.services.ledger import ShownReason
from coordinator_app.services.note_keeping import NoteKeeping, NoteKept
from coordinator_app.services.ports import Clock
from coordinator_app.ui.shared.choices import Choice
from coordinator_app.ui.shared.courier import Errands, Lane
from coordinator_app.ui.shared.failure_words import KNOWN, failure_words
from coordinator_app.ui.shared.noticeboard import Noticeboard
from coordinator_app.ui.shared.patient_words import PatientWords

DAYS: Final = (1, 3, 7, 14, 30)
NOTE: Final = "note"


@dataclass(frozen=True, slots=True)
class SnoozeChoices:
    """Until when a person's reasons may be put off; without choices ``sentence`` says why not."""

    choices: tuple[Choice, ...]
    sentence: str


class PatientActs(QObject):
    """Saves notes and snoozes on the write lane, and keeps the draft of a note.

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
        drafts: Drafts,
        clock: Clock,
        courier: Errands,
        noticeboard: Noticeboard,
        people: PatientWords,
    ) -> None:
        super().__init__()
        self._answering, self._notes, self._drafts, self._clock = answering, notes, drafts, clock
        self._courier, self._noticeboard, self._people = courier, noticeboard, people

    def find_draft(self, member_id: MemberId) -> None:
        """Ask for a note left unfinished about a person; answered by ``draft_found``."""
        self._courier.send(Lane.READ, partial(self._drafts.of, member_id, NOTE), to=self._take_draft)

    def keep_draft(self, member_id: MemberId, text: str) -> None:
        """Put what was typed on the disk."""
        if text.strip():
            job = partial(self._drafts.keep, member_id, NOTE, {"text": text})
            self._courier.send(Lane.WRITE, job, to=self._draft_is_kept, failed=self._fail)

    def save_note(self, member_id: MemberId, name: str, text: str) -> None:
        """Save a note; its draft goes with it."""
        job = partial(self._notes.keep, member_id, text)
        self._courier.send(Lane.WRITE, job, to=partial(self._note_is_kept, name), failed=self._fail, asker=self)

    def snooze_choices(self, page: PatientPage) -> SnoozeChoices:
        """Return until when this person's open reasons may be put off; nothing is chosen."""
        words, open_now = self._people.words, _open(page)
        if not open_now:
            return SnoozeChoices((), words.say("snooze.nothing"))
        latest = _latest(open_now)
        days = [day for day in DAYS if latest is None or page.today + timedelta(day) <= latest]
        if not days:
            return SnoozeChoices((), words.say("snooze.not", day=self._people.day(latest or page.today, page.today)))
        choices = tuple(
            Choice(
                str(place),
                words.say(f"snooze.{day}"),
                page.today + timedelta(day),
                self._people.day(page.today + timedelta(day), page.today),
            )
            for place, day in enumerate(days, start=1)
        )
        return SnoozeChoices(choices, words.say("snooze.all", count=len(open_now)))

    def snooze(self, page: PatientPage, until: date) -> None:
        """Put every open reason of a person off until a day."""
        job = partial(self._snooze, page, until)
        self._courier.send(
            Lane.WRITE, job, to=partial(self._is_put_off, page, until), failed=self._fail, asker=self
        )  # fmt: skip

    def _snooze(self, page: PatientPage, until: date) -> list[Answered]:
        return [self._answering.snooze(page.member.id, each.reason.id, until) for each in _open(page)]

    def _note_is_kept(self, name: str, kept: NoteKept) -> None:
        self.saved.emit(self._people.words.say("note.saved", name=name), ((NOTE, kept.note.id),))
        self._noticeboard.post(kept.touched)

    def _is_put_off(self, page: PatientPage, until: date, answered: Sequence[Answered]) -> None:
        acts: tuple[tuple[str, ActivityId], ...] = tuple(("response", each.response.id) for each in answered)
        day = self._people.day(until, page.today)
        self.saved.emit(self._people.words.say("snooze.saved", name=page.member.name, day=day), acts)
        for each in answered:
            self._noticeboard.post(each.touched)

    def _take_draft(self, draft: object) -> None:
        content = getattr(draft, "content", {})
        self.draft_found.emit(str(content.get("text", "")))

    def _draft_is_kept(self, kept: Kept) -> None:
        local = self._clock.moment().calendar.local(kept.saved_at)
        self.draft_kept.emit(self._people.words.say("note.kept", time=f"{local:%H:%M:%S}"))
        self._noticeboard.post(kept.touched)

    def _fail(self, error: BaseException) -> None:
        if not isinstance(error, KNOWN):
            raise error
        self.refused.emit(failure_words(self._people.words.catalogue, error))


def _open(page: PatientPage) -> list[ShownReason]:
    return [each for each in page.reasons if each.standing.is_open]


def _latest(reasons: Sequence[ShownReason]) -> date | None:
    """Return the day no snooze may pass: the earliest deadline of the two most urgent tiers."""
    return min((e.due_on for e in reasons if e.tier <= Tier.DISCHARGE and e.due_on is not None), default=None)
