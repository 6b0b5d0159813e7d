"""Lines of a tally: what was done and how often; what waits and since when."""

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from coordinator_app.ui.shared.chips import Chip, chip_width, draw_chip
from coordinator_app.ui.shared.hand import Hand, cut, width_of
from coordinator_app.ui.shared.painted import Painted
from coordinator_app.ui.shared.theme import Theme
from coordinator_app.ui.shared.tokens import Tone
from coordinator_app.ui.shared.typography import Type


@dataclass(frozen=True, slots=True)
class Tally:
    """A title with a quieter line; at the right a number in large figures or a chip, at the left perhaps an icon."""

    title: str
    detail: str = ""
    number: str = ""
    icon: str = ""
    chip: Chip | None = None

    @property
    def sentence(self) -> str:
        """The line for a screen reader."""
        parts = (self.title, self.number, self.detail, self.chip.words if self.chip else "")
        return ". ".join(part for part in parts if part)


class TallyLines(Painted):
    """Lines parted by hairlines, 60 from line to line, 56 with icons."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._lines: tuple[Tally, ...] = ()

    def show_lines(self, lines: tuple[Tally, ...]) -> None:
        """Show other lines."""
        self._lines = lines
        self.setAccessibleName(". ".join(line.sentence for line in lines))
        self.relook()

    @override
    def design_size(self) -> tuple[float, float]:
        return 160, sum(self._height(line) for line in self._lines)

    @override
    def paint(self, hand: Hand) -> None:
        top = 0.0
        for line in self._lines:
            height = self._height(line)
            left = 32.0 if line.icon else 0.0
            if line.icon:
                hand.icon(line.icon, 0, top + 20, 20, Tone.SECOND)
            right = hand.w
            if line.chip is not None:
                right -= chip_width(line.chip)
                draw_chip(hand, line.chip, right, top + 30)
            elif line.number:
                hand.text_right(right, top + 34, line.number, Type.TITLE)
                right -= width_of(line.number, Type.TITLE)
            hand.text(left, top + 26, cut(line.title, Type.MEDIUM, right - left - 10), Type.MEDIUM)
            hand.text(left, top + 47, cut(line.detail, Type.SMALL, right - left - 10), Type.SMALL, Tone.SECOND)
            hand.rule(left, top + height - 1, hand.w - left)
            top += height

    def _height(self, line: Tally) -> float:
        return 56 if line.icon else 60
