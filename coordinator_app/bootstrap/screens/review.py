"""Builds the review screen."""

from functools import partial

from coordinator_app.bootstrap.parts import Parts, Screen
from coordinator_app.domain.ids import MemberId
from coordinator_app.ui.screens.review.view import ReviewView
from coordinator_app.ui.screens.review.view_model import ReviewServices, ReviewViewModel
from coordinator_app.ui.screens.review.wording import ReviewWording
from coordinator_app.ui.shared.patient_words import PatientWords


def build(parts: Parts) -> Screen:
    """Build the screen for who is signed in: a supervisor reads the team, anybody else her own work."""
    desk, ways = parts.desk, parts.ways
    words = parts.words("review")
    wording = ReviewWording(
        words,
        desk.words,
        PatientWords(parts.words("patient")),
        is_supervisor=desk.person.role == "supervisor",
        me=desk.person.staff_id,
    )
    services = ReviewServices(desk.reviewing, desk.clock, desk.person)
    model = ReviewViewModel(services, parts.courier, parts.noticeboard, words, wording)
    model.told.connect(ways.tell)
    model.looked.connect(parts.note_look)
    model.returned_changed.connect(partial(ways.count, "review"))
    model.patient_requested.connect(lambda member: ways.go("patient", MemberId(member)))
    view = ReviewView(parts.theme, words, model)
    model.refresh()
    return Screen("review", view, "review", digit=5, shown=view.take_focus)
