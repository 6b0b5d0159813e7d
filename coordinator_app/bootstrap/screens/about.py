"""Builds the page about the list."""

from coordinator_app.bootstrap.parts import Parts, Screen
from coordinator_app.ui.screens.about.view import AboutView
from coordinator_app.ui.screens.about.view_model import AboutServices, AboutViewModel
from coordinator_app.ui.shared.patient_words import PatientWords


def build(parts: Parts) -> Screen:
    """Return the page; it has no place on the rail and is found as a command."""
    desk, words = parts.desk, parts.words("about")
    services = AboutServices(
        desk.queue, desk.status, desk.reviewing, desk.red_flags, desk.teaching, desk.advice, desk.clock, desk.person
    )
    model = AboutViewModel(services, parts.courier, words, PatientWords(parts.words("patient")))
    view = AboutView(parts.theme, words, model, is_demo=parts.is_demo)
    model.setParent(view)
    view.closed.connect(parts.ways.back)
    return Screen("about", view, off_rail=True, rail_key="help", shown=view.take_focus)
