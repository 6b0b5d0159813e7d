"""What the Today screen shows, as values: the list, the pane, the day so far."""

from dataclasses import dataclass

from coordinator_app.ui.shared.empty_state import EmptyWords
from coordinator_app.ui.shared.facts import Fact
from coordinator_app.ui.shared.identity import Identity
from coordinator_app.ui.shared.ledger import ReasonLine
from coordinator_app.ui.shared.queue_row import QueueRow
from coordinator_app.ui.shared.sort_line import Filter
from coordinator_app.ui.shared.tabs import Tab
from coordinator_app.ui.shared.tally import Tally


@dataclass(frozen=True, slots=True)
class ListState:
    """The list side: its tabs, how it is sorted and filtered, a line on top, and its rows or why there are none."""

    tabs: tuple[Tab, ...]
    tab: str
    not_listed: str
    rows: tuple[QueueRow, ...]
    sorted_words: str
    sorted_short: str
    updated: str = ""
    filters: tuple[Filter, ...] = ()
    pinned: str = ""
    feed: str = ""
    empty: EmptyWords | None = None
    may_show_due_soon: bool = False
    may_clear_filter: bool = False
    is_not_listed: bool = False


@dataclass(frozen=True, slots=True)
class PaneState:
    """The person chosen: identity first, the rest once it has been read (``is_whole``)."""

    member_id: str
    identity: Identity
    safety: str = ""
    reasons: tuple[ReasonLine, ...] = ()
    facts: tuple[Fact, ...] = ()
    is_whole: bool = False
    is_not_listed: bool = False


@dataclass(frozen=True, slots=True)
class DayState:
    """What was done today, and what waits to be sent."""

    tallies: tuple[Tally, ...]
    waiting: tuple[Tally, ...]


@dataclass(frozen=True, slots=True)
class FilterOption:
    """One thing to filter by, under the words of its group."""

    group: str
    name: str
    value: str
    words: str
