"""The bar of actions at the foot of a pane: always there, the main action always in the same corner."""

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from coordinator_app.ui.shared.buttons import KeyButton
from coordinator_app.ui.shared.layout import Edge, Pane
from coordinator_app.ui.shared.text import Text
from coordinator_app.ui.shared.theme import Theme
from coordinator_app.ui.shared.tokens import Tone
from coordinator_app.ui.shared.typography import Type


class ActionGrid(Pane):
    """Rows of buttons that fill the width, 60 high for one row, 104 for two; the first button is the main one.

    A button alone in its row is as wide as the whole row below it.
    """

    def __init__(self, theme: Theme, rows: Sequence[Sequence[QWidget]], parent: QWidget | None = None) -> None:
        super().__init__(theme, "window", Edge.TOP, parent)
        self._side = 20
        self._grid = QGridLayout(self)
        columns = max(map(len, rows), default=1)
        for down, buttons in enumerate(rows):
            span = columns if len(buttons) == 1 else 1
            for across, button in enumerate(buttons):
                button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
                self._grid.addWidget(button, down, across, 1, span)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.measure)
        self.measure()

    def set_narrow(self, *, narrow: bool) -> None:
        """Take the margins and buttons of a narrow pane."""
        self._side = 12 if narrow else 20
        for button in self.findChildren(KeyButton):
            button.set_compact(compact=narrow)
        self.measure()

    def measure(self) -> None:
        """Take the measures of the present zoom."""
        px = self.theme.px
        self._grid.setContentsMargins(px(self._side), px(13), px(self._side), px(12))
        self._grid.setSpacing(px(8))


class ActionLine(Pane):
    """One row, 60 high: a sentence at the left, buttons at the right, the main one last."""

    def __init__(
        self, theme: Theme, buttons: Sequence[QWidget], words: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, "window", Edge.TOP, parent)
        self.words = Text(theme, words, Type.BODY, Tone.SECOND)
        across = self.line((24, 12, 24, 12), 12)
        across.addWidget(self.words, 1)
        for button in buttons:
            across.addWidget(button)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
