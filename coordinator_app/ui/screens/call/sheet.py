"""What the call screen shows, as finished values."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from coordinator_app.domain.ids import ActivityId, MemberId, ReasonId
from coordinator_app.ui.shared.banner import BannerFacts
from coordinator_app.ui.shared.choices import Choice
from coordinator_app.ui.shared.fields import Option
from coordinator_app.ui.shared.pair_row import PairRow


@dataclass(frozen=True, slots=True)
class AskedReason:
    """An open reason and what may be answered to it; each option's value is the answer, ``hint`` what holds without."""

    key: ReasonId
    words: str
    hint: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class TopicLine:
    """A topic to tick; on one with a lesson the patient can be asked to say it back."""

    key: str
    words: str
    has_lesson: bool


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What can come of a call: nine by key, and the further ones the ninth opens."""

    first: tuple[Choice, ...]
    further: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything about the person and the call that stands while it lasts.

    ``notes_of`` says for each number how it may be used; ``warns_of`` are the numbers that say: no message.
    """

    member_id: MemberId
    name: str
    banner: BannerFacts
    outcomes: Outcomes
    safety: str = ""
    look_alike: str = ""
    numbers: tuple[Option, ...] = ()
    number: str = field(default="", repr=False)
    notes_of: Mapping[str, str] = field(default_factory=dict, repr=False)
    no_message: frozenset[str] = field(default_factory=frozenset, repr=False)
    languages: tuple[Option, ...] = ()
    language: str = ""
    needs_interpreter: str = ""
    topics: tuple[TopicLine, ...] = ()
    reasons: tuple[AskedReason, ...] = ()
    taken_up: str = ""


@dataclass(frozen=True, slots=True)
class FrozenList:
    """The call list as it stood when the call began."""

    title: str
    rows: tuple[PairRow, ...]
    current: MemberId


@dataclass(frozen=True, slots=True)
class Standing:
    """What the call allows now, and what saving it would do."""

    foot: str
    foot_warns: bool = False
    identity: str = ""
    asks_identity: bool = False
    is_open: bool = False
    topics: str = ""
    asks_call_back: bool = False
    call_back_read: str = ""
    call_back_error: str = ""


@dataclass(frozen=True, slots=True)
class StepChoices:
    """The next steps one can choose; the value None is the protocol's proposal."""

    options: tuple[Option, ...]
    rule: str = ""


@dataclass(frozen=True, slots=True)
class SavedCall:
    """A call that is on the disk: the sentence of the toast, its act, and whether to stay with the person."""

    words: str
    act_id: ActivityId
    member_id: MemberId
    stays: bool = False
