"""The frame round the screens: top line, rail, the screen that is shown, status bar. It knows no screen."""

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QLayout, QMainWindow, QSizePolicy, QStackedWidget, QWidget
from typing_extensions import override

from coordinator_app.ui.navigation import Rail, RailEntry
from coordinator_app.ui.shared.brand import BrandMark, DemoMark
from coordinator_app.ui.shared.find_box import FindBox, FoundRow
from coordinator_app.ui.shared.icon_button import IconButton
from coordinator_app.ui.shared.layout import Breadth, Column, Edge, Line, Pane, pin
from coordinator_app.ui.shared.status_bar import Status, StatusBar
from coordinator_app.ui.shared.text import Text
from coordinator_app.ui.shared.theme import Theme
from coordinator_app.ui.shared.toast import Toast, ToastLine
from coordinator_app.ui.shared.tokens import Tone
from coordinator_app.ui.shared.typography import Type

SMALLEST = QSize(960, 540)
USUAL = QSize(1360, 850)
_FIND_WIDTH = {Breadth.NARROW: 340, Breadth.MIDDLE: 420, Breadth.WIDE: 420}
_FIND_LEFT = {Breadth.NARROW: 60, Breadth.MIDDLE: 192, Breadth.WIDE: 192}


@dataclass(frozen=True, slots=True)
class FrameWords:
    """Every word of the frame, already translated; `demo` empty means real people."""

    title: str
    find_name: str
    find_hint: str
    rail_name: str
    person: str
    lock: str
    demo: str = ""
    demo_note: str = ""


@runtime_checkable
class HasToastPlace(Protocol):
    """A screen that keeps a place for the toast inside its own list column."""

    def toast_place(self) -> ToastLine:
        """Return the screen's toast line."""
        ...


@runtime_checkable
class QuietsToasts(Protocol):
    """A screen of work on one person, over which a word about an earlier one must not stand loud."""

    def quiets_toasts(self) -> bool:
        """Say whether a toast from before is to be small here."""
        ...


@runtime_checkable
class HasBreadth(Protocol):
    """A screen that lays itself out anew when the window changes between the three drawn widths."""

    def set_breadth(self, breadth: Breadth) -> None:
        """Take the layout of a breadth."""
        ...


class TopLine(Pane):
    """Brand, find box, DEMO mark, the person who is signed in, and the lock; 52 high."""

    lock_wished = Signal()

    def __init__(self, theme: Theme, words: FrameWords, parent: QWidget | None = None) -> None:
        super().__init__(theme, "window", Edge.BOTTOM, parent)
        self.find_box = FindBox(theme, words.find_name, words.find_hint)
        self._title = Text(theme, words.title, Type.STRONG)
        self._head = QWidget()
        self._note = Text(theme, words.demo_note, Type.SMALL, Tone.SECOND)
        self.person = Text(theme, words.person, Type.MEDIUM)
        lock = IconButton(theme, "lock", words.lock)
        lock.clicked.connect(self.lock_wished)
        head = Line(theme, self._head, (18, 0, 0, 0), 10)
        head.addWidget(BrandMark(theme), 0, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self._title, 1, Qt.AlignmentFlag.AlignVCenter)
        across = self.line((0, 0, 11, 1))
        across.addWidget(self._head)
        across.addWidget(self.find_box, 0, Qt.AlignmentFlag.AlignVCenter)
        across.addStretch(1)
        across.addWidget(self._note, 0, Qt.AlignmentFlag.AlignVCenter)
        across.add_gap(10)
        if words.demo:
            across.addWidget(DemoMark(theme, words.demo), 0, Qt.AlignmentFlag.AlignVCenter)
            across.add_gap(16)
        across.addWidget(self.person, 0, Qt.AlignmentFlag.AlignVCenter)
        across.add_gap(4)
        across.addWidget(lock, 0, Qt.AlignmentFlag.AlignVCenter)
        for words_only in (self._note, self.person):
            words_only.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        pin(theme, self, height=52)
        self.set_breadth(Breadth.MIDDLE)

    def set_breadth(self, breadth: Breadth) -> None:
        """Take the widths of a layout; narrow, the name and the note give way to their marks."""
        is_narrow = breadth is Breadth.NARROW
        self._title.setVisible(not is_narrow)
        self._note.setVisible(not is_narrow and bool(self._note.text()))
        pin(self.theme, self._head, width=_FIND_LEFT[breadth])
        pin(self.theme, self.find_box, width=_FIND_WIDTH[breadth], height=36)


