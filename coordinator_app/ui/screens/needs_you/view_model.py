"""Turns the wishes of the screen into reads and items put away."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from coordinator_app.services.ports import Clock
from coordinator_app.services.set_aside import SEEN, Asked, SetAside
from coordinator_app.services.touched import Touched
from coordinator_app.ui.screens.needs_you.wording import OPEN, SETTLED, NeedsYouWording
from coordinator_app.ui.shared.courier import Errands, Lane
from coordinator_app.ui.shared.failure_words import KNOWN, failure_words
from coordinator_app.ui.shared.noticeboard import Noticeboard
from coordinator_app.ui.shared.wording import Words

_MATTERS = Touched.SYNC | Touched.PANEL


@dataclass(frozen=True, slots=True)
class NeedsYouServices:
    """What the screen asks and has done."""

    set_aside: SetAside
    clock: Clock
    write_file: Callable[[Path, bytes], None] | None = None


class NeedsYouViewModel(QObject):
    """Items that need a person, and those that were put away.

    Signals:
        list_changed(ListState), item_changed(ItemState or None): show this.
        told(str): what was done.
        patient_requested(str): the person of this item is wanted.
        close_requested(): the screen that was shown before is wanted.
    """

    list_changed = Signal(object)
    item_changed = Signal(object)
    told = Signal(str)
    patient_requested = Signal(str)
    close_requested = Signal()

    def __init__(
        self,
        services: NeedsYouServices,
        courier: Errands,
        noticeboard: Noticeboard,
        words: Words,
        wording: NeedsYouWording,
    ) -> None:
        super().__init__()
        self._services, self._courier, self._noticeboard = services, courier, noticeboard
        self._words, self._wording = words, wording
        self._items: dict[str, tuple[Asked, ...]] = {OPEN: (), SETTLED: ()}
        self._tab = OPEN
        self._shown: Asked | None = None
        self._choice = ""
        noticeboard.touched.connect(self._look_again)

    def refresh(self) -> None:
        """Read the items again."""
        self._courier.send(Lane.READ, self._read, to=self._take)

    def show_tab(self, tab: str) -> None:
        """Show what is open, or what was put away."""
        self._tab = tab
        self._tell()

    def choose(self, key: str) -> None:
        """Show an item."""
        before = self._shown.item.id if self._shown is not None else ""
        self._shown = next((each for each in self._items[self._tab] if each.item.id == key), None)
        if key != before:
            self._choice = ""
        self._show()

    def choose_option(self, choice: str) -> None:
        """Take one of the ways to settle the item; nothing happens before it is settled."""
        if self._shown is not None and choice in self._shown.choices:
            self._choice = choice
            self._show()

    def settle(self, words: str = "") -> None:
        """Settle the item as chosen, with the words the choice takes; what was written stays."""
        asked, choice = self._shown, self._choice
        if asked is None or asked.item.closed_at is not None or (asked.choices and not choice):
            return
        job = partial(self._services.set_aside.settle, asked, choice or SEEN, words)
        lane = Lane.NETWORK if self._services.set_aside.needs_centre(choice) else Lane.WRITE
        self._courier.send(lane, job, to=self._settled, failed=self._fail)

    def undo(self) -> None:
        """Bring a settled item back, with what its choice made taken back too."""
        if self._shown is not None and self._services.set_aside.may_undo(self._shown):
            job = partial(self._services.set_aside.undo, self._shown)
            self._courier.send(Lane.WRITE, job, to=self._undone, failed=self._fail)

    def export(self, path: Path) -> None:
        """Write the item as plain text to a place the person chose."""
        write, asked = self._services.write_file, self._shown
        if write is not None and asked is not None:
            text = self._wording.as_text(asked, self._services.clock.moment())
            job = partial(write, path, text.encode())
            self._courier.send(Lane.WRITE, job, to=self._exported, failed=self._fail)

    def open_patient(self) -> None:
        """Ask for the person of the item."""
        if self._shown is not None and self._shown.member is not None:
            self.patient_requested.emit(self._shown.member.id)

    def close(self) -> None:
        """Leave the items for later."""
        self.close_requested.emit()

    def _read(self) -> dict[str, tuple[Asked, ...]]:
        return {OPEN: self._services.set_aside.open(), SETTLED: self._services.set_aside.settled()}

    def _take(self, items: dict[str, tuple[Asked, ...]]) -> None:
        self._items = items
        self._tell()

    def _tell(self) -> None:
        self.list_changed.emit(self._wording.list_state(self._items, self._tab, self._services.clock.moment()))

    def _show(self) -> None:
        now, shown = self._services.clock.moment(), self._shown
        if shown is None:
            self.item_changed.emit(None)
            return
        may_undo = self._services.set_aside.may_undo(shown)
        self.item_changed.emit(self._wording.item_state(shown, now, self._choice, may_undo=may_undo))

    def _exported(self, _nothing: object) -> None:
        self.told.emit(self._words.say("exported"))

    def _undone(self, touched: Touched) -> None:
        self.told.emit(self._words.say("undone"))
        self._noticeboard.post(touched)

    def _settled(self, touched: Touched) -> None:
        self.told.emit(self._words.say("settled"))
        self._choice = ""
        self._noticeboard.post(touched)

    def _fail(self, error: BaseException) -> None:
        if not isinstance(error, KNOWN):
            raise error
        self.told.emit(failure_words(self._words.catalogue, error))
        self.refresh()

    def _look_again(self, touched: Touched) -> None:
        if touched & _MATTERS:
            self.refresh()
