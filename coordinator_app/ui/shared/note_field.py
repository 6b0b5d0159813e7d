"""The field for notes: plain text in lines of 135 %, told after each pause so that nothing typed is lost."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QFocusEvent, QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QTextEdit
from typing_extensions import override

from coordinator_app.ui.shared.field_frame import FieldFrame
from coordinator_app.ui.shared.theme import Theme

PAUSE_MS = 500
_LINE_HEIGHT = 135.0


class _Paper(QTextEdit):
    """Plain text with our line height; Tab leaves the field."""

    left = Signal()

    def __init__(self, hint: str) -> None:
        super().__init__()
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setPlaceholderText(hint)
        self.document().setDocumentMargin(0)
        self.viewport().setAutoFillBackground(False)

    def spread(self) -> None:
        """Give every line its height."""
        spread = QTextBlockFormat()
        spread.setLineHeight(_LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor = QTextCursor(self.document())
        # The height of lines is nothing a person typed, so there is nothing of it to take back.
        self.document().setUndoRedoEnabled(False)
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(spread)
        self.document().setUndoRedoEnabled(True)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


class NoteField(FieldFrame):
    """A note to write; it says what stands there after each pause of 500 ms and when it is left.

    Signals:
        paused(str): the whole note, once typing has paused or the field was left with something new in it.
        typed(): something changed just now.
    """

    paused = Signal(str)
    typed = Signal()

    def __init__(self, theme: Theme, name: str, *, hint: str = "", keys: str = "") -> None:
        self.paper = _Paper(hint)
        super().__init__(theme, self.paper, name, keys=keys, height=None, inset=(12, 9, 8, 8))
        self.paper.spread()
        self._is_new = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.say_now)
        self.paper.textChanged.connect(self._changed)
        self.paper.left.connect(self.say_now)

    @override
    def can_undo(self) -> bool:
        return self.paper.document().isUndoAvailable()

    def words(self) -> str:
        """Return the note."""
        return self.paper.toPlainText()

    def set_words(self, words: str) -> None:
        """Put a note into the field; nobody is told."""
        self.paper.blockSignals(True)  # noqa: FBT003 - Qt's own signature
        self.paper.setPlainText(words)
        self.paper.spread()
        self.paper.moveCursor(QTextCursor.MoveOperation.End)
        self.paper.blockSignals(False)  # noqa: FBT003
        self._is_new = False
        self._pause.stop()

    def say_now(self) -> None:
        """Tell what stands there if it is new; called on a pause, on leaving, and by Ctrl+S."""
        self._pause.stop()
        if self._is_new:
            self._is_new = False
            self.paused.emit(self.words())

    def _changed(self) -> None:
        self._is_new = True
        self._pause.start()
        self.typed.emit()
