"""The window before the work; its pages follow from what is on this computer."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QStackedWidget
from typing_extensions import override

from coordinator_app.ui.key_help import KeyHelp
from coordinator_app.ui.screens.sign_in.gates import ConnectGate, Foot, NoPanelGate, Page, PassphraseGate
from coordinator_app.ui.screens.sign_in.recovery_gates import CodeGate, RecoverGate
from coordinator_app.ui.screens.sign_in.view_model import SignInViewModel
from coordinator_app.ui.shared.theme import Theme
from coordinator_app.ui.shared.wording import Words
from coordinator_app.ui.window import SMALLEST, USUAL


class SignInView(QStackedWidget):
    """Its title names nobody.

    Signals:
        closing(): the window is about to close.
    """

    closing = Signal()

    def __init__(self, theme: Theme, words: Words, view_model: SignInViewModel, foot: Foot) -> None:
        super().__init__()
        self._model = view_model
        self.passphrase = PassphraseGate(theme, words, foot)
        self.nothing = NoPanelGate(theme, words, foot)
        self.connect_page = ConnectGate(theme, words, foot, has_keyring=view_model.has_keyring)
        self.recover = RecoverGate(theme, words, foot)
        self.code = CodeGate(theme, words, foot)
        self.help = KeyHelp(theme, Words(words.catalogue, "window"))
        for page in (self.passphrase, self.nothing, self.connect_page, self.recover, self.code, self.help):
            self.addWidget(page)
        self.setWindowTitle(words.say("/window.title"))
        self.setMinimumSize(SMALLEST)
        self.resize(USUAL)
        self._connect()
        self.begin()

    def begin(self) -> None:
        """Ask for the passphrase of a panel that is here, or say that none is."""
        profiles = self._model.profiles
        self.passphrase.show_profiles(profiles)
        self.passphrase.clear()
        self._go(self.passphrase if profiles else self.nothing)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self._model.abandon()
        self.closing.emit()
        super().closeEvent(event)

    def _connect(self) -> None:
        model = self._model
        self.passphrase.unlock_wished.connect(model.unlock)
        self.passphrase.help_wished.connect(self._open_help)
        self.help.closed.connect(self.begin)
        self.passphrase.other_wished.connect(lambda: self._go(self.nothing))
        self.nothing.connect_wished.connect(lambda: self._go(self.connect_page))
        self.nothing.sample_wished.connect(model.sample)
        self.connect_page.join_wished.connect(model.join)
        self.connect_page.closed.connect(lambda: self._go(self.nothing))
        model.under_way.connect(self._say_under_way)
        model.refused.connect(self.refuse)
        model.wrong.connect(self.connect_page.show_wrong)
        model.opened.connect(self._forget)
        model.recovery_wanted.connect(self._ask_recovery)
        model.code_made.connect(self._show_code)
        self.recover.recover_wished.connect(model.recover)
        self.recover.closed.connect(self.begin)
        self.code.written.connect(model.go_on)

    def _open_help(self) -> None:
        self.setCurrentWidget(self.help)
        self.help.take_focus()

    def _ask_recovery(self, sentence: str) -> None:
        self._go(self.recover)
        self.recover.refuse(sentence)

    def _show_code(self, code: str) -> None:
        self._forget(None)
        self.code.show_code(code)
        self._go(self.code)

    def _page(self) -> Page:
        page = self.currentWidget()
        assert isinstance(page, Page)  # noqa: S101
        return page

    def _go(self, page: PassphraseGate | NoPanelGate | ConnectGate | RecoverGate | CodeGate) -> None:
        self.setCurrentWidget(page)
        page.take_focus()

    def _say_under_way(self, words: str) -> None:
        self._page().say_under_way(words)

    def refuse(self, sentence: str) -> None:
        """Say why nothing was opened, on the page that is shown."""
        self._page().refuse(sentence)

    def _forget(self, _opened: object) -> None:
        self.passphrase.clear()
        self.connect_page.clear_secrets()
        self.recover.clear()
