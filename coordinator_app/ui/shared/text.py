"""Lines and paragraphs of text in a role of type; real labels, so that a reader of the screen finds them."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget
from typing_extensions import override

from coordinator_app.ui.shared.hand import Ink, cut, width_of, wrapped
from coordinator_app.ui.shared.painted import hand_on
from coordinator_app.ui.shared.theme import Theme
from coordinator_app.ui.shared.tokens import Tone
from coordinator_app.ui.shared.typography import Type

_PITCH = {13: 18, 15: 22, 17: 24, 20: 28, 28: 36}


class Text(QLabel):
    """Text in one role and tone: a line cut with …, or with `wraps` a paragraph as high as it needs."""

    def __init__(
        self,
        theme: Theme,
        words: str = "",
        role: Type = Type.BODY,
        tone: Ink = Tone.TEXT,
        *,
        wraps: bool = False,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(words, parent)
        self.theme = theme
        self._role = role
        self._tone = tone
        self._wraps = wraps
        self._align = align
        self._pitch = _PITCH[role.value[0]]
        self.setTextFormat(Qt.TextFormat.PlainText)
        upright = QSizePolicy.Policy.Minimum if wraps else QSizePolicy.Policy.Fixed
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, upright)
        policy.setHeightForWidth(wraps)
        self.setSizePolicy(policy)
        theme.changed.connect(self._relook)

    def set_words(self, words: str) -> None:
        """Show other words."""
        if words != self.text():
            self.setText(words)
            self._relook()

    def set_tone(self, tone: Ink) -> None:
        """Show the words in another tone."""
        self._tone = tone
        self.update()

    @override
    def sizeHint(self) -> QSize:
        width = min(width_of(self.text(), self._role), 720) + 1 if self.text() else 0
        height = self._height(width) if self._wraps else self._pitch
        return QSize(self.theme.px(width), self.theme.px(height))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px(24), self.theme.px(self._pitch))

    @override
    def hasHeightForWidth(self) -> bool:
        return self._wraps

    @override
    def heightForWidth(self, width: int) -> int:
        return self.theme.px(self._height(width * 100 / self.theme.zoom)) if self._wraps else -1

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        words = self.text()
        with hand_on(self, self.theme) as hand:
            if not words:
                return
            lines = wrapped(words, self._role, hand.w + 0.5) if self._wraps else [cut(words, self._role, hand.w + 0.5)]
            baseline = self._pitch / 2 + self._role.value[0] * 0.355
            for line in lines:
                spare = hand.w - width_of(line, self._role)
                share = {Qt.AlignmentFlag.AlignRight: 1.0, Qt.AlignmentFlag.AlignHCenter: 0.5}.get(self._align, 0.0)
                hand.text(max(0.0, spare * share), baseline, line, self._role, self._tone)
                baseline += self._pitch

    def _height(self, width: float) -> float:
        return len(wrapped(self.text(), self._role, max(width, 24))) * self._pitch

    def _relook(self) -> None:
        self.updateGeometry()
        self.update()
