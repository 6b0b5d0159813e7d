"""What was typed survives: pauses, leaving, a killed program."""

import pytest
from PySide6.QtCore import Qt

from coordinator_app.domain.activity import Contact, Identifier, Outcome, ResponseKind, TeachBack
from coordinator_app.domain.call import Answer
from coordinator_app.domain.ids import MemberId, ReasonId
from coordinator_app.domain.next_step import NO_STEP
from coordinator_app.ui.screens.call.entries import Entries, entries_from
from tests.ui.screens.call.conftest import CONTROL
from tests.ui.screens.sample_people import NOW, made

NOTE, SAVE = (Qt.Key.Key_N, CONTROL), (Qt.Key.Key_Return, CONTROL)


def draft_of(called, number):
    return called.parts.desk.drafts.of(MemberId(made("member", number)), "call")


def test_a_pause_in_typing_puts_the_note_on_the_disk(called, qtbot):
    called.call("204 118")
    called.press(NOTE)
    with qtbot.waitSignal(called.model.draft_kept, timeout=2000) as told:
        called.press(*"Feels better")
    assert draft_of(called, "204 118").content["note"] == "Feels better"
    assert told.args == ["Saved on this computer 10:43:09"]
    assert called.view.body.note._note_head.accessibleName() == "Note, Saved on this computer 10:43:09"


def test_a_killed_program_finds_the_call_again(called, make_call, theme):
    called.call("204 118")
    called.press("1", "D", "Z", (Qt.Key.Key_T, CONTROL), Qt.Key.Key_Space, "1", NOTE, *"Weighs 68")
    called.view.body.note.note.say_now()
    again = make_call(theme)
    again.call("204 118")
    body = again.view.body
    assert body.note.note.words() == "Weighs 68"
    assert body.outcome.outcomes.value() is Outcome.REACHED
    assert body.outcome.identity.on() == (Identifier.BIRTH_DATE, Identifier.ZIP)
    assert body.topics.topics() == ("daily_weight",)
    assert body.topics.said.on() == (TeachBack.SAID_BACK,)
    assert body.head.strip.accessibleName() == "Call of Tue 24-Nov 10:43, taken up from the draft"


def test_a_draft_taken_up_keeps_the_time_of_its_call(called, sample):
    called.call("204 118")
    called.press("1", "D", "Z")
    called.press(Qt.Key.Key_Escape)
    sample.now = NOW.replace(hour=18)
    called.call("204 118")
    called.press(SAVE)
    with called.parts.desk.calls._open_shelves() as shelves:
        contact = shelves.acts.of(Contact, MemberId(made("member", "204 118")))[-1]
    assert contact.occurred_at == NOW
    assert contact.recorded_at == sample.now


def test_leaving_keeps_the_draft_and_says_so(called):
    called.call("204 118")
    called.press("1", Qt.Key.Key_Escape)
    assert draft_of(called, "204 118").content["outcome"] == "reached"
    assert called.parts.ways.gone == ["back"]
    assert called.parts.ways.told == [("Kept as draft: GARCÍA LÓPEZ, María José.", "", None)]


def test_a_call_begun_by_mistake_leaves_nothing(called):
    called.call("204 118")
    called.press(Qt.Key.Key_Escape)
    assert draft_of(called, "204 118") is None
    assert called.parts.ways.gone == ["back"]
    assert called.parts.ways.told == []


def test_a_saved_call_leaves_no_draft(called):
    called.call("204 118")
    called.press("3", Qt.Key.Key_Return)
    assert draft_of(called, "204 118") is None


def test_a_draft_still_on_its_way_to_the_disk_is_not_lost(called):
    called.call("204 118")
    called.press("1", NOTE, *"new")
    called.press(Qt.Key.Key_Escape)
    called.parts.desk.drafts.keep(MemberId(made("member", "204 118")), "call", {"note": "old"})
    called.call("204 118")
    assert called.view.body.note.note.words() == "new"


def test_one_call_at_a_time(called):
    first = called.call("204 118")
    called.press("1")
    called.call("204 377")
    assert called.model.member_id == first
    assert "One call at a time" in called.view.body._words.text()
    assert called.view.body.outcome.outcomes.value() is Outcome.REACHED


def test_without_a_call_the_last_draft_is_offered(called, make_call, theme):
    called.call("204 377")
    called.press("3", Qt.Key.Key_Escape)
    again = make_call(theme)
    again.screen.shown()
    assert again.view.empty._draft.isVisible()
    again.view.empty._draft.click()
    assert again.model.member_id == made("member", "204 377")
    assert again.model.entries.outcome is Outcome.NO_ANSWER


def test_the_lock_says_that_a_call_goes_on(called):
    assert called.screen.unfinished() == ""
    called.call("204 377")
    assert called.screen.unfinished() == "Call in progress 00:00; what was typed is saved"


@pytest.mark.parametrize(
    "entries",
    [
        Entries(),
        Entries(
            outcome=Outcome.REACHED,
            identity=(Identifier.ZIP, Identifier.ADDRESS),
            number="+14135550142",
            language="es",
            has_interpreter=True,
            topics=("daily_weight",),
            said_back={"daily_weight": TeachBack.NOT_YET},
            answers={ReasonId("a"): Answer(ResponseKind.WRONG, "data_old")},
            note="words",
            step=NO_STEP,
            call_back="wed 9",
            started_at=NOW,
            seconds=61,
        ),
    ],
)
def test_a_draft_is_what_was_entered(entries):
    assert entries_from(entries.draft()) == entries


def test_a_draft_with_unknown_words_keeps_the_rest():
    told = {
        "outcome": "of_tomorrow",
        "note": "words",
        "answers": {"a": ["of_tomorrow", ""]},
        "step": ["of_tomorrow", "", ""],
    }
    assert entries_from(told) == Entries(note="words")


def test_a_draft_stands_on_the_outcome_that_was_chosen(called, make_call, theme):
    called.call("204 377")
    called.press("6", Qt.Key.Key_Escape)
    again = make_call(theme)
    again.call("204 377")
    row = again.view.body.outcome.outcomes.current()
    assert row is not None
    assert row.value is Outcome.WRONG_NUMBER
