"""Says a sentence to whoever listens to the screen; a label that changes silently is not heard."""

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget


def announce(widget: QWidget, words: str, *, interrupts: bool = False) -> None:
    """Have the words read out; with `interrupts` at once, otherwise when the reader is free."""
    event = QAccessibleAnnouncementEvent(widget, words)
    politeness = QAccessible.AnnouncementPoliteness
    event.setPoliteness(politeness.Assertive if interrupts else politeness.Polite)
    QAccessible.updateAccessibility(event)
