"""Visits by keys: what is asked for, what became of it, and the rows that are left behind (practice 18, ux 4.7)."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QCoreApplication, Qt

from coordinator_app.bootstrap.screens.schedule import build
from coordinator_app.domain.activity import FollowUp, VisitState
from coordinator_app.domain.ids import ClinicianId, MemberId
from coordinator_app.services.booking import VisitForm
from coordinator_app.ui.shared.agenda import BlockState
from tests.ui.screens.framing import LateCourier, framed, parts_of
from tests.ui.screens.sample_people import ANA, NOW, PENA, TODAY, clock, made
from tests.ui.screens.schedule.conftest import CONTROL, SAVE, Scheduled

FRIDAY = TODAY + timedelta(3)
TAB = Qt.Key.Key_Tab


def asked(schedule, number="204 377", **more):
    told = {"state": VisitState.ASKED, "how_asked": "phone", "starts_at": clock(FRIDAY, 14), **more}
    booked = schedule.parts.desk.booking.ask(
        VisitForm(MemberId(made("member", number)), "pcp", clinician_id=ClinicianId(PENA), **told)
    )
    return booked.visit


def choose(combo, words):
    place = [option.words for option in combo._options].index(words)
    combo.combo.setCurrentIndex(place)
    combo.combo.activated.emit(place)


def test_a_visit_is_asked_for_in_three_keys(schedule):
    schedule.ask_for("204 118")
    schedule.press("1", SAVE)
    (visit,) = schedule.visits("204 118")
    assert schedule.keys == 3
    assert (visit.state, visit.visit_type, visit.clinician_id) == (VisitState.WANTED, "pcp_after_hospital", PENA)
    assert visit.starts_at == clock(TODAY + timedelta(1), 9, 30)
    assert visit.deadline_on == TODAY + timedelta(5)
    assert schedule.parts.ways.gone == ["back"]
    assert schedule.parts.ways.told == [("Visit wanted: GARCÍA LÓPEZ, María José.", "visit", visit.id)]


def test_a_visit_asked_of_the_practice_is_asked_and_never_confirmed(schedule):
    schedule.ask_for("204 118")
    choose(schedule.form.how, "Phone")
    schedule.press("2", SAVE)
    (visit,) = schedule.visits("204 118")
    assert (visit.state, visit.how_asked, visit.confirmed_by) == (VisitState.ASKED, "phone", "")
    assert schedule.parts.ways.told[0][0] == "Visit asked, not confirmed: GARCÍA LÓPEZ, María José."


def test_the_main_button_says_what_it_saves(schedule):
    schedule.ask_for("204 118")
    save = schedule.view._save
    assert save.text() == "Save as wanted"
    choose(schedule.form.how, "Phone")
    assert save.text() == "Save as asked"
    schedule.form.confirmed_by.line.setFocus()
    schedule.press(*"Dana")
    assert save.text() == "Save as confirmed"
    choose(schedule.form.how, "Not asked yet")
    schedule.form.confirmed_by.line.selectAll()
    schedule.press(Qt.Key.Key_Delete)
    assert save.text() == "Save as wanted"


def test_a_confirmed_visit_needs_its_time(schedule):
    schedule.ask_for("204 118")
    schedule.form.confirmed_by.line.setFocus()
    schedule.press(*"Dana", SAVE)
    assert not schedule.visits("204 118")
    assert schedule.form._error.text() == "A confirmed visit needs a time."
    schedule.form.times.setFocus()
    schedule.press("1", SAVE)
    (visit,) = schedule.visits("204 118")
    assert (visit.state, visit.confirmed_by) == (VisitState.CONFIRMED, "Dana")


def test_another_time_is_typed_and_read_back(schedule):
    schedule.ask_for("204 118")
    schedule.form.typed.line.setFocus()
    schedule.press(*"mon 10:15")
    assert schedule.form._read.text() == "Read as Mon 30-Nov 10:15"
    schedule.press(SAVE)
    (visit,) = schedule.visits("204 118")
    assert visit.starts_at == clock(TODAY + timedelta(6), 10, 15)
    assert schedule.parts.ways.told[0][0].endswith("1 day after the deadline.")


def test_a_time_that_cannot_be_read_saves_nothing(schedule):
    schedule.ask_for("204 118")
    schedule.form.typed.line.setFocus()
    schedule.press(*"whenever", SAVE)
    assert not schedule.visits("204 118")
    assert "Not read" in schedule.form._error.text()


def test_late_times_are_offered_and_marked(schedule, sample):
    sample.now = NOW + timedelta(4)
    schedule.ask_for("204 118")
    rows = schedule.form.times.rows.rows
    assert [(row.aside, row.warns) for row in rows] == [
        ("1 day late", True), ("2 days late", True), ("3 days late", True)
    ]  # fmt: skip


def test_a_clash_is_shown_before_it_is_saved(schedule):
    asked(schedule, "204 402")
    schedule.ask_for("204 118")
    schedule.form.typed.line.setFocus()
    schedule.press(*"fri 14:15")
    assert schedule.form._clash.text() == "Clashes with NGUYEN, Thuy, Fri 27-Nov 14:00."
    schedule.press(SAVE)
    assert "It clashes with Fri 27-Nov 14:00." in schedule.parts.ways.told[0][0]


def test_the_time_chosen_is_shown_on_its_day(schedule):
    schedule.ask_for("204 118")
    schedule.press("1")
    assert schedule.view.day._title.accessibleName() == "Wednesday 25-Nov-2026"
    blocks = [button.block for button in schedule.view.day.agenda._blocks]
    assert [(block.kind, block.name) for block in blocks] == [("Not saved yet", "GARCÍA LÓPEZ, María José")]


@pytest.mark.parametrize(
    ("start", "key", "state"),
    [
        (VisitState.ASKED, "3", VisitState.WANTED),
        (VisitState.ASKED, "4", VisitState.CANCELLED),
        (VisitState.CONFIRMED, "1", VisitState.TOLD),
        (VisitState.CONFIRMED, "2", VisitState.KEPT),
        (VisitState.CONFIRMED, "3", VisitState.NO_SHOW),
    ],
)
def test_what_became_of_a_visit_is_one_key(schedule, start, key, state):
    first = asked(schedule, state=start, confirmed_by="Dana" if start is VisitState.CONFIRMED else "")
    schedule.ask_for("204 377")
    schedule.press(key, SAVE)
    before, after = schedule.visits("204 377")
    assert (after.state, after.base_id, after.visit_id) == (state, before.id, first.visit_id)
    assert after.starts_at == first.starts_at
    assert schedule.keys == 3


def test_a_confirmation_says_who_gave_it(schedule):
    asked(schedule)
    schedule.ask_for("204 377")
    schedule.press("1", SAVE)
    assert len(schedule.visits("204 377")) == 1
    assert schedule.form._error.text() == "Say who at the practice confirmed it."
    schedule.press(*"Dana", SAVE)
    assert schedule.visits("204 377")[-1].confirmed_by == "Dana"
    assert schedule.parts.ways.told[0][0] == "Visit confirmed: KOWALCZYK, Łukasz, Fri 27-Nov 14:00."


def test_nothing_becomes_of_a_visit_by_itself(schedule):
    asked(schedule)
    schedule.ask_for("204 377")
    assert schedule.form.moves.value() is None
    schedule.press(SAVE)
    assert len(schedule.visits("204 377")) == 1
    assert "Press the key" in schedule.form._error.text()


def test_another_visit_can_be_asked_for_beside_the_first(schedule):
    asked(schedule)
    schedule.ask_for("204 377")
    schedule.press((Qt.Key.Key_N, CONTROL | Qt.KeyboardModifier.ShiftModifier), "1", SAVE)
    assert [each.state for each in schedule.visits("204 377")] == [VisitState.ASKED, VisitState.WANTED]


def test_closing_saves_nothing_and_goes_back(schedule):
    schedule.ask_for("204 118")
    schedule.press("1", Qt.Key.Key_Escape)
    assert not schedule.visits("204 118")
    assert schedule.parts.ways.gone == ["back"]
    assert not schedule.view.day.agenda._blocks


def test_the_days_go_by_with_arrows_and_t_comes_home(schedule):
    schedule.screen.shown()
    title = schedule.view.day._title
    assert title.accessibleName() == "Tuesday 24-Nov-2026"
    schedule.press(Qt.Key.Key_Right, Qt.Key.Key_Right)
    assert title.accessibleName() == "Thursday 26-Nov-2026"
    assert "Thanksgiving" in schedule.view.day._foot.text()
    schedule.press(Qt.Key.Key_Left, "T")
    assert title.accessibleName() == "Tuesday 24-Nov-2026"


def test_a_block_of_the_day_opens_its_visit_by_key(schedule):
    asked(schedule)
    schedule.screen.shown()
    schedule.press(Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right)
    QCoreApplication.processEvents()
    agenda = schedule.view.day.agenda
    (block,) = [each.block for each in agenda._blocks if each.block.state is BlockState.ASKED]
    agenda.focus_block(block.key)
    schedule.press(Qt.Key.Key_Return, "4", SAVE)
    assert schedule.visits("204 377")[-1].state is VisitState.CANCELLED
    assert schedule.parts.ways.gone == [], "a visit opened on the day stays on the day"


def test_many_calls_promised_for_one_time_are_one_block(schedule):
    desk = schedule.parts.desk
    numbers = ("204 118", "204 377", "204 402", "204 455")
    for number in numbers:
        with desk.calls._open_book() as book:
            book.add(
                FollowUp(made("promise", number), MemberId(made("member", number)), ANA, NOW, NOW, 0, clock(FRIDAY, 9))
            )
            book.commit("follow_up", MemberId(made("member", number)))
    schedule.screen.shown()
    schedule.press(Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right)
    blocks = {each.block.key: each.block for each in schedule.view.day.agenda._blocks}
    assert blocks["calls"].kind == "4 promised calls"
    assert "KOWALCZYK" in blocks["calls"].second
    assert any(key.startswith("call/") for key in blocks), "June Clark's call at ten stands by itself"


def test_five_visits_at_one_time_stand_beside_each_other(schedule):
    for number in ("204 118", "204 377", "204 402", "204 455", "204 555"):
        asked(schedule, number)
    schedule.screen.shown()
    schedule.press(Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right)
    QCoreApplication.processEvents()
    at_two = [each.geometry() for each in schedule.view.day.agenda._blocks if each.block.start == 14 * 60]
    assert len(at_two) == 5
    assert not any(one.intersects(other) for one in at_two for other in at_two if one is not other)


def test_f6_goes_between_the_day_and_the_form(schedule):
    schedule.ask_for("204 118")
    schedule.press(Qt.Key.Key_F6)
    assert schedule.window.focusWidget() is schedule.view.day
    schedule.press(Qt.Key.Key_F6)
    assert schedule.window.focusWidget() is schedule.form.times


def test_keys_pressed_before_the_times_have_come_are_not_lost(theme, desk, noticeboard, qtbot):
    courier = LateCourier()
    parts = parts_of(theme, desk, courier, noticeboard)
    screen = build(parts)
    window = framed(theme, screen)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    schedule = Scheduled(parts, screen, window)
    courier.let_through()
    schedule.ask_for("204 118")
    schedule.press("2", SAVE)
    assert not schedule.visits("204 118")
    courier.let_through()
    (visit,) = schedule.visits("204 118")
    assert visit.starts_at == clock(TODAY + timedelta(1), 14)


def test_after_a_visit_for_somebody_the_schedule_is_at_today_again(schedule):
    schedule.ask_for("204 118")
    schedule.press("1", SAVE)
    assert schedule.view.day._title.accessibleName() == "Tuesday 24-Nov-2026"


def test_each_step_of_a_visit_keeps_the_time_at_which_it_was_taken(schedule, sample):
    visit = asked(schedule)
    sample.now = NOW + timedelta(days=1, hours=2)
    member_id = visit.member_id
    schedule.parts.desk.booking.move_on(
        visit.visit_id,
        VisitForm(member_id, "pcp", VisitState.CONFIRMED, starts_at=visit.starts_at, confirmed_by="Dana"),
    )
    schedule.ask_for("204 377")
    steps = schedule.form.steps._steps
    assert [each.under for each in steps] == ["", "phone 24-Nov", "12:43", "", ""]
    assert "Asked phone 24-Nov" in schedule.form.steps.accessibleName()
