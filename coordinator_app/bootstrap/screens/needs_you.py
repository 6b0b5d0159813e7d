"""Builds the screen of what needs a person; the window shows it on the rail only while there is something."""

from functools import partial
from pathlib import Path

from coordinator_app.bootstrap.desk import Desk
from coordinator_app.bootstrap.parts import Parts, Screen
from coordinator_app.domain.ids import MemberId
from coordinator_app.ui.screens.needs_you.view import NeedsYouView
from coordinator_app.ui.screens.needs_you.view_model import NeedsYouServices, NeedsYouViewModel
from coordinator_app.ui.screens.needs_you.wording import NeedsYouWording
from coordinator_app.ui.shared.patient_words import PatientWords
from coordinator_app.workstation.private_file import write_private


def write_out(desk: Desk, path: Path, content: bytes) -> None:
    """Write an entry to a file of her own, while the lease lets anything leave. Refusals as of the lease."""
    with desk.lease.open_for_export():
        write_private(path, content)


def build(parts: Parts) -> Screen:
    """Build the screen; the frame counts its items."""
    ways = parts.ways
    words = parts.words("needs_you")
    services = NeedsYouServices(parts.desk.set_aside, parts.desk.clock, partial(write_out, parts.desk))
    wording = NeedsYouWording(words, PatientWords(parts.words("patient")))
    model = NeedsYouViewModel(services, parts.courier, parts.noticeboard, words, wording)
    model.told.connect(ways.tell)
    model.close_requested.connect(ways.back)
    model.patient_requested.connect(lambda member: ways.go("patient", MemberId(member)))
    view = NeedsYouView(parts.theme, words, model)
    model.refresh()
    return Screen("needs", view, "needs", is_at_foot=True, shown=view.take_focus)
