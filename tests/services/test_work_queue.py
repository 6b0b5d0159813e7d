"""The list: who is on which tab, who is kept out, and what a row may say."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from coordinator_app.domain.activity import Outcome
from coordinator_app.domain.ids import MemberId, ReasonId
from coordinator_app.domain.person import ContactPoint, ContactProfile, Reach, RelatedPerson
from coordinator_app.domain.ranked import Tab
from coordinator_app.domain.reasons import Tier
from coordinator_app.domain.sensitivity import Sensitivity
from coordinator_app.services.call_logging import CallForm, CallLogging
from coordinator_app.services.touched import Touched
from coordinator_app.services.work_queue import WorkQueue
from tests.services.fakes import PEDRO, ROSA, FakeDesk, Someone, discharge, member, refill


@pytest.fixture
def desk() -> FakeDesk:
    made = FakeDesk()
    made.world.add(member(), discharge(), refill())
    made.world.add(member(PEDRO, family="Silva", given="Pedro"), refill(PEDRO))
    made.rank_all()
    return made


@pytest.fixture
def queue(desk: FakeDesk) -> WorkQueue:
    return WorkQueue(desk.open_shelves, desk.clock, desk.ledger, desk.ranking, desk)


def test_one_row_a_person_with_the_tier_of_the_highest_reason(queue: WorkQueue) -> None:
    page = queue.page()
    assert [(row.member_id, row.tier) for row in page.rows] == [(ROSA, Tier.DISCHARGE), (PEDRO, Tier.DATED)]
    assert (page.total, page.rows[0].shown.more) == (2, 1)


def test_six_routine_gaps_never_outrank_one_discharge(desk: FakeDesk, queue: WorkQueue) -> None:
    many = [refill(PEDRO, id=ReasonId(f"more-{n}"), severity=100) for n in range(6)]
    desk.world.reasons += many
    desk.rank_all()
    assert [row.member_id for row in queue.page().rows] == [ROSA, PEDRO]


def test_a_rows_confidential_reason_is_only_said_to_be_one(desk: FakeDesk, queue: WorkQueue) -> None:
    desk.world.reasons[:] = [replace(discharge(), sensitivity=Sensitivity.CONFIDENTIAL)]
    desk.rank_all()
    shown = queue.page().rows[0].shown
    assert (shown.sentence, shown.arguments, shown.tags) == ("confidential", {}, ("no_phone",))


def test_a_person_shows_all_reasons_with_points_and_evidence(queue: WorkQueue) -> None:
    person = queue.person(ROSA)
    assert person is not None
    assert [each.reason.id for each in person.reasons] == [discharge().id, refill().id]
    assert person.reasons[0].reason.evidence[0].source == "hospital"


def test_nobody_is_left_out_in_silence(desk: FakeDesk, queue: WorkQueue) -> None:
    gone = {
        "dead": member(MemberId("dead"), deceased_on=date(2026, 11, 20), source="claims"),
        "left": member(MemberId("left"), left_on=date(2026, 11, 1), source="roster"),
        "moved": member(MemberId("moved"), held_cause="moved", held_source="practice", held_on=date(2026, 10, 1)),
        "no": member(MemberId("no")),
    }
    for name, someone in gone.items():
        profile = ContactProfile(no_contact=("program",) if name == "no" else ())
        desk.world.add(someone, refill(someone.id), reach=Reach(profile=profile))
    desk.rank_all()
    told = {row.member_id: row.shown.cause for row in queue.not_listed()}
    assert told == {"dead": "death_reported", "left": "left", "moved": "moved", "no": "opted_out"}
    assert queue.page().counts[Tab.NOT_LISTED] == 4


def test_who_was_spoken_with_after_a_feeds_death_is_listed(desk: FakeDesk) -> None:
    desk.world.members[ROSA] = replace(member(), deceased_on=date(2026, 11, 20))
    desk.rank_all()
    assert desk.tab_of(ROSA) is Tab.NOT_LISTED
    calls = CallLogging(desk.open_book, desk.open_shelves, desk.clock, Someone(), desk.ledger)
    from coordinator_app.domain.activity import Identifier

    calls.record(CallForm(ROSA, Outcome.REACHED, (Identifier.ZIP, Identifier.BIRTH_DATE)))
    assert desk.tab_of(ROSA) is Tab.DONE_TODAY


def test_a_minors_row_says_whom_to_call(desk: FakeDesk, queue: WorkQueue) -> None:
    child = member(MemberId("child"), birth_date=date(2015, 5, 5), family="Ruiz", given="Luz")
    guardian = RelatedPerson("g", "Rosa Díaz", "mother", is_guardian=True)
    desk.world.add(child, refill(child.id), reach=Reach((ContactPoint("p", "mobile", "+1"),), related=(guardian,)))
    desk.rank_all()
    row = queue.person(child.id)
    assert row is not None
    assert (row.ranked.shown.call_instead, "minor" in row.ranked.shown.tags) == ("mother, Rosa Díaz", True)


def test_look_alikes_are_marked_on_both_rows(desk: FakeDesk) -> None:
    desk.world.add(member(MemberId("twin"), given="María"), refill(MemberId("twin")))
    desk.rank_all()
    assert desk.world.rank[ROSA].shown.has_namesake
    assert desk.world.rank[MemberId("twin")].shown.has_namesake
    assert not desk.world.rank[PEDRO].shown.has_namesake


def test_the_tries_of_this_episode_stand_on_the_row(desk: FakeDesk) -> None:
    calls = CallLogging(desk.open_book, desk.open_shelves, desk.clock, Someone(), desk.ledger)
    calls.record(CallForm(ROSA, Outcome.LEFT_MESSAGE))
    desk.clock.at += timedelta(hours=1)
    calls.record(CallForm(ROSA, Outcome.NO_ANSWER))
    shown = desk.world.rank[ROSA].shown
    assert (shown.tries, shown.tries_allowed) == (("left_message", "no_answer"), 4)


def test_a_new_day_writes_the_rank_whole_and_the_same_day_does_not(desk: FakeDesk, queue: WorkQueue) -> None:
    assert queue.freshen() == Touched.nothing()
    desk.clock.at += timedelta(days=1)
    assert queue.freshen() is Touched.OUTREACH
    assert desk.world.computed_for == date(2026, 11, 25)


def test_a_list_as_of_another_day_is_ranked_in_memory_and_kept_nowhere(desk: FakeDesk, queue: WorkQueue) -> None:
    desk.clock.frozen_on = date(2026, 12, 4)
    later = desk.clock.moment()
    desk.clock.frozen_on = None
    before = dict(desk.world.rank)
    whole = queue.whole(now=later)
    assert whole.computed_for == date(2026, 12, 4)
    assert whole.people[0].reasons[0].points != queue.whole().people[0].reasons[0].points
    assert desk.world.rank == before


def test_a_limit_cuts_the_rows_and_not_the_total(queue: WorkQueue) -> None:
    whole = queue.whole(1)
    assert (len(whole.people), whole.total) == (1, 2)


def calls_of(desk: FakeDesk) -> CallLogging:
    return CallLogging(desk.open_book, desk.open_shelves, desk.clock, Someone(), desk.ledger)


def test_a_promised_hour_brings_the_row_back_and_says_what_was_promised(desk: FakeDesk, queue: WorkQueue) -> None:
    asked = desk.clock.at + timedelta(hours=4)
    calls_of(desk).record(CallForm(PEDRO, Outcome.CALL_BACK, call_back_at=asked))
    assert desk.tab_of(PEDRO) is Tab.DONE_TODAY
    desk.clock.at = asked - timedelta(minutes=1)
    assert queue.freshen() == Touched.nothing()
    desk.clock.at = asked
    assert queue.freshen() is Touched.OUTREACH
    person = queue.person(PEDRO)
    assert person is not None
    assert person.ranked.tab is Tab.CALL_TODAY
    assert (person.ranked.shown.sentence, person.ranked.shown.arguments["due_on"]) == ("follow_up", "2026-11-24")
    promise = person.reasons[0]
    assert (promise.reason.kind.value, promise.due_at, promise.standing.is_open) == ("follow_up", asked, True)


def test_a_promise_is_no_reason_a_call_could_answer(desk: FakeDesk) -> None:
    desk.world.reasons.clear()
    calls_of(desk).record(CallForm(PEDRO, Outcome.CALL_BACK, call_back_at=desk.clock.at + timedelta(hours=1)))
    desk.clock.at += timedelta(hours=2)
    recorded = calls_of(desk).record(CallForm(PEDRO, Outcome.REFUSED))
    assert (dict(recorded.responses), recorded.left_open) == ({}, ())


def test_a_discharge_that_becomes_known_after_todays_call_is_first_again(desk: FakeDesk, queue: WorkQueue) -> None:
    calls_of(desk).record(CallForm(PEDRO, Outcome.NO_ANSWER))
    assert desk.tab_of(PEDRO) is Tab.DONE_TODAY
    desk.world.reasons.append(discharge(PEDRO, opens_on=date(2026, 11, 24), due_on=date(2026, 11, 26), severity=90))
    desk.rank_all()
    assert next(row.member_id for row in queue.page().rows) == PEDRO
    calls_of(desk).record(CallForm(PEDRO, Outcome.NO_ANSWER))
    assert desk.tab_of(PEDRO) is Tab.DONE_TODAY
