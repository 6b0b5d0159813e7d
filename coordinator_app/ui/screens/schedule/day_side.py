"""The day at the left: its name, the keys through the days, its blocks by the hour."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from coordinator_app.ui.screens.schedule.states import DayState
from coordinator_app.ui.shared.actions import WITHIN, act
from coordinator_app.ui.shared.agenda import Agenda
from coordinator_app.ui.shared.buttons import KeyButton
from coordinator_app.ui.shared.headings import Heading, Level
from coordinator_app.ui.shared.icon_button import IconButton
from coordinator_app.ui.shared.layout import Breadth, Edge, Pane, pin
from coordinator_app.ui.shared.scroll import ScrollPage
from coordinator_app.ui.shared.text import Text
from coordinator_app.ui.shared.theme import Theme
from coordinator_app.ui.shared.toast import ToastLine
from coordinator_app.ui.shared.tokens import Tone
from coordinator_app.ui.shared.typography import Type
from coordinator_app.ui.shared.wording import Words


class DaySide(Pane):
    """Left and Right go through the days, T goes to today, Up and Down through the blocks.

    Signals:
        opened(str): the key of a block that was pressed.
        today_wished(), stepped(int): another day, by so many days.
    """

    opened = Signal(str)
    today_wished = Signal()
    stepped = Signal(int)

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self.setAccessibleName(words.say("day"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._title = Heading(theme, "", Level.TITLE)
        self._title.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        today = act(self, words.say("today"), "T", self.today_wished.emit, where=WITHIN)
        act(self, words.say("before"), "Left", lambda: self.stepped.emit(-1), where=WITHIN)
        act(self, words.say("after"), "Right", lambda: self.stepped.emit(1), where=WITHIN)
        before = IconButton(theme, "left", words.say("before"), boxed=True)
        after = IconButton(theme, "right", words.say("after"), boxed=True)
        before.clicked.connect(lambda: self.stepped.emit(-1))
        after.clicked.connect(lambda: self.stepped.emit(1))
        head = Pane(theme, "surface", Edge.BOTTOM)
        self._head = head.line((22, 9, 22, 9), 10)
        self._head.addWidget(self._title)
        self._head.add_gap(6)
        for part in (KeyButton(theme, today), before, after):
            self._head.addWidget(part)
        self._head.addStretch(1)
        pin(theme, head, height=55)
        self.agenda = Agenda(theme, words.say("day"))
        self.page = ScrollPage(theme, self.agenda, words.say("day"))
        self._nothing = Text(theme, "", Type.BODY, Tone.SECOND, align=Qt.AlignmentFlag.AlignHCenter)
        self._untimed = Text(theme, "", Type.SMALL, Tone.SECOND, wraps=True)
        self._untimed_pane = Pane(theme, "surface", Edge.TOP)
        self._untimed_pane.line((22, 9, 22, 9)).addWidget(self._untimed, 1)
        self.toasts = ToastLine(theme)
        self._foot = Text(theme, "", Type.BODY, Tone.SECOND, wraps=True)
        self._foot_pane = Pane(theme, "window", Edge.TOP)
        self._foot_pane.line((22, 9, 22, 9)).addWidget(self._foot, 1)
        down = self.column()
        down.addWidget(head)
        down.addWidget(self.page, 1)
        down.addWidget(self._nothing)
        down.add_gap(8)
        down.addWidget(self.toasts)
        down.addWidget(self._untimed_pane)
        down.addWidget(self._foot_pane)
        self.agenda.opened.connect(self.opened)

    def show_day(self, day: DayState) -> None:
        """Show a day."""
        self._title.set_words(day.title)
        self.agenda.show_day(day.blocks)
        self._nothing.set_words(day.nothing)
        self._nothing.setVisible(bool(day.nothing))
        self._untimed.set_words(day.untimed)
        self._untimed_pane.setVisible(bool(day.untimed))
        self._foot.set_words(day.foot)
        self._foot.set_tone(Tone.HIGH if day.is_closed else Tone.SECOND)
        self._foot_pane.setVisible(bool(day.foot))
        self.agenda.setAccessibleDescription(" ".join(filter(None, (day.title, day.nothing, day.untimed, day.foot))))

    def set_breadth(self, breadth: Breadth) -> None:
        """Take the margins of a layout."""
        side = 16 if breadth is Breadth.NARROW else 22
        self._head.set_margins(side, 9, side, 10)
