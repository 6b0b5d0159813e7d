"""The red-flag bar under a banner: what it is, what to read aloud, whom to tell. It can be settled, never closed."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from coordinator_app.ui.shared.announce import announce
from coordinator_app.ui.shared.buttons import KeyButton
from coordinator_app.ui.shared.hand import Hand
from coordinator_app.ui.shared.layout import Column, Line
from coordinator_app.ui.shared.marks import TierMark, tier_glyph
from coordinator_app.ui.shared.painted import Painted
from coordinator_app.ui.shared.text import Text
from coordinator_app.ui.shared.theme import Theme
from coordinator_app.ui.shared.tokens import Tone
from coordinator_app.ui.shared.typography import Type


@dataclass(frozen=True, slots=True)
class RedFlag:
    """What the bar says; `open_for` counts while nobody has taken it over."""

    what: str
    read_aloud: str
    whom: str
    open_for: str = ""


class RedFlagBar(Painted):
    """Pushes the content down, covers nothing."""

    def __init__(self, theme: Theme, buttons: tuple[KeyButton, ...], parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._what = Text(theme, "", Type.STRONG, Tone.URGENT, wraps=True)
        self._aloud = Text(theme, "", Type.STRONG, wraps=True)
        self._whom = Text(theme, "", Type.BODY, wraps=True)
        self._open_for = Text(theme, "", Type.STRONG, Tone.URGENT, align=Qt.AlignmentFlag.AlignRight)
        down = Column(theme, self, (52, 12, 24, 13), 2)
        for part in (self._what, self._aloud, self._whom):
            down.addWidget(part)
        across = Line(theme, margins=(0, 8, 0, 0), spacing=8)
        for button in buttons:
            across.addWidget(button)
        across.addStretch(1)
        across.addWidget(self._open_for)
        down.addLayout(across)
        self.hide()

    def show_flag(self, flag: RedFlag | None) -> None:
        """Show a flag, said aloud at once when it is new; None once it is settled."""
        is_new = flag is not None and not self.isVisible()
        self.setVisible(flag is not None)
        if flag is None:
            return
        self._what.set_words(flag.what)
        self._aloud.set_words(flag.read_aloud)
        self._whom.set_words(flag.whom)
        self._open_for.set_words(flag.open_for)
        self.setAccessibleName(f"{flag.what}. {flag.read_aloud} {flag.whom}")
        if is_new:
            announce(self, f"{flag.what}. {flag.read_aloud}", interrupts=True)

    @override
    def paint(self, hand: Hand) -> None:
        look = hand.look
        hand.fill(0, 0, hand.w, hand.h, look.redtint)
        hand.fill(0, 0, 4, hand.h, look.redfill)
        hand.rule(0, 0, hand.w, look.safety)
        hand.rule(0, hand.h - 1, hand.w, look.safety)
        tier_glyph(hand, TierMark.SAFETY, 24, 28, ink=look.safety, paper=look.redtint)
