"""The steps of a visit on one line: what is done, what is now, what is still to come."""

from dataclasses import dataclass
from enum import Enum

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from coordinator_app.ui.shared.hand import Hand, cut, width_of
from coordinator_app.ui.shared.layout import pin
from coordinator_app.ui.shared.marks import tick
from coordinator_app.ui.shared.painted import Painted
from coordinator_app.ui.shared.theme import Theme
from coordinator_app.ui.shared.tokens import Tone
from coordinator_app.ui.shared.typography import Type


class StepState(Enum):
    """Where a step stands."""

    DONE = "done"
    NOW = "now"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True)
class Step:
    """A step by name, with its time and means below once it has them."""

    words: str
    state: StepState
    under: str = ""


class StepLine(Painted):
    """Up to five rings on a line, 62 high, each with its word and time below."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._steps: tuple[Step, ...] = ()
        pin(theme, self, height=62)

    def show_steps(self, steps: tuple[Step, ...], spoken: str) -> None:
        """Show other steps; `spoken` is the line as one sentence."""
        self._steps = steps
        self.setAccessibleName(spoken)
        self.update()

    @override
    def paint(self, hand: Hand) -> None:
        if not self._steps:
            return
        look, count = hand.look, len(self._steps)
        places = [10 + place * (hand.w - 20) / max(1, count - 1) for place in range(count)]
        for place in range(count - 1):
            is_past = self._steps[place + 1].state is not StepState.AHEAD
            x = places[place] + 9
            hand.fill(x, 10, places[place + 1] - 9 - x, 2, look.accent if is_past else look.line)
        for place, step in enumerate(self._steps):
            self._ring(hand, places[place], step.state)
            tone = Tone.SECOND if step.state is StepState.AHEAD else Tone.TEXT
            for baseline, words, role, ink in (
                (40, step.words, Type.LABEL, tone),
                (58, step.under, Type.SMALL, Tone.SECOND),
            ):
                shown = cut(words, role, hand.w / count + 20)
                width = width_of(shown, role)
                left = min(max(places[place] - width / 2, 0), hand.w - width)
                hand.text(left, baseline, shown, role, ink)

    def _ring(self, hand: Hand, x: float, state: StepState) -> None:
        look = hand.look
        if state is StepState.DONE:
            hand.disc(x, 11, 9, fill=look.fill)
            tick(hand, x, 11, look.onfill, 13)
        elif state is StepState.NOW:
            hand.disc(x, 11, 9, fill=look.surface, line=look.accent, stroke=2)
            hand.disc(x, 11, 4, fill=look.accent)
        else:
            hand.disc(x, 11, 9, fill=look.surface, line=look.control, stroke=1.6)
