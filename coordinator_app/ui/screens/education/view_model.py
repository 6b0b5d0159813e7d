"""A lesson from its topic to the disk: it holds what was chosen, keeps the draft, saves once."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal

from coordinator_app.domain.ids import MemberId
from coordinator_app.domain.teaching_topic import Topic
from coordinator_app.services.drafts import Kept
from coordinator_app.services.teaching import Taught
from coordinator_app.ui.screens.education.entries import LessonEntries, entries_from
from coordinator_app.ui.screens.education.states import LessonState, PersonState, SavedLesson
from coordinator_app.ui.screens.education.wording import EducationWords
from coordinator_app.ui.screens.education.work import KIND, EducationServices, LessonRead
from coordinator_app.ui.shared.courier import Errands, Lane
from coordinator_app.ui.shared.failure_words import KNOWN, failure_words
from coordinator_app.ui.shared.noticeboard import Noticeboard


class EducationViewModel(QObject):
    """One person's lesson at a time.

    Signals:
        begun(): a person was asked for and is being read; keys belong to the lesson from now on.
        person_read(PersonState), entered(LessonEntries): who is taught, and what stands in the form.
        lesson_shown(LessonState): the text of the topic, in the language chosen.
        draft_kept(str): the sentence of when the draft was written on the disk.
        saved(SavedLesson): the lesson is on the disk.
        left(): the form was closed; what was entered stays as a draft.
        refused(str): why it was not saved, in words.
    """

    begun = Signal()
    person_read = Signal(object)
    entered = Signal(object)
    lesson_shown = Signal(object)
    draft_kept = Signal(str)
    saved = Signal(object)
    left = Signal()
    refused = Signal(str)

    def __init__(self, services: EducationServices, courier: Errands, board: Noticeboard, say: EducationWords) -> None:
        super().__init__()
        self._of, self._courier, self._board, self._say = services, courier, board, say
        self._wished: MemberId | None = None
        self._person: LessonRead | None = None
        self._entries = LessonEntries()
        self._is_saving = False

    @property
    def member_id(self) -> MemberId | None:
        """Who is taught, once the person was read."""
        return None if self._person is None else self._person.page.member.id

    @property
    def entries(self) -> LessonEntries:
        """What was chosen and typed so far."""
        return self._entries

    @property
    def topic(self) -> Topic | None:
        """The topic chosen, once the library was read."""
        topics = self._person.topics if self._person else ()
        return next((each for each, _ in topics if each.id == self._entries.topic), None)

    def open(self, member_id: MemberId) -> None:
        """Begin a lesson for a person, or take its draft up."""
        self._forget()
        self._wished = member_id
        self.begun.emit()
        self._courier.send(Lane.READ, partial(self._of.read, member_id), to=self._show, failed=self._failed)

    def change(self, entries: LessonEntries) -> None:
        """Take what was chosen or typed and keep the draft."""
        if self._wished is None:
            return
        before, self._entries = self._entries, entries
        if (before.topic, before.language) != (entries.topic, entries.language):
            self._show_lesson()
        self.keep_draft()

    def keep_draft(self) -> None:
        """Put the lesson on the disk as it stands."""
        if self._person is None or self._is_saving or self._entries.is_empty:
            return
        job = partial(self._of.drafts.keep, self._person.page.member.id, KIND, self._entries.draft())
        self._courier.send(Lane.WRITE, job, to=self._kept, failed=self._failed)

    def save(self) -> None:
        """Save the lesson once."""
        if self._person is None or self._is_saving:
            return
        entries = self._entries
        if not entries.topic or entries.result is None:
            self.refused.emit(self._say.words.say("refusal.no_result" if entries.topic else "refusal.no_topic"))
            return
        self._is_saving = True
        job = partial(self._of.teaching.record, entries.lesson(self._person.page.member.id, entries.result))
        self._courier.send(Lane.WRITE, job, to=self._saved, failed=self._failed, asker=self)

    def close(self) -> None:
        """Leave; what was entered stays as a draft."""
        if self._is_saving:
            return
        self.keep_draft()
        self._forget()
        self.left.emit()

    def _show(self, read: LessonRead) -> None:
        page = read.page
        if self._wished != page.member.id:
            return
        self._person = read
        begun = entries_from(read.draft.content) if read.draft else LessonEntries()
        self._entries = replace(
            begun,
            language=begun.language or page.member.language_spoken,
            learner="guardian" if page.is_minor and not read.draft else begun.learner,
        )
        now = self._of.clock.moment()
        topics = [topic for topic, _ in read.topics]
        taken_up = self._say.people.done_at(read.draft.saved_at, now) if read.draft else ""
        self.person_read.emit(
            PersonState(
                name=page.member.name,
                banner=self._say.people.banner(page, now),
                topics=self._say.topics(read.topics),
                languages=self._say.languages(page, topics),
                learners=self._say.learners(),
                taken_up=self._say.words.say("taken_up", at=taken_up) if taken_up else "",
            )
        )
        self.entered.emit(self._entries)
        self._show_lesson()

    def _show_lesson(self) -> None:
        topic = self.topic
        shown = self._say.lesson(topic, self._entries.language) if topic is not None else LessonState()
        self.lesson_shown.emit(shown)

    def _kept(self, kept: Kept) -> None:
        if self._person is not None:
            local = self._of.clock.moment().calendar.local(kept.saved_at)
            self.draft_kept.emit(self._say.words.say("kept", time=f"{local:%H:%M:%S}"))

    def _saved(self, taught: Taught) -> None:
        topic, person = self.topic, self._person
        if topic is None or person is None:
            return
        words = self._say.saved(person.page.member.name, topic, taught.teaching.result)
        self._forget()
        self._board.post(taught.touched)
        self.saved.emit(SavedLesson(words, taught.teaching.id))

    def _failed(self, error: BaseException) -> None:
        self._is_saving = False
        if not isinstance(error, KNOWN):
            raise error
        words = self._say.words
        self.refused.emit(words.say("trouble", sentence=failure_words(words.catalogue, error)))

    def _forget(self) -> None:
        self._wished, self._person, self._entries = None, None, LessonEntries()
        self._is_saving = False
