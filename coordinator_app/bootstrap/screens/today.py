"""Builds the Today screen."""

from coordinator_app.bootstrap.parts import Parts, Screen
from coordinator_app.domain.ids import MemberId
from coordinator_app.ui.screens.today.view import TodayView
from coordinator_app.ui.screens.today.view_model import TodayServices, TodayViewModel
from coordinator_app.ui.screens.today.wording import TodayWording
from coordinator_app.ui.shared.patient_acts import PatientActs
from coordinator_app.ui.shared.patient_facts import PatientFacts
from coordinator_app.ui.shared.patient_words import PatientWords


def build(parts: Parts) -> Screen:
    """Return the screen; its wishes go to the other screens by the ways."""
    desk, ways = parts.desk, parts.ways
    words = parts.words("today")
    people = PatientWords(parts.words("patient"))
    model = TodayViewModel(
        TodayServices(desk.queue, desk.chart, desk.drafts, desk.status, desk.reviewing, desk.clock, desk.person),
        parts.courier,
        parts.noticeboard,
        words,
        TodayWording(words, PatientFacts(people, desk.words)),
    )
    acts = acts_on(parts, people)
    view = TodayView(parts.theme, words, model, acts)
    for wish, key in (
        (model.call_requested, "call"),
        (model.appointment_requested, "schedule"),
        (model.teaching_requested, "education"),
        (model.letter_requested, "letter"),
        (model.patient_requested, "patient"),
    ):
        wish.connect(lambda member, key=key: ways.go(key, MemberId(member)))
    parts.progress.moved.connect(model.set_progress)
    return Screen("today", view, "today", digit=1, shown=view.take_focus, next_is_due=view.announce_next)


def acts_on(parts: Parts, people: PatientWords) -> PatientActs:
    """Return what can be done about a person without a call; what is saved can be taken back."""
    desk = parts.desk
    acts = PatientActs(
        answering=desk.answering,
        notes=desk.notes,
        medicines=desk.medicines,
        drafts=desk.drafts,
        clock=desk.clock,
        courier=parts.courier,
        noticeboard=parts.noticeboard,
        people=people,
    )
    acts.saved.connect(lambda words, done: parts.ways.tell(words, *done[0], more=done[1:]))
    return acts
