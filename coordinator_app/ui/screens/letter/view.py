"""The letter screen: the choices at the left, the page as it will be printed on the desk at the right."""

from functools import partial

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget
from typing_extensions import override

from coordinator_app.domain.letter import CopyFor
from coordinator_app.ui.screens.letter.form import LetterForm
from coordinator_app.ui.screens.letter.leaving_pane import LeavingPane
from coordinator_app.ui.screens.letter.picker import ProgramPicker
from coordinator_app.ui.screens.letter.rows import DeskState, LeavingState, LetterState
from coordinator_app.ui.screens.letter.view_model import LetterViewModel
from coordinator_app.ui.shared.action_bar import ActionGrid
from coordinator_app.ui.shared.actions import WITHIN, act
from coordinator_app.ui.shared.announce import announce
from coordinator_app.ui.shared.buttons import KeyButton, Kind
from coordinator_app.ui.shared.desk import LetterDesk
from coordinator_app.ui.shared.layout import Breadth, Edge, Line, Pane, pin
from coordinator_app.ui.shared.micro_banner import MicroBanner
from coordinator_app.ui.shared.scroll import ScrollPage
from coordinator_app.ui.shared.theme import Theme
from coordinator_app.ui.shared.wording import Words

_WIDTHS = {Breadth.NARROW: 344, Breadth.MIDDLE: 344, Breadth.WIDE: 380}
_INCHES_HIGH = 11


