"""Builds the Schedule screen."""

from coordinator_app.bootstrap.parts import Parts, Screen
from coordinator_app.domain.ids import MemberId
from coordinator_app.ui.screens.schedule.states import SavedVisit
from coordinator_app.ui.screens.schedule.view import ScheduleView
from coordinator_app.ui.screens.schedule.view_model import ScheduleViewModel
from coordinator_app.ui.screens.schedule.wording import ScheduleWords
from coordinator_app.ui.screens.schedule.work import ScheduleServices
from coordinator_app.ui.shared.patient_words import PatientWords


def build(parts: Parts) -> Screen:
    """Return the screen; a visit asked for from another screen goes back there."""
    desk, ways = parts.desk, parts.ways
    say = ScheduleWords(parts.words("schedule"), PatientWords(parts.words("patient")))
    model = ScheduleViewModel(
        ScheduleServices(desk.booking, desk.chart, desk.clock), parts.courier, parts.noticeboard, say
    )
    view = ScheduleView(parts.theme, say, model)

    def saved(visit: SavedVisit) -> None:
        if visit.goes_back:
            ways.back()
        ways.tell(visit.words, "visit", visit.act_id)

    model.saved.connect(saved)
    model.left.connect(ways.back)
    model.call_wished.connect(lambda member: ways.go("patient", MemberId(member)))
    model.list_wished.connect(lambda: ways.go("today"))
    return Screen("schedule", view, "schedule", digit=4, open_for=model.open, shown=view.take_focus)
