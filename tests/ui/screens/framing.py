"""A screen as the window holds it: built by its own function, framed, with ways that only remember."""

from collections import deque
from dataclasses import dataclass, field

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from coordinator_app.bootstrap.desk import Desk
from coordinator_app.bootstrap.parts import CopyProgress, Parts, Screen
from coordinator_app.domain.ids import MemberId
from coordinator_app.ui.shared.courier import Errands, InstantCourier
from coordinator_app.ui.shared.noticeboard import Noticeboard
from coordinator_app.ui.shared.status_bar import Status
from coordinator_app.ui.shared.theme import Theme
from coordinator_app.ui.window import FrameWords, MainWindow
from tests.ui.screens.sample_people import made

FRAME = FrameWords(
    "Coordinator",
    "Find a patient or a command",
    "Find a patient or a command",
    "Screens",
    "Ana Ruiz, RN",
    "Lock, Ctrl+L",
    "DEMO",
    "Fictional people",
)
RAIL = (
    ("today", "Today", "today"),
    ("patient", "Patient", "patient"),
    ("call", "Call", "call"),
    ("schedule", "Schedule", "schedule"),
    ("review", "Review", "review"),
    ("score", "Scorecard", "score"),
)


@dataclass
class RememberedWays:
    """Where a screen wanted to go and what it told, in order."""

    gone: list[object] = field(default_factory=list)
    told: list[tuple[object, ...]] = field(default_factory=list)

    def go(self, key, member_id=None):
        self.gone.append((key, member_id))

    def back(self):
        self.gone.append("back")

    def next(self):
        self.gone.append("next")

    def tell(self, words, kind="", act_id=None, *, more=()):
        self.told.append((words, kind, act_id, *more))

    def count(self, key, number):
        self.gone.append((key, number))


class LateCourier(InstantCourier):
    """A courier whose answers come only when they are let through, as on a slow computer."""

    def __init__(self):
        super().__init__()
        self._waiting = deque()

    def send(self, lane, job, *, to, failed=None, asker=None):
        self._waiting.append(lambda: InstantCourier.send(self, lane, job, to=to, failed=failed, asker=asker))

    def let_through(self):
        while self._waiting:
            self._waiting.popleft()()


def parts_of(theme: Theme, desk: Desk, courier: Errands, noticeboard: Noticeboard) -> Parts:
    """Return what a screen is built from, with ways that only remember."""
    return Parts(theme, desk.catalogue, courier, noticeboard, desk, RememberedWays(), CopyProgress(), is_demo=True)


def framed(theme: Theme, screen: Screen) -> MainWindow:
    """Return the window with the one screen in it."""
    window = MainWindow(theme, FRAME)
    for digit, (key, title, icon) in enumerate(RAIL, start=1):
        window.add_screen(key, title, icon, screen.widget if key == screen.key else QWidget(), digit=digit)
    if screen.off_rail:
        window.add_page(screen.key, screen.widget)
    window.show_screen(screen.key, screen.rail_key)
    window.show_status(Status("Online", ("Synced 10:42", "3 waiting to send", "Panel 412"), "Tue 24-Nov-2026  10:47"))
    return window


@dataclass
class Driven:
    """A screen in its window, and the keys it took to get where it is."""

    parts: Parts
    screen: Screen
    window: MainWindow
    keys: int = 0

    @property
    def view(self):
        return self.screen.widget

    def open_for(self, number: str) -> MemberId:
        """Do what the screen's key on somebody's row does."""
        member_id = MemberId(made("member", number))
        self.screen.open_for(member_id)
        self.screen.shown()
        self.keys += 1
        return member_id

    def press(self, *keys) -> None:
        """Press keys where the keyboard is; each counts one."""
        for key in keys:
            QCoreApplication.processEvents()
            where = self.window.focusWidget()
            assert where is not None, "no part has the keyboard"
            if isinstance(key, str):
                QTest.keyClick(where, key)
            else:
                plain, modifier = key if isinstance(key, tuple) else (key, Qt.KeyboardModifier.NoModifier)
                QTest.keyClick(where, plain, modifier)
            self.keys += 1


def nameless(widget: QWidget) -> list[str]:
    """Return the visible parts that take the keyboard and that a screen reader cannot name."""
    return [
        type(each).__name__
        for each in widget.findChildren(QWidget)
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus
        and each.isVisible()
        and not each.focusProxy()
        and not QAccessible.queryAccessibleInterface(each).text(QAccessible.Text.Name)
    ]


def settled(window: QWidget, width: int, height: int) -> None:
    """Give the window a size and let its layouts come to rest."""
    window.resize(width, height)
    for _ in range(6):
        QCoreApplication.processEvents()


def out_of_reach(widget: QWidget) -> list[str]:
    """Return visible parts that stick out of the part that holds them at the right."""
    return [
        f"{type(each).__name__} {each.geometry().right()} of {holder.width()}"
        for each in widget.findChildren(QWidget)
        if each.isVisible() and (holder := each.parentWidget()) and each.geometry().right() > holder.width()
    ]
