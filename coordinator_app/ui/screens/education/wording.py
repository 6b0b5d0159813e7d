"""The sentences of the education screen."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from coordinator_app.domain.activity import TeachBack
from coordinator_app.domain.teaching_topic import Topic
from coordinator_app.services.chart import PatientPage
from coordinator_app.ui.screens.education.states import LessonState, Passage, Question
from coordinator_app.ui.shared.choices import Choice
from coordinator_app.ui.shared.fields import Option
from coordinator_app.ui.shared.patient_words import PatientWords
from coordinator_app.ui.shared.wording import Words

KEYS: Final = "123456789ABCDEFGHI"
"""The keys of the topics in the order shown; J and K move in every list."""

LEARNERS: Final = ("patient", "caregiver", "guardian")


@dataclass(frozen=True, slots=True)
class EducationWords:
    """Says lessons in the language of the window; the lessons themselves speak the patient's."""

    words: Words
    people: PatientWords

    def topics(self, found: Iterable[tuple[Topic, bool]]) -> tuple[Choice, ...]:
        """Return the topics with their keys, those that suit first and marked so."""
        return tuple(
            Choice(key, topic.text(self.words.lang).title, topic.id, self.words.say("suits") if suits else "")
            for key, (topic, suits) in zip(KEYS, found, strict=False)
        )

    def languages(self, page: PatientPage, topics: Iterable[Topic]) -> tuple[Option, ...]:
        """Return the patient's language first, then those somebody wrote lessons in."""
        written = [code for topic in topics for code in topic.languages]
        codes = dict.fromkeys([page.member.language_spoken, *sorted(set(written))])
        return tuple(Option(self.people.language(code), code) for code in codes)

    def learners(self) -> tuple[Option, ...]:
        """Return who may have been taught."""
        return tuple(Option(self.words.say(f"learner.{each}"), each) for each in LEARNERS)

    def lesson(self, topic: Topic, language: str) -> LessonState:
        """Return the text of a topic; where nobody wrote it in the language, the English one says so."""
        text = topic.text(language)
        is_written = language.split("-", maxsplit=1)[0] in topic.languages
        marks = [] if is_written else [self.words.say("no_text", language=self.people.language(language))]
        if topic.is_draft:
            marks.append(self.words.say("draft"))
        passages = [Passage(part.heading, part.lines) for part in text.parts]
        # The headings are read aloud with the text, so they speak its language and not the window's.
        spoken = language.split("-", maxsplit=1)[0] if is_written else "en"
        passages.append(Passage(self._heading("call_us", spoken), text.call))
        passages.append(Passage(self._heading("call_911", spoken), text.emergency, is_urgent=True))
        return LessonState(
            title=text.title,
            lead=text.lead,
            passages=tuple(passages),
            questions=tuple(Question(each.ask, each.hear) for each in text.teach_back),
            source=self.words.say("source", name=topic.source.name, year=topic.source.year, version=topic.version),
            marks=tuple(marks),
        )

    def _heading(self, name: str, language: str) -> str:
        key = f"{name}.{language}"
        has_own = self.words.catalogue.has(f"{self.words.screen}.{key}")
        return self.words.say(key if has_own else f"{name}.en")

    def saved(self, name: str, topic: Topic, result: TeachBack) -> str:
        """Return the sentence of the toast."""
        title = topic.text(self.words.lang).title
        return self.words.say("saved", name=name, topic=title, result=self.words.say(f"/acts.result.{result}"))
