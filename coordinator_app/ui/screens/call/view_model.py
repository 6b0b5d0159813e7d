"""One call from the first key to the disk: it holds what was pressed, keeps the draft, saves once."""

from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import QObject, QTimer, Signal

from coordinator_app.domain.ids import MemberId
from coordinator_app.domain.next_step import NextStep
from coordinator_app.services.call_logging import Recorded
from coordinator_app.services.drafts import Kept
from coordinator_app.ui.screens.call.entries import Entries
from coordinator_app.ui.screens.call.rows import SheetMaker
from coordinator_app.ui.screens.call.sheet import SavedCall, Sheet
from coordinator_app.ui.screens.call.standing import Judge
from coordinator_app.ui.screens.call.wording import CallWords
from coordinator_app.ui.screens.call.work import KIND, CallRead, CallServices
from coordinator_app.ui.shared.courier import Errands, Lane
from coordinator_app.ui.shared.failure_words import KNOWN
from coordinator_app.ui.shared.noticeboard import Noticeboard


class CallViewModel(QObject):
    """One call at a time; a call never changes its patient.

    Signals:
        begun(str): a call with this person opened; the sheet follows.
        sheet_read(Sheet), list_read(FrozenList): what stands while the call lasts.
        restored(Entries): what is pressed and typed, to be shown as it is.
        stood(Standing): what the call allows now; said after every change.
        steps_proposed(StepChoices): the next steps for this outcome.
        draft_kept(str): the sentence of when the draft was written on the disk.
        elapsed(str): the time since the call began, once a second.
        saved(SavedCall), kept(str): it is over, with the sentence to say.
        left(): it is over and nothing was kept.
        refused(str): why it cannot be saved, in words.
        drafts_found(object): (member id, name) of the calls that were left open.
        visit_wished(str), lesson_wished(str): for this person, while the call goes on.
    """

    begun = Signal(str)
    sheet_read = Signal(object)
    list_read = Signal(object)
    restored = Signal(object)
    stood = Signal(object)
    steps_proposed = Signal(object)
    draft_kept = Signal(str)
    elapsed = Signal(str)
    saved = Signal(object)
    kept = Signal(str)
    left = Signal()
    refused = Signal(str)
    drafts_found = Signal(object)
    visit_wished = Signal(str)
    lesson_wished = Signal(str)

    def __init__(self, services: CallServices, courier: Errands, board: Noticeboard, say: CallWords) -> None:
        super().__init__()
        self._of, self._courier, self._board, self._say = services, courier, board, say
        self._member: MemberId | None = None
        self._entries = Entries()
        self._sheet: Sheet | None = None
        self._judge = Judge(say)
        self._lessons: dict[str, str] = {}
        self._is_saving = False
        self._has_draft = False
        self._waits_to_save: bool | None = None
        # A draft just left may still be on its way to the disk when its call is taken up again.
        self._left: dict[MemberId, Entries] = {}
        self._clock = QTimer(self)
        self._clock.setInterval(1000)
        self._clock.timeout.connect(self._tick)

    @property
    def member_id(self) -> MemberId | None:
        """Who is being called, None while there is no call."""
        return self._member

    @property
    def entries(self) -> Entries:
        """What was pressed and typed so far."""
        return self._entries

    def open(self, member_id: MemberId) -> None:
        """Begin a call, or take its draft up; while another one goes on, say so and stay with it."""
        if self._member is not None:
            if self._member != member_id:
                self.refused.emit(self._say.words.say("one_call"))
            return
        self._member, self._waits_to_save, self._has_draft = member_id, None, False
        self._entries = Entries(started_at=self._of.clock.instant())
        self.begun.emit(member_id)
        self._tick()
        self._clock.start()
        self._courier.send(Lane.READ, lambda: self._of.read(member_id), to=self._show, failed=self._not_read)

    def change(self, entries: Entries) -> None:
        """Take what was pressed or typed, keep the draft, and say what the call allows now."""
        if self._member is None:
            return
        is_other = (entries.outcome, entries.call_back) != (self._entries.outcome, self._entries.call_back)
        self._entries = replace(entries, step=None) if is_other else entries
        self._stand()
        if is_other:
            self._propose(self._member)
        self.keep_draft()

    def keep_draft(self) -> None:
        """Put the call on the disk as it stands; done after every change and on Ctrl+S."""
        member_id = self._member
        if member_id is None or self._is_saving or self._entries.is_empty:
            return
        content = replace(self._entries, seconds=self._seconds()).draft()
        self._courier.send(
            Lane.WRITE, lambda: self._of.drafts.keep(member_id, KIND, content), to=self._kept, failed=self._failed
        )

    def save(self, *, stays: bool = False) -> None:
        """Save the call once; asked before the person was read, it waits for that."""
        if self._member is None or self._is_saving:
            return
        if self._sheet is None:
            self._waits_to_save = stays
            return
        moment = self._of.clock.moment()
        if refusal := self._judge.refusal(self._entries, moment):
            self.refused.emit(refusal)
            return
        self._is_saving = True
        form = replace(self._entries, seconds=self._seconds()).form(
            self._member,
            now=self._of.clock.instant(),
            call_back_at=self._judge.call_back_at(self._entries, moment),
            lessons=self._lessons,
        )
        self._courier.send(
            Lane.WRITE,
            lambda: self._of.calls.record(form),
            to=lambda recorded: self._saved(recorded, stays=stays),
            failed=self._failed,
            asker=self,
        )

    def leave(self) -> None:
        """Keep the call as a draft and close it; one in which nothing was pressed leaves nothing behind."""
        member_id, entries = self._member, self._entries
        if member_id is None or self._is_saving:
            return
        name = self._sheet.name if self._sheet else ""
        self.keep_draft()
        if not entries.is_empty:
            self._left[member_id] = replace(entries, seconds=self._seconds())
        self._end()
        if entries.is_empty:
            self.left.emit()
        else:
            self.kept.emit(self._say.words.say("kept", name=name))

    def find_drafts(self) -> None:
        """Look for calls left open; answered by ``drafts_found``."""
        self._courier.send(Lane.READ, self._of.unfinished, to=self.drafts_found.emit, asker=self)

    def unfinished(self) -> str:
        """Say that a call goes on, for the lock screen, or nothing."""
        if self._member is None:
            return ""
        minutes, seconds = divmod(self._seconds(), 60)
        return self._say.words.say("unfinished", elapsed=f"{minutes:02}:{seconds:02}")

    def wish_visit(self) -> None:
        """Ask for a visit for this person while the call goes on."""
        if self._member is not None:
            self.visit_wished.emit(self._member)

    def wish_lesson(self) -> None:
        """Teach this person while the call goes on."""
        if self._member is not None:
            self.lesson_wished.emit(self._member)

    def _show(self, read: CallRead) -> None:
        member_id = read.page.member.id
        if self._member != member_id:
            return
        maker = SheetMaker(self._say, self._of.clock.moment())
        self._sheet = maker.sheet(read.page, read.draft)
        self._judge, self._lessons = Judge(self._say, self._sheet, read.open_reasons), dict(read.lessons)
        left = self._left.pop(member_id, None) or (maker.started(read.draft) if read.draft else None)
        self._has_draft = left is not None
        entries = self._entries.over(left) if left else self._entries
        self._entries = replace(
            entries, number=entries.number or self._sheet.number, language=entries.language or self._sheet.language
        )
        self.list_read.emit(maker.frozen(read.queue, member_id))
        self.sheet_read.emit(self._sheet)
        self.restored.emit(self._entries)
        self._stand()
        self._tick()
        self._propose(member_id)
        if self._waits_to_save is not None:
            self.save(stays=self._waits_to_save)

    def _stand(self) -> None:
        self.stood.emit(self._judge.standing(self._entries, self._of.clock.moment()))

    def _propose(self, member_id: MemberId) -> None:
        outcome = self._entries.outcome
        if outcome is None:
            return
        at = self._judge.call_back_at(self._entries, self._of.clock.moment())
        self._courier.send(
            Lane.READ, lambda: self._of.calls.propose(member_id, outcome, at), to=self._proposed, failed=self._failed
        )

    def _proposed(self, step: NextStep) -> None:
        if self._member is not None:
            self.steps_proposed.emit(self._judge.steps(step, self._of.clock.moment()))

    def _kept(self, kept: Kept) -> None:
        if self._member is not None:
            local = self._of.clock.moment().calendar.local(kept.saved_at)
            self.draft_kept.emit(self._say.words.say("note.saved", time=f"{local:%H:%M:%S}"))
        if not self._has_draft:
            self._has_draft = True
            self._board.post(kept.touched)

    def _saved(self, recorded: Recorded, *, stays: bool) -> None:
        contact, name = recorded.contact, self._sheet.name if self._sheet else ""
        words = self._say.saved(name, contact.outcome, recorded.next_step, self._of.clock.moment())
        self._end()
        self._board.post(recorded.touched)
        self.saved.emit(SavedCall(words, contact.id, contact.member_id, stays))

    def _not_read(self, error: BaseException) -> None:
        self._end()
        self.left.emit()
        self._failed(error)

    def _failed(self, error: BaseException) -> None:
        self._is_saving, self._waits_to_save = False, None
        if not isinstance(error, KNOWN):
            raise error
        self.refused.emit(self._judge.worded(error))

    def _end(self) -> None:
        self._clock.stop()
        self._member, self._sheet, self._is_saving, self._waits_to_save = None, None, False, None
        self._entries, self._judge = Entries(), Judge(self._say)

    def _seconds(self) -> int:
        started = self._entries.started_at
        if self._entries.seconds or started is None:
            return self._entries.seconds
        return max(0, round((self._of.clock.instant() - started) / timedelta(seconds=1)))

    def _tick(self) -> None:
        minutes, seconds = divmod(self._seconds(), 60)
        self.elapsed.emit(f"{minutes:02}:{seconds:02}")
