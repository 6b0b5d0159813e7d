"""The calm page before the work, for lock and sign-in: a column amid the window and a line at the foot."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from coordinator_app.ui.shared.brand import BrandMark, DemoMark
from coordinator_app.ui.shared.hand import Hand, cut
from coordinator_app.ui.shared.layout import Column, Line, Pane, pin
from coordinator_app.ui.shared.painted import Painted
from coordinator_app.ui.shared.text import Text
from coordinator_app.ui.shared.theme import Theme
from coordinator_app.ui.shared.tokens import Tone
from coordinator_app.ui.shared.typography import Type

COLUMN_WIDTH = 400


@dataclass(frozen=True, slots=True)
class Sign:
    """A line with an icon: what goes on meanwhile."""

    icon: str
    words: str
    is_strong: bool = False


class SignLines(Painted):
    """Signs under a hairline, 28 apart."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._signs: tuple[Sign, ...] = ()
        self._fit()

    def show_signs(self, signs: tuple[Sign, ...]) -> None:
        """Show other signs."""
        self._signs = signs
        self.setAccessibleName(". ".join(sign.words for sign in signs))
        self._fit()
        self.update()

    @override
    def relook(self) -> None:
        self._fit()
        super().relook()

    @override
    def paint(self, hand: Hand) -> None:
        if self._signs:
            hand.rule(0, 0, hand.w, hand.look.line)
        for place, sign in enumerate(self._signs):
            middle = 24 + 28 * place
            hand.icon(sign.icon, 0, middle - 9, 18, Tone.SECOND)
            role, tone = (Type.MEDIUM, Tone.TEXT) if sign.is_strong else (Type.BODY, Tone.SECOND)
            hand.text(28, middle + 5.2, cut(sign.words, role, hand.w - 28), role, tone)

    def _fit(self) -> None:
        self.setFixedHeight(self.theme.px(14 + 28 * len(self._signs)) if self._signs else 0)


class Gate(Pane):
    """A column 400 wide amid the window; `down` is its layout, to be filled from the top.

    `foot` is the sentence that says what the product is not; `demo_note` and `demo` mark invented people.
    """

    def __init__(
        self, theme: Theme, foot: str, demo_note: str = "", demo: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, "window", parent=parent)
        page = self.column((24, 36, 24, 12))
        column = QWidget()
        pin(theme, column, width=COLUMN_WIDTH)
        self.down = Column(theme, column)
        self.down.addWidget(BrandMark(theme, 40), 0, Qt.AlignmentFlag.AlignLeft)
        page.addStretch(1)
        # Between stretches, not by an alignment: aligned, the height of paragraphs is asked for the whole width.
        middle = Line(theme)
        middle.addStretch(1)
        middle.addWidget(column)
        middle.addStretch(1)
        page.addLayout(middle)
        page.addStretch(1)
        across = Line(theme, spacing=10)
        across.addWidget(Text(theme, foot, Type.SMALL, Tone.SECOND), 1)
        if demo:
            note = Text(theme, demo_note, Type.SMALL, Tone.SECOND, align=Qt.AlignmentFlag.AlignRight)
            across.addWidget(note, 0)
            across.addWidget(DemoMark(theme, demo), 0)
        page.addLayout(across)
