"""The schedule: the day at the left, the visit at the right."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QStackedLayout, QWidget
from typing_extensions import override

from coordinator_app.ui.screens.schedule.day_side import DaySide
from coordinator_app.ui.screens.schedule.form_side import FormSide
from coordinator_app.ui.screens.schedule.states import FormStanding
from coordinator_app.ui.screens.schedule.view_model import ScheduleViewModel
from coordinator_app.ui.screens.schedule.wording import ScheduleWords
from coordinator_app.ui.shared.actions import WITHIN, act
from coordinator_app.ui.shared.empty_state import EmptyState, EmptyWords
from coordinator_app.ui.shared.layout import Breadth, Edge, Line, Pane, pin
from coordinator_app.ui.shared.theme import Theme
from coordinator_app.ui.shared.toast import ToastLine

_FORM_WIDTH = {Breadth.NARROW: 384, Breadth.MIDDLE: 452, Breadth.WIDE: 520}


class ScheduleView(Pane):
    """Shows the view-model's day and form and hands back what is chosen."""

    def __init__(
        self, theme: Theme, say: ScheduleWords, view_model: ScheduleViewModel, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, parent=parent)
        self._of, words = view_model, say.words
        self.day = DaySide(theme, words)
        self.form = FormSide(theme, words)
        nobody = Pane(theme, "surface", Edge.LEFT)
        nobody.column().addWidget(
            EmptyState(theme, EmptyWords(words.say("empty"), reassurance=words.say("empty.reassurance")))
        )
        self._right = QWidget()
        self._stack = QStackedLayout(self._right)
        self._stack.addWidget(nobody)
        self._stack.addWidget(self.form)
        across = Line(theme, self)
        across.addWidget(self.day, 1)
        across.addWidget(self._right)
        self._save = act(self.form, words.say("save.none"), "Ctrl+Return", view_model.save, where=WITHIN)
        self.form.add_acts(
            close=act(self.form, words.say("close"), "Escape", view_model.close, where=WITHIN),
            another=act(self.form, words.say("another"), "Ctrl+Shift+N", view_model.open_another, where=WITHIN),
            save=self._save,
        )
        act(self, words.say("day"), "F6", self._other_side, where=WITHIN)
        # What has the keyboard is brought into sight once the form has its sizes.
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(0)
        self._rest.timeout.connect(self._see_focus)
        self._listen()
        self.set_breadth(Breadth.MIDDLE)

    def toast_place(self) -> ToastLine:
        """Return the toast line inside the day's column."""
        return self.day.toasts

    def set_breadth(self, breadth: Breadth) -> None:
        """Take the layout of a breadth."""
        pin(self.theme, self._right, width=_FORM_WIDTH[breadth])
        self.day.set_breadth(breadth)
        self.form.set_narrow(narrow=breadth is Breadth.NARROW)

    def take_focus(self) -> None:
        """Go to the form while somebody is in it, else to the day."""
        if self.is_asking:
            self.form.take_focus()
        else:
            self.day.setFocus()

    @property
    def is_asking(self) -> bool:
        """Whether somebody is in the form."""
        return self._stack.currentWidget() is self.form

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._of.set_shown(shown=True)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._rest.start()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._of.set_shown(shown=False)

    def _listen(self) -> None:
        model, day, form = self._of, self.day, self.form
        model.day_read.connect(day.show_day)
        model.form_begun.connect(self._begin)
        model.form_opened.connect(form.show_form)
        model.entered.connect(form.show_entries)
        model.entered.connect(lambda _entries: self.take_focus())
        model.times_read.connect(form.show_times)
        model.times_read.connect(lambda _times: self._rest.start())
        model.stood.connect(self._show_standing)
        model.form_closed.connect(self._close)
        model.refused.connect(form.say_error)
        day.opened.connect(model.open_block)
        day.today_wished.connect(model.show_today)
        day.stepped.connect(model.step)
        form.changed.connect(model.change)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow_focus)

    def _follow_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        if self.isVisible():
            self.form.page.bring(new)
            self.day.page.bring(new)

    def _see_focus(self) -> None:
        self._follow_focus(None, self.window().focusWidget())

    def _begin(self) -> None:
        self.form.clear()
        self._stack.setCurrentWidget(self.form)
        self.form.take_focus()

    def _close(self) -> None:
        self._stack.setCurrentIndex(0)
        self.day.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_standing(self, standing: FormStanding) -> None:
        self.form.show_standing(standing)
        self._save.setText(standing.save)

    def _other_side(self) -> None:
        inner = self.window().focusWidget()
        is_in_form = inner is not None and self.form.isAncestorOf(inner)
        if self.is_asking and not is_in_form:
            self.form.take_focus()
        else:
            self.day.setFocus(Qt.FocusReason.ShortcutFocusReason)
