"""Every key of the window on one page; F1 opens it, Esc leaves it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from coordinator_app.ui.shared.action_bar import ActionLine
from coordinator_app.ui.shared.actions import WITHIN, act, shown_keys
from coordinator_app.ui.shared.buttons import KeyButton
from coordinator_app.ui.shared.hand import Hand, cut
from coordinator_app.ui.shared.headings import Heading, Level
from coordinator_app.ui.shared.layout import Column, Line, Pane
from coordinator_app.ui.shared.marks import key_cap
from coordinator_app.ui.shared.painted import Painted
from coordinator_app.ui.shared.scroll import ScrollPage
from coordinator_app.ui.shared.theme import Theme
from coordinator_app.ui.shared.tokens import Tone
from coordinator_app.ui.shared.typography import Type
from coordinator_app.ui.shared.wording import Words

_EVERYWHERE = (
    ("ctrl_digit", "Ctrl+1", "Ctrl+5"),
    ("find", "Ctrl+K"),
    ("sync", "F5"),
    ("next_pane", "F6"),
    ("undo", "Ctrl+Z"),
    ("draft", "Ctrl+S"),
    ("save", "Ctrl+Return"),
    ("stay", "Ctrl+Shift+Return"),
    ("back", "Escape"),
    ("print", "Ctrl+P"),
    ("lock", "Ctrl+L"),
    ("size", "Ctrl+=", "Ctrl+-"),
    ("this", "F1"),
)
_LIST = (
    ("move", "J", "K"),
    ("open", "Return"),
    ("call", "C"),
    ("appointment", "A"),
    ("education", "E"),
    ("letter", "R"),
    ("note", "N"),
    ("snooze", "S"),
    ("reasons", "W"),
    ("filter", "F"),
    ("tabs", "1", "5"),
    ("reason_wrong", "X"),
    ("higher", "P"),
    ("medicine", "M"),
    ("wrong", "X"),
)
_CALL = (
    ("outcome", "1", "9"),
    ("identity", "V"),
    ("identifiers", "D", "Z", "A", "M"),
    ("go_outcome", "Ctrl+O"),
    ("go_topics", "Ctrl+T"),
    ("go_note", "Ctrl+N"),
    ("go_step", "Ctrl+D"),
)
_CALL_MORE = (
    ("interpreter", "I"),
    ("flag", "Ctrl+R"),
    ("told", "T", "E", "W"),
    ("visit", "Ctrl+B"),
    ("teach", "Ctrl+E"),
    ("drawer", "Ctrl+Shift+L"),
    ("keep", "Escape"),
)
_PITCH = 34


class _KeyLines(Painted):
    """Keys with their words, one below the other."""

    def __init__(self, theme: Theme, lines: Sequence[tuple[str, tuple[str, ...]]]) -> None:
        super().__init__(theme)
        self._lines = [(words, tuple(shown_keys(QKeySequence(key)) for key in keys)) for words, keys in lines]
        self.setAccessibleName(". ".join(f"{' '.join(keys)}: {words}" for words, keys in self._lines))

    @override
    def design_size(self) -> tuple[float, float]:
        return 300, _PITCH * len(self._lines)

    @override
    def paint(self, hand: Hand) -> None:
        for place, (words, keys) in enumerate(self._lines):
            x, middle = 0.0, _PITCH * place + _PITCH / 2
            for key in keys:
                x = key_cap(hand, x, middle, key) + 6
            left = max(150.0, x + 8)
            hand.text(left, middle + 5.2, cut(words, Type.BODY, hand.w - left), Type.BODY, Tone.TEXT)
            hand.rule(0, _PITCH * (place + 1) - 1, hand.w)


class KeyHelp(Pane):
    """The page.

    Signals:
        closed(): back to what was there before.
    """

    closed = Signal()

    def __init__(self, theme: Theme, words: Words) -> None:
        super().__init__(theme)
        say = words.say
        page = QWidget()
        down = Column(theme, page, (24, 18, 24, 16), 14)
        down.addWidget(Heading(theme, say("help.title"), Level.TITLE))
        for pair in (
            (("help.everywhere", _EVERYWHERE), ("help.list", _LIST)),
            (("help.calling", _CALL), ("", _CALL_MORE)),
        ):
            across = Line(theme, spacing=40)
            for title, group in pair:
                column = Column(theme, spacing=6)
                column.addWidget(Heading(theme, say(title) if title else "", Level.LABEL))
                column.addWidget(_KeyLines(theme, [(say(f"help.{line[0]}"), line[1:]) for line in group]))
                column.addStretch(1)
                across.addLayout(column, 1)
            down.addLayout(across)
        down.addStretch(1)
        self._page = ScrollPage(theme, page, say("help.title"))
        self._page.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        close = act(self, say("help.close"), "Escape", self.closed.emit, where=WITHIN)
        whole = self.column()
        whole.addWidget(self._page, 1)
        whole.addWidget(ActionLine(theme, [KeyButton(theme, close)], say("disclaimer")))

    def take_focus(self) -> None:
        """Take the keyboard, so that the arrows scroll and Esc leaves."""
        self._page.setFocus()
