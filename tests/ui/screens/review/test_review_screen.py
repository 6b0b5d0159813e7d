"""The review screen: five keys a record, nothing erased, and what came back reaches its author."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit
from sqlalchemy import select, update

from coordinator_app.storage.local import profile
from coordinator_app.storage.tables import activity
from coordinator_app.ui.shared.courier import Lane
from coordinator_app.ui.shared.layout import Breadth
from coordinator_app.workstation.catalogue import Catalogue
from tests.ui.screens.review.conftest import MARIA, MINH
from tests.ui.screens.sample_people import ANA, LUIS, NOW, made

JOAN = made("joan")
CTRL = Qt.KeyboardModifier.ControlModifier


def press(key, modifier=Qt.KeyboardModifier.NoModifier):
    """Press a key where the keyboard is, as a person does."""
    QTest.keyClick(QApplication.focusWidget(), key, modifier)


def stored(team):
    with team.sample.store.reading() as connection:
        return connection.execute(select(activity.review).order_by(activity.review.c.id)).all()


def titles(view):
    return [row.title for row in view.list.rows.rows.rows]


def said(view):
    return {fact.label: fact for fact in view.facts._facts if fact.label}


def test_a_record_of_a_talk_is_reviewed_in_five_keys_and_the_next_one_is_there(open_as, team, morning):
    _, view = open_as(JOAN)
    for key in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_1, Qt.Key.Key_1, Qt.Key.Key_Return):
        press(key)
    [review] = stored(team)
    assert (review.contact_id, review.result, review.author_id) == (morning.talk, "reviewed", JOAN)
    assert review.scores == {"identity": 1, "reasons": 2, "said_back": 1, "next_step": 1}
    assert view.list.rows.current().second == "Left message"
    press(Qt.Key.Key_1)
    press(Qt.Key.Key_Return)
    assert [row.contact_id for row in stored(team)] == [morning.talk, morning.message]


def test_scores_are_optional_and_enter_alone_reviews(open_as, team, morning):
    open_as(JOAN)
    press(Qt.Key.Key_Return)
    assert [(row.contact_id, row.scores) for row in stored(team)] == [(morning.talk, None)]


def test_nothing_is_answered_beforehand_and_the_next_record_begins_empty(open_as):
    _, view = open_as(JOAN)
    assert [row.value() for row in view.scoring.items.values()] == [None] * 4
    for _ in range(4):
        press(Qt.Key.Key_1)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_J)
    assert [row.value() for row in view.scoring.items.values()] == [None] * 4


def test_an_item_that_does_not_apply_is_not_scored(open_as, team):
    open_as(JOAN)
    for key in (Qt.Key.Key_1, Qt.Key.Key_1, Qt.Key.Key_4, Qt.Key.Key_1, Qt.Key.Key_Return):
        press(key)
    [review] = stored(team)
    assert review.scores == {"identity": 1, "reasons": 1, "next_step": 1}


def test_of_a_try_only_what_comes_next_is_scored(open_as):
    _, view = open_as(JOAN)
    press(Qt.Key.Key_J)
    assert list(view.scoring.items) == ["next_step"]


def test_a_record_goes_back_with_a_comment_and_not_without(open_as, team, morning):
    _, view = open_as(JOAN)
    press(Qt.Key.Key_Return, CTRL)
    assert stored(team) == []
    assert view.scoring._error.text() == "A returned record says what is asked."
    assert QApplication.focusWidget() is view.scoring.comment.line
    QTest.keyClicks(QApplication.focusWidget(), "Which tablets? Jot their names.")
    press(Qt.Key.Key_Return, CTRL)
    [review] = stored(team)
    assert (review.result, review.comment) == ("returned", "Which tablets? Jot their names.")


def test_c_goes_to_the_comment_and_letters_are_letters_there(open_as):
    _, view = open_as(JOAN)
    press(Qt.Key.Key_C)
    QTest.keyClicks(QApplication.focusWidget(), "job C, over V")
    assert view.scoring.comment.words() == "job C, over V"


def test_enter_on_another_button_presses_that_button(open_as, team):
    model, view = open_as(JOAN)
    wished = []
    model.patient_requested.connect(wished.append)
    next(each for each in view.findChildren(QAbstractButton) if each.text() == "Open patient").setFocus()
    press(Qt.Key.Key_Return)
    assert wished == [MARIA]
    assert stored(team) == []


def test_what_was_begun_on_a_record_is_there_when_one_comes_back_to_it(open_as):
    _, view = open_as(JOAN)
    press(Qt.Key.Key_1)
    press(Qt.Key.Key_J)
    press(Qt.Key.Key_K)
    assert [row.value() for row in view.scoring.items.values()] == [1, None, None, None]


def test_the_teams_contacts_stand_newest_first_and_no_sample_is_claimed(open_as):
    _, view = open_as(JOAN)
    assert titles(view) == ["Ana Ruiz", "Ana Ruiz", "Luis Moreno"]
    assert view.list._sorted.text() == "Newest first. Every contact, no sample."
    view.list.tabs._buttons["all"].click()
    assert [row.second for row in view.list.rows.rows.rows] == [
        "Taught: Weigh yourself every day, said it back",
        "Spoke with patient, 4 min",
        "Left message",
        "Busy or line down",
        "Spoke with patient, 7 min",
    ]


def test_filters_keep_one_nurse_or_one_outcome(open_as):
    _, view = open_as(JOAN)
    view.list.nurse.chosen.emit(LUIS)
    assert titles(view) == ["Luis Moreno"]
    view.list.outcome.chosen.emit("left_message")
    assert titles(view) == []
    assert view.list._empty.accessibleName() == "No record fits these filters."
    view.list.nurse.chosen.emit("")
    assert [row.second for row in view.list.rows.rows.rows] == ["Left message"]


def test_a_record_shows_all_that_was_saved_with_it_and_strikes_what_was_taken_back(open_as):
    _, view = open_as(JOAN)
    facts = said(view)
    assert facts["Outcome"].value == "Spoke with patient, 4 min, (413)\N{NO-BREAK SPACE}555-0142"
    assert facts["Identity"].value == "Birth date, ZIP code"
    assert facts["Reasons"].value == "Home from hospital Sunday, heart failure: answered"
    assert facts["Topics"].value == "Medicines picked up; Daily weight"
    assert facts["Note"].value.startswith("Feels better, weight 68 kg")
    assert (facts["Next step"].value, facts["Next step"].struck) == ("", "Call again, 1-Dec 10:00")
    assert facts["Next step"].second == "taken back by Ana Ruiz, Tue 24-Nov 10:34: typed wrong day"


def test_a_call_taken_back_is_struck_and_readable_and_not_to_be_reviewed(open_as, morning):
    model, view = open_as(JOAN)
    model.show_tab("all")
    view.list.rows.choose(morning.undone)
    assert said(view)["Outcome"].struck == "Busy or line down, (413)\N{NO-BREAK SPACE}555-0151"
    assert view._why_not.text() == "This record was taken back by its author. Both stay readable here."
    assert not view.scoring.isVisible()


def test_a_confidential_record_says_so_until_a_key_opens_it(open_as, team, morning):
    with team.sample.store.saving() as connection:
        connection.execute(update(activity.contact).where(activity.contact.c.id == morning.talk).values(sensitivity=1))
        connection.commit()
    _, view = open_as(JOAN)
    assert view.list.rows.current().second == "Confidential item"
    assert [fact.value for fact in view.facts._facts] == ["Confidential item"]
    press(Qt.Key.Key_V)
    assert said(view)["Note"].value.startswith("Feels better")


def test_what_came_back_is_first_with_the_comment_and_counted_on_the_rail_until_she_writes(open_as, team, morning):
    supervisor, _ = open_as(JOAN)
    supervisor.comment("Which tablets?")
    supervisor.score("identity", 1)
    supervisor.save("returned")
    team.sample.now = team.sample.now.replace(minute=50)
    model, view = open_as(ANA)
    counts = []
    model.returned_changed.connect(counts.append)
    model.refresh()
    assert counts == [1]
    assert titles(view) == ["GARCÍA LÓPEZ, María José"]
    assert view._word.accessibleName() == (
        "Sent back by Joan Ellis, Tue 24-Nov 10:43. Which tablets?\nIdentity, two points: Pass"
    )
    assert not view.scoring.isVisible()
    team.sign_in(ANA).notes.keep(MARIA, "Lisinopril and furosemide, seen on the labels.")
    model.refresh()
    assert counts == [1, 0]
    assert view.list.rows.current().chip.words == "answered"


def test_a_coordinator_sees_her_own_work_only_and_cannot_review(open_as, team, morning):
    model, view = open_as(ANA)
    model.show_tab("mine")
    shown = {row.key for row in view.list.rows.rows.rows}
    assert morning.talk_of_luis not in shown
    assert morning.talk in shown
    model.save("reviewed")
    assert stored(team) == []


def test_ones_own_call_is_not_to_be_reviewed_by_oneself(open_as, team, morning):
    own = team.sign_in(JOAN).calls
    from coordinator_app.domain.activity import Outcome
    from coordinator_app.services.call_logging import CallForm

    mine = own.record(CallForm(MINH, Outcome.NO_ANSWER)).contact.id
    model, view = open_as(JOAN)
    assert mine not in {row.key for row in view.list.rows.rows.rows}
    model.show_tab("all")
    view.list.rows.choose(mine)
    assert view._why_not.text() == "Nobody reviews their own call."
    assert not view._next.isEnabled()


def test_reads_go_on_read_lanes_and_the_word_on_the_write_lane(open_as, courier):
    open_as(JOAN)
    assert set(courier.sent) == {Lane.READ}
    press(Qt.Key.Key_Return)
    assert courier.sent.count(Lane.WRITE) == 1


def test_the_first_record_takes_the_keyboard_when_it_comes(open_as, late):
    _, view = open_as(JOAN, late)
    assert QApplication.focusWidget() is not view.scoring.items.get("identity")
    late.bring()
    assert QApplication.focusWidget() is view.scoring.items["identity"]


def test_keys_meant_for_the_next_record_do_not_reach_the_one_just_saved(open_as, late, team, morning):
    _, view = open_as(JOAN, late)
    late.bring()
    press(Qt.Key.Key_1)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_3)
    press(Qt.Key.Key_Return)
    late.bring()
    assert [(row.contact_id, row.scores) for row in stored(team)] == [(morning.talk, {"identity": 1})]
    assert view.scoring.items["next_step"].value() is None


def tell_of_emergencies(team, *ages):
    """Keep what the centre would have told: Luis holds another panel for two hours each time."""
    told = [
        {
            "login": "luis", "name": "Luis Moreno", "panel": "East", "since": (NOW - age).isoformat(),
            "until": (NOW - age + timedelta(hours=2)).isoformat(), "why": "The nurse of East\nfell ill",
            "opened_by": "coordinator_administrator",
        }
        for age in ages
    ]  # fmt: skip
    with team.sample.store.saving() as connection:
        profile.write(connection, {profile.EMERGENCIES: told})
        connection.commit()


def test_a_supervisor_reads_who_holds_which_panel_in_an_emergency_until_when_and_why(open_as, team):
    tell_of_emergencies(team, timedelta(hours=1), timedelta(days=2))
    _, view = open_as(JOAN)
    assert view.notice.isVisibleTo(view)
    runs, over = view.notice.said.text().split("\n")
    assert runs.startswith("Opened in an emergency: Luis Moreno holds panel East from Tue 24-Nov 09:43 ")
    assert "until Tue 24-Nov 11:43." in runs
    assert over.startswith("Opened in an emergency, over now: Luis Moreno held panel East from Sun 22-Nov 10:43 until ")
    assert {each.partition(" Reason: ")[2] for each in (runs, over)} == {"The nurse of East fell ill"}
    assert view.notice.accessibleName() == view.notice.said.text()


def test_many_emergencies_leave_room_for_the_work(open_as, team):
    tell_of_emergencies(team, *(timedelta(hours=n) for n in range(1, 7)))
    _, view = open_as(JOAN)
    assert view.notice.said.text().endswith("\nAnd 4 more in the last seven days.")


def test_no_emergency_is_no_line_and_a_nurse_reads_none(open_as, team):
    _, view = open_as(JOAN)
    assert not view.notice.isVisibleTo(view)
    tell_of_emergencies(team, timedelta(hours=1))
    _, hers = open_as(ANA)
    assert not hers.notice.isVisibleTo(hers)


@pytest.mark.parametrize("who", [JOAN, ANA], ids=["supervisor", "nurse"])
@pytest.mark.parametrize("size", [(1188, 766, Breadth.MIDDLE), (900, 456, Breadth.NARROW)], ids=["1360", "960"])
def test_the_review_holds_its_size_and_keeps_the_keyboard(open_as, picture, either_theme, size, who):
    width, height, breadth = size
    _, view = open_as(who)
    QApplication.sendPostedEvents()
    view.take_focus()
    before = QApplication.focusWidget()
    view.set_breadth(breadth)
    QApplication.sendPostedEvents()
    picture(view, f"review-{width}-{who[:4]}-{either_theme.tokens.name}", width, height)
    assert QApplication.focusWidget() is before


@pytest.mark.parametrize("size", [(1188, 766, Breadth.MIDDLE), (900, 456, Breadth.NARROW)], ids=["1360", "960"])
def test_the_review_holds_its_size_with_emergencies_over_it(open_as, team, picture, either_theme, size):
    width, height, breadth = size
    tell_of_emergencies(team, *(timedelta(hours=n) for n in range(1, 7)))
    _, view = open_as(JOAN)
    QApplication.sendPostedEvents()
    view.take_focus()
    before = QApplication.focusWidget()
    view.set_breadth(breadth)
    QApplication.sendPostedEvents()
    picture(view, f"review-{width}-emergency-{either_theme.tokens.name}", width, height)
    assert QApplication.focusWidget() is before


def test_everything_to_press_has_a_name(open_as):
    _, view = open_as(JOAN)
    for kind in (QAbstractButton, QComboBox, QLineEdit):
        for part in filter(lambda each: each.isVisibleTo(view), view.findChildren(kind)):
            assert part.accessibleName() or (isinstance(part, QAbstractButton) and part.text()), part


def test_no_word_of_the_screen_is_missing_in_either_language(resources):
    spanish, english = (Catalogue.load(resources / "i18n", lang) for lang in ("es", "en"))
    assert not [key for key in spanish.missing if key.startswith("review.")]
    for key in english.keys:
        if key.startswith("review."):
            assert english.places_in(key) == spanish.places_in(key), key
