"""Builds the Education screen."""

from coordinator_app.bootstrap.page_engine import PageEngine
from coordinator_app.bootstrap.parts import Parts, Screen
from coordinator_app.domain.access import Looked
from coordinator_app.ui.screens.education.handout import HandoutModel, HandoutWork
from coordinator_app.ui.screens.education.states import SavedLesson
from coordinator_app.ui.screens.education.view import EducationView
from coordinator_app.ui.screens.education.view_model import EducationViewModel
from coordinator_app.ui.screens.education.wording import EducationWords
from coordinator_app.ui.screens.education.work import EducationServices
from coordinator_app.ui.shared.pages import Press
from coordinator_app.ui.shared.patient_words import PatientWords
from coordinator_app.ui.shared.printing import SystemPress


def build(parts: Parts, press: Press | None = None) -> Screen:
    """Return the screen; after a lesson it goes back to where one came from. ``press`` None is this computer's own."""
    desk, ways = parts.desk, parts.ways
    words = parts.words("education")
    say = EducationWords(words, PatientWords(parts.words("patient")))
    model = EducationViewModel(
        EducationServices(desk.teaching, desk.chart, desk.drafts, desk.clock), parts.courier, parts.noticeboard, say
    )
    handout = HandoutModel(HandoutWork(desk.handouts, PageEngine(), press or SystemPress()), parts.courier, say)
    view = EducationView(parts.theme, words, model, handout)

    def saved(lesson: SavedLesson) -> None:
        ways.back()
        ways.tell(lesson.words, "teaching", lesson.act_id)

    model.saved.connect(saved)
    model.left.connect(ways.back)
    handout.printed.connect(lambda _: parts.note_look(Looked.PRINTED, model.member_id or ""))
    return Screen("education", view, off_rail=True, rail_key="patient", open_for=model.open, shown=view.take_focus)
