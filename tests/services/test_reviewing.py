"""A supervisor sees the team's work once, in order, and returns a record with a comment the nurse receives."""

from datetime import datetime, timedelta

import pytest

from coordinator_app.domain.activity import Identifier, Outcome, Review
from coordinator_app.domain.ids import ActivityId, StaffId
from coordinator_app.domain.trouble import Refusal
from coordinator_app.services.call_logging import CallForm, CallLogging
from coordinator_app.services.note_keeping import NoteKeeping
from coordinator_app.services.reviewing import Reviewing, Wanted
from coordinator_app.services.undoing import Undoing
from tests.services.fakes import ANA, JOAN, LUIS, PEDRO, ROSA, TUESDAY_MORNING, FakeDesk, Someone, discharge, member

TWO = (Identifier.BIRTH_DATE, Identifier.ZIP)


@pytest.fixture
def desk() -> FakeDesk:
    made = FakeDesk()
    made.world.add(member(), discharge())
    made.world.add(member(PEDRO, family="Silva", given="Pedro"))
    made.world.reference["staff"] = {
        ANA: {"name": "Ana Ruiz"},
        LUIS: {"name": "Luis Mora"},
        JOAN: {"name": "Joan Ellis"},
    }
    return made


def log(desk: FakeDesk, outcome: Outcome, at: datetime, by: StaffId = ANA) -> ActivityId:
    desk.clock.at = at
    calls = CallLogging(desk.open_book, desk.open_shelves, desk.clock, Someone(by), desk.ledger)
    return calls.record(CallForm(ROSA, outcome, TWO if outcome.is_conversation else ())).contact.id


def reviewing(desk: FakeDesk, who: StaffId = JOAN, role: str = "supervisor") -> Reviewing:
    return Reviewing(desk.open_book, desk.open_shelves, desk.clock, Someone(who, role))


def test_activity_is_newest_first_by_the_time_it_happened(desk: FakeDesk) -> None:
    later = log(desk, Outcome.REACHED, TUESDAY_MORNING)
    earlier = log(desk, Outcome.NO_ANSWER, TUESDAY_MORNING - timedelta(hours=2), LUIS)
    assert [entry.act.id for entry in reviewing(desk).activity()] == [later, earlier]
    assert [entry.author for entry in reviewing(desk).activity()] == ["Ana Ruiz", "Luis Mora"]


def test_a_call_taken_back_stands_as_one_struck_entry(desk: FakeDesk) -> None:
    contact = log(desk, Outcome.NO_ANSWER, TUESDAY_MORNING)
    Undoing(desk.open_book, desk.clock, Someone()).take_back("contact", contact)
    [entry] = reviewing(desk).activity()
    assert entry.is_struck
    assert entry.retraction is not None
    assert entry.retraction.cause == "undo"


def test_filters_keep_an_author_an_outcome_a_kind_or_what_is_open(desk: FakeDesk) -> None:
    reached = log(desk, Outcome.REACHED, TUESDAY_MORNING)
    missed = log(desk, Outcome.NO_ANSWER, TUESDAY_MORNING + timedelta(minutes=9), LUIS)
    desk.clock.at += timedelta(minutes=1)
    note = NoteKeeping(desk.open_book, desk.clock, Someone()).keep(PEDRO, "moved to his son").note.id
    seen = reviewing(desk)
    assert [e.act.id for e in seen.activity(Wanted(author_id=LUIS))] == [missed]
    assert [e.act.id for e in seen.activity(Wanted(outcomes=frozenset({"reached"})))] == [reached]
    assert [e.act.id for e in seen.activity(Wanted(kinds=frozenset({"note"})))] == [note]
    assert [e.act.id for e in seen.activity(Wanted(since=TUESDAY_MORNING + timedelta(minutes=1)))] == [note, missed]
    seen.review(reached, "reviewed")
    assert [e.act.id for e in seen.activity(Wanted(is_open=True))] == [missed]


def test_a_returned_record_reaches_its_author_with_the_comment(desk: FakeDesk) -> None:
    contact = log(desk, Outcome.REACHED, TUESDAY_MORNING)
    log(desk, Outcome.NO_ANSWER, TUESDAY_MORNING)
    reviewing(desk).review(contact, "returned", "Which medicines did she pick up?")
    [entry] = reviewing(desk, ANA, "coordinator").returned_to_me()
    assert entry.act.id == contact
    assert entry.review is not None
    assert (entry.review.comment, entry.reviewer) == ("Which medicines did she pick up?", "Joan Ellis")
    assert reviewing(desk, LUIS, "coordinator").returned_to_me() == ()


