"""Builds the screen of what needs a person; the window shows it on the rail only while there is something."""

from coordinator_app.bootstrap.parts import Parts, Screen
from coordinator_app.domain.ids import MemberId
from coordinator_app.ui.screens.needs_you.view import NeedsYouView
from coordinator_app.ui.screens.needs_you.view_model import NeedsYouServices, NeedsYouViewModel
from coordinator_app.ui.screens.needs_you.wording import NeedsYouWording
from coordinator_app.ui.shared.patient_words import PatientWords
from coordinator_app.workstation.private_file import write_private


def build(parts: Parts) -> Screen:
    """Build the screen; the frame counts its items."""
    ways = parts.ways
    words = parts.words("needs_you")
    services = NeedsYouServices(parts.desk.set_aside, parts.desk.clock, write_private)
    wording = NeedsYouWording(words, PatientWords(parts.words("patient")))
    model = NeedsYouViewModel(services, parts.courier, parts.noticeboard, words, wording)
    model.told.connect(ways.tell)
    model.close_requested.connect(ways.back)
    model.patient_requested.connect(lambda member: ways.go("patient", MemberId(member)))
    view = NeedsYouView(parts.theme, words, model)
    model.refresh()
    return Screen("needs", view, "needs", is_at_foot=True, shown=view.take_focus)
