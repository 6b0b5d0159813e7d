"""The forms about one person that take the place of a pane: a note, a medicine, and what is asked about a reason."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QStackedWidget

from coordinator_app.services.chart import PatientPage
from coordinator_app.ui.shared.medicine_pane import MedicinePane, MedicineTyped
from coordinator_app.ui.shared.note_pane import NotePane
from coordinator_app.ui.shared.patient_acts import PatientActs
from coordinator_app.ui.shared.question_pane import QuestionPane


class PatientForms(QObject):
    """Opens the forms in a stack that holds them, and brings what is typed and answered to the acts.

    ``page`` tells of whom a form is when it is opened, and it stays theirs whoever is shown by the time it is saved.
    What closes a form is the screen's own. Without ``medicine`` a screen has no form for one.
    """

    def __init__(
        self,
        stack: QStackedWidget,
        note: NotePane,
        question: QuestionPane,
        acts: PatientActs,
        page: Callable[[], PatientPage | None],
        *,
        medicine: MedicinePane | None = None,
    ) -> None:
        super().__init__(stack)
        self._medicine = medicine
        self._stack, self._note, self._question, self._acts, self._page = stack, note, question, acts, page
        self._of: PatientPage | None = None
        self._name, self._asked = "", ""
        note.save_wished.connect(self._save_note)
        note.paused.connect(self._keep_note)
        question.answered.connect(self._take_answers)
        if medicine is not None:
            medicine.save_wished.connect(self._save_medicine)
        acts.refused.connect(self._show_refusal)
        acts.draft_kept.connect(note.show_kept)
        acts.draft_found.connect(note.take_draft)

    def begin_note(self, name: str, *, is_dispute: bool = False) -> None:
        """Open an empty note, or the one left unfinished; ``name`` is how the screen calls the person."""
        page = self._page()
        if page is not None:
            self._of, self._name = page, name
            self._stack.setCurrentWidget(self._note)
            self._note.begin(name, is_dispute=is_dispute)
            self._acts.find_draft(page.member.id)

    def begin_medicine(self, name: str) -> None:
        """Open an empty form for what was told of a medicine."""
        page = self._page()
        if page is not None and self._medicine is not None:
            self._of, self._name = page, name
            self._stack.setCurrentWidget(self._medicine)
            self._medicine.begin(name, self._acts.medicine_names(page))

    def ask(self, what: str, name: str) -> None:
        """Ask what has to be known before a reason is put off, called wrong or moved."""
        page = self._page()
        if page is not None:
            self._of, self._asked = page, what
            asked = self._acts.questions(what, page, name)
            self._stack.setCurrentWidget(self._question)
            self._question.ask(asked.title, asked.each)

    def _save_note(self, text: str) -> None:
        if self._of is not None:
            self._acts.save_note(self._of.member.id, self._name, text)

    def _save_medicine(self, typed: MedicineTyped) -> None:
        if self._of is not None:
            self._acts.save_medicine(self._of.member.id, self._name, typed)

    def _keep_note(self, text: str) -> None:
        if self._of is not None:
            self._acts.keep_draft(self._of.member.id, text)

    def _take_answers(self, given: object) -> None:
        if self._of is not None and isinstance(given, tuple):
            self._acts.answer(self._asked, self._of, given)

    def _show_refusal(self, sentence: str) -> None:
        shown = self._stack.currentWidget()
        form = shown if isinstance(shown, QuestionPane | MedicinePane) else self._note
        form.show_error(sentence)
