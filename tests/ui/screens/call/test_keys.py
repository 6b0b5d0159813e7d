"""The budget of keys and the rows they leave behind (practice 16, ux 4.7)."""

import pytest
from PySide6.QtCore import Qt

from coordinator_app.bootstrap.screens.call import build
from coordinator_app.domain.activity import Contact, FollowUp, Outcome, Response, ResponseKind, TeachBack, Teaching
from coordinator_app.domain.ids import MemberId
from coordinator_app.domain.ranked import Tab
from tests.ui.screens.call.conftest import CONTROL, SHIFT, Called
from tests.ui.screens.framing import LateCourier, framed, parts_of
from tests.ui.screens.sample_people import NOW, made

ENTER, SPACE, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Down
TOPICS, NOTE, SAVE = (Qt.Key.Key_T, CONTROL), (Qt.Key.Key_N, CONTROL), (ENTER, CONTROL)


def kept(called, kind, number):
    """What is on the disk of this kind about a person, newest last, without what the sample had."""
    with called.parts.desk.calls._open_shelves() as shelves:
        acts = shelves.acts.of(kind, MemberId(made("member", number)))
    return [each for each in acts if each.recorded_at >= NOW]


def test_an_unanswered_call_is_three_keys(called):
    called.call("204 377")
    called.press("3", ENTER)
    (contact,) = kept(called, Contact, "204 377")
    assert contact.outcome is Outcome.NO_ANSWER
    assert contact.number == "+14135550142"
    assert [each.response for each in kept(called, Response, "204 377")] == [ResponseKind.ATTEMPTED]
    (promise,) = kept(called, FollowUp, "204 377")
    assert promise.what == "call"
    assert called.keys == 3
    assert called.parts.ways.gone == ["next"]
    (words, kind, act_id) = called.parts.ways.told[0]
    assert words == "Saved. KOWALCZYK, Łukasz: no answer. Next: Fri 27-Nov 14:00."
    assert (kind, act_id) == ("contact", contact.id)


def test_a_reached_call_with_two_topics_is_nine_keys(called):
    called.call("204 118")
    called.press("1", "D", "Z", TOPICS, SPACE, DOWN, SPACE, SAVE)
    (contact,) = kept(called, Contact, "204 118")
    assert contact.outcome is Outcome.REACHED
    assert contact.topics == ("daily_weight", "medicines_picked_up")
    assert [each.value for each in contact.identity] == ["birth_date", "zip"]
    assert contact.language == "es"
    assert called.keys == 9


def test_a_saved_call_moves_the_row_to_done_today(called):
    member = called.call("204 377")
    called.press("3", ENTER)
    done = called.parts.desk.queue.page(Tab.DONE_TODAY).rows
    assert member in {row.member_id for row in done}
    assert called.model.member_id is None


def test_what_was_said_back_is_saved_with_the_call(called):
    called.call("204 118")
    called.press("1", "D", "Z", TOPICS, SPACE, "2", SAVE)
    (contact,) = kept(called, Contact, "204 118")
    (lesson,) = kept(called, Teaching, "204 118")
    assert (lesson.topic, lesson.result) == ("daily-weight", TeachBack.AFTER_RETEACHING)
    assert lesson.contact_id == contact.id
    assert (lesson.topic_version, lesson.language) == ("1", "es")


def test_taking_a_call_back_takes_its_lesson_back(called):
    called.call("204 118")
    called.press("1", "D", "Z", TOPICS, SPACE, "1", SAVE)
    (_, kind, act_id) = called.parts.ways.told[0]
    called.parts.desk.undoing.take_back(kind, act_id)
    assert not kept(called, Contact, "204 118")
    assert not kept(called, Teaching, "204 118")


def test_a_lesson_unticked_again_is_not_saved(called):
    called.call("204 118")
    called.press("1", "D", "Z", TOPICS, SPACE, "1", SPACE, SAVE)
    assert kept(called, Contact, "204 118")
    assert not kept(called, Teaching, "204 118")


def test_a_conversation_without_two_identifiers_is_not_saved(called):
    called.call("204 118")
    called.press("1", "D", SAVE)
    assert not kept(called, Contact, "204 118")
    assert called.view.body._words.text() == "Two identifiers first: D, Z, A or M."
    called.press("M", SAVE)
    assert len(kept(called, Contact, "204 118")) == 1


def test_the_same_identifier_twice_is_one_taken_away(called):
    called.call("204 118")
    called.press("1", "D", "D")
    assert called.model.entries.identity == ()


def test_topics_stay_closed_until_two_identifiers_match(called):
    called.call("204 118")
    called.press("1", TOPICS, "D")
    assert not called.view.body.topics.pages.isEnabled()
    assert called.view.body.outcome.identity.on() == called.model.entries.identity
    called.press("Z")
    assert called.view.body.topics.pages.isEnabled()


def test_nothing_clinical_is_chosen_beforehand(called):
    called.call("204 118")
    body = called.view.body
    assert body.outcome.outcomes.value() is None
    assert body.outcome.identity.on() == ()
    assert body.topics.topics() == ()
    assert body.topics.said.on() == ()
    assert all(asked.field.value() is None for asked in body.note._asked.values())
    assert not body.number.interpreter.isChecked()


def test_the_ninth_key_opens_the_further_outcomes(called):
    called.call("204 377")
    called.press("9", "4", ENTER)
    assert [each.outcome for each in kept(called, Contact, "204 377")] == [Outcome.VOICEMAIL_FULL]
    assert called.keys == 4


