"""Turns the wishes of the letter screen into letters composed, shown and kept."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from coordinator_app.domain.access import Looked
from coordinator_app.domain.ids import MemberId
from coordinator_app.domain.letter import Agreement, CopyFor, Delivery
from coordinator_app.services.touched import Touched
from coordinator_app.ui.screens.letter.chosen import Chosen
from coordinator_app.ui.screens.letter.leaving import Leaving
from coordinator_app.ui.screens.letter.proof import Proof, proof_of
from coordinator_app.ui.screens.letter.rows import DeskState, LetterState
from coordinator_app.ui.screens.letter.wording import LetterWording, Opened
from coordinator_app.ui.screens.letter.work import LetterServices
from coordinator_app.ui.shared.courier import Errands, Lane
from coordinator_app.ui.shared.failure_words import KNOWN, failure_words
from coordinator_app.ui.shared.noticeboard import Noticeboard
from coordinator_app.ui.shared.wording import Words

if TYPE_CHECKING:
    from collections.abc import Callable

FIRST_DOTS = 96.0
KIND = "letter"


class LetterViewModel(QObject):
    """One letter at a time, about one person.

    Signals:
        changed(LetterState), desk_changed(DeskState): show this.
        close_requested(): the screen that was shown before is wanted.
        looked(Looked, str): a confidential item of this member is on the screen.
    """

    changed = Signal(object)
    desk_changed = Signal(object)
    close_requested = Signal()
    looked = Signal(object, str)

    def __init__(
        self,
        services: LetterServices,
        courier: Errands,
        noticeboard: Noticeboard,
        words: Words,
        wording: LetterWording,
    ) -> None:
        super().__init__()
        self._services, self._courier, self._words, self._wording = services, courier, words, wording
        self._opened: Opened | None = None
        self._chosen = Chosen(MemberId(""))
        self._opens: frozenset[str] = frozenset()
        self._proof: Proof | None = None
        self._ready: Proof | None = None
        self._dots = FIRST_DOTS
        self._is_proofing = False
        self._asked: tuple[Chosen, float, bool] | None = None
        self._noticeboard = noticeboard
        self._has_draft = False
        self.leaving = Leaving(services, courier, noticeboard, words, wording, parent=self)
        self.leaving.left.connect(self._left)

    def open_for(self, member_id: MemberId) -> None:
        """Begin a letter about somebody; what was chosen for another person is gone."""
        self._opened, self._proof, self._ready, self._asked, self._opens = None, None, None, None, frozenset()
        self._has_draft = False
        self._chosen = Chosen(member_id)
        self.leaving.cancel()
        self.changed.emit(LetterState(None))
        self.desk_changed.emit(DeskState(waiting=self._words.say("desk.pick")))
        self._courier.send(Lane.READ, partial(self._open, member_id), to=self._take, failed=self._lose)

    def pick(self, program: str) -> None:
        """Choose the program, first or anew; facts taken out for another program do not count for this one."""
        self._choose(program=program, left_out=frozenset(), kept=frozenset())

    def set_kind(self, kind: CopyFor) -> None:
        """Make it another kind of letter."""
        self._chosen = self._chosen.of_kind(kind)
        self._keep_draft()
        self._show()

    def set_language(self, language: str) -> None:
        """Write the letter in another language."""
        self._choose(language=language)

    def set_delivery(self, way: Delivery) -> None:
        """Send the letter another way."""
        self._choose(delivery=way)

    def set_copy_delivery(self, way: Delivery) -> None:
        """Send the patient's copy another way."""
        self._choose(copy_delivery=way)

    def set_agreement(self, agreement: Agreement | None) -> None:
        """Say what the patient answered, today; None takes the answer back."""
        today = self._services.clock.moment().today if agreement in (Agreement.YES, Agreement.NO) else None
        self._choose(agreement=agreement, agreed_on=today)

    def set_question(self, question: str) -> None:
        """Ask something else than the program's usual question; empty is the usual one."""
        self._choose(question=question)

    def tick(self, key: str, *, on: bool) -> None:
        """Put a fact or a medicine in or out; a confidential one goes in only where it was opened."""
        chosen = self._chosen
        if key in self._opens:
            self._choose(kept=chosen.kept | {key} if on else chosen.kept - {key})
        else:
            self._choose(left_out=chosen.left_out - {key} if on else chosen.left_out | {key})

    def take_along(self, copy_for: CopyFor, *, on: bool) -> None:
        """Have a copy made, or not."""
        without = self._chosen.without
        self._choose(without=without - {copy_for} if on else without | {copy_for})

    def open_confidential(self) -> None:
        """Say what the confidential items are; it was asked for by a key."""
        if self._proof is not None:
            ordinary = 0
            rows = self._proof.main.composed.offered.why
            self._opens = frozenset(row.key for row in rows if int(row.sensitivity) != ordinary)
            if self._opens:
                self.looked.emit(Looked.CONFIDENTIAL_OPENED, self._chosen.member_id)
            self._tell()

    def set_dots(self, dots: float) -> None:
        """Paint the pages at another resolution, so that they stand on the screen dot for dot."""
        if round(dots, 1) != round(self._dots, 1):
            self._dots = dots
            self._ask_proof()

    def ask_print(self) -> None:
        """Ask before printing: which sheets, on which printer."""
        self._ask_leaving(is_print=True)

    def ask_save(self) -> None:
        """Ask before saving: into which file."""
        self._ask_leaving(is_print=False)

    def close(self) -> None:
        """Go back one step: from the last question to the letter, from the letter to the screen before."""
        if self.leaving.is_open:
            self.leaving.cancel()
        else:
            self.close_requested.emit()

    def _choose(self, **changes: object) -> None:
        self._chosen = replace(self._chosen, **changes)  # type: ignore[arg-type]
        self._keep_draft()
        self._show()

    def _keep_draft(self) -> None:
        """Keep what was chosen beyond the program; a letter only looked at leaves nothing behind."""
        chosen, drafts = self._chosen, self._services.drafts
        if not chosen.is_begun and not self._has_draft:
            return
        job: Callable[[], Touched] = partial(drafts.drop, chosen.member_id, KIND)
        if chosen.is_begun:
            job = partial(self._kept, chosen)
        is_first, self._has_draft = self._has_draft is not chosen.is_begun, chosen.is_begun
        self._courier.send(Lane.WRITE, job, to=self._noticeboard.post if is_first else _nothing, failed=self._lose)

    def _kept(self, chosen: Chosen) -> Touched:
        return self._services.drafts.keep(chosen.member_id, KIND, chosen.draft()).touched

    def _show(self) -> None:
        self._tell()
        self._ask_proof()

    def _tell(self) -> None:
        if self._opened is not None and self._chosen.program:
            self.changed.emit(self._wording.written(self._opened, self._chosen, self._proof, self._opens))

    def _open(self, member_id: MemberId) -> Opened:
        letters = self._services.letters
        page = self._services.chart.open(member_id)
        draft = self._services.drafts.of(member_id, KIND)
        content = draft.content if draft is not None else {}
        return Opened(page, letters.suggested(member_id), tuple(letters.languages()), content)

    def _take(self, opened: Opened) -> None:
        if opened.page.member.id != self._chosen.member_id:
            return
        self._opened = opened
        self._chosen = replace(
            self._chosen, patient_language=opened.patient_language, has_physician=bool(opened.physician)
        )
        offered = [each.listing.program.id for each in opened.suggestions]
        self._chosen = self._chosen.taken_up(opened.draft, offered)
        self._has_draft = self._chosen.is_begun
        if self._has_draft:
            self._show()
            return
        self.changed.emit(self._wording.picking(opened))
        self._make_ready(offered[0])

    def _make_ready(self, program: str) -> None:
        # The letter most likely asked for is composed while the list is read; nothing of it shows before it is chosen.
        chosen = replace(self._chosen, program=program)
        job = partial(proof_of, self._services.letters, self._services.engine, chosen, self._dots, is_first=True)
        self._courier.send(Lane.READ, job, to=self._keep_ready, failed=self._lose)

    def _keep_ready(self, proof: Proof) -> None:
        if proof.chosen.member_id != self._chosen.member_id:
            return
        self._ready = proof
        if self._proof is None and proof.chosen == self._chosen:
            self._use(proof)

    def _use(self, proof: Proof) -> None:
        self._proof = proof
        self.desk_changed.emit(self._wording.desk(proof))
        self._tell()

    def _ask_proof(self) -> None:
        if not self._chosen.program or self._opened is None:
            return
        if self._proof is None and self._ready is not None and self._ready.chosen == self._chosen:
            self._use(self._ready)
        # One proof at a time, and of all that were asked for meanwhile only the last.
        self._asked = (self._chosen, self._dots, self._proof is None)
        if not self._is_proofing:
            self._send_proof()

    def _send_proof(self) -> None:
        if self._asked is None:
            return
        (chosen, dots, is_first), self._asked = self._asked, None
        self._is_proofing = True
        job = partial(proof_of, self._services.letters, self._services.engine, chosen, dots, is_first=is_first)
        self._courier.send(Lane.READ, job, to=partial(self._take_proof, is_first), failed=self._lose, asker=self)

    def _take_proof(self, is_first: bool, proof: Proof) -> None:  # noqa: FBT001 - bound before it is sent
        self._is_proofing = False
        if proof.chosen.member_id == self._chosen.member_id:
            self._use(proof)
            if is_first and self._asked is None:
                self._asked = (self._chosen, self._dots, False)
        self._send_proof()

    def _lose(self, error: BaseException) -> None:
        self._is_proofing = False
        if not isinstance(error, KNOWN):
            raise error
        self.desk_changed.emit(DeskState(waiting=failure_words(self._words.catalogue, error)))
        self._send_proof()

    def _ask_leaving(self, *, is_print: bool) -> None:
        refused = self._proof.main.composed.refused if self._proof is not None else None
        if self._opened is not None and self._chosen.program and refused is None:
            proof = self._proof if self._proof is not None and self._proof.chosen == self._chosen else None
            self.leaving.ask(self._opened, self._chosen, proof, is_print=is_print)

    def _left(self) -> None:
        self.close_requested.emit()


def _nothing(_touched: Touched) -> None:
    """Take an answer nobody waits for."""
