"""The window of one signed-in person: takes the screens in, connects them, and closes in order."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtWidgets import QApplication

from coordinator_app.bootstrap.parts import Parts, Screen
from coordinator_app.domain.ids import ActivityId, MemberId
from coordinator_app.ui.shared.toast import Toast
from coordinator_app.ui.window import FrameWords, MainWindow

Build = Callable[[Parts], Screen]

BUILDERS: Final[Sequence[Build]] = ()
"""The screens in the order of the rail; a screen's own file in ``bootstrap/screens`` says how it is built."""


class WindowWays:
    """The ways between the screens of one window."""

    def __init__(self, window: MainWindow, undo_words: str) -> None:
        self._window, self._undo_words = window, undo_words
        self._screens: dict[str, Screen] = {}
        self._before: list[str] = []
        window.screen_wished.connect(self.go)

    def take(self, screen: Screen) -> None:
        """Know a screen that was put into the window."""
        self._screens[screen.key] = screen

    def go(self, key: str, member_id: MemberId | None = None) -> None:
        """Show a screen, opened for a person where one is given."""
        screen = self._screens.get(key)
        if screen is None:
            return
        if member_id is not None and screen.open_for is not None:
            screen.open_for(member_id)
        if self._window.shown != key:
            self._before = [*self._before[-8:], self._window.shown] if self._window.shown else []
        self._window.show_screen(key, screen.rail_key)
        if screen.shown is not None:
            screen.shown()

    def back(self) -> None:
        """Show the screen that was shown before, Today where there was none."""
        before = self._before.pop() if self._before else "today"
        self.go(before)
        if self._before:
            self._before.pop()

    def tell(self, words: str, kind: str = "", act_id: ActivityId | None = None) -> None:
        """Say what was done; an act named with it can be taken back."""
        is_undoable = bool(kind and act_id)
        self._window.show_toast(
            Toast(words, self._undo_words if is_undoable else "", (kind, act_id) if is_undoable else None)
        )

    def count(self, key: str, number: int) -> None:
        """Show how many wait on a screen of the rail."""
        if key in self._screens:
            self._window.set_count(key, number)


def add_screens(window: MainWindow, ways: WindowWays, parts: Parts, builders: Sequence[Build] = BUILDERS) -> None:
    """Build every screen and put it into the window."""
    words = parts.words("window")
    for build in builders:
        screen = build(parts)
        ways.take(screen)
        if screen.off_rail:
            window.add_page(screen.key, screen.widget)
        else:
            title = words.say(f"screen.{screen.key}")
            window.add_screen(
                screen.key, title, screen.icon, screen.widget, digit=screen.digit, at_foot=screen.is_at_foot
            )


__all__ = ["BUILDERS", "FrameWords", "QApplication", "WindowWays", "add_screens"]
