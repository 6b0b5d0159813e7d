"""The line that says what was just done and takes it back for ten seconds."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QPaintEvent
from PySide6.QtWidgets import QPushButton, QWidget
from typing_extensions import override

from coordinator_app.ui.shared.actions import EVERYWHERE, act, keys_of
from coordinator_app.ui.shared.announce import announce
from coordinator_app.ui.shared.hand import Hand, cut, width_of
from coordinator_app.ui.shared.layout import Line, pin
from coordinator_app.ui.shared.marks import cap_width, focus_ring, key_cap
from coordinator_app.ui.shared.painted import Painted, hand_on
from coordinator_app.ui.shared.theme import Theme
from coordinator_app.ui.shared.tokens import Tone
from coordinator_app.ui.shared.typography import Type

SHOWN_MS = 10_000
HEIGHT = 46
QUIET_HEIGHT = 34


@dataclass(frozen=True, slots=True)
class Toast:
    """What was done, and the word that takes it back; without an undo word it only tells."""

    words: str
    undo: str = ""
    token: object = None


class _UndoButton(QPushButton):
    """The word and key of undo on dark paper."""

    def __init__(self, theme: Theme, action: QAction) -> None:
        super().__init__()
        self.theme = theme
        self.action = action
        self.is_quiet = False
        self.setFlat(True)
        self.clicked.connect(action.trigger)

    @override
    def sizeHint(self) -> QSize:
        width = width_of(self.action.text(), Type.STRONG) + 8 + cap_width(keys_of(self.action)) + 8
        return QSize(self.theme.px(width), self.theme.px(30))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with hand_on(self, self.theme) as hand:
            tone = Tone.ACCENT if self.is_quiet else Tone.ON_INK
            x = hand.text(4, hand.h / 2 + 5.2, self.action.text(), Type.MEDIUM, tone)
            line = hand.look.line if self.is_quiet else hand.look.onink
            key_cap(hand, x + 8, hand.h / 2, keys_of(self.action), ink=tone, line=line)
            if self.hasFocus():
                focus_ring(hand, QRectF(0, 0, hand.w, hand.h), 4, tone)


class ToastLine(Painted):
    """The place of the toast at the foot of a list column: it takes room in the layout, so it covers no row.

    Signals:
        undone(object): the token of the toast whose undo was pressed in time.
        gone(object): the token of a toast that went away by itself or for another.
    """

    undone = Signal(object)
    gone = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._toast: Toast | None = None
        self._is_quiet = False
        self._act = act(self, "", "Ctrl+Z", self._undo, where=EVERYWHERE)
        self._act.setEnabled(False)
        self._button = _UndoButton(theme, self._act)
        box = Line(theme, self, (16, 0, 24, 6))
        box.addStretch(1)
        box.addWidget(self._button, 0, Qt.AlignmentFlag.AlignVCenter)
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.timeout.connect(self.clear)
        pin(theme, self, height=HEIGHT)
        self.hide()

    @property
    def toast(self) -> Toast | None:
        """The toast now shown."""
        return self._toast

    def show_toast(self, toast: Toast, for_ms: int = SHOWN_MS) -> None:
        """Show the words for ten seconds, in one frame, and have them read out."""
        self.clear()
        self._toast = toast
        self._act.setText(toast.undo)
        self._act.setEnabled(bool(toast.undo))
        self._button.setVisible(bool(toast.undo))
        self._button.setAccessibleName(f"{toast.undo}, {keys_of(self._act)}")
        self._button.updateGeometry()
        self.setAccessibleName(toast.words)
        self.setVisible(True)
        self.update()
        self._clock.start(for_ms)
        announce(self, toast.words)

    def take_over(self, other: "ToastLine") -> None:
        """Show what another line shows for the time it has left, so that undo goes where the person goes."""
        toast, left = other.toast, other.time_left
        if toast is None or other is self:
            return
        other.let_go()
        self.show_toast(toast, left)

    @property
    def time_left(self) -> int:
        """The milliseconds the toast still stays."""
        return max(0, self._clock.remainingTime())

    def set_quiet(self, *, quiet: bool) -> None:
        """Say it small and without ink, for a word about one person under the work on another; undo stays."""
        if quiet is not self._is_quiet:
            self._is_quiet = self._button.is_quiet = quiet
            pin(self.theme, self, height=QUIET_HEIGHT if quiet else HEIGHT)
            self.update()

    def let_go(self) -> None:
        """Take the toast away without a word: another line shows it now."""
        self._toast = None
        self.clear()

    def clear(self) -> None:
        """Take the toast away."""
        self._clock.stop()
        toast, self._toast = self._toast, None
        self._act.setEnabled(False)
        self.hide()
        if toast is not None:
            self.gone.emit(toast.token)

    @override
    def paint(self, hand: Hand) -> None:
        if self._toast is None:
            return
        if self._is_quiet:
            hand.icon("check", 24, 6, 16, Tone.SECOND)
            hand.text(48, 19, cut(self._toast.words, Type.SMALL, hand.w - 48 - 140), Type.SMALL, Tone.SECOND)
            return
        hand.box(QRectF(16, 0, hand.w - 32, 40), 6, fill=hand.look.ink)
        hand.icon("check", 30, 10, 18, Tone.ON_INK)
        room = self._button.x() * 100 / self.theme.zoom - 54 - 12 if self._toast.undo else hand.w - 90
        hand.text(54, 25, cut(self._toast.words, Type.MEDIUM, room), Type.MEDIUM, Tone.ON_INK)

    def _undo(self) -> None:
        toast, self._toast = self._toast, None
        self.clear()
        if toast is not None:
            self.undone.emit(toast.token)
