"""What a list says when there is nothing in it: a sentence, numbers, one reassurance, what can be done next."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from coordinator_app.ui.shared.buttons import KeyButton
from coordinator_app.ui.shared.layout import Line, Pane
from coordinator_app.ui.shared.text import Text
from coordinator_app.ui.shared.theme import Theme
from coordinator_app.ui.shared.tokens import Tone
from coordinator_app.ui.shared.typography import Type


@dataclass(frozen=True, slots=True)
class EmptyWords:
    """The sentence in large type, the numbers, the reassurance; the last two may be empty."""

    sentence: str
    numbers: str = ""
    reassurance: str = ""


class EmptyState(Pane):
    """Words amid an empty list, with at most two buttons below; no drawing."""

    def __init__(
        self, theme: Theme, words: EmptyWords, buttons: tuple[KeyButton, ...] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, "surface", parent=parent)
        middle = Qt.AlignmentFlag.AlignHCenter
        self._sentence = Text(theme, "", Type.LARGE, wraps=True, align=middle)
        self._numbers = Text(theme, "", Type.NOTICE, Tone.SECOND, wraps=True, align=middle)
        self._reassurance = Text(theme, "", Type.BODY, Tone.SECOND, wraps=True, align=middle)
        down = self.column((32, 0, 32, 0), 4)
        down.addStretch(1)
        down.addWidget(self._sentence)
        down.addWidget(self._numbers)
        down.addWidget(self._reassurance)
        across = Line(theme, margins=(0, 28, 0, 0), spacing=10)
        across.addStretch(1)
        for button in buttons:
            across.addWidget(button)
        across.addStretch(1)
        down.addLayout(across)
        down.addStretch(1)
        self.show_words(words)

    def show_words(self, words: EmptyWords) -> None:
        """Say something else."""
        self._sentence.set_words(words.sentence)
        self._numbers.set_words(words.numbers)
        self._numbers.setVisible(bool(words.numbers))
        self._reassurance.set_words(words.reassurance)
        self._reassurance.setVisible(bool(words.reassurance))
        self.setAccessibleName(words.sentence)
