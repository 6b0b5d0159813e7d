"""F6: the keyboard goes from pane to pane of a screen, in the order they are read."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QApplication, QWidget

from coordinator_app.ui.shared.actions import WITHIN, act


def cycle_panes(owner: QWidget, words: str, panes: Callable[[], Sequence[QWidget]]) -> None:
    """Have F6 and Shift+F6 on ``owner`` give the keyboard to the next or the last of ``panes`` that can be seen."""

    def step(by: int) -> None:
        seen = [pane for pane in panes() if pane.isVisible()]
        if not seen:
            return
        here = QApplication.focusWidget()
        place = next((n for n, pane in enumerate(seen) if here is not None and _holds(pane, here)), -by)
        take_keyboard(seen[(place + by) % len(seen)])

    act(owner, words, "F6", lambda: step(1), where=WITHIN)
    act(owner, words, "Shift+F6", lambda: step(-1), where=WITHIN)


def take_keyboard(pane: QWidget) -> None:
    """Give the keyboard to a pane, or to the first part in it that can have it."""
    for part in (pane, *pane.findChildren(QWidget)):
        if part.focusPolicy().value & 1 and part.isVisibleTo(pane) and part.isEnabled():
            part.setFocus()
            return


def _holds(pane: QWidget, part: QWidget) -> bool:
    return pane is part or pane.isAncestorOf(part)
