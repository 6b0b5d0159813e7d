"""What the screen shows, in words ready to be painted."""

from dataclasses import dataclass

from coordinator_app.ui.shared.facts import Fact
from coordinator_app.ui.shared.identity import Identity
from coordinator_app.ui.shared.pair_row import PairRow
from coordinator_app.ui.shared.tabs import Tab


@dataclass(frozen=True, slots=True)
class ListState:
    """The list side; ``empty`` is what it says when there are no rows."""

    tabs: tuple[Tab, ...]
    tab: str
    rows: tuple[PairRow, ...]
    empty: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """One way to settle an item: its key, what it is called, its one value in large, and what else it says."""

    key: str
    choice: str
    head: str
    value: str = ""
    lines: tuple[str, ...] = ()
    foot: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asking:
    """A field that a choice takes words in; ``words`` stand in it beforehand."""

    label: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class ItemState:
    """One item: what happened, why, how it can be settled, what the choice changes, and what was written."""

    key: str
    who: Identity | None
    title: str
    why: str
    what_to_do: str
    written: tuple[Fact, ...]
    options: tuple[Option, ...] = ()
    chosen: str = ""
    changes: tuple[str, ...] = ()
    asking: Asking | None = None
    settle: str = ""
    is_open: bool = True
    may_undo: bool = False
    has_patient: bool = False
    may_export: bool = False
