"""What came back of the lesson: language, learner, the questions, the result, the plan."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from coordinator_app.domain.activity import TeachBack
from coordinator_app.ui.screens.education.entries import LessonEntries
from coordinator_app.ui.screens.education.lesson_text import Questions
from coordinator_app.ui.screens.education.states import LessonState, PersonState
from coordinator_app.ui.shared.fields import ComboField
from coordinator_app.ui.shared.headings import Heading
from coordinator_app.ui.shared.layout import Column, Line, pin
from coordinator_app.ui.shared.note_field import NoteField
from coordinator_app.ui.shared.text import Text
from coordinator_app.ui.shared.theme import Theme
from coordinator_app.ui.shared.toggles import Toggle, ToggleGrid, ToggleKind
from coordinator_app.ui.shared.tokens import Tone
from coordinator_app.ui.shared.typography import Type
from coordinator_app.ui.shared.wording import Words


class LessonForm(QWidget):
    """The form beside the lesson; nothing is pressed beforehand.

    Signals:
        changed(LessonEntries): something was chosen or typed.
    """

    changed = Signal(object)

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        say = words.say
        self._entries = LessonEntries()
        self.language = ComboField(theme, say("language"))
        self.learner = ComboField(theme, say("learner"))
        toggles = [Toggle(str(place), say(f"result.{each}"), each) for place, each in enumerate(TeachBack, start=1)]
        self.result = ToggleGrid(theme, say("result"), toggles, ToggleKind.CHOICE)
        self.questions = Questions(theme)
        self.plan = NoteField(theme, say("plan"), hint=say("plan.hint"))
        pin(theme, self.plan, height=64)
        self._questions_head = Heading(theme, say("questions"))
        self._plan_head = Heading(theme, say("plan"), keys="Ctrl+D")
        down = Column(theme, self, spacing=8)
        fields = Line(theme, spacing=12)
        for name, field in ((say("language"), self.language), (say("learner"), self.learner)):
            pair = Column(theme, spacing=3)
            pair.addWidget(Text(theme, name, Type.SMALL, Tone.SECOND))
            pair.addWidget(field)
            fields.addLayout(pair, 1)
        for part in (Heading(theme, say("result"), keys="V"), self.result, self._questions_head, self.questions):
            down.addWidget(part)
        down.addWidget(self._plan_head)
        down.addWidget(self.plan)
        down.addLayout(fields)
        down.addStretch(1)
        self.language.chosen.connect(lambda code: self._tell(replace(self._entries, language=str(code))))
        self.learner.chosen.connect(lambda who: self._tell(replace(self._entries, learner=str(who))))
        self.result.changed.connect(self._result)
        self.plan.paused.connect(lambda plan: self._tell(replace(self._entries, plan=plan)))

    def show_person(self, person: PersonState) -> None:
        """Offer languages and learners."""
        self.language.set_options(person.languages)
        self.learner.set_options(person.learners)
        self._plan_head.set_aside(person.taken_up)

    def show_entries(self, entries: LessonEntries) -> None:
        """Show what was chosen and typed."""
        self._entries = entries
        self.language.set_value(entries.language or None)
        self.learner.set_value(entries.learner)
        self.result.set_on((entries.result,) if entries.result else ())
        self.plan.set_words(entries.plan)

    def show_lesson(self, lesson: LessonState) -> None:
        """Show what to ask."""
        self.questions.show_questions(lesson.questions)
        self._questions_head.setVisible(bool(lesson.questions))
        self.questions.setVisible(bool(lesson.questions))

    def show_kept(self, words: str) -> None:
        """Say when the draft was written on the disk."""
        self._plan_head.set_aside(words, Tone.DONE)

    def add_to_plan(self, words: str) -> None:
        """Note what was done beside what is planned, such as a sheet that was printed."""
        plan = self.plan.words().strip()
        if words not in plan:
            self.plan.set_words(f"{plan} {words}".strip())
            self._tell(replace(self._entries, plan=self.plan.words()))

    def choose_topic(self, topic: str) -> None:
        """Take the topic a person chose; a result belongs to its topic alone."""
        self._tell(replace(self._entries, topic=topic, result=None))
        self.result.set_on(())

    def _result(self, on: object) -> None:
        values = on if isinstance(on, tuple) else ()
        result = values[0] if values and isinstance(values[0], TeachBack) else None
        self._tell(replace(self._entries, result=result))

    def _tell(self, entries: LessonEntries) -> None:
        self._entries = entries
        self.changed.emit(entries)
