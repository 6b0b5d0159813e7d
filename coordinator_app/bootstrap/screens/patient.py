"""Builds the Patient screen."""

from coordinator_app.bootstrap.parts import Parts, Screen
from coordinator_app.bootstrap.screens.today import acts_on
from coordinator_app.domain.ids import MemberId
from coordinator_app.ui.screens.patient.view import PatientView
from coordinator_app.ui.screens.patient.view_model import PatientServices, PatientViewModel
from coordinator_app.ui.screens.patient.wording import PatientWording
from coordinator_app.ui.shared.patient_facts import PatientFacts
from coordinator_app.ui.shared.patient_words import PatientWords


def build(parts: Parts) -> Screen:
    """Return the screen; its wishes go to the other screens by the ways."""
    desk, ways = parts.desk, parts.ways
    words = parts.words("patient")
    people = PatientWords(words)
    model = PatientViewModel(
        PatientServices(desk.chart, desk.queue, desk.drafts, desk.clock),
        parts.courier,
        parts.noticeboard,
        PatientWording(PatientFacts(people, desk.words)),
    )
    model.looked.connect(parts.note_look)
    view = PatientView(parts.theme, words, model, acts_on(parts, people))
    for wish, key in (
        (model.call_requested, "call"),
        (model.appointment_requested, "schedule"),
        (model.teaching_requested, "education"),
        (model.letter_requested, "letter"),
    ):
        wish.connect(lambda member, key=key: ways.go(key, MemberId(member)))
    return Screen("patient", view, "patient", digit=2, open_for=model.open, shown=view.take_focus)
