"""What the education screen shows, as finished values."""

from dataclasses import dataclass

from coordinator_app.domain.ids import ActivityId
from coordinator_app.ui.shared.banner import BannerFacts
from coordinator_app.ui.shared.choices import Choice
from coordinator_app.ui.shared.fields import Option


@dataclass(frozen=True, slots=True)
class PersonState:
    """Who is taught, and everything that can be chosen."""

    name: str
    banner: BannerFacts
    topics: tuple[Choice, ...]
    languages: tuple[Option, ...]
    learners: tuple[Option, ...]
    taken_up: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """What to ask, and what to listen for."""

    ask: str
    hear: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A heading with its short lines; an urgent one is set in red."""

    heading: str
    lines: tuple[str, ...]
    is_urgent: bool = False


@dataclass(frozen=True, slots=True)
class LessonState:
    """The text of the topic chosen, in the language that is shown; ``marks`` say draft or a missing language."""

    title: str = ""
    lead: str = ""
    passages: tuple[Passage, ...] = ()
    questions: tuple[Question, ...] = ()
    source: str = ""
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SavedLesson:
    """A lesson that is on the disk: the sentence of the toast and its act."""

    words: str
    act_id: ActivityId
