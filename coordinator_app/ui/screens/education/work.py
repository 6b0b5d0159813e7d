"""What teaching needs done in the store, as plain functions for the lanes."""

from dataclasses import dataclass

from coordinator_app.domain.draft import Draft
from coordinator_app.domain.ids import MemberId
from coordinator_app.domain.lessons_for import by_suitability, tags_of
from coordinator_app.domain.teaching_topic import Topic
from coordinator_app.services.chart import Chart, PatientPage
from coordinator_app.services.drafts import Drafts
from coordinator_app.services.ports import Clock
from coordinator_app.services.teaching import TeachingNotes

KIND = "teaching"


@dataclass(frozen=True, slots=True)
class LessonRead:
    """A person, the library in the order for them, and the draft, at one moment."""

    page: PatientPage
    topics: tuple[tuple[Topic, bool], ...]
    draft: Draft | None


@dataclass(frozen=True, slots=True)
class EducationServices:
    """The services of one desk, as far as teaching needs them."""

    teaching: TeachingNotes
    chart: Chart
    drafts: Drafts
    clock: Clock

    def read(self, member_id: MemberId) -> LessonRead:
        """Return everything a lesson begins with. Refusal: ``unknown_member``."""
        page = self.chart.open(member_id)
        topics = [each for each in self.teaching.topics() if isinstance(each, Topic)]
        tags = tags_of(each.reason for each in page.reasons if each.standing.is_open)
        return LessonRead(page, by_suitability(topics, tags), self.drafts.of(member_id, KIND))
