"""Names of stretches of a screen: a title, a section with its key, a group of fields."""

from enum import Enum

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from coordinator_app.ui.shared.hand import Hand, Ink, cut, width_of
from coordinator_app.ui.shared.marks import cap_width, key_cap
from coordinator_app.ui.shared.painted import Painted
from coordinator_app.ui.shared.theme import Theme
from coordinator_app.ui.shared.tokens import Tone
from coordinator_app.ui.shared.typography import Type


class Level(Enum):
    """How loud a heading is: (type, tone, height, baseline)."""

    TITLE = (Type.TITLE, Tone.TEXT, 32, 23)
    SECTION = (Type.STRONG, Tone.TEXT, 24, 17)
    LABEL = (Type.LABEL, Tone.SECOND, 22, 15)


class Heading(Painted):
    """Words at the left with the key that leads there, an aside at the right."""

    def __init__(
        self,
        theme: Theme,
        words: str,
        level: Level = Level.SECTION,
        *,
        keys: str = "",
        aside: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, parent)
        self._words = words
        self._level = level
        self._keys = keys
        self._aside = aside
        self._tone: Ink = Tone.SECOND
        self._name_itself()

    def set_words(self, words: str) -> None:
        """Say other words."""
        self._words = words
        self._name_itself()
        self.relook()

    def set_aside(self, aside: str, tone: Ink = Tone.SECOND) -> None:
        """Say something else at the right."""
        self._aside, self._tone = aside, tone
        self._name_itself()
        self.update()

    @override
    def design_size(self) -> tuple[float, float]:
        role, _, height, _ = self._level.value
        cap = cap_width(self._keys) + 10 if self._keys else 0
        return width_of(self._words, role) + cap + 1, height

    @override
    def paint(self, hand: Hand) -> None:
        role, tone, height, baseline = self._level.value
        x = hand.text(0, baseline, cut(self._words, role, hand.w), role, tone)
        if self._keys:
            x = key_cap(hand, x + 10, height / 2, self._keys)
        room = hand.w - x - 10
        if self._aside and room > 30:
            hand.text_right(hand.w, baseline, cut(self._aside, Type.SMALL, room), Type.SMALL, self._tone)

    def _name_itself(self) -> None:
        self.setAccessibleName(f"{self._words}, {self._aside}" if self._aside else self._words)
