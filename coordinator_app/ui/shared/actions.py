"""Acts with their keys: one QAction carries words, key and enabledness for button, menu and help alike."""

import sys
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

HERE = Qt.ShortcutContext.WidgetShortcut
"""The key works while the part itself has the keyboard: for single letters, which must type in a note."""

WITHIN = Qt.ShortcutContext.WidgetWithChildrenShortcut
"""The key works anywhere within the part: for a screen's Ctrl keys."""

EVERYWHERE = Qt.ShortcutContext.WindowShortcut

_WORDS = (("Return", "Enter"), ("Escape", "Esc"))


def act(
    owner: QWidget,
    words: str,
    keys: str,
    wish: Callable[[], object],
    *,
    where: Qt.ShortcutContext = WITHIN,
    parent: QObject | None = None,
) -> QAction:
    """Make an act that its owner's key calls; `keys` as Qt writes them ("Ctrl+Return", "C"), or empty."""
    action = QAction(words, parent if parent is not None else owner)
    if keys:
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(where)
    action.triggered.connect(lambda _checked=False: wish())
    owner.addAction(action)
    return action


def keys_of(action: QAction) -> str:
    """Return an act's key as its cap shows it, in the manner of this system."""
    return shown_keys(action.shortcut())


def shown_keys(sequence: QKeySequence) -> str:
    """Return a key sequence as a cap shows it: Ctrl+Enter, Esc; on a Mac with its own signs."""
    if sys.platform == "darwin":
        return sequence.toString(QKeySequence.SequenceFormat.NativeText)
    words = sequence.toString(QKeySequence.SequenceFormat.PortableText)
    for written, shown in _WORDS:
        words = words.replace(written, shown)
    return words
