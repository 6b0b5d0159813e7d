"""What was talked about, and how a lesson was said back; closed until two identifiers match."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from coordinator_app.domain.activity import TeachBack
from coordinator_app.ui.screens.call.entries import Entries
from coordinator_app.ui.screens.call.sheet import Standing, TopicLine
from coordinator_app.ui.shared.check_line import CheckLine
from coordinator_app.ui.shared.headings import Heading
from coordinator_app.ui.shared.layout import Column
from coordinator_app.ui.shared.scroll import ScrollPage
from coordinator_app.ui.shared.text import Text
from coordinator_app.ui.shared.theme import Theme
from coordinator_app.ui.shared.toggles import Toggle, ToggleGrid, ToggleKind
from coordinator_app.ui.shared.tokens import Tone
from coordinator_app.ui.shared.typography import Type
from coordinator_app.ui.shared.wording import Words


class TopicsColumn(QWidget):
    """Topics to tick; the digits 1 to 4 say how the topic in focus was said back.

    Signals:
        topics_changed(tuple): the topics ticked, in the order shown.
        said_changed(dict): the results by topic.
    """

    topics_changed = Signal(object)
    said_changed = Signal(object)

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._words = theme, words
        self._lines: dict[str, CheckLine] = {}
        self._lessons: frozenset[str] = frozenset()
        self._said: dict[str, TeachBack] = {}
        self._about = ""
        self._closed = Text(theme, words.say("topics.closed"), Type.SMALL, Tone.SECOND, wraps=True)
        sheet = QWidget()
        self._list = Column(theme, sheet)
        self._list.addStretch(1)
        self.pages = ScrollPage(theme, sheet, words.say("topics"))
        self._said_head = Heading(theme, words.say("said"))
        toggles = [Toggle(str(place), words.say(f"said.{each}"), each) for place, each in enumerate(TeachBack, start=1)]
        self.said = ToggleGrid(theme, words.say("said"), toggles, ToggleKind.CHOICE)
        self._said_part = QWidget()
        said = Column(theme, self._said_part, (0, 8, 0, 0), 8)
        said.addWidget(self._said_head)
        said.addWidget(self.said)
        self._said_part.hide()
        down = Column(theme, self, spacing=8)
        down.addWidget(Heading(theme, words.say("topics"), keys="Ctrl+T"))
        down.addWidget(self._closed)
        down.addWidget(self.pages, 1)
        down.addWidget(self._said_part)
        self.said.changed.connect(self._say)

    def show_topics(self, topics: tuple[TopicLine, ...]) -> None:
        """Offer other topics, none of them ticked."""
        for old in self._lines.values():
            self._list.removeWidget(old)
            old.setParent(None)
        self._lines, self._said, self._about = {}, {}, ""
        self._lessons = frozenset(topic.key for topic in topics if topic.has_lesson)
        for place, topic in enumerate(topics):
            line = CheckLine(self._theme, topic.words, height=34)
            line.clicked.connect(lambda _checked=False, key=topic.key: self._ticked(key))
            self._list.insertWidget(place, line)
            line.show()
            self._lines[topic.key] = line
        self._tell_said()

    def show_entries(self, entries: Entries) -> None:
        """Show what was ticked and said back."""
        self._said = dict(entries.said_back)
        for key, line in self._lines.items():
            line.setChecked(key in entries.topics)
        about = [key for key in entries.topics if key in self._lessons]
        self._about = about[-1] if about else ""
        self._tell_said()

    def show_standing(self, standing: Standing) -> None:
        """Open or close the topics."""
        self.pages.setEnabled(standing.is_open)
        self._closed.set_words(standing.topics)
        self._closed.setVisible(bool(standing.topics))
        self._said_part.setVisible(standing.is_open and bool(self._about))

    def topics(self) -> tuple[str, ...]:
        """Return the topics ticked."""
        return tuple(key for key, line in self._lines.items() if line.isChecked())

    def take_focus(self) -> bool:
        """Go to the first topic; say whether topics are open."""
        first = next(iter(self._lines.values()), None)
        if first is None or not self.pages.isEnabled():
            return False
        first.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        about = next((key for key, line in self._lines.items() if line.hasFocus()), "")
        digits = {str(place): each for place, each in enumerate(TeachBack, start=1)}
        if about in self._lessons and event.text() in digits and not event.modifiers():
            self._lines[about].setChecked(True)
            self._about = about
            self.topics_changed.emit(self.topics())
            self._say((digits[event.text()],))
        else:
            super().keyPressEvent(event)

    def _ticked(self, key: str) -> None:
        if not self._lines[key].isChecked():
            self._said.pop(key, None)
        if key in self._lessons:
            taught = [each for each in self.topics() if each in self._lessons]
            self._about = key if key in taught else taught[-1] if taught else ""
        self._tell_said()
        self.topics_changed.emit(self.topics())

    def _say(self, on: object) -> None:
        results = on if isinstance(on, tuple) else ()
        if not self._about:
            return
        self._said.pop(self._about, None)
        if results:
            self._said[self._about] = results[0]
        self._tell_said()
        self.said_changed.emit(dict(self._said))

    def _tell_said(self) -> None:
        for key, line in self._lines.items():
            result = self._said.get(key)
            asks = key in self._lessons and line.isChecked()
            detail = f"said.detail.{result}" if result else "said.press" if asks else ""
            line.set_detail(self._words.say(detail) if detail else "")
        self._said_part.setVisible(bool(self._about))
        if self._about:
            self._said_head.set_aside(self._lines[self._about].text())
            result = self._said.get(self._about)
            self.said.set_on((result,) if result else ())