class LetterView(QWidget):
    """Choose a program with Enter, print with Ctrl+P and Enter; Esc goes one step back."""

    def __init__(self, theme: Theme, words: Words, model: LetterViewModel) -> None:
        super().__init__()
        self.theme, self._words, self._model = theme, words, model
        self._picks = True
        self._desk_state = DeskState()
        self.banner = MicroBanner(theme)
        self.picker = ProgramPicker(theme, words)
        self.form = LetterForm(theme, words)
        self.desk = LetterDesk(theme, words.say("desk"))
        self.leaving = LeavingPane(theme, words)
        self._print = act(self, words.say("print"), "Ctrl+P", model.ask_print)
        self._save = act(self, words.say("save"), "Ctrl+S", model.ask_save)
        self._confidential = act(self, words.say("open_confidential"), "V", model.open_confidential, where=WITHIN)
        for keys, step in (("PgDown", 1), ("PgUp", -1)):
            act(self, words.say("turn"), keys, partial(self.desk.turn, step))
        close = act(self, words.say("close"), "Escape", model.close)
        self._actions = ActionGrid(
            theme,
            (
                (KeyButton(theme, self._print, Kind.PRIMARY, icon="print"),),
                (KeyButton(theme, self._save), KeyButton(theme, close)),
            ),
        )
        self._lay_out()
        self._connect()
        self._let(may_leave=False)

    def set_breadth(self, breadth: Breadth) -> None:
        """Take the layout of a breadth."""
        self._breadth = breadth
        pin(self.theme, self._options, width=_WIDTHS[breadth])
        self._make_room(for_leaving=self.leaving.isVisibleTo(self))

    def quiets_toasts(self) -> bool:
        """Over work on one person a word about somebody else is small."""
        return True

    def take_focus(self) -> None:
        """Give the keyboard to the programs while one is to be chosen, else to what the patient said."""
        (self.picker if self._picks else self.form.agreement).setFocus()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.desk and event.type() == QEvent.Type.Resize:
            self._measure()
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        self._options = Pane(self.theme, "surface", Edge.RIGHT)
        self._page = ScrollPage(self.theme, self.form, self._words.say("title"))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.picker)
        self._stack.addWidget(self._page)
        down = self._options.column()
        down.addWidget(self.banner)
        down.addWidget(self._stack, 1)
        down.addWidget(self.leaving)
        down.addWidget(self._actions)
        across = Line(self.theme, self)
        across.addWidget(self._options)
        across.addWidget(self.desk, 1)
        self.set_breadth(Breadth.MIDDLE)

    def _connect(self) -> None:
        model, form = self._model, self.form
        model.changed.connect(self._show)
        model.desk_changed.connect(self._show_desk)
        model.leaving.asked.connect(self._show_leaving)
        self.picker.picked.connect(model.pick)
        form.kind.chosen.connect(model.set_kind)
        form.to.chosen.connect(model.pick)
        form.language.chosen.connect(model.set_language)
        form.delivery.chosen.connect(model.set_delivery)
        form.copy_delivery.chosen.connect(model.set_copy_delivery)
        form.agreement.changed.connect(lambda on: model.set_agreement(on[0] if on else None))
        for ticks in (form.facts, form.medicines):
            ticks.ticked.connect(lambda key, on: model.tick(key, on=on))
        form.facts.opened.connect(model.open_confidential)
        form.copies.ticked.connect(self._take_along)
        form.question.line.editingFinished.connect(self._ask)
        self.leaving.print_wished.connect(model.leaving.print_on)
        self.leaving.save_wished.connect(model.leaving.save_to)
        self.leaving.back_wished.connect(model.close)
        self.leaving.browse_wished.connect(self._browse)
        self.desk.page_changed.connect(self._show_foot)
        self.desk.installEventFilter(self)

    def _show(self, state: LetterState) -> None:
        self.banner.show_identity(state.who)
        was_picking, self._picks = self._picks, state.picks
        self._stack.setCurrentWidget(self.picker if state.picks else self._page)
        self._let(may_leave=state.may_leave and not state.picks)
        if state.picks:
            self.picker.show_programs(state.programs)
            self.picker.setFocus()
            return
        before = self.form.notice.text()
        self.form.show_state(state)
        if state.notice and state.notice != before:
            announce(self.form.notice, state.notice, interrupts=True)
        if was_picking:
            self._page.verticalScrollBar().setValue(0)
            self.form.agreement.setFocus()

    def _let(self, *, may_leave: bool) -> None:
        for action in (self._print, self._save):
            action.setEnabled(may_leave)

    def _show_desk(self, state: DeskState) -> None:
        before, self._desk_state = self._desk_state, state
        if state.pages:
            was_empty = not before.pages
            self.desk.show_pages(state.pages, "", state.text)  # type: ignore[arg-type]
            if was_empty and len(state.pages) > state.first:
                # The letter before its cover: that is what she wants to read.
                self.desk.turn(state.first - self.desk.page)
            self._show_foot(self.desk.page)
        else:
            self.desk.show_waiting(state.waiting)

    def _show_foot(self, page: int) -> None:
        feet = self._desk_state.feet
        self.desk.show_foot(feet[page] if page < len(feet) else "")

    def _show_leaving(self, state: LeavingState | None) -> None:
        was_open = self.leaving.isVisibleTo(self)
        self._actions.setVisible(state is None)
        if state is None:
            self.leaving.show_state(None)
        self._make_room(for_leaving=state is not None)
        if state is not None:
            self.leaving.show_state(state)
        if state is None and was_open:
            self.form.agreement.setFocus()

    def _make_room(self, *, for_leaving: bool) -> None:
        # In a low window the last question takes the place of the choices; the page itself stays in sight.
        self._stack.setVisible(self._breadth is not Breadth.NARROW or not for_leaving)

    def _take_along(self, key: str, on: bool) -> None:  # noqa: FBT001 - Qt hands it over like this
        self._model.take_along(CopyFor(key), on=on)

    def _ask(self) -> None:
        self._model.set_question(self.form.question.words().strip())

    def _browse(self, path: str) -> None:
        # Qt's own dialog: the lock can close it, a dialog of the system would stay open over the curtain.
        plain = QFileDialog.Option.DontUseNativeDialog
        name, _ = QFileDialog.getSaveFileName(self, self._words.say("save"), path, "PDF (*.pdf)", options=plain)
        if name:
            self.leaving.set_path(name)

    def _measure(self) -> None:
        scale = self.theme.zoom / 100
        width, height = self.desk.width() / scale, self.desk.height() / scale
        dots = self.desk.page_rect(width, height).height() * scale * self.devicePixelRatioF() / _INCHES_HIGH
        if self.isVisible() and dots > 0:
            self._model.set_dots(dots)
