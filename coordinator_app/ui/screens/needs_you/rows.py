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
class ItemState:
    """One item: what happened, why, what was written, and where two values differ."""

    key: str
    who: Identity | None
    title: str
    why: str
    what_to_do: str
    written: tuple[Fact, ...]
    differing: tuple[Fact, ...] = ()
    is_open: bool = True
    has_patient: bool = False
