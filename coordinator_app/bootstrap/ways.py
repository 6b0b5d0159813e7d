"""The ways between the screens of one window, and the toast that takes things back."""

from collections.abc import Callable, Sequence

from coordinator_app.bootstrap.parts import Screen
from coordinator_app.domain.ids import ActivityId, MemberId
from coordinator_app.ui.key_hush import KeyHush
from coordinator_app.ui.shared.toast import Toast
from coordinator_app.ui.window import MainWindow

HOME = "today"
_REMEMBERED = 8

Acts = Sequence[tuple[str, ActivityId]]


class WindowWays:
    """Shows screens, remembers where one came from, and tells what was done."""

    def __init__(self, window: MainWindow, hush: KeyHush, undo_words: str, take_back: Callable[[Acts], None]) -> None:
        self._window, self._hush, self._undo_words = window, hush, undo_words
        self._screens: dict[str, Screen] = {}
        self._before: list[str] = []
        window.screen_wished.connect(self.go)
        window.toast_undone.connect(lambda acts: take_back(acts) if acts else None)

    @property
    def screens(self) -> Sequence[Screen]:
        """The screens of the window."""
        return tuple(self._screens.values())

    def take(self, screen: Screen) -> None:
        """Know a screen that was put into the window."""
        self._screens[screen.key] = screen

    def go(self, key: str, member_id: MemberId | None = None) -> None:
        """Show a screen, opened for a person where one is given; a screen that is not there is not gone to."""
        screen = self._screens.get(key)
        if screen is None:
            return
        if member_id is not None and screen.open_for is not None:
            screen.open_for(member_id)
        if self._window.shown and self._window.shown != key:
            self._before = [*self._before[-_REMEMBERED:], self._window.shown]
        self._show(screen)

    def back(self) -> None:
        """Show the screen that was shown before, Today where there was none."""
        self._show(self._screens[self._before.pop() if self._before else HOME])

    def next(self) -> None:
        """Show Today with the next person chosen; keys still on their way reach nobody (practice 16)."""
        self._hush.begin()
        home = self._screens[HOME]
        if home.next_is_due is not None:
            home.next_is_due()
        self._before = []
        self._show(home)

    def tell(self, words: str, kind: str = "", act_id: ActivityId | None = None, *, more: Acts = ()) -> None:
        """Say what was done; acts named with it can be taken back."""
        acts = ((kind, act_id), *more) if kind and act_id else ()
        self._window.show_toast(Toast(words, self._undo_words if acts else "", acts))

    def count(self, key: str, number: int) -> None:
        """Show how many wait on a screen of the rail."""
        if key in self._screens and not self._screens[key].off_rail:
            self._window.set_count(key, number)

    def _show(self, screen: Screen) -> None:
        self._window.show_screen(screen.key, screen.rail_key)
        if screen.shown is not None:
            screen.shown()
