"""What the loop of sync asks of the centre and of the store."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any, Protocol

from coordinator_app.domain.travel import Hello, Listing, Op, OpResult, Page, PanelState, Place, Receipt, Verdict

Progress = Callable[[int, int], None]
"""Told after each page of a first copy: members done, of how many."""


class HubSession(Protocol):
    """One conversation with the centre; every call may raise Trouble("offline")."""

    def hello(self, device_id: str) -> Hello:
        """Say who we are and hear what we may hold; the answer is trusted only after the centre proved itself."""

    def reference(self, initiative_id: str) -> Sequence[tuple[Any, ...]]:
        """Return the whole reference bundle."""

    def push(self, device_id: str, ops: Sequence[Op]) -> Sequence[OpResult]:
        """Send ops and return what became of each, in their order."""

    def outcomes(self, ops: Sequence[str]) -> Sequence[OpResult]:
        """Return how acts stand by now that the centre had set aside."""

    def waiting(self) -> Sequence[Mapping[str, Any]]:
        """Return what waits for this supervisor's word."""

    def purged(self, receipt: Receipt) -> None:
        """Tell the centre that people were deleted here."""

    def listing(self, panel_id: str) -> Listing:
        """Return whom a first copy must bring, those to be called first in front."""

    def copy_page(self, panel_id: str, depth: str, members: Sequence[str], tables: Sequence[str] = ()) -> Page:
        """Return all rows of some members; of these tables alone, where any are named."""

    def feed_page(self, place: Place, limit: int, unknown: Callable[[Iterable[str]], set[str]]) -> Page:
        """Return the next members that changed; all rows of those who entered or are ``unknown``."""

    def digests(self, panel_id: str, depth: str) -> Mapping[str, int]:
        """Return one number per member over ids and versions of all rows."""


class Hub(Protocol):
    """The centre, as far away as the network."""

    def session(self) -> AbstractContextManager[HubSession]:
        """Connect; Trouble("offline") where nobody answers."""


class Desk(Protocol):
    """The store, as sync sees it; every method is one transaction."""

    def device_id(self) -> str:
        """Return the id under which this workstation sends."""

    def greet(self, hello: Hello, skew_ms: int) -> bool:
        """Keep what hello said and the list of panels; True where the centre has another history than before."""

    def bundles(self) -> Mapping[str, str]:
        """Return the version of the reference bundle held of each initiative."""

    def take_bundle(self, initiative_id: str, version: str, rows: Sequence[tuple[Any, ...]]) -> None:
        """Replace a bundle whole."""

    def waiting(self, limit: int) -> Sequence[Op]:
        """Return the oldest unsent ops."""

    def settle(self, verdicts: Sequence[Verdict]) -> None:
        """Keep what became of ops, and open what only a person can settle."""

    def replay(self) -> int:
        """Have every op the centre may have lost sent again, and say how many."""

    def set_aside(self) -> Sequence[str]:
        """Return the ops the centre set aside and somebody may still decide about."""

    def hear_again(self, verdicts: Sequence[Verdict]) -> None:
        """Keep how set-aside ops stand now, and close or reopen what they asked of a person."""

    def keep_waiting(self, items: Sequence[Mapping[str, Any]]) -> None:
        """Replace the list of what waits for this supervisor's word."""

    def waiting_count(self) -> int:
        """Return how many ops are unsent."""

    def panels(self) -> Sequence[PanelState]:
        """Return what is held of each panel."""

    def places(self) -> Sequence[Place]:
        """Return how far each panel was read."""

    def begin_copy(self, panel_id: str, epoch: str, listing: Listing, only: set[str] | None = None) -> None:
        """Start a first copy, or a repair of some members; whoever is not listed leaves."""

    def next_to_copy(self, panel_id: str, limit: int) -> Sequence[str]:
        """Return the next members a first copy owes."""

    def take_copy(self, place: Place, page: Page) -> None:
        """Apply a page of a first copy and cross its members off."""

    def end_copy(self, panel_id: str, as_of: datetime) -> None:
        """Note that the panel is whole."""

    def begin_fill(self, panel_id: str) -> None:
        """Owe the tables asked for of everybody held; the feed's place stays where it is."""

    def end_fill(self, panel_id: str) -> None:
        """Note that they are here."""

    def take_feed(self, place: Place, page: Page, as_of: datetime) -> None:
        """Apply a page of the feed and move the place, together."""

    def unknown(self, members: Iterable[str]) -> set[str]:
        """Return those of ``members`` the store does not hold."""

    def digests(self, panel_id: str, depth: str) -> Mapping[str, int]:
        """Return the same number per member as the centre does."""

    def expire(self, panel_id: str) -> None:
        """Give a panel's cursor up: it is copied whole again."""

    def verified(self, panel_id: str, epoch: str, listing: Listing, differing: set[str], at: datetime) -> None:
        """Note that a panel was compared, and owe those who differ again."""

    def leave(self, panels: Iterable[str]) -> int:
        """Let whole panels go, unsent work first, and say how many members left."""

    def purge(self) -> int:
        """Delete those who left and whose work was delivered; say how many."""

    def receipts(self) -> Sequence[Receipt]:
        """Return what was deleted and the centre does not know of yet."""

    def forget_receipt(self, receipt: Receipt) -> None:
        """Forget a receipt the centre has."""

    def renumber(self) -> str:
        """Take a new device id after the centre found two workstations under the old one."""
