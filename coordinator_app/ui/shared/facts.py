"""What is known, and what is not: labels in one column, values beside them."""

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from coordinator_app.ui.shared.hand import Hand, wrapped
from coordinator_app.ui.shared.painted import Flowing
from coordinator_app.ui.shared.theme import Theme
from coordinator_app.ui.shared.tokens import Tone
from coordinator_app.ui.shared.typography import Type


@dataclass(frozen=True, slots=True)
class Fact:
    """A label, its value, and a quieter line below. A struck value was corrected and stays readable."""

    label: str
    value: str
    second: str = ""
    tone: Tone = Tone.TEXT
    struck: str = ""


class FactLines(Flowing):
    """Facts under each other; `label_width` is the first column, `is_small` sets the second line in 13 px."""

    def __init__(
        self,
        theme: Theme,
        label_width: int = 104,
        *,
        is_small: bool = False,
        gap: int = 10,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, parent)
        self._label_width = label_width
        self._gap = gap
        self._second = (Type.SMALL, 20) if is_small else (Type.BODY, 22)
        self._facts: tuple[Fact, ...] = ()

    def show_facts(self, facts: tuple[Fact, ...]) -> None:
        """Show other facts."""
        self._facts = facts
        spoken = (f"{fact.label}: {fact.value}. {fact.second}".strip() for fact in facts)
        self.setAccessibleName(" ".join(spoken))
        self.relook()

    @override
    def flow(self, width: float) -> float:
        role, pitch = self._second
        return sum(
            22 * len(self._values(fact, width)) + pitch * len(self._seconds(fact, width, role)) + self._gap
            for fact in self._facts
        )

    @override
    def paint(self, hand: Hand) -> None:
        role, pitch = self._second
        baseline = 16.0
        for fact in self._facts:
            hand.text(0, baseline, fact.label, Type.LABEL, Tone.SECOND)
            x: float = self._label_width
            if fact.struck:
                end = hand.text(x, baseline, fact.struck, Type.BODY, Tone.THIRD)
                hand.fill(x, baseline - 5, end - x, 1, Tone.THIRD)
                x = end + 12
            baseline = hand.lines(x, baseline, self._values(fact, hand.w), Type.BODY, fact.tone, pitch=22)
            seconds = self._seconds(fact, hand.w, role)
            baseline = hand.lines(self._label_width, baseline, seconds, role, Tone.SECOND, pitch=pitch) + self._gap

    def _values(self, fact: Fact, width: float) -> list[str]:
        return wrapped(fact.value, Type.BODY, width - self._label_width)

    def _seconds(self, fact: Fact, width: float, role: Type) -> list[str]:
        return wrapped(fact.second, role, width - self._label_width) if fact.second else []
