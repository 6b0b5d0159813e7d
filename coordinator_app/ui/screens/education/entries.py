"""What was chosen and typed about a lesson, and its draft on the disk."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from coordinator_app.domain.activity import TeachBack
from coordinator_app.domain.ids import MemberId
from coordinator_app.services.teaching import Lesson


@dataclass(frozen=True, slots=True)
class LessonEntries:
    """Topic and result are pressed, never assumed; language and learner are proposed and can be changed."""

    topic: str = ""
    result: TeachBack | None = None
    language: str = ""
    learner: str = "patient"
    plan: str = ""

    @property
    def is_empty(self) -> bool:
        """True where there is nothing to keep."""
        return not self.topic and self.result is None and not self.plan.strip()

    def lesson(self, member_id: MemberId, result: TeachBack) -> Lesson:
        """Return what the service saves."""
        return Lesson(member_id, self.topic, result, self.language or "en", self.learner, self.plan.strip())

    def draft(self) -> dict[str, str]:
        """Return it as the draft on the disk holds it."""
        return {
            "topic": self.topic,
            "result": self.result.value if self.result else "",
            "language": self.language,
            "learner": self.learner,
            "plan": self.plan,
        }


def entries_from(draft: Mapping[str, Any]) -> LessonEntries:
    """Return what a draft holds; words this program does not know any more are left out."""
    result = str(draft.get("result") or "")
    return LessonEntries(
        topic=str(draft.get("topic") or ""),
        result=TeachBack(result) if result in {each.value for each in TeachBack} else None,
        language=str(draft.get("language") or ""),
        learner=str(draft.get("learner") or "patient"),
        plan=str(draft.get("plan") or ""),
    )
