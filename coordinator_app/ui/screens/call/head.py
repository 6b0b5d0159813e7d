"""Above a call: that it goes on, with whom, how to reach them safely, and in which language."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from coordinator_app.ui.screens.call.entries import Entries
from coordinator_app.ui.screens.call.sheet import Sheet
from coordinator_app.ui.shared.banner import PatientBanner
from coordinator_app.ui.shared.call_strip import CallStrip
from coordinator_app.ui.shared.check_line import CheckLine
from coordinator_app.ui.shared.feed_line import FeedLine
from coordinator_app.ui.shared.fields import ComboField
from coordinator_app.ui.shared.layout import Breadth, Column, Edge, Line, Pane, pin
from coordinator_app.ui.shared.safety_line import SafetyLine
from coordinator_app.ui.shared.text import Text
from coordinator_app.ui.shared.theme import Theme
from coordinator_app.ui.shared.tokens import Tone
from coordinator_app.ui.shared.typography import Type
from coordinator_app.ui.shared.wording import Words


class CallHead(QWidget):
    """Strip, banner, safety, look-alike: never scrolled away.

    The strip says whether a call goes on or one was taken up from its draft.
    """

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._theme = theme
        self.strip = CallStrip(theme, words.say("in_progress"), words.say("list_stays"))
        self.banner = PatientBanner(theme, in_call=True)
        self.safety = SafetyLine(theme, words.say("/patient.special_contact"))
        self.look_alike = FeedLine(theme, "patient")
        self._safe_place = QWidget()
        safe = Line(theme, self._safe_place, (24, 12, 24, 0))
        safe.addWidget(self.safety)
        self._safe_place.hide()
        down = Column(theme, self)
        for part in (self.strip, self.banner, self.look_alike, self._safe_place):
            down.addWidget(part)

    def clear(self) -> None:
        """Show nobody, until the person has been read."""
        self.banner.show_facts(None)
        self.strip.show_words(self._words.say("in_progress"))
        self.safety.show_words("")
        self._safe_place.hide()
        self.look_alike.show_words("")

    def show_sheet(self, sheet: Sheet) -> None:
        """Show the person."""
        self.banner.show_facts(sheet.banner)
        self.strip.show_words(sheet.taken_up or self._words.say("in_progress"))
        self.safety.show_words(sheet.safety)
        self._safe_place.setVisible(bool(sheet.safety))
        self.look_alike.show_words(sheet.look_alike)


class NumberLine(Pane):
    """Which number, which language, and whether an interpreter helps; 56 high.

    Signals:
        number_chosen(str), language_chosen(str), interpreter_set(bool): what a person chose.
    """

    number_chosen = Signal(str)
    language_chosen = Signal(str)
    interpreter_set = Signal(bool)

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(theme, "surface", Edge.BOTTOM, parent)
        self._words = words
        self._notes: dict[str, str] = {}
        self._no_message: frozenset[str] = frozenset()
        self.number = ComboField(theme, words.say("number"), hint=words.say("number.none"))
        self.language = ComboField(theme, words.say("spoken"))
        self.interpreter = CheckLine(theme, words.say("interpreter"), inset=4)
        self.note = Text(theme, "", Type.SMALL_MEDIUM, Tone.SECOND, wraps=True)
        self.interpreter.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._labels = [Text(theme, words.say(key), Type.LABEL, Tone.SECOND) for key in ("number", "spoken")]
        self._across = self.line((24, 10, 24, 10), 10)
        self._across.addWidget(self._labels[0])
        self._across.addWidget(self.number)
        self._across.addWidget(self.note, 1, Qt.AlignmentFlag.AlignVCenter)
        self._across.addWidget(self._labels[1])
        self._across.addWidget(self.language)
        self._across.addWidget(self.interpreter)
        pin(theme, self, height=57)
        self.set_breadth(Breadth.MIDDLE)
        self.number.chosen.connect(self._number)
        self.language.chosen.connect(lambda code: self.language_chosen.emit(str(code)))
        self.interpreter.clicked.connect(self.interpreter_set)

    def clear(self) -> None:
        """Offer nothing, until the person has been read."""
        self.number.set_options(())
        self.language.set_options(())
        self.note.set_words("")
        self._interpreter_words("")
        self.interpreter.setChecked(False)

    def show_sheet(self, sheet: Sheet) -> None:
        """Offer the numbers, the safe one first, and the languages."""
        self._notes, self._no_message = dict(sheet.notes_of), sheet.no_message
        self.number.set_options(sheet.numbers, sheet.number)
        self.language.set_options(sheet.languages, sheet.language)
        self._interpreter_words(sheet.needs_interpreter)
        self._say_note(sheet.number)

    def show_entries(self, entries: Entries) -> None:
        """Show what was chosen."""
        if entries.number:
            self.number.set_value(entries.number)
            self._say_note(entries.number)
        if entries.language:
            self.language.set_value(entries.language)
        self.interpreter.setChecked(entries.has_interpreter)

    def set_breadth(self, breadth: Breadth) -> None:
        """Take the widths of a layout."""
        is_narrow = breadth is Breadth.NARROW
        pin(self.theme, self.number, width=264 if is_narrow else 304, height=36)
        pin(self.theme, self.language, width=112, height=36)
        self._across.set_margins(16 if is_narrow else 24, 10, 16 if is_narrow else 24, 11)

    def _interpreter_words(self, needed: str) -> None:
        self.interpreter.setText(needed or self._words.say("interpreter"))

    def _number(self, value: object) -> None:
        self._say_note(str(value))
        self.number_chosen.emit(str(value))

    def _say_note(self, number: str) -> None:
        told = [self._notes.get(number, ""), self._notes.get("", "")]
        self.note.set_words(" · ".join(part for part in told if part))
        self.note.set_tone(Tone.URGENT if number in self._no_message else Tone.SECOND)
