"""Two pages for the day the keyring is gone: the code that is written down, and what it is typed into."""

from PySide6.QtCore import Qt, Signal

from coordinator_app.ui.screens.sign_in.gates import Foot, Page
from coordinator_app.ui.shared.actions import WITHIN, act
from coordinator_app.ui.shared.buttons import KeyButton, Kind
from coordinator_app.ui.shared.fields import LineField
from coordinator_app.ui.shared.layout import Line
from coordinator_app.ui.shared.text import Text
from coordinator_app.ui.shared.theme import Theme
from coordinator_app.ui.shared.tokens import Tone
from coordinator_app.ui.shared.typography import Type
from coordinator_app.ui.shared.wording import Words


class CodeGate(Page):
    """Shows the recovery code once, before the work begins.

    Signals:
        written(): the person has it on paper.
    """

    written = Signal()

    def __init__(self, theme: Theme, words: Words, foot: Foot) -> None:
        say = words.say
        super().__init__(theme, words, foot, "code.", Type.TITLE)
        self.code = Text(theme, "", Type.TITLE, wraps=True)
        self.code.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.code.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._put(18, self.code)
        self._put(10, Text(theme, say("code.note"), Type.SMALL, Tone.SECOND, wraps=True))
        self.button = KeyButton(theme, act(self, say("code.go"), "Ctrl+Return", self._go, where=WITHIN), Kind.PRIMARY)
        self._put(18, self.button)
        self._put(8, self.said)

    def show_code(self, code: str) -> None:
        """Show a code."""
        self.code.set_words(code.replace("-", "  "))
        self.code.setAccessibleName(self.words.say("code.name", code=" ".join(code)))

    def take_focus(self) -> None:
        """Take the keyboard to the code, where a reader of the screen says it."""
        self.code.setFocus()

    def _go(self) -> None:
        self.code.set_words("")
        self.code.setAccessibleName("")
        self.written.emit()


class RecoverGate(Page):
    """Opens a panel without this computer's half of its key.

    Signals:
        recover_wished(str, str, str): passphrase, recovery code, password at the centre; one of the last two is empty.
        closed(): back.
    """

    recover_wished = Signal(str, str, str)
    closed = Signal()

    def __init__(self, theme: Theme, words: Words, foot: Foot) -> None:
        say = words.say
        super().__init__(theme, words, foot, "recover.", Type.TITLE)
        self.passphrase = LineField(theme, say("passphrase"), is_secret=True, height=42)
        self.code = LineField(theme, say("recover.code"), hint=say("recover.code_hint"), height=42)
        self.password = LineField(theme, say("recover.password"), is_secret=True, height=42)
        for name, field in (
            ("passphrase", self.passphrase), ("recover.code", self.code), ("recover.password", self.password)
        ):  # fmt: skip
            self._put(10, Text(theme, say(name), Type.MEDIUM))
            self._put(4, field)
        self._put(8, self.said)
        go = act(self, say("open"), "Return", self._ask, where=WITHIN)
        back = act(self, say("back"), "Escape", self.closed.emit, where=WITHIN)
        buttons = Line(theme, margins=(0, 10, 0, 0), spacing=10)
        buttons.addWidget(KeyButton(theme, back, height=42))
        buttons.addWidget(KeyButton(theme, go, Kind.PRIMARY, height=42), 1)
        self.down.addLayout(buttons)

    def take_focus(self) -> None:
        """Take the keyboard to the first field."""
        self.passphrase.field.setFocus()

    def clear(self) -> None:
        """Forget what was typed."""
        for field in (self.passphrase, self.code, self.password):
            field.line.clear()

    def _ask(self) -> None:
        self.recover_wished.emit(self.passphrase.words(), self.code.words().strip(), self.password.words())
