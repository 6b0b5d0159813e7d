"""The desk a letter lies on: a page as it will be printed, whole, with its number and paper size below."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from coordinator_app.ui.shared.hand import Hand
from coordinator_app.ui.shared.marks import focus_ring
from coordinator_app.ui.shared.painted import Painted
from coordinator_app.ui.shared.theme import Theme
from coordinator_app.ui.shared.tokens import Tone
from coordinator_app.ui.shared.typography import Type

_LETTER = 8.5 / 11


class LetterDesk(Painted):
    """Shows page images handed in; Page Up and Page Down turn them.

    Signals:
        page_changed(int): the number of the page now shown, from 0; answer with `show_foot`.
    """

    page_changed = Signal(int)

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._pages: tuple[QImage, ...] = ()
        self._page = 0
        self._foot = ""
        self._waiting = ""
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(theme.px(200), theme.px(200))

    @property
    def page(self) -> int:
        """The number of the page shown, from 0."""
        return self._page

    def show_pages(self, pages: tuple[QImage, ...], foot: str, text: str = "") -> None:
        """Lay the pages of a letter on the desk; `text` is the letter for a screen reader."""
        self._pages = pages
        self._page = min(self._page, max(0, len(pages) - 1))
        self._waiting = ""
        self.setAccessibleDescription(text)
        self.show_foot(foot)

    def show_waiting(self, words: str) -> None:
        """Say that the letter is on its way, or why it is not."""
        self._pages = ()
        self._waiting = words
        self.show_foot("")

    def show_foot(self, foot: str) -> None:
        """Say the page's number and size."""
        self._foot = foot
        self.update()

    def turn(self, by: int) -> None:
        """Show another page, at most the first or the last."""
        page = min(max(self._page + by, 0), max(0, len(self._pages) - 1))
        if page != self._page:
            self._page = page
            self.page_changed.emit(page)
            self.update()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}.get(Qt.Key(event.key()))
        if step:
            self.turn(step)
        else:
            super().keyPressEvent(event)

    def page_rect(self, width: float, height: float) -> QRectF:
        """Return where the page lies on a desk of this size, in design pixels."""
        shape = self._pages[self._page].width() / self._pages[self._page].height() if self._pages else _LETTER
        room_w, room_h = max(40.0, width - 48), max(40.0, height - 74)
        page_h = min(room_h, room_w / shape)
        page_w = page_h * shape
        return QRectF(round((width - page_w) / 2), round(22 + (room_h - page_h) / 2), round(page_w), round(page_h))

    @override
    def paint(self, hand: Hand) -> None:
        hand.fill(0, 0, hand.w, hand.h, hand.look.desk)
        if not self._pages:
            hand.text_amid(hand.w / 2, hand.h / 2, self._waiting, Type.NOTICE, Tone.SECOND)
            return
        rect = self.page_rect(hand.w, hand.h)
        shadow = hand.look.control
        hand.fill(rect.x() + 1, rect.bottom(), rect.width(), 1, shadow)
        hand.fill(rect.right(), rect.y() + 1, 1, rect.height(), shadow)
        hand.painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        hand.painter.drawImage(rect, self._pages[self._page])
        hand.text_amid(hand.w / 2, rect.bottom() + 36, self._foot, Type.BODY, Tone.SECOND)
        if self.hasFocus():
            focus_ring(hand, rect.adjusted(-4, -4, 4, 4), 4)