def test_nine_again_goes_back_to_the_first_outcomes(called):
    called.call("204 377")
    called.press("9", "9", "3", ENTER)
    assert [each.outcome for each in kept(called, Contact, "204 377")] == [Outcome.NO_ANSWER]


@pytest.mark.parametrize(
    ("keys", "outcome"),
    [
        (("1", "D", "M"), Outcome.REACHED),
        (("2", "D", "M"), Outcome.CAREGIVER),
        (("3",), Outcome.NO_ANSWER),
        (("4",), Outcome.LEFT_MESSAGE),
        (("5",), Outcome.BUSY),
        (("6",), Outcome.WRONG_NUMBER),
        (("7",), Outcome.CALL_BACK),
        (("8",), Outcome.REFUSED),
        (("9", "1"), Outcome.NOT_CONFIRMED),
        (("9", "2"), Outcome.LANGUAGE_BARRIER),
        (("9", "3"), Outcome.IN_HOSPITAL),
        (("9", "4"), Outcome.VOICEMAIL_FULL),
        (("9", "5"), Outcome.DROPPED),
        (("9", "6", "D", "M"), Outcome.GUARDIAN),
        (("9", "7"), Outcome.DECEASED),
        (("9", "8"), Outcome.OTHER),
    ],
)
def test_every_outcome_can_be_saved_by_keys(called, keys, outcome):
    called.call("204 377")
    called.press(*keys, SAVE)
    assert [each.outcome for each in kept(called, Contact, "204 377")] == [outcome]


def test_for_a_minor_the_second_key_is_the_parent(called):
    called.call("204 502")
    called.press("2", "D", "Z", SAVE)
    (contact,) = kept(called, Contact, "204 502")
    assert contact.outcome is Outcome.GUARDIAN
    assert contact.party == "guardian"
    assert contact.number == "+14135550171"


def test_a_time_to_call_back_is_read_and_promised(called):
    called.call("204 377")
    called.press("7", (Qt.Key.Key_D, CONTROL), *"wed 14:30", SAVE)
    (contact,) = kept(called, Contact, "204 377")
    assert contact.call_back_at is not None
    assert contact.call_back_at.isoformat() == "2026-11-25T19:30:00+00:00"
    (promise,) = kept(called, FollowUp, "204 377")
    assert promise.due_at == contact.call_back_at


@pytest.mark.parametrize(("typed", "says"), [("soon", "Not read"), ("9:00", "passed")])
def test_a_time_that_cannot_be_is_not_saved(called, typed, says):
    called.call("204 377")
    called.press("7", (Qt.Key.Key_D, CONTROL), *typed, SAVE)
    assert not kept(called, Contact, "204 377")
    assert says in called.view.body._words.text()


def test_the_protocols_step_can_be_changed(called):
    called.call("204 377")
    called.press("3", (Qt.Key.Key_D, CONTROL), Qt.Key.Key_End, SAVE)
    assert kept(called, Contact, "204 377")
    assert not kept(called, FollowUp, "204 377")


def test_an_answer_is_kept_with_its_cause(called):
    called.call("204 118")
    called.press("1", "D", "Z")
    body = called.view.body
    field = list(body.note._asked.values())[1].field
    place = [each.words for each in field._options].index("This reason is wrong: medicine changed")
    field.combo.setCurrentIndex(place)
    field.combo.activated.emit(place)
    called.press(SAVE)
    told = {each.response: each.cause for each in kept(called, Response, "204 118")}
    assert told == {ResponseKind.ANSWERED: "", ResponseKind.WRONG: "drug_changed"}


def test_leaving_an_outcome_that_reached_nobody_leaves_its_topics_out(called):
    called.call("204 118")
    called.press("1", "D", "Z", TOPICS, SPACE, (Qt.Key.Key_O, CONTROL), "3", SAVE)
    (contact,) = kept(called, Contact, "204 118")
    assert (contact.outcome, contact.topics, contact.identity) == (Outcome.NO_ANSWER, (), ())


def test_a_call_is_saved_once(called):
    called.call("204 377")
    called.press("3")
    called.model._is_saving = True
    called.model.save()
    assert not kept(called, Contact, "204 377")


def test_save_and_stay_goes_to_the_patient(called):
    member = called.call("204 377")
    called.press("3", (ENTER, CONTROL | SHIFT))
    assert called.parts.ways.gone == [("patient", member)]


def test_an_interpreter_is_one_key(called):
    called.call("204 402")
    called.press("I", "3", ENTER)
    (contact,) = kept(called, Contact, "204 402")
    assert contact.interpreter == "interpreter"
    assert contact.language == "vi"


def test_a_visit_and_a_lesson_are_wished_while_the_call_goes_on(called):
    member = called.call("204 118")
    called.press((Qt.Key.Key_B, CONTROL), (Qt.Key.Key_E, CONTROL))
    assert called.parts.ways.gone == [("schedule", member), ("education", member)]
    assert called.model.member_id == member


def test_three_keys_typed_before_the_person_was_read_are_not_lost(theme, desk, noticeboard, qtbot):
    courier = LateCourier()
    parts = parts_of(theme, desk, courier, noticeboard)
    screen = build(parts)
    window = framed(theme, screen)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    called = Called(parts, screen, window)
    called.call("204 377")
    called.press("3", ENTER)
    assert not kept(called, Contact, "204 377")
    courier.let_through()
    (contact,) = kept(called, Contact, "204 377")
    assert (contact.outcome, contact.number) == (Outcome.NO_ANSWER, "+14135550142")
