"""Taking back is a further act: nothing is erased, and only one's own can be taken back."""

from dataclasses import replace
from datetime import timedelta

import pytest

from coordinator_app.domain.activity import Contact, Outcome, Response, Retraction
from coordinator_app.domain.ids import ActivityId
from coordinator_app.domain.ranked import Tab
from coordinator_app.domain.trouble import Refusal
from coordinator_app.services.call_logging import CallForm, CallLogging
from coordinator_app.services.touched import Touched
from coordinator_app.services.undoing import Undoing
from tests.services.fakes import LUIS, ROSA, FakeDesk, Someone, discharge, member, refill


@pytest.fixture
def desk() -> FakeDesk:
    made = FakeDesk()
    made.world.add(member(), discharge(), refill())
    made.rank_all()
    return made


@pytest.fixture
def undoing(desk: FakeDesk) -> Undoing:
    return Undoing(desk.open_book, desk.clock, Someone())


def called(desk: FakeDesk, outcome: Outcome = Outcome.NO_ANSWER) -> Contact:
    calls = CallLogging(desk.open_book, desk.open_shelves, desk.clock, Someone(), desk.ledger)
    return calls.record(CallForm(ROSA, outcome)).contact


def test_undo_takes_a_call_back_with_everything_saved_with_it(desk: FakeDesk, undoing: Undoing) -> None:
    contact = called(desk)
    taken = undoing.take_back("contact", contact.id)
    targets = {act.target_id for act in desk.world.acts if isinstance(act, Retraction)}
    assert targets == {act.id for act in desk.world.acts if not isinstance(act, Retraction)}
    assert taken.act == contact
    assert Touched.CALLS in taken.touched


def test_after_undo_the_row_is_where_it_was(desk: FakeDesk, undoing: Undoing) -> None:
    before = desk.world.rank[ROSA]
    undoing.take_back("contact", called(desk).id)
    assert desk.world.rank[ROSA] == before


def test_a_death_told_by_mistake_is_taken_back_and_the_person_is_listed_again(desk: FakeDesk, undoing: Undoing) -> None:
    contact = called(desk, Outcome.DECEASED)
    assert desk.tab_of(ROSA) is Tab.NOT_LISTED
    undoing.take_back("contact", contact.id)
    assert desk.tab_of(ROSA) is Tab.CALL_TODAY


def test_the_cause_is_undo_for_ten_seconds_and_has_to_be_said_after(desk: FakeDesk, undoing: Undoing) -> None:
    contact = called(desk)
    desk.clock.at += timedelta(seconds=11)
    with pytest.raises(Refusal) as refused:
        undoing.take_back("contact", contact.id)
    assert refused.value.code == "cause_needed"
    undoing.take_back("contact", contact.id, "wrong person")
    assert {act.cause for act in desk.world.acts if isinstance(act, Retraction)} == {"wrong person"}


def test_nothing_is_taken_back_twice(desk: FakeDesk, undoing: Undoing) -> None:
    contact = called(desk)
    undoing.take_back("contact", contact.id)
    with pytest.raises(Refusal) as refused:
        undoing.take_back("contact", contact.id)
    assert refused.value.code == "taken_back_already"


def test_a_colleagues_entry_is_hers(desk: FakeDesk, undoing: Undoing) -> None:
    contact = called(desk)
    desk.world.acts[:] = [
        replace(act, author_id=LUIS) if isinstance(act, Contact | Response) else act for act in desk.world.acts
    ]
    with pytest.raises(Refusal) as refused:
        undoing.take_back("contact", contact.id)
    assert refused.value.code == "not_yours"


@pytest.mark.parametrize("kind", ["contact", "member"])
def test_what_is_not_here_cannot_be_taken_back(undoing: Undoing, kind: str) -> None:
    with pytest.raises(Refusal) as refused:
        undoing.take_back(kind, ActivityId("nothing"))
    assert refused.value.code == "unknown_act"
