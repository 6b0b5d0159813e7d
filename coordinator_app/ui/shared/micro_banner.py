"""Who the patient of a pane is, glued to the pane."""

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from coordinator_app.ui.shared.hand import Hand, width_of, wrapped
from coordinator_app.ui.shared.identity import Identity
from coordinator_app.ui.shared.painted import Flowing
from coordinator_app.ui.shared.theme import Theme
from coordinator_app.ui.shared.tokens import Tone
from coordinator_app.ui.shared.typography import Type


class MicroBanner(Flowing):
    """Three lines glued to the top of a pane, 90 high; a long name takes a second line rather than be cut."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._who: Identity | None = None

    def show_identity(self, who: Identity | None) -> None:
        """Show a patient, or nobody."""
        self._who = who
        self.setAccessibleName(who.sentence if who else "")
        self.relook()

    @override
    def flow(self, width: float) -> float:
        return 90 + 23 * (len(self._name_lines(width)) - 1)

    @override
    def paint(self, hand: Hand) -> None:
        hand.fill(0, 0, hand.w, hand.h, hand.look.sunken)
        hand.rule(0, hand.h - 1, hand.w, hand.look.line)
        who = self._who
        if who is None:
            return
        baseline, x = 30.0, 20.0
        for line in self._name_lines(hand.w):
            x = hand.text(20, baseline, line, Type.NAME)
            baseline += 23
        if who.preferred and x + 12 + width_of(who.preferred) < hand.w - 20:
            hand.text(x + 12, baseline - 23, who.preferred, Type.BODY, Tone.SECOND)
        x = hand.text(20, baseline, who.born, Type.STRONG)
        x = hand.text(x + 9, baseline, "·", Type.BODY, Tone.SECOND)
        hand.text(x + 9, baseline, who.sex, Type.STRONG)
        x = hand.text(20, baseline + 23, who.number, Type.STRONG, code=True)
        if who.speaks and x + 22 + width_of(who.speaks) < hand.w - 12:
            x = hand.text(x + 9, baseline + 23, "·", Type.BODY, Tone.SECOND)
            hand.text(x + 9, baseline + 23, who.speaks, Type.BODY, Tone.SECOND)

    def _name_lines(self, width: float) -> list[str]:
        return wrapped(self._who.name, Type.NAME, width - 40) if self._who else [""]
