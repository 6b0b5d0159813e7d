"""The page about the list: plain sentences at the left, sources and the day at the right; Esc leaves it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from coordinator_app.ui.screens.about.view_model import AboutState, AboutViewModel
from coordinator_app.ui.shared.action_bar import ActionLine
from coordinator_app.ui.shared.actions import act
from coordinator_app.ui.shared.buttons import KeyButton
from coordinator_app.ui.shared.facts import FactLines
from coordinator_app.ui.shared.headings import Heading, Level
from coordinator_app.ui.shared.layout import Column, Line, Pane
from coordinator_app.ui.shared.scroll import ScrollPage
from coordinator_app.ui.shared.text import Text
from coordinator_app.ui.shared.theme import Theme
from coordinator_app.ui.shared.tokens import Tone
from coordinator_app.ui.shared.typography import Type
from coordinator_app.ui.shared.wording import Words

_SENTENCES = ("not_alarm", "not_diagnosis", "not_complete", "no_specialist", "judgment")
_LABELS = 176


class AboutView(Pane):
    """Shows what the view-model read.

    Signals:
        closed(): back to what was there before.
    """

    closed = Signal()

    def __init__(self, theme: Theme, words: Words, view_model: AboutViewModel, *, is_demo: bool) -> None:
        super().__init__(theme)
        self._of = view_model
        say = words.say
        self.drafts, self.sources, self.day = (FactLines(theme, _LABELS) for _ in range(3))
        page = QWidget()
        whole = Column(theme, page, (24, 18, 24, 16), 16)
        whole.addWidget(Heading(theme, say("title"), Level.TITLE))
        if is_demo:
            whole.addWidget(Text(theme, say("demo"), Type.STRONG, Tone.HIGH, wraps=True))
        across = Line(theme, spacing=40)
        left, right = Column(theme, spacing=12), Column(theme, spacing=12)
        for key in _SENTENCES:
            left.addWidget(Text(theme, say(key), Type.BODY, wraps=True))
        left.addWidget(Heading(theme, say("drafts"), Level.LABEL))
        left.addWidget(self.drafts)
        for title, part in (("day", self.day), ("sources", self.sources)):
            right.addWidget(Heading(theme, say(title), Level.LABEL))
            right.addWidget(part)
        for column in (left, right):
            column.addStretch(1)
            across.addLayout(column, 1)
        whole.addLayout(across, 1)
        self._page = ScrollPage(theme, page, say("title"))
        self._page.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        close = act(self, say("close"), "Escape", self.closed.emit)
        down = self.column()
        down.addWidget(self._page, 1)
        down.addWidget(ActionLine(theme, [KeyButton(theme, close)], say("version")))
        view_model.state_read.connect(self._show)

    def take_focus(self) -> None:
        """Take the keyboard, so that the arrows scroll and Esc leaves."""
        self._page.setFocus()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._of.refresh()

    def _show(self, state: AboutState) -> None:
        self.drafts.show_facts(state.drafts)
        self.sources.show_facts(state.sources)
        self.day.show_facts(state.day)
