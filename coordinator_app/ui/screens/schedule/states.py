"""What the schedule shows, as finished values."""

from dataclasses import dataclass

from coordinator_app.domain.ids import ActivityId
from coordinator_app.ui.shared.agenda import Block
from coordinator_app.ui.shared.choices import Choice
from coordinator_app.ui.shared.fields import Option
from coordinator_app.ui.shared.identity import Identity
from coordinator_app.ui.shared.steps import Step


@dataclass(frozen=True, slots=True)
class DayState:
    """One day: its name, its blocks, and what one should know about it."""

    title: str
    blocks: tuple[Block, ...]
    foot: str = ""
    is_closed: bool = False
    nothing: str = ""
    untimed: str = ""


@dataclass(frozen=True, slots=True)
class FormState:
    """The person and everything that can be chosen; ``moves`` are what may become of a known visit."""

    identity: Identity
    title: str
    types: tuple[Option, ...]
    clinicians: tuple[Option, ...]
    hows: tuple[Option, ...]
    moves: tuple[Choice, ...] = ()
    safety: str = ""
    has_another: bool = False


@dataclass(frozen=True, slots=True)
class TimesState:
    """The times that fit, and by when it should be."""

    choices: tuple[Choice, ...]
    deadline: str = ""
    none: str = ""


@dataclass(frozen=True, slots=True)
class FormStanding:
    """What saving would do now, and which parts are asked for."""

    save: str
    may_save: bool
    steps: tuple[Step, ...]
    spoken_steps: str
    asks_how: bool
    asks_confirmed_by: bool
    asks_time: bool
    time_stays: str = ""
    time_read: str = ""
    time_error: str = ""
    clash: str = ""
    foot: str = ""


@dataclass(frozen=True, slots=True)
class SavedVisit:
    """A revision that is on the disk: the sentence of the toast, its act, and whether to go back."""

    words: str
    act_id: ActivityId
    goes_back: bool
