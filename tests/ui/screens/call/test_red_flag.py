"""A red flag by keys: on the disk at once, first in the list, closed only by the name of who took it over."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from coordinator_app.domain.activity import FlagStep, RedFlag
from coordinator_app.domain.ids import MemberId
from coordinator_app.domain.ranked import Tab
from coordinator_app.domain.reasons import Tier
from coordinator_app.domain.trouble import Refusal
from coordinator_app.services.red_flags import FlagForm
from tests.ui.screens.call.conftest import CONTROL
from tests.ui.screens.sample_people import NOW, made

ENTER = Qt.Key.Key_Return
FLAG = (Qt.Key.Key_R, CONTROL)
WHO = MemberId(made("member", "204 377"))
SAID = "weight up 2.4 kg in 3 days"


def steps_of(desk, member_id=WHO):
    with desk.red_flags._open_shelves() as shelves:
        return shelves.acts.of(RedFlag, member_id)


def place_of(desk, member_id=WHO):
    rows = desk.queue.page(Tab.CALL_TODAY).rows
    return next((place for place, row in enumerate(rows, start=1) if row.member_id == member_id), 0)


def raised(desk, **more):
    return desk.red_flags.raise_one(FlagForm(WHO, SAID, **more)).step


def test_a_flag_is_raised_by_keys_and_is_on_the_disk_before_the_call_is_saved(called):
    called.call("204 377")
    called.press(FLAG)
    called.press(*SAID, ENTER, *"at home", ENTER, *"413 555 0142", ENTER, ENTER)
    (step,) = steps_of(called.parts.desk)
    assert (step.step, step.said, step.whereabouts, step.call_back) == (
        FlagStep.RAISED, SAID, "at home", "413 555 0142",
    )  # fmt: skip
    bar = called.view.flag.bar
    assert bar.isVisible()
    assert f"Red flag: {SAID}" in bar.accessibleName()
    assert "Nobody else can see this yet: telephone." in bar.accessibleName()
    assert step.advice == "", "no text to read aloud is chosen beforehand"


def test_a_flag_that_says_nothing_is_not_raised(called):
    called.call("204 377")
    called.press(FLAG, ENTER, ENTER, ENTER, ENTER)
    assert not steps_of(called.parts.desk)
    assert called.view.body.flag_form._error.text() == "Say what was said."


def test_telling_leaves_it_open_and_only_a_named_person_closes_it(called):
    raised(called.parts.desk)
    called.call("204 377")
    bar = called.view.flag.bar
    called.press("t")
    called.press(*"Dr. Pena", ENTER, *"will call her", ENTER, ENTER)
    assert [each.step for each in steps_of(called.parts.desk)] == [FlagStep.RAISED, FlagStep.TOLD]
    assert bar.isVisible()
    assert "Told Dr. Pena" in bar.accessibleName()
    called.view.take_focus()
    called.press("t", ENTER, ENTER, Qt.Key.Key_Space, ENTER)
    assert called.parts.desk.red_flags.of(WHO), "nobody was named"
    assert called.view.body.flag_form._error.text() == "Only somebody named can take a red flag over."
    called.view.body.flag_form.who.field.setFocus()
    called.press(*"Dr. Pena", ENTER, ENTER, ENTER)
    assert [each.step for each in steps_of(called.parts.desk)][-1] is FlagStep.ACCEPTED
    assert not bar.isVisible()


def test_where_the_patient_is_now_can_be_said_later(called):
    raised(called.parts.desk)
    called.call("204 377")
    called.press("w")
    called.press(*"at the clinic", ENTER, ENTER)
    assert steps_of(called.parts.desk)[-1].whereabouts == "at the clinic"
    assert "Is at: at the clinic." in called.view.flag.bar.accessibleName()


def test_escape_in_the_form_leaves_the_call_open(called):
    called.call("204 377")
    called.press(FLAG, *"weight", Qt.Key.Key_Escape)
    assert called.view.is_calling
    assert called.view.body.flag_form.isHidden()
    assert not steps_of(called.parts.desk)


def test_an_open_flag_pins_the_row_over_everything_and_a_saved_call_does_not_move_it(called):
    desk = called.parts.desk
    assert place_of(desk) != 1
    raised(desk)
    row = desk.queue.page(Tab.CALL_TODAY).rows[0]
    assert (row.member_id, row.tier, row.shown.sentence) == (WHO, Tier.SAFETY, "red_flag.open")
    called.call("204 377")
    called.press("1", "d", "z", (Qt.Key.Key_Return, CONTROL))
    assert place_of(desk) == 1
    desk.red_flags.accept(raised_id(desk), FlagForm(WHO, who="Dr. Peña"))
    assert place_of(desk) == 0


def raised_id(desk):
    return desk.red_flags.open_now()[0].id


def test_it_stays_open_over_the_night(called, sample):
    raised(called.parts.desk)
    sample.now = NOW + timedelta(days=2)
    called.parts.desk.queue.rewrite()
    assert place_of(called.parts.desk) == 1


@pytest.mark.parametrize("step", ["tell", "accept"])
def test_somebody_without_a_name_is_told_nothing_and_accepts_nothing(desk, step):
    flag = raised(desk)
    with pytest.raises(Refusal, match=r"who|named"):
        getattr(desk.red_flags, step)(flag.flag_id, FlagForm(WHO, who="  "))


def test_a_flag_is_sent_like_every_other_act(desk, sample):
    step = raised(desk)
    with sample.store.reading() as connection:
        kinds = [row[0] for row in connection.exec_driver_sql("SELECT kind FROM outbox")]
    assert kinds == ["red_flag"]
    assert desk.red_flags.is_unseen(desk.red_flags.of(WHO))
    assert step.id == step.flag_id


def test_a_call_on_a_later_day_does_not_quiet_it(called, sample):
    raised(called.parts.desk)
    sample.now = NOW + timedelta(days=1)
    called.parts.desk.queue.rewrite()
    called.call("204 377")
    called.press("1", "d", "z", (Qt.Key.Key_Return, CONTROL))
    assert place_of(called.parts.desk) == 1


def test_ticking_the_topic_asks_for_the_flag_at_once(called):
    called.call("204 377")
    called.press("1", "d", "z")
    called.view.body.topics._lines["red_flag"].click()
    assert called.view.body.flag_form.isVisible()
    assert not steps_of(called.parts.desk), "a tick alone raises nothing"
