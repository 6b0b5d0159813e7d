"""What every screen of the window is built from, and what it gives the window back."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal

from coordinator_app.domain.access import Looked
from coordinator_app.domain.ids import ActivityId, MemberId
from coordinator_app.ui.shared.courier import Errands, Lane
from coordinator_app.ui.shared.failure_words import KNOWN
from coordinator_app.ui.shared.noticeboard import Noticeboard
from coordinator_app.ui.shared.theme import Theme
from coordinator_app.ui.shared.wording import Words
from coordinator_app.workstation.catalogue import Catalogue

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from coordinator_app.bootstrap.desk import Desk


log = logging.getLogger(__name__)


class Ways(Protocol):
    """How screens reach each other without knowing each other."""

    def go(self, key: str, member_id: MemberId | None = None) -> None:
        """Show a screen, opened for a person where one is given: today, patient, call, schedule, education, letter."""
        ...

    def back(self) -> None:
        """Show the screen that was shown before."""
        ...

    def next(self) -> None:
        """Show Today with the next person chosen, after one was done; keys on their way are discarded (practice 16)."""
        ...

    def tell(
        self,
        words: str,
        kind: str = "",
        act_id: ActivityId | None = None,
        *,
        more: Sequence[tuple[str, ActivityId]] = (),
    ) -> None:
        """Say what was done; with a kind and an act it can be taken back for ten seconds, ``more`` acts with it."""
        ...

    def count(self, key: str, number: int) -> None:
        """Show how many wait on a screen of the rail."""
        ...


class CopyProgress(QObject):
    """How far a first copy of the panel has come.

    Signals:
        moved(int, int): people that are here, of how many; 0 of 0 when none is under way.
    """

    moved = Signal(int, int)


# A signal holds its receiver weakly.
@dataclass(frozen=True, slots=True, weakref_slot=True)
class Parts:
    """Handed to the function that builds a screen; nothing else is needed and nothing is reached for."""

    theme: Theme
    catalogue: Catalogue
    courier: Errands
    noticeboard: Noticeboard
    desk: "Desk"
    ways: Ways
    progress: CopyProgress
    is_demo: bool = False

    def note_look(self, what: Looked, member_id: str = "", count: int = 1) -> None:
        """Keep what was looked at, behind the saves that are under way."""
        job = partial(self.desk.access.note, what, MemberId(member_id) if member_id else None, count)
        self.courier.send(Lane.WRITE, job, to=lambda _: None, failed=_not_noted)

    def note_search(self, found: int) -> None:
        """Keep that people were searched for; never what was typed."""
        self.courier.send(Lane.WRITE, partial(self.desk.access.searched, found), to=lambda _: None, failed=_not_noted)

    def words(self, screen: str) -> Words:
        """Return the sentences of ``resources/i18n/<lang>/<screen>.json``."""
        return Words(self.catalogue, screen)


def _not_noted(error: BaseException) -> None:
    if not isinstance(error, KNOWN):
        raise error
    # A full disk: the next save says so on the screen.
    log.warning("look not noted", extra={"code": error.code})


@dataclass(frozen=True, slots=True)
class Screen:
    """A screen as the window takes it in.

    ``open_for`` is told before the screen is shown for a person; without a person the screen shows what it showed.
    ``next_is_due`` is told before Today shows the next person. ``unfinished`` says what goes on while the window is
    locked: "Call in progress 04:32, draft saved 10:47:09", or nothing.
    ``digit`` calls it with Ctrl; a screen ``off_rail`` has no place on the rail and is marked under ``rail_key``.
    Its title on the rail is the sentence ``window.screen.<key>``. ``shown`` is told
    after it came to the front.
    """

    key: str
    widget: "QWidget"
    icon: str = ""
    digit: int = 0
    is_at_foot: bool = False
    off_rail: bool = False
    rail_key: str = ""
    open_for: Callable[[MemberId], None] | None = None
    shown: Callable[[], None] | None = None
    next_is_due: Callable[[], None] | None = None
    unfinished: Callable[[], str] | None = None
