"""The last question before a letter leaves, in the place of the actions: nothing covers the page."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from coordinator_app.ui.screens.letter.rows import LeavingState
from coordinator_app.ui.shared.actions import HERE, act
from coordinator_app.ui.shared.announce import announce
from coordinator_app.ui.shared.buttons import KeyButton, Kind
from coordinator_app.ui.shared.fields import ComboField, LineField
from coordinator_app.ui.shared.headings import Heading
from coordinator_app.ui.shared.layout import Edge, Line, Pane
from coordinator_app.ui.shared.text import Text
from coordinator_app.ui.shared.theme import Theme
from coordinator_app.ui.shared.tokens import Tone
from coordinator_app.ui.shared.typography import Type
from coordinator_app.ui.shared.wording import Words


class LeavingPane(Pane):
    """Which sheets leave, on which printer or into which file; Enter does it, Esc goes back.

    Signals:
        print_wished(str): the printer chosen, empty where there is none.
        save_wished(str): the file's path as it was typed.
        browse_wished(str): another folder is wanted; answer with `set_path`.
        back_wished(): nothing is to leave.
    """

    print_wished = Signal(str)
    save_wished = Signal(str)
    browse_wished = Signal(str)
    back_wished = Signal()

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(theme, "window", Edge.TOP, parent)
        say = words.say
        self._shown: LeavingState | None = None
        self._title = Heading(theme, "")
        self._lines = Text(theme, "", Type.SMALL, Tone.SECOND, wraps=True)
        self.printer = ComboField(theme, say("printer"), hint=say("printer.none"))
        self.path = LineField(theme, say("save.path"))
        self._warning = Text(theme, "", Type.SMALL, Tone.HIGH, wraps=True)
        self._error = Text(theme, "", Type.SMALL_MEDIUM, Tone.URGENT, wraps=True)
        # The key belongs to the focused button itself, so that Enter on "Back" goes back.
        self._print = act(self, say("print.now"), "Return", self._go, where=HERE)
        self._save = act(self, say("save.now"), "Return", self._go, where=HERE)
        self._browse = act(self, say("save.browse"), "", self._look)
        back = act(self, say("back"), "Escape", self.back_wished.emit, where=HERE)
        self.print_button = KeyButton(theme, self._print, Kind.PRIMARY, icon="print")
        self.save_button = KeyButton(theme, self._save, Kind.PRIMARY)
        self._browse_button = KeyButton(theme, self._browse)
        self._back_button = KeyButton(theme, back)
        down = self.column((20, 12, 20, 12), 8)
        for part in (self._title, self._lines, self.printer):
            down.addWidget(part)
        place = Line(theme, spacing=8)
        place.addWidget(self.path, 1)
        place.addWidget(self._browse_button)
        down.addLayout(place)
        for told in (self._warning, self._error):
            down.addWidget(told)
        down.addStretch(1)
        across = Line(theme, spacing=8)
        across.addWidget(self.print_button, 1)
        across.addWidget(self.save_button, 1)
        across.addWidget(self._back_button)
        down.addLayout(across)
        self.path.entered.connect(lambda _words: self._go())
        self.hide()

    def show_state(self, state: LeavingState | None) -> None:
        """Show the question, or take it away; asked anew, it takes the keyboard to the button that does it."""
        before, self._shown = self._shown, state
        self.setVisible(state is not None)
        if state is None:
            return
        self._title.set_words(state.title)
        self._lines.set_words("\n".join(state.lines))
        self.printer.setVisible(state.is_print)
        self.path.setVisible(not state.is_print)
        if before is None or state.printers != before.printers:
            self.printer.set_options(state.printers, state.printers[0].value if state.printers else None)
        if before is None or state.path != before.path:
            self.path.set_words(state.path)
        self._tell(self._warning, state.warning)
        self._tell(self._error, state.error)
        if state.error and (before is None or state.error != before.error):
            announce(self._error, state.error, interrupts=True)
        for action in (self._print, self._save):
            action.setEnabled(not state.is_busy)
        self.print_button.setVisible(state.is_print)
        for button in (self.save_button, self._browse_button):
            button.setVisible(not state.is_print)
        if before is None or before.is_print is not state.is_print or (before.is_busy and not state.is_busy):
            (self.print_button if state.is_print else self.save_button).setFocus()
        if before is None:
            announce(self._title, ". ".join([state.title, *state.lines, state.warning]), interrupts=True)

    def set_path(self, path: str) -> None:
        """Take a file somebody looked for."""
        self.path.set_words(path)
        self.save_button.setFocus()

    def _tell(self, text: Text, words: str) -> None:
        text.set_words(words)
        text.setVisible(bool(words))

    def _look(self) -> None:
        self.browse_wished.emit(self.path.words())

    def _go(self) -> None:
        if self._shown is None:
            return
        if self._shown.is_print:
            self.print_wished.emit(str(self.printer.value() or ""))
        else:
            self.save_wished.emit(self.path.words())
