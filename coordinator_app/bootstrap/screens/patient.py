"""Builds the Patient screen."""

from PySide6.QtWidgets import QWidget

from coordinator_app.bootstrap.parts import Parts, Screen


def build(parts: Parts) -> Screen:
    """Return the screen."""
    return Screen("patient", QWidget(), "patient", digit=2)
