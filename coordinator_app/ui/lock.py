"""The idle lock: after ten quiet minutes the work is covered; the call, its timer and the note go on beneath."""

import time
from collections.abc import Callable
from dataclasses import dataclass

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from typing_extensions import override

from coordinator_app.ui.shared.actions import WITHIN, act
from coordinator_app.ui.shared.announce import announce
from coordinator_app.ui.shared.buttons import KeyButton, Kind
from coordinator_app.ui.shared.fields import LineField
from coordinator_app.ui.shared.gate import Gate, Sign, SignLines
from coordinator_app.ui.shared.layout import Line
from coordinator_app.ui.shared.text import Text
from coordinator_app.ui.shared.theme import Theme
from coordinator_app.ui.shared.tokens import Tone
from coordinator_app.ui.shared.typography import Type

MINUTES = 10.0

_SIGNS_OF_LIFE = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.InputMethod,
    }
)


_OVER_THE_WINDOW = frozenset({Qt.WindowType.Popup, Qt.WindowType.ToolTip, Qt.WindowType.Tool})


class IdleWatch(QObject):
    """Counts the quiet time of the whole application with one timer.

    A timer stands still while the computer sleeps, so the first sign of life is also held against the wall clock:
    after a long sleep it locks and does nothing else.

    Signals:
        idled(): nobody has touched key, mouse or screen for the set time.
    """

    idled = Signal()

    def __init__(
        self,
        app: QApplication,
        minutes: float = MINUTES,
        timer: QTimer | None = None,
        wall: Callable[[], float] = time.time,
    ) -> None:
        super().__init__(app)
        self._seconds, self._wall = minutes * 60, wall
        self._last = wall()
        self._timer = timer if timer is not None else QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(round(minutes * 60_000))
        self._timer.timeout.connect(self.idled)
        app.installEventFilter(self)

    def start(self) -> None:
        """Begin to count, after signing in or unlocking."""
        self._last = self._wall()
        self._timer.start()

    def stop(self) -> None:
        """Count no more, while locked or signed out."""
        self._timer.stop()

    @property
    def is_counting(self) -> bool:
        """Whether the lock would come by itself."""
        return self._timer.isActive()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() not in _SIGNS_OF_LIFE or not self._timer.isActive():
            return False
        if self._wall() - self._last >= self._seconds:
            self._timer.stop()
            self.idled.emit()
            return True
        self.start()
        return False


@dataclass(frozen=True, slots=True)
class LockWords:
    """Every word of the lock, already translated."""

    title: str
    subtitle: str
    passphrase: str
    hint: str
    unlock: str
    someone_else: str
    help: str
    foot: str
    demo_note: str = ""
    demo: str = ""


