"""Builds the Education screen."""

from coordinator_app.bootstrap.parts import Parts, Screen
from coordinator_app.ui.screens.education.states import SavedLesson
from coordinator_app.ui.screens.education.view import EducationView
from coordinator_app.ui.screens.education.view_model import EducationViewModel
from coordinator_app.ui.screens.education.wording import EducationWords
from coordinator_app.ui.screens.education.work import EducationServices
from coordinator_app.ui.shared.patient_words import PatientWords


def build(parts: Parts) -> Screen:
    """Return the screen; after a lesson it goes back to where one came from."""
    desk, ways = parts.desk, parts.ways
    words = parts.words("education")
    model = EducationViewModel(
        EducationServices(desk.teaching, desk.chart, desk.drafts, desk.clock),
        parts.courier,
        parts.noticeboard,
        EducationWords(words, PatientWords(parts.words("patient"))),
    )
    view = EducationView(parts.theme, words, model)

    def saved(lesson: SavedLesson) -> None:
        ways.back()
        ways.tell(lesson.words, "teaching", lesson.act_id)

    model.saved.connect(saved)
    model.left.connect(ways.back)
    return Screen("education", view, off_rail=True, rail_key="patient", open_for=model.open, shown=view.take_focus)
