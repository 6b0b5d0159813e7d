"""What the review screen shows, in words ready to be painted."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from coordinator_app.ui.shared.facts import Fact
from coordinator_app.ui.shared.fields import Option
from coordinator_app.ui.shared.pair_row import PairRow
from coordinator_app.ui.shared.tabs import Tab


@dataclass(frozen=True, slots=True)
class ListState:
    """The list side; ``empty`` is what it says when there are no rows, ``notice`` stands over the whole screen."""

    tabs: tuple[Tab, ...]
    tab: str
    rows: tuple[PairRow, ...]
    sorted_words: str
    nurses: tuple[Option, ...] = ()
    outcomes: tuple[Option, ...] = ()
    nurse: object = None
    outcome: object = None
    empty: str = ""
    notice: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to score, with its scale; ``not_scored`` is the value that says it does not apply."""

    key: str
    words: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class RecordState:
    """One record as written. ``items`` is empty where nobody is to score it, and ``why_not`` says why."""

    key: str
    title: str
    under: str
    facts: tuple[Fact, ...]
    word: str = ""
    word_by: str = ""
    items: tuple[Item, ...] = ()
    scores: Mapping[str, int] = field(default_factory=dict)
    comment: str = ""
    why_not: str = ""
    is_closed: bool = False
    error: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """What a supervisor has answered so far on a record that is not saved yet."""

    scores: Mapping[str, int] = field(default_factory=dict)
    comment: str = ""