def test_the_last_word_of_two_reviews_counts_and_both_are_kept(desk: FakeDesk) -> None:
    contact = log(desk, Outcome.REACHED, TUESDAY_MORNING)
    reviewing(desk).review(contact, "returned", "The note is empty.")
    desk.clock.at += timedelta(minutes=5)
    reviewing(desk).review(contact, "reviewed")
    record = reviewing(desk).record(contact)
    assert record.entry.review is not None
    assert record.entry.review.result == "reviewed"
    assert [each.result for each in record.reviews] == ["returned", "reviewed"]


def test_a_record_shows_what_was_saved_with_the_call(desk: FakeDesk) -> None:
    contact = log(desk, Outcome.REACHED, TUESDAY_MORNING)
    record = reviewing(desk).record(contact)
    assert [(each.response.value, sentence) for each, sentence in record.responses] == [("answered", "discharge.home")]
    assert len(record.follow_ups) == 1


@pytest.mark.parametrize(
    ("who", "role", "result", "comment", "code"),
    [
        (LUIS, "coordinator", "reviewed", "", "not_a_supervisor"),
        (JOAN, "supervisor", "fine", "", "unknown_result"),
        (JOAN, "supervisor", "returned", " ", "comment_needed"),
        (ANA, "supervisor", "reviewed", "", "own_work"),
    ],
)
def test_a_review_keeps_its_rules(  # noqa: PLR0917
    desk: FakeDesk, who: StaffId, role: str, result: str, comment: str, code: str
) -> None:
    contact = log(desk, Outcome.REACHED, TUESDAY_MORNING)
    with pytest.raises(Refusal) as refused:
        reviewing(desk, who, role).review(contact, result, comment)
    assert refused.value.code == code
    assert not [act for act in desk.world.acts if isinstance(act, Review)]


def test_a_contact_that_is_not_here_cannot_be_reviewed(desk: FakeDesk) -> None:
    for attempt in (
        lambda: reviewing(desk).review(ActivityId("x"), "reviewed"),
        lambda: reviewing(desk).record(ActivityId("x")),
    ):
        with pytest.raises(Refusal) as refused:
            attempt()
        assert refused.value.code == "unknown_contact"


def test_scores_are_kept_with_the_word_and_only_one_to_three(desk: FakeDesk) -> None:
    contact = log(desk, Outcome.REACHED, TUESDAY_MORNING)
    with pytest.raises(Refusal, match="1, 2 or 3"):
        reviewing(desk).review(contact, "reviewed", scores={"identity": 4})
    reviewing(desk).review(contact, "reviewed", scores={"identity": 1, "next_step": 3})
    [review] = reviewing(desk).record(contact).reviews
    assert review.scores == {"identity": 1, "next_step": 3}
    assert reviewing(desk).record(contact).reviewers == {JOAN: "Joan Ellis"}


def test_what_was_taken_back_of_a_call_stays_in_its_record_with_the_cause(desk: FakeDesk) -> None:
    contact = log(desk, Outcome.REACHED, TUESDAY_MORNING)
    [promise] = reviewing(desk).record(contact).follow_ups
    desk.clock.at += timedelta(hours=1)
    Undoing(desk.open_book, desk.clock, Someone()).take_back("follow_up", promise.id, "typed wrong day")
    record = reviewing(desk).record(contact)
    assert record.follow_ups == (promise,)
    assert record.struck[promise.id].cause == "typed wrong day"
    assert not record.entry.is_struck


def opening(since: datetime, why: str = "nurse1 fell ill at noon") -> dict[str, str]:
    until = since + timedelta(hours=2)
    return {
        "login": "luis", "name": "Luis Mora", "panel": "East", "since": since.isoformat(), "until": until.isoformat(),
        "why": why, "opened_by": "coordinator_administrator",
    }  # fmt: skip


def test_a_supervisor_is_told_of_the_emergencies_of_seven_days_and_nobody_else(desk: FakeDesk) -> None:
    now = desk.clock.instant()
    ages = (timedelta(hours=1), timedelta(days=7, hours=1), timedelta(days=6))
    desk.world.profile["emergencies"] = [opening(now - age) for age in ages]
    noticed = reviewing(desk).emergencies()
    told = [(each.emergency.since, each.is_running) for each in noticed]
    assert told == [(now - ages[0], True), (now - ages[2], False)]
    assert reviewing(desk, role="coordinator").emergencies() == ()
