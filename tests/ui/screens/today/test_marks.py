"""Marks on a row: what is newer than the last contact, what a practice has not answered, who cannot be called alone."""

from datetime import timedelta

from coordinator_app.domain.activity import Outcome, VisitState
from coordinator_app.domain.ids import ClinicianId, MemberId
from coordinator_app.domain.ranked import Tab
from coordinator_app.domain.reasons import Tier
from coordinator_app.services.booking import VisitForm
from coordinator_app.services.call_logging import CallForm
from coordinator_app.ui.screens.today.rows import RowMaker
from coordinator_app.ui.screens.today.wording import TodayWording
from coordinator_app.ui.shared.patient_facts import PatientFacts
from coordinator_app.ui.shared.patient_words import PatientWords
from coordinator_app.ui.shared.wording import Words
from tests.ui.screens.sample_people import NOW, PENA, before, clock, made

LUKASZ = MemberId(made("member", "204 377"))


def ranked(desk, member_id=LUKASZ):
    return desk.queue.person(member_id).ranked


def row_of(desk, member_id=LUKASZ):
    say = Words(desk.catalogue, "today")
    maker = RowMaker(say, PatientWords(Words(desk.catalogue, "patient")), desk.clock.moment())
    return maker.row(ranked(desk, member_id))


def asked(desk, visit_type="pcp"):
    form = VisitForm(LUKASZ, visit_type, VisitState.ASKED, ClinicianId(PENA), how_asked="phone")
    return desk.booking.ask(form).visit


def days_on(sample, desk, days):
    sample.now = NOW + timedelta(days)
    desk.queue.rewrite()


def test_a_visit_that_waits_for_its_answer_says_so_on_the_row(desk):
    asked(desk)
    assert ranked(desk).shown.asked_on == before(0)
    assert "Visit asked 24-Nov, no answer" in [chip.words for chip in row_of(desk).chips]


def test_a_practice_that_does_not_answer_in_three_working_days_brings_the_visit_back(desk, sample):
    asked(desk)
    days_on(sample, desk, 3)
    assert "visit_unanswered" not in [each.reason.sentence for each in desk.queue.person(LUKASZ).reasons]
    # Thanksgiving is no working day: Wednesday, Friday, Monday.
    days_on(sample, desk, 6)
    found = [each for each in desk.queue.person(LUKASZ).reasons if each.reason.sentence == "visit_unanswered"]
    assert [(each.tier, each.due_on) for each in found] == [(Tier.DATED, before(-6))]
    assert ranked(desk).tab is Tab.CALL_TODAY


def test_after_a_stay_in_hospital_one_working_day_is_all_a_practice_has(desk, sample):
    asked(desk, "pcp_after_hospital")
    days_on(sample, desk, 1)
    assert "visit_unanswered" in [each.reason.sentence for each in desk.queue.person(LUKASZ).reasons]


def test_an_answered_visit_waits_no_longer(desk, sample):
    visit = asked(desk)
    desk.booking.move_on(
        visit.visit_id,
        VisitForm(LUKASZ, "pcp", VisitState.CONFIRMED, starts_at=clock(before(-3), 14), confirmed_by="Dana"),
    )
    days_on(sample, desk, 6)
    person = desk.queue.person(LUKASZ)
    assert person is None or "visit_unanswered" not in [each.reason.sentence for each in person.reasons]


def test_what_is_newer_than_the_last_contact_is_marked_and_said(desk, sample):
    sample.now = NOW - timedelta(days=30)
    desk.calls.record(CallForm(LUKASZ, Outcome.NO_ANSWER))
    sample.now = NOW
    desk.queue.rewrite()
    shown = ranked(desk).shown
    assert shown.changed == shown.kind
    assert row_of(desk).state_mark == "changed"
    people = PatientWords(Words(desk.catalogue, "patient"))
    wording = TodayWording(Words(desk.catalogue, "today"), PatientFacts(people, desk.words))
    pane = wording.pane_state(desk.chart.open(LUKASZ), desk.clock.moment(), shown, None)
    assert pane.facts[0].value.endswith("newer than the last contact")


def test_a_person_called_since_is_not_marked(desk, sample):
    sample.now = NOW - timedelta(minutes=1)
    desk.calls.record(CallForm(LUKASZ, Outcome.NO_ANSWER))
    assert ranked(desk).shown.changed == ""