class MainWindow(QMainWindow):
    """The window of one signed-in person; its title never names a patient.

    Signals:
        screen_wished(str): a screen was asked for on the rail or by Ctrl and its digit.
        find_typed(str): what stands in the find box after each key; answer with `show_found`.
        find_opened(object): the key of a found row that was opened.
        toast_undone(object): the token of the toast that was taken back.
        toast_gone(object): the token of a toast that went away.
        lock_wished(), sync_wished(), help_wished(): the lock, F5 and F1.
        closing(): the window is about to close.
    """

    screen_wished = Signal(str)
    find_typed = Signal(str)
    find_opened = Signal(object)
    toast_undone = Signal(object)
    toast_gone = Signal(object)
    lock_wished = Signal()
    sync_wished = Signal()
    help_wished = Signal()
    closing = Signal()

    def __init__(self, theme: Theme, words: FrameWords) -> None:
        super().__init__()
        self.theme = theme
        self._breadth = Breadth.MIDDLE
        self._screens: dict[str, QWidget] = {}
        self._shown = ""
        self.setWindowTitle(f"{words.title} · {words.demo}" if words.demo else words.title)
        self.setMinimumSize(SMALLEST)
        self.resize(USUAL)
        self.top = TopLine(theme, words)
        self.rail = Rail(theme, words.rail_name)
        self.stack = QStackedWidget()
        self.stack.setMinimumSize(0, 0)
        self.status = StatusBar(theme, words.demo)
        self._toast = ToastLine(theme)
        self._places()
        self._connect(self._toast)
        self.top.find_box.typed.connect(self.find_typed)
        self.top.find_box.opened.connect(self.find_opened)
        self.top.lock_wished.connect(self.lock_wished)
        self.rail.screen_wished.connect(self.screen_wished)
        for keys, heard in (
            ("Ctrl+=", theme.larger),
            ("Ctrl++", theme.larger),
            ("Ctrl+-", theme.smaller),
            ("Ctrl+0", self._usual_zoom),
            ("Ctrl+L", self.lock_wished.emit),
            ("F5", self.sync_wished.emit),
            ("F1", self.help_wished.emit),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(heard)
        theme.changed.connect(self._measure)

    @property
    def breadth(self) -> Breadth:
        """Which of the three layouts applies now."""
        return self._breadth

    @property
    def shown(self) -> str:
        """The key of the screen that is shown."""
        return self._shown

    def add_screen(
        self, key: str, title: str, icon: str, widget: QWidget, *, digit: int = 0, at_foot: bool = False
    ) -> None:
        """Put a screen into the frame; `digit` calls it with Ctrl, at the foot it shows only while it has a count."""
        self._screens[key] = widget
        self.stack.addWidget(widget)
        self.rail.add(RailEntry(key, title, icon, digit), at_foot=at_foot)
        if isinstance(widget, HasToastPlace):
            self._connect(widget.toast_place())
        if isinstance(widget, HasBreadth):
            widget.set_breadth(self._breadth)

    def add_page(self, key: str, widget: QWidget) -> None:
        """Put a screen into the frame that has no place of its own on the rail."""
        self._screens[key] = widget
        self.stack.addWidget(widget)
        if isinstance(widget, HasToastPlace):
            self._connect(widget.toast_place())
        if isinstance(widget, HasBreadth):
            widget.set_breadth(self._breadth)

    def show_screen(self, key: str, rail_key: str = "") -> None:
        """Show a screen and mark it on the rail, or mark the screen it belongs to."""
        self._shown = key
        self.stack.setCurrentWidget(self._screens[key])
        self.rail.select(rail_key or key)
        here = self._toast_here()
        for place in self._toast_places():
            here.take_over(place)
        screen = self._screens[key]
        here.set_quiet(quiet=isinstance(screen, QuietsToasts) and screen.quiets_toasts())

    def set_count(self, key: str, count: int) -> None:
        """Show how many wait on a screen of the rail."""
        self.rail.set_count(key, count)

    def show_found(self, rows: tuple[FoundRow, ...], empty_words: str = "") -> None:
        """Drop what was found below the find box."""
        self.top.find_box.show_found(rows, empty_words)

    def show_status(self, status: Status) -> None:
        """Show another status."""
        self.status.show_status(status)

    def show_person(self, person: str) -> None:
        """Show who is signed in."""
        self.top.person.set_words(person)

    def show_toast(self, toast: Toast) -> None:
        """Say what was done, in the list column of the screen where it has one, else at the foot of the window."""
        for place in self._toast_places():
            place.clear()
        here = self._toast_here()
        here.set_quiet(quiet=False)
        here.show_toast(toast)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self.closing.emit()
        super().closeEvent(event)

    def _places(self) -> None:
        frame = QWidget()
        down = Column(self.theme, frame)
        down.addWidget(self.top)
        across = Line(self.theme)
        across.addWidget(self.rail)
        body = Column(self.theme)
        body.addWidget(self.stack, 1)
        body.addWidget(self._toast)
        across.addLayout(body, 1)
        down.addLayout(across, 1)
        down.addWidget(self.status)
        # A screen that asks for too much must show it, not widen the window behind the person's back.
        down.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self.setCentralWidget(frame)

    def _connect(self, place: ToastLine) -> None:
        place.undone.connect(self.toast_undone)
        place.gone.connect(self.toast_gone)

    def _toast_here(self) -> ToastLine:
        screen = self._screens.get(self._shown)
        return screen.toast_place() if isinstance(screen, HasToastPlace) else self._toast

    def _toast_places(self) -> list[ToastLine]:
        places = [screen.toast_place() for screen in self._screens.values() if isinstance(screen, HasToastPlace)]
        return [self._toast, *places]

    def _usual_zoom(self) -> None:
        self.theme.set_zoom(100)

    def _measure(self) -> None:
        breadth = Breadth.of(self.width() * 100 / self.theme.zoom)
        if breadth is self._breadth:
            return
        self._breadth = breadth
        self.top.set_breadth(breadth)
        self.rail.set_breadth(breadth)
        for screen in self._screens.values():
            if isinstance(screen, HasBreadth):
                screen.set_breadth(breadth)
