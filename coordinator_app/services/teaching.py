"""Teaching a topic and writing down what came back."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from coordinator_app.domain.activity import TeachBack, Teaching
from coordinator_app.domain.ids import ActivityId, MemberId, new_id
from coordinator_app.domain.trouble import Refusal
from coordinator_app.services.members import known
from coordinator_app.services.ports import Clock, Me, OpenBook
from coordinator_app.services.touched import Touched


class Topic(Protocol):
    """A topic of the library, as far as teaching needs it."""

    @property
    def id(self) -> str:
        """The topic's id."""
        ...

    @property
    def version(self) -> str:
        """The version whose text was used."""
        ...

    @property
    def languages(self) -> Sequence[str]:
        """The languages a person wrote it in."""
        ...


class Library(Protocol):
    """The bundled and pulled education topics."""

    def topics(self) -> Sequence[Topic]:
        """Return all topics in the order shown."""
        ...


@dataclass(frozen=True, slots=True)
class Lesson:
    """What was taught; ``result`` is pressed, never assumed. ``taught_at`` is true time, now when not given."""

    member_id: MemberId
    topic: str
    result: TeachBack
    language: str = "en"
    learner: str = "patient"
    plan: str = field(default="", repr=False)
    contact_id: ActivityId | None = None
    taught_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Taught:
    """A lesson is on the disk; ``speaks_language`` is False where no approved text exists in it (practice 29)."""

    teaching: Teaching
    speaks_language: bool
    touched: Touched = Touched.TEACHING | Touched.DRAFTS


class TeachingNotes:
    """Records lessons."""

    def __init__(self, open_book: OpenBook, clock: Clock, me: Me, library: Library) -> None:
        self._open_book, self._clock, self._me, self._library = open_book, clock, me, library

    def topics(self) -> Sequence[Topic]:
        """Return the library's topics."""
        return self._library.topics()

    def record(self, lesson: Lesson) -> Taught:
        """Save a lesson. Refusal: ``unknown_member``, ``unknown_topic``."""
        topic = next((each for each in self._library.topics() if each.id == lesson.topic), None)
        if topic is None:
            raise Refusal("unknown_topic", "There is no such topic in the library.")
        now = self._clock.instant()
        with self._open_book() as book:
            member = known(book.shelves, lesson.member_id)
            teaching = Teaching(
                id=ActivityId(new_id()),
                member_id=member.id,
                author_id=self._me.staff_id,
                occurred_at=lesson.taught_at or now,
                recorded_at=now,
                sensitivity=member.sensitivity,
                topic=topic.id,
                result=lesson.result,
                contact_id=lesson.contact_id,
                topic_version=str(topic.version),
                language=lesson.language,
                learner=lesson.learner,
                plan=lesson.plan,
            )
            book.add(teaching)
            book.drop_draft(member.id, "teaching")
            book.commit("teaching", member.id)
        return Taught(teaching, lesson.language in topic.languages)
