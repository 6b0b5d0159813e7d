"""The painted frame round every field: outline, focus ring, error, and a key cap or icon inside."""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPalette
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from coordinator_app.ui.shared.hand import Hand
from coordinator_app.ui.shared.layout import Line, pin
from coordinator_app.ui.shared.marks import cap_width, focus_ring, key_cap
from coordinator_app.ui.shared.painted import Painted
from coordinator_app.ui.shared.theme import Theme
from coordinator_app.ui.shared.tokens import Tone
from coordinator_app.ui.shared.typography import Type

HEIGHT = 36
_OF_THE_FIELD = frozenset({Qt.Key.Key_A, Qt.Key.Key_C, Qt.Key.Key_V, Qt.Key.Key_X, Qt.Key.Key_Y})


class FieldFrame(Painted):
    """A frame that watches the focus of the field inside it and shows an error; what was typed stays.

    `height` is 36 in design pixels, None leaves it to the layout; `inset` replaces the room kept round the field.
    """

    def __init__(
        self,
        theme: Theme,
        field: QWidget,
        name: str,
        *,
        icon: str = "",
        keys: str = "",
        height: int | None = HEIGHT,
        inset: tuple[int, int, int, int] | None = None,
    ) -> None:
        super().__init__(theme)
        self.field = field
        self._icon = icon
        self._keys = keys
        self._error = ""
        cap = round(cap_width(keys)) + 6 if keys else 0
        box = Line(theme, self, inset or (36 if icon else 12, 2, 8 + cap, 2))
        box.addWidget(field)
        field.setAccessibleName(name)
        field.installEventFilter(self)
        self.setFocusProxy(field)
        if height is not None:
            pin(theme, self, height=height)
        self._dress_field()

    @property
    def error(self) -> str:
        """The sentence of what is wrong, or empty."""
        return self._error

    def set_error(self, sentence: str) -> None:
        """Mark the field as wrong, or right again with an empty sentence; the sentence itself stands under it."""
        self._error = sentence
        self.field.setAccessibleDescription(sentence)
        self.update()

    @override
    def relook(self) -> None:
        self._dress_field()
        super().relook()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut, QEvent.Type.EnabledChange):
            self.update()
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and self._is_ours(event):
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def can_undo(self) -> bool:
        """Say whether there is typing to take back; without it Ctrl+Z belongs to the toast."""
        return isinstance(self.field, QLineEdit) and self.field.isUndoAvailable()

    def _is_ours(self, event: QKeyEvent) -> bool:
        # On Linux Qt's fields claim Ctrl+K, Ctrl+D and others for Emacs habits; here they are the keys of the house.
        if event.modifiers() != Qt.KeyboardModifier.ControlModifier or not Qt.Key.Key_A <= event.key() <= Qt.Key.Key_Z:
            return False
        if event.key() == Qt.Key.Key_Z:
            return not self.can_undo()
        return event.key() not in _OF_THE_FIELD

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.field.setFocus(Qt.FocusReason.MouseFocusReason)

    @override
    def paint(self, hand: Hand) -> None:
        look, rect = hand.look, QRectF(0, 0, hand.w, hand.h)
        is_on = self.field.isEnabled()
        line = look.safety if self._error else look.control if is_on else look.line
        hand.box(rect, 6, fill=look.surface if is_on else look.sunken, line=line)
        if self.field.hasFocus():
            focus_ring(hand, rect, 6, Tone.URGENT if self._error else Tone.ACCENT)
        if self._icon:
            hand.icon(self._icon, 10, hand.h / 2 - 9, 18, Tone.SECOND)
        if self._keys:
            key_cap(hand, hand.w - 8 - cap_width(self._keys), 18 if hand.h > 44 else hand.h / 2, self._keys)

    def _dress_field(self) -> None:
        field, look = self.field, self.theme.tokens
        field.setFont(self.theme.font(Type.BODY))
        palette = self.theme.palette()
        # The frame paints the paper; the field only writes on it.
        for role in (QPalette.ColorRole.Base, QPalette.ColorRole.Button, QPalette.ColorRole.Window):
            palette.setColor(role, QColor(0, 0, 0, 0))
        palette.setColor(QPalette.ColorRole.Text, look.text)
        field.setPalette(palette)
