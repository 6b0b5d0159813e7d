"""Builds the letter screen."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths

from coordinator_app.bootstrap.page_engine import PageEngine
from coordinator_app.bootstrap.parts import Parts, Screen
from coordinator_app.ui.screens.letter.view import LetterView
from coordinator_app.ui.screens.letter.view_model import LetterViewModel
from coordinator_app.ui.screens.letter.wording import LetterWording
from coordinator_app.ui.screens.letter.work import LetterServices
from coordinator_app.ui.shared.patient_words import PatientWords
from coordinator_app.ui.shared.printing import SystemPress


def documents() -> Path:
    """Return the folder in which this person keeps documents."""
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation) or Path.home())


def build(parts: Parts) -> Screen:
    """Build the screen; it has no place on the rail and is opened for a person."""
    words = parts.words("letter")
    wording = LetterWording(words, PatientWords(parts.words("patient")))
    desk = parts.desk
    services = LetterServices(desk.letters, desk.chart, desk.clock, PageEngine(), SystemPress(), desk.drafts, documents)
    model = LetterViewModel(services, parts.courier, parts.noticeboard, words, wording)
    model.close_requested.connect(parts.ways.back)
    model.leaving.told.connect(parts.ways.tell)
    model.looked.connect(parts.note_look)
    model.leaving.gone.connect(parts.note_look)
    view = LetterView(parts.theme, words, model)
    return Screen("letter", view, off_rail=True, rail_key="patient", open_for=model.open_for, shown=view.take_focus)
