"""What is typed about a red flag: what was said and where the patient is, or who was told and what they answered."""

from dataclasses import dataclass, field
from enum import Enum
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from coordinator_app.ui.shared.actions import act
from coordinator_app.ui.shared.announce import announce
from coordinator_app.ui.shared.buttons import KeyButton, Kind
from coordinator_app.ui.shared.check_line import CheckLine
from coordinator_app.ui.shared.fields import ComboField, LineField, Option
from coordinator_app.ui.shared.hand import Hand
from coordinator_app.ui.shared.layout import Column, Line, Pane
from coordinator_app.ui.shared.marks import TierMark, tier_glyph
from coordinator_app.ui.shared.text import Text
from coordinator_app.ui.shared.theme import Theme
from coordinator_app.ui.shared.tokens import Tone
from coordinator_app.ui.shared.typography import Type
from coordinator_app.ui.shared.wording import Words

_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True, slots=True)
class FlagEntries:
    """What stands in the form; ``has_accepted`` closes the flag and needs ``who``."""

    said: str = field(default="", repr=False)
    whereabouts: str = field(default="", repr=False)
    call_back: str = field(default="", repr=False)
    advice: str = ""
    who: str = field(default="", repr=False)
    answer: str = field(default="", repr=False)
    has_accepted: bool = False


class Asks(Enum):
    """What the form asks: all of a new flag, where the patient is now, or who was told."""

    RAISE = "raise"
    PLACE = "place"
    TELL = "tell"


class FlagForm(Pane):
    """Two forms in the place of the bar; Enter goes to the next field and from the last one saves.

    Signals:
        saved(FlagEntries): keep this step.
        closed(): back to the call; nothing of the form is kept.
    """

    saved = Signal(object)
    closed = Signal()

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(theme, "redtint", parent=parent)
        say = words.say
        self._words, self._asks = words, Asks.RAISE
        self._title = Text(theme, "", Type.STRONG, Tone.URGENT)
        self._error = Text(theme, "", Type.SMALL_MEDIUM, Tone.URGENT, wraps=True)
        self._error.hide()
        self.said = LineField(theme, say("flag.said"), hint=say("flag.said"))
        self.whereabouts = LineField(theme, say("flag.whereabouts"), hint=say("flag.whereabouts"))
        self.call_back = LineField(theme, say("flag.call_back"), hint=say("flag.call_back"))
        self.advice = ComboField(theme, say("flag.advice"), hint=say("flag.advice"))
        self.who = LineField(theme, say("flag.who"), hint=say("flag.who"))
        self.answer = LineField(theme, say("flag.answer"), hint=say("flag.answer"))
        self.accepted = CheckLine(theme, say("flag.accepted"), inset=4)
        self.accepted.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._raising, self._telling = QWidget(), QWidget()
        self._lay_out()
        self._save = act(self, say("flag.save"), "", self._tell)
        self._close = act(self, say("flag.back"), "", self.closed.emit)
        for action, kind in ((self._close, Kind.PLAIN), (self._save, Kind.DANGER)):
            self._foot.addWidget(KeyButton(theme, action, kind))
        for part in (*self._raising_fields, *self._telling_fields):
            part.field.installEventFilter(self)
        self.accepted.installEventFilter(self)
        self.hide()

    def offer(self, texts: tuple[Option, ...]) -> None:
        """Offer the texts that may be read aloud; none is chosen."""
        self.advice.set_options(texts)

    @property
    def asks(self) -> Asks:
        """What the form asks now."""
        return self._asks

    def begin(self, entries: FlagEntries, asks: Asks) -> None:
        """Show the form of a new flag, of where the patient is, or of telling somebody about the open one."""
        self._asks = asks
        raises = asks is Asks.RAISE
        self._title.set_words(self._words.say(f"flag.{asks.value}"))
        self._raising.setVisible(asks is not Asks.TELL)
        self._telling.setVisible(asks is Asks.TELL)
        for part in (self.said, self.advice):
            part.setVisible(raises)
        self.said.set_words(entries.said)
        self.whereabouts.set_words(entries.whereabouts)
        self.call_back.set_words(entries.call_back)
        self.advice.set_value(entries.advice or None)
        self.who.set_words(entries.who)
        self.answer.set_words(entries.answer)
        self.accepted.setChecked(False)
        self._save.setText(self._words.say("flag.open_it" if raises else "flag.save"))
        self.say_error("")
        self.show()
        told = self.answer if entries.who else self.who
        first = {Asks.RAISE: self.said, Asks.PLACE: self.whereabouts, Asks.TELL: told}[asks]
        first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def say_error(self, sentence: str) -> None:
        """Say why the step was not kept."""
        self._error.set_words(sentence)
        self._error.setVisible(bool(sentence))
        if sentence:
            announce(self, sentence, interrupts=True)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in _ENTER \
                and not event.modifiers():  # fmt: skip
            self._go_on(watched)
            return True
        return super().eventFilter(watched, event)

    @override
    def paint(self, hand: Hand) -> None:
        super().paint(hand)
        look = hand.look
        hand.fill(0, 0, 4, hand.h, look.redfill)
        hand.rule(0, hand.h - 1, hand.w, look.safety)
        tier_glyph(hand, TierMark.SAFETY, 24, 26, ink=look.safety, paper=look.redtint)

    def _lay_out(self) -> None:
        theme = self.theme
        self._raising_fields = (self.said, self.whereabouts, self.call_back, self.advice)
        self._telling_fields = (self.who, self.answer)
        upper = Column(theme, self._raising, spacing=8)
        upper.addWidget(self.said)
        line = Line(theme, spacing=8)
        for part in (self.whereabouts, self.call_back, self.advice):
            line.addWidget(part, 1)
        upper.addLayout(line)
        told = Line(theme, self._telling, spacing=8)
        told.addWidget(self.who, 2)
        told.addWidget(self.answer, 3)
        self.accepted.setMinimumWidth(self.accepted.sizeHint().width())
        told.addWidget(self.accepted)
        down = Column(theme, self, (52, 10, 24, 12), 8)
        for row in (self._title, self._raising, self._telling, self._error):
            down.addWidget(row)
        self._foot = Line(theme, spacing=8)
        self._foot.addStretch(1)
        down.addLayout(self._foot)

    def _go_on(self, watched: QObject) -> None:
        fields = (*self._telling_fields,) if self._asks is Asks.TELL else (*self._raising_fields,)
        parts: list[QWidget] = [each.field for each in fields if not each.isHidden()]
        if self._asks is Asks.TELL:
            parts.append(self.accepted)
        at = next((place for place, each in enumerate(parts) if each is watched), len(parts))
        if at + 1 < len(parts):
            parts[at + 1].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self._tell()

    def _tell(self) -> None:
        self.saved.emit(
            FlagEntries(
                said=self.said.words(),
                whereabouts=self.whereabouts.words(),
                call_back=self.call_back.words(),
                advice=str(self.advice.value() or ""),
                who=self.who.words(),
                answer=self.answer.words(),
                has_accepted=self.accepted.isChecked(),
            )
        )
