"""The schedule beside its drawn pictures: light and dark, two languages, whole and at the smallest window."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from coordinator_app.domain.activity import VisitState
from coordinator_app.domain.ids import ClinicianId, MemberId
from coordinator_app.services.booking import VisitForm
from tests.ui.screens.framing import nameless, out_of_reach, settled
from tests.ui.screens.sample_people import PENA, TODAY, clock, made

FRIDAY = TODAY + timedelta(3)
SIZES = [(1360, 850), (960, 540), (1920, 1080)]


def fill(schedule):
    booking = schedule.parts.desk.booking
    for number, hour, state in (("204 555", 15, VisitState.CONFIRMED), ("204 402", 11, VisitState.WANTED)):
        booking.ask(
            VisitForm(
                MemberId(made("member", number)),
                "pcp",
                state,
                ClinicianId(PENA),
                clock(FRIDAY, hour),
                confirmed_by="Dana" if state is VisitState.CONFIRMED else "",
            )
        )
    booking.ask(
        VisitForm(
            MemberId(made("member", "204 455")),
            "screening",
            VisitState.ASKED,
            ClinicianId(PENA),
            clock(FRIDAY, 12),
            how_asked="phone",
            asked_of="Dana",
        )
    )


def shown(schedule, picture, name, width, height):
    settled(schedule.window, width, height)
    picture(schedule.window, name, width, height)
    assert not nameless(schedule.view)
    assert not out_of_reach(schedule.view)


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_a_new_visit_beside_its_picture(make_schedule, either_theme, picture, width, height):
    schedule = make_schedule(either_theme)
    fill(schedule)
    schedule.ask_for("204 118")
    schedule.press("1")
    shown(schedule, picture, f"schedule-{width}-{either_theme.tokens.name}", width, height)


@pytest.mark.parametrize(("width", "height"), SIZES[:2])
def test_what_became_of_a_visit(make_schedule, theme, picture, width, height):
    schedule = make_schedule(theme)
    fill(schedule)
    schedule.ask_for("204 455")
    schedule.press("1")
    shown(schedule, picture, f"schedule-move-{width}", width, height)


@pytest.mark.parametrize(("width", "height"), SIZES[:2])
def test_the_schedule_in_spanish(make_schedule, theme, picture, width, height):
    schedule = make_schedule(theme, "es")
    fill(schedule)
    schedule.ask_for("204 118")
    schedule.press("1")
    shown(schedule, picture, f"schedule-es-{width}", width, height)


def test_an_empty_day(make_schedule, theme, picture):
    schedule = make_schedule(theme)
    schedule.screen.shown()
    schedule.press(Qt.Key.Key_Right, Qt.Key.Key_Right)
    shown(schedule, picture, "schedule-empty", 1360, 850)
