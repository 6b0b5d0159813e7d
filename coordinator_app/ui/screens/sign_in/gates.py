"""The three pages before the work: passphrase, no panel yet, connect."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from coordinator_app.ui.screens.sign_in.view_model import Joining
from coordinator_app.ui.shared.actions import WITHIN, act
from coordinator_app.ui.shared.announce import announce
from coordinator_app.ui.shared.buttons import KeyButton, Kind
from coordinator_app.ui.shared.check_line import CheckLine
from coordinator_app.ui.shared.fields import ComboField, FormRow, LineField, Option
from coordinator_app.ui.shared.gate import Gate
from coordinator_app.ui.shared.layout import Column, Line, pin
from coordinator_app.ui.shared.text import Text
from coordinator_app.ui.shared.theme import Theme
from coordinator_app.ui.shared.tokens import Tone
from coordinator_app.ui.shared.typography import Type
from coordinator_app.ui.shared.wording import Words

_FORM_WIDTH, _LABEL_WIDTH = 640, 112
_NO_HINT = frozenset({"login", "again"})


@dataclass(frozen=True, slots=True)
class Foot:
    """What stands at the foot of every page before the work."""

    disclaimer: str
    demo_note: str = ""
    demo: str = ""


class Page(Gate):
    """A page with its title, and one line that says what goes on or what is wrong."""

    def __init__(self, theme: Theme, words: Words, foot: Foot, key: str, title: Type = Type.LARGE) -> None:
        super().__init__(theme, foot.disclaimer, foot.demo_note, foot.demo)
        self.words = words
        self.said = Text(theme, "", Type.SMALL, Tone.SECOND, wraps=True)
        self._put(14, Text(theme, words.say(f"{key}title"), title, wraps=True))
        self._put(6, Text(theme, words.say(f"{key}subtitle"), Type.BODY, Tone.SECOND, wraps=True))

    def say_under_way(self, words: str) -> None:
        """Say what goes on; nothing can be pressed meanwhile."""
        self.setEnabled(not words)
        self._say(words, Tone.SECOND)

    def refuse(self, sentence: str) -> None:
        """Say why nothing was opened."""
        self._say(sentence, Tone.URGENT)
        announce(self, sentence, interrupts=True)

    def _say(self, words: str, tone: Tone) -> None:
        self.said.set_words(words)
        self.said.set_tone(tone)

    def _put(self, space: int, part: QWidget) -> None:
        self.down.addSpacing(self.theme.px(space))
        self.down.addWidget(part)


class PassphraseGate(Page):
    """Opens the panel that is on this computer.

    Signals:
        unlock_wished(str, str): the panel and the passphrase.
        other_wished(), help_wished(): somebody without a panel here; F1.
    """

    unlock_wished = Signal(str, str)
    other_wished = Signal()
    help_wished = Signal()

    def __init__(self, theme: Theme, words: Words, foot: Foot) -> None:
        say = words.say
        super().__init__(theme, words, foot, "")
        self._profiles: tuple[str, ...] = ()
        self.who = ComboField(theme, say("who"))
        self._who_name = Text(theme, say("who"), Type.MEDIUM)
        self.field = LineField(theme, say("passphrase"), is_secret=True, height=42)
        self._open = act(self, say("open"), "Return", self._ask, where=WITHIN)
        self._put(22, self._who_name)
        self._put(5, self.who)
        self._put(12, Text(theme, say("passphrase"), Type.MEDIUM))
        self._put(5, self.field)
        self._put(8, self.said)
        self._put(14, KeyButton(theme, self._open, Kind.PRIMARY, height=42))
        links = Line(theme, margins=(0, 16, 0, 0))
        other = act(self, say("someone_else"), "", self.other_wished.emit)
        links.addWidget(KeyButton(theme, other, Kind.QUIET, height=24))
        links.addStretch(1)
        links.addWidget(KeyButton(theme, act(self, say("help"), "F1", self.help_wished.emit), Kind.QUIET, height=24))
        self.down.addLayout(links)
        self._say(say("hint"), Tone.SECOND)

    def show_profiles(self, profiles: Sequence[str]) -> None:
        """Show whose panels are here; one alone needs no choice."""
        self._profiles = tuple(profiles)
        is_choice = len(self._profiles) > 1
        self._who_name.setVisible(is_choice)
        self.who.setVisible(is_choice)
        self.who.set_options([Option(each, each) for each in self._profiles])

    def take_focus(self) -> None:
        """Take the keyboard to what is asked first."""
        (self.who.field if len(self._profiles) > 1 and self.who.value() is None else self.field.field).setFocus()

    def clear(self) -> None:
        """Forget what was typed."""
        self.field.line.clear()
        self.field.set_error("")
        self._say(self.words.say("hint"), Tone.SECOND)

    @override
    def refuse(self, sentence: str) -> None:
        """Say why the passphrase was not taken, and wait for another."""
        super().refuse(sentence)
        self.field.line.clear()
        self.field.set_error(sentence)
        self.field.field.setFocus()

    def _ask(self) -> None:
        chosen = self._profiles[0] if len(self._profiles) == 1 else self.who.value()
        if chosen is None:
            self.who.field.setFocus()
            return
        self.unlock_wished.emit(str(chosen), self.field.words())


class NoPanelGate(Page):
    """The first start: nothing is here yet.

    Signals:
        connect_wished(), sample_wished(): the two ways on.
    """

    connect_wished = Signal()
    sample_wished = Signal()

    def __init__(self, theme: Theme, words: Words, foot: Foot) -> None:
        say = words.say
        super().__init__(theme, words, foot, "none.")
        self.connect_act = act(self, say("none.connect"), "Ctrl+Return", self.connect_wished.emit, where=WITHIN)
        sample = act(self, say("none.sample"), "", self.sample_wished.emit)
        self.button = KeyButton(theme, self.connect_act, Kind.PRIMARY, height=42)
        self._put(26, self.button)
        self._put(12, KeyButton(theme, sample, height=42))
        self._put(8, Text(theme, say("none.sample_note"), Type.SMALL, Tone.SECOND, wraps=True))
        self._put(10, self.said)

    def take_focus(self) -> None:
        """Take the keyboard to the first way on."""
        self.button.setFocus()


class ConnectGate(Page):
    """Who somebody is at the clinic's server, and the passphrase that will open this computer.

    Signals:
        join_wished(Joining): what was typed.
        closed(): back.
    """

    join_wished = Signal(object)
    closed = Signal()

    def __init__(self, theme: Theme, words: Words, foot: Foot, *, has_keyring: bool) -> None:
        say = words.say
        super().__init__(theme, words, foot, "connect.", Type.TITLE)
        self._widen()
        self.fields: dict[str, LineField] = {}
        self.rows: dict[str, FormRow] = {}
        self._form = Column(theme, margins=(0, 12, 0, 0))
        self._row("server")
        self._row("login")
        self._row("password", "new")
        self._row("passphrase", "again")
        self.down.addLayout(self._form)
        self.weaker = CheckLine(theme, say("connect.weak"), say("connect.weak_detail"), inset=0, height=30)
        self.weaker.setVisible(not has_keyring)
        self.down.addWidget(self.weaker)
        self.down.addWidget(self.said)
        go = act(self, say("connect.go"), "Ctrl+Return", self._ask, where=WITHIN)
        close = act(self, say("back"), "Escape", self.closed.emit, where=WITHIN)
        buttons = Line(theme, margins=(0, 10, 0, 0), spacing=10)
        buttons.addWidget(KeyButton(theme, close, height=42))
        buttons.addWidget(KeyButton(theme, go, Kind.PRIMARY, height=42), 1)
        self.down.addLayout(buttons)

    def take_focus(self) -> None:
        """Take the keyboard to the first field."""
        self.fields["server"].field.setFocus()

    def show_wrong(self, name: str, sentence: str) -> None:
        """Say under a field what is wrong with it; what was typed stays."""
        if name in self.rows:
            self.rows[name].set_error(sentence)
        else:
            self.refuse(sentence)

    def clear_secrets(self) -> None:
        """Forget every password that was typed."""
        for name in ("password", "new", "passphrase", "again"):
            self.fields[name].line.clear()

    def _row(self, *names: str) -> None:
        across = Line(self.theme, spacing=16)
        for name in names:
            word = self.words.say(f"connect.{name}")
            hint = "" if name in _NO_HINT else self.words.say(f"connect.{name}_hint")
            field = LineField(self.theme, word, hint=hint, is_secret=name not in {"server", "login"})
            self.fields[name] = field
            self.rows[name] = FormRow(self.theme, word, field, label_width=_LABEL_WIDTH)
            across.addWidget(self.rows[name], 1, Qt.AlignmentFlag.AlignTop)
        self._form.addLayout(across)

    def _widen(self) -> None:
        """Take more room than a gate does, so that the form stands whole in the smallest window."""
        column = self.down.parentWidget()
        if column is not None:
            pin(self.theme, column, width=_FORM_WIDTH)
        brand = self.down.itemAt(0)
        mark = brand.widget() if brand is not None else None
        if mark is not None:
            mark.hide()

    def _ask(self) -> None:
        for row in self.rows.values():
            row.set_error("")
        self._say("", Tone.SECOND)
        typed = {name: field.words() for name, field in self.fields.items()}
        self.join_wished.emit(
            Joining(
                server=typed["server"].strip(),
                login=typed["login"].strip(),
                password=typed["password"],
                new_password=typed["new"],
                passphrase=typed["passphrase"],
                again=typed["again"],
                accepts_weaker=self.weaker.isChecked(),
            )
        )
