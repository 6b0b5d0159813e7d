"""Builds the page of keys."""

from coordinator_app.bootstrap.parts import Parts, Screen
from coordinator_app.ui.key_help import KeyHelp


def build(parts: Parts) -> Screen:
    """Return the page; it has no place on the rail."""
    page = KeyHelp(parts.theme, parts.words("window"))
    page.closed.connect(parts.ways.back)
    return Screen("help", page, off_rail=True, rail_key="help", shown=page.take_focus)