class LockCurtain(Gate):
    """Stands in the place of what it covers; the keyboard returns to the same field when it goes.

    What is covered is hidden, not only overlaid: no key, no shortcut and no screen reader reaches it. Menus, lists
    that have dropped down and dialogs over the window are closed as if they were left; what comes late beneath
    cannot take the keyboard. What was copied from here is no longer in the clipboard.

    Signals:
        unlock_wished(str): the passphrase that was typed; answer with `open` or `refuse`.
        other_wished(): somebody else wants to sign in.
        help_wished(): F1.
    """

    unlock_wished = Signal(str)
    other_wished = Signal()
    help_wished = Signal()

    def __init__(self, theme: Theme, words: LockWords, window: QWidget, covers: QWidget) -> None:
        super().__init__(theme, words.foot, words.demo_note, words.demo, window)
        self._window = window
        self._covered = covers
        self._returns_to: QWidget | None = None
        self._title = Text(theme, words.title, Type.LARGE)
        self._subtitle = Text(theme, words.subtitle, Type.BODY, Tone.SECOND, wraps=True)
        self.field = LineField(theme, words.passphrase, is_secret=True, height=42)
        self._hint_words = words.hint
        self._hint = Text(theme, words.hint, Type.SMALL, Tone.SECOND, wraps=True)
        self._unlock = act(self, words.unlock, "Return", self._ask, where=WITHIN)
        self._signs = SignLines(theme)
        for space, part in (
            (22, self._title),
            (6, self._subtitle),
            (26, Text(theme, words.passphrase, Type.MEDIUM)),
            (5, self.field),
            (8, self._hint),
            (18, KeyButton(theme, self._unlock, Kind.PRIMARY, height=42)),
        ):
            self.down.add_gap(space)
            self.down.addWidget(part)
        links = Line(theme, margins=(0, 16, 0, 22))
        links.addWidget(
            KeyButton(theme, act(self, words.someone_else, "", self.other_wished.emit), Kind.QUIET, height=20)
        )
        links.addStretch(1)
        links.addWidget(KeyButton(theme, act(self, words.help, "F1", self.help_wished.emit), Kind.QUIET, height=20))
        self.down.addLayout(links)
        self.down.addWidget(self._signs)
        self._is_copied_here = False
        QApplication.clipboard().dataChanged.connect(self._note_copy)
        window.installEventFilter(self)
        self.hide()

    def close_over(self, title: str, subtitle: str, signs: tuple[Sign, ...] = ()) -> None:
        """Cover the work at once and remember where the keyboard was; asked again while covered, nothing changes."""
        if self.is_closed:
            return
        self._leave_what_is_open()
        self._forget_what_was_copied()
        self._returns_to = self._window.focusWidget()
        self._title.set_words(title)
        self._subtitle.set_words(subtitle)
        self._signs.show_signs(signs)
        self._refuse("")
        self.setGeometry(self._window.rect())
        self.show()
        self.raise_()
        self._covered.hide()
        self.field.field.setFocus()
        QApplication.instance().focusChanged.connect(self._hold_keyboard)  # type: ignore[union-attr]
        announce(self, title, interrupts=True)

    @property
    def is_closed(self) -> bool:
        """Whether the work is covered now."""
        return not self.isHidden()

    def show_signs(self, signs: tuple[Sign, ...]) -> None:
        """Say what goes on beneath: the call's time, what waits to be sent."""
        self._signs.show_signs(signs)

    def refuse(self, sentence: str) -> None:
        """Say why the passphrase was not taken, and wait for another."""
        self._refuse(sentence)
        self.field.line.clear()
        self.field.field.setFocus()
        announce(self.field, sentence, interrupts=True)

    def open(self) -> None:
        """Uncover the work and give the keyboard back to where it was."""
        if not self.is_closed:
            return
        QApplication.instance().focusChanged.disconnect(self._hold_keyboard)  # type: ignore[union-attr]
        self.field.line.clear()
        self._covered.show()
        self.hide()
        returns_to, self._returns_to = self._returns_to, None
        if returns_to is not None and shiboken6.isValid(returns_to):
            returns_to.setFocus()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._window.rect())
        return super().eventFilter(watched, event)

    def _leave_what_is_open(self) -> None:
        while (popup := QApplication.activePopupWidget()) is not None and popup.close():
            pass
        for widget in QApplication.topLevelWidgets():
            if widget is self._window or not widget.isVisible():
                continue
            if isinstance(widget, QDialog):
                widget.reject()
            elif widget.windowType() in _OVER_THE_WINDOW:
                widget.close()

    def _hold_keyboard(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is not None and new.window() is self._window and not self.isAncestorOf(new):
            self._returns_to = new
            self.field.field.setFocus()

    def _refuse(self, sentence: str) -> None:
        self.field.set_error(sentence)
        self._hint.set_words(sentence or self._hint_words)
        self._hint.set_tone(Tone.URGENT if sentence else Tone.SECOND)

    def _note_copy(self) -> None:
        # A clipboard changed while this program has the keyboard was changed here.
        state = QApplication.applicationState()
        self._is_copied_here = state == Qt.ApplicationState.ApplicationActive

    def _forget_what_was_copied(self) -> None:
        if self._is_copied_here:
            QApplication.clipboard().clear()
            self._is_copied_here = False

    def _ask(self) -> None:
        self.unlock_wished.emit(self.field.words())
