"""What a call needs done in the store, as plain functions for the lanes."""

from collections.abc import Mapping
from dataclasses import dataclass

from coordinator_app.domain.draft import Draft
from coordinator_app.domain.ids import MemberId
from coordinator_app.domain.ranked import Tab
from coordinator_app.domain.reasons import Reason, Tier
from coordinator_app.services.call_logging import CallLogging
from coordinator_app.services.chart import Chart, PatientPage
from coordinator_app.services.drafts import Drafts
from coordinator_app.services.own_reasons import is_own
from coordinator_app.services.ports import Clock
from coordinator_app.services.teaching import TeachingNotes
from coordinator_app.services.work_queue import QueuePage, WorkQueue

KIND = "call"


@dataclass(frozen=True, slots=True)
class CallRead:
    """A person, the list and the draft at one moment; ``lessons`` are the library's topics with their versions."""

    page: PatientPage
    queue: QueuePage
    draft: Draft | None
    lessons: Mapping[str, str]

    @property
    def open_reasons(self) -> tuple[tuple[Reason, Tier], ...]:
        """The reasons open now, most urgent first."""
        open_now = (each for each in self.page.reasons if each.standing.is_open and not is_own(each.reason))
        return tuple((each.reason, each.tier) for each in open_now)


@dataclass(frozen=True, slots=True)
class CallServices:
    """The services of one desk, as far as a call needs them."""

    calls: CallLogging
    chart: Chart
    queue: WorkQueue
    drafts: Drafts
    teaching: TeachingNotes
    clock: Clock

    def read(self, member_id: MemberId) -> CallRead:
        """Return everything a call begins with. Refusal: ``unknown_member``."""
        return CallRead(
            self.chart.open(member_id),
            self.queue.page(Tab.CALL_TODAY),
            self.drafts.of(member_id, KIND),
            {topic.id: str(topic.version) for topic in self.teaching.topics()},
        )

    def unfinished(self) -> tuple[tuple[MemberId, str], ...]:
        """Return whose calls were left open, the last first, with their names."""
        waiting = [each.member_id for each in self.drafts.unfinished() if each.kind == KIND]
        return tuple((member_id, self.chart.open(member_id).member.name) for member_id in waiting)
