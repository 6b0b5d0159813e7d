"""Whom to call, on which number, and what may be said there (practice 11 to 16)."""

import pytest
from PySide6.QtCore import Qt

from tests.ui.screens.sample_people import Person, before, clock
from tests.ui.screens.sample_store import Sample


def somebody(number: str, **member) -> Person:
    who = Person(number, "Rivera", f"Ines {number}", "1950-02-03", "female", **member)
    who.late_refill("losartan 50 mg", "52175", "arb", before(120), 90, 35)
    return who


@pytest.fixture
def add(sample: Sample, desk):
    def fill(*people: Person) -> None:
        sample.fill(desk, people)

    return fill


def options(called):
    # A number is never broken in two, so its inner blank is one that holds.
    return [option.words.replace("\u00a0", " ") for option in called.view.body.number.number._options]


def test_the_safe_number_stands_first_and_is_taken(called, add):
    who = somebody("300 001")
    who.phone("+14135550181", kind="home")
    who.phone("+14135550182", kind="mobile", preferred=True, may_call="yes", may_leave_message="yes")
    add(who)
    called.call("300 001")
    assert options(called) == ["mobile (413) 555-0182", "home (413) 555-0181"]
    assert called.model.entries.number == "+14135550182"
    assert called.view.body.number.note.text() == "A message may be left"


def test_a_number_not_to_be_called_is_not_offered(called, add):
    who = somebody("300 002")
    who.phone("+14135550183", kind="home", may_call="no")
    add(who)
    called.call("300 002")
    assert options(called) == []
    assert "1 number is not to be called" in called.view.body.number.note.text()


def test_a_wrong_number_goes_last_and_says_so(called, add):
    who = somebody("300 003")
    who.phone("+14135550142", kind="mobile", preferred=True)
    who.phone("+14135550185", kind="home")
    who.called(clock(before(1), 10), "wrong_number")
    add(who)
    called.call("300 003")
    assert options(called) == ["home (413) 555-0185", "mobile (413) 555-0142, wrong number since Mon 23-Nov"]


def test_a_shared_number_and_its_hours_are_said(called, add):
    who = somebody("300 004")
    who.phone("+14135550186", kind="home", may_leave_message="no", shared_with="her son", safe_hours="9:00–11:00")
    add(who)
    called.call("300 004")
    note = called.view.body.number.note.text()
    assert note == "Leave no message · call 9:00–11:00 · shared with her son"


def test_a_message_on_a_number_that_says_none_is_warned_of(called):
    called.call("204 118")
    called.press("4")
    assert called.view.body._words.text() == "This number says: leave no message."


def test_only_those_who_may_be_told_are_offered_beside_the_patient(called, add):
    who = somebody("300 005")
    who.phone("+14135550187", kind="mobile")
    daughter = who.add("related_person", name="Lucía Rivera", relation="daughter", phone="+14135550188")
    who.add("related_person", name="Tom Rivera", relation="son", phone="+14135550189")
    who.add("permission", related_person_id=daughter, topics=["all"], given_on=before(100), valid_until=None)
    add(who)
    called.call("300 005")
    assert options(called) == ["mobile (413) 555-0187", "(413) 555-0188, daughter Lucía Rivera"]


def test_a_permission_that_ran_out_offers_nobody(called, add):
    who = somebody("300 006")
    daughter = who.add("related_person", name="Lucía Rivera", relation="daughter", phone="+14135550188")
    who.add("permission", related_person_id=daughter, topics=["all"], given_on=before(400), valid_until=before(1))
    add(who)
    called.call("300 006")
    assert options(called) == []


def test_for_a_minor_the_parents_number_comes_first_and_the_call_says_whom(called):
    called.call("204 502")
    assert options(called)[0] == "(413) 555-0171, mother Rosa Díaz"
    assert "Call mother, Rosa Díaz." in called.view.body.head.banner.accessibleName()


def test_a_short_instruction_is_a_chip_and_a_long_one_a_line_of_its_own(called, add):
    called.call("204 118")
    assert "Mobile only, 9:00–12:00. No message." in called.view.body.head.banner.accessibleName()
    assert not called.view.body.head.safety.isVisible()
    called.press(Qt.Key.Key_Escape)
    who = somebody("300 007")
    words = "Text first, then call the work number and ask for her by her first name only; never leave a message."
    who.add("contact_profile", special_contact=True, instructions=words, source="demo")
    add(who)
    called.call("300 007")
    assert words in called.view.body.head.safety.accessibleName()
    assert called.view.body.head.safety.isVisible()


def test_a_look_alike_shows_both_birth_dates_without_a_dialog(called):
    called.call("204 455")
    line = called.view.body.head.look_alike
    assert line.isVisible()
    assert "9-Sep-1952" in line.accessibleName()
    assert "1-Apr-1952" in line.accessibleName()


def test_a_confidential_reason_keeps_its_matter_to_itself(called):
    called.call("204 460")
    body = called.view.body
    assert [asked.field.field.accessibleName() for asked in body.note._asked.values()] == ["Confidential item"]


def test_the_frozen_list_does_not_answer(called):
    called.call("204 118")
    rows = called.view.list.rows
    assert rows.focusPolicy() == Qt.FocusPolicy.NoFocus
    current = rows.current()
    assert current is not None
    assert current.second == "Calling now, due today 17:00"


def test_f6_goes_from_part_to_part(called):
    called.call("204 118")
    called.press("1", "D", "Z", Qt.Key.Key_F6)
    assert called.view.body.topics.isAncestorOf(called.window.focusWidget())
    called.press(Qt.Key.Key_F6)
    assert called.window.focusWidget() is called.view.body.note.note.field
    called.press(Qt.Key.Key_F6)
    assert called.window.focusWidget() is called.view.body.outcome.outcomes


def test_a_person_who_left_the_computer_meanwhile_is_told_of(called, desk):
    called.screen.open_for("nobody-here")
    assert called.model.member_id is None
    assert called.parts.ways.gone == ["back"]
