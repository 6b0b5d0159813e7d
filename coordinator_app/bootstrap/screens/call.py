"""Builds the Call screen."""

from coordinator_app.bootstrap.parts import Parts, Screen
from coordinator_app.domain.ids import MemberId
from coordinator_app.ui.screens.call.flag_model import FlagModel, FlagServices
from coordinator_app.ui.screens.call.sheet import SavedCall
from coordinator_app.ui.screens.call.view import CallView
from coordinator_app.ui.screens.call.view_model import CallViewModel
from coordinator_app.ui.screens.call.wording import CallWords
from coordinator_app.ui.screens.call.work import CallServices
from coordinator_app.ui.shared.patient_words import PatientWords


def build(parts: Parts) -> Screen:
    """Return the screen; a saved call shows the next person, one kept as a draft what was shown before."""
    desk, ways = parts.desk, parts.ways
    say = CallWords(parts.words("call"), PatientWords(parts.words("patient")))
    services = CallServices(desk.calls, desk.chart, desk.queue, desk.drafts, desk.teaching, desk.clock)
    model = CallViewModel(services, parts.courier, parts.noticeboard, say)
    flags = FlagModel(FlagServices(desk.red_flags, desk.advice, desk.clock), parts.courier, parts.noticeboard, say)
    view = CallView(parts.theme, say, model, flags)
    flags.setParent(view)

    def saved(call: SavedCall) -> None:
        if call.stays:
            ways.go("patient", call.member_id)
        else:
            ways.next()
        ways.tell(call.words, "contact", call.act_id)

    def kept(words: str) -> None:
        ways.back()
        ways.tell(words)

    model.saved.connect(saved)
    model.kept.connect(kept)
    model.left.connect(ways.back)
    model.visit_wished.connect(lambda member: ways.go("schedule", MemberId(member)))
    model.lesson_wished.connect(lambda member: ways.go("education", MemberId(member)))
    view.empty.today_wished.connect(lambda: ways.go("today"))
    return Screen(
        "call", view, "call", digit=3, open_for=model.open, shown=view.take_focus, unfinished=model.unfinished
    )
