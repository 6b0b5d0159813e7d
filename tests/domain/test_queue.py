"""The call list."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coordinator_app.domain.activity import ResponseKind
from coordinator_app.domain.outreach.ledger import Answer, LedgerRow, MemberStanding, ledger_row
from coordinator_app.domain.outreach.priority import deadline, due_clock, is_old, named_points, points_of, tier_of
from coordinator_app.domain.outreach.queue import RowState, build_queue, place
from coordinator_app.domain.reasons import ReasonKind, Tier
from tests.domain.charts import (
    TODAY,
    at,
    calendar,
    chart,
    colonoscopy,
    day,
    fill,
    history,
    judged,
    now,
    stay,
    terms,
)

PRIORITY = terms().priority


def row(kind, name="r", severity=30, **told):
    told.setdefault("opens_on", TODAY - timedelta(5))
    return LedgerRow(name, kind, severity, **told)


def discharge(name="d", severity=60, home=2, **told):
    left = TODAY - timedelta(home)
    due = calendar().business_days_after(left, 2)
    return row(ReasonKind.DISCHARGE, name, severity, **{"opens_on": left, "due_on": due, "evidence_on": left, **told})


def gap(name="g", severity=40):
    return row(ReasonKind.SCREENING, name, severity, year_from=2010, year_to=2040)


def person(name, *rows, **told):
    return MemberStanding(name, rows, **told)


def ranked(*people, when=None):
    return [item.member_id for item in build_queue(people, when or now(), terms())]


rows_of = st.builds(
    LedgerRow,
    id=st.uuids().map(str),
    kind=st.sampled_from(list(ReasonKind)),
    severity=st.integers(0, 100),
    opens_on=st.integers(0, 60).map(lambda n: TODAY - timedelta(n)),
    due_on=st.none() | st.integers(-30, 60).map(lambda n: TODAY + timedelta(n)),
    evidence_on=st.none() | st.integers(0, 60).map(lambda n: TODAY - timedelta(n)),
    tag=st.sampled_from(["", "statin", "anticoagulant", "thyroid"]),
    year_from=st.sampled_from([0, 2010]),
    year_to=st.sampled_from([0, 2040]),
)


@given(st.lists(rows_of, min_size=1, max_size=6), st.lists(rows_of, min_size=1, max_size=8))
@settings(max_examples=200)
def test_no_number_of_lower_reasons_lifts_a_row_above_a_higher_one(ours, theirs):
    best = min(tier_of(r, TODAY, PRIORITY) for r in ours)
    lower = [r for r in theirs if tier_of(r, TODAY, PRIORITY) > best]
    if lower:
        assert ranked(person("a-lower", *lower), person("b-higher", *ours)) == ["b-higher", "a-lower"]


@given(rows_of, st.integers(1, 50))
def test_more_severity_never_ranks_lower(one, more):
    worse = replace(one, id="worse", severity=one.severity + more)
    assert ranked(person("a", one), person("b", worse)) == ["b", "a"]


@given(st.lists(st.lists(rows_of, max_size=3), min_size=1, max_size=12), st.randoms(use_true_random=False))
@settings(max_examples=60)
def test_the_order_of_people_changes_nothing(all_rows, chance):
    people = [person(f"m{n:02d}", *rows) for n, rows in enumerate(all_rows)]
    first = build_queue(people, now(), terms())
    chance.shuffle(people)
    assert build_queue(people, now(), terms()) == first
    assert [item.rank for item in first] == list(range(1, len(first) + 1))


@given(st.lists(rows_of, min_size=1, max_size=4))
def test_one_person_placed_alone_stands_as_in_the_whole_list(rows):
    one = person("m", *rows)
    alone = place(one, now(), terms())
    (whole,) = build_queue([one], now(), terms())
    assert alone._replace(rank=1) == whole


@given(rows_of)
def test_what_is_worked_out_once_is_what_each_row_would_say(one):
    (item,) = build_queue([person("m", one)], now(), terms())
    (rated,) = item.reasons
    assert rated.tier is tier_of(one, TODAY, PRIORITY)
    assert rated.points == points_of(one, TODAY, PRIORITY)
    assert rated.due_on == deadline(one, TODAY)


def test_points_then_deadline_then_id_decide_within_a_tier():
    assert ranked(person("a", discharge(severity=50)), person("b", discharge(severity=70))) == ["b", "a"]
    late = replace(discharge(), due_on=TODAY - timedelta(1))
    sooner, later = (person(n, replace(gap(), due_on=TODAY + timedelta(d))) for n, d in (("z", 40), ("a", 50)))
    assert ranked(later, sooner) == ["z", "a"]
    assert ranked(person("b", late), person("a", late)) == ["a", "b"]


def test_only_reasons_of_the_rows_own_tier_add_points():
    (item,) = build_queue([person("m", discharge(severity=60), gap("g1"), gap("g2"))], now(), terms())
    alone = place(person("m", discharge(severity=60)), now(), terms())
    assert item.score == alone.score
    (two,) = build_queue([person("m", gap("g1"), gap("g2"))], now(), terms())
    assert two.score == 2 * place(person("m", gap("g1")), now(), terms()).score


def test_the_deadline_of_a_row_is_that_of_its_own_tier_and_lasts_to_the_days_end():
    (item,) = build_queue([person("m", discharge(home=1), gap())], now(), terms())
    assert item.due_on == day("2026-11-25")
    assert item.due_at.isoformat() == "2026-11-25T23:59:59-05:00"


def test_named_points_add_up():
    people = chart(
        history(),
        stay("2026-11-16", "2026-11-20", "I50.9", priority="EM"),
        colonoscopy("2012-06-01"),
        fill("2026-08-01", "861007"),
        fill("2026-09-10", "861007"),
        born="1960-01-01",
    )
    for reason in judged(people):
        cut = ledger_row(reason)
        for days in (0, 3, 9, 30):
            on = TODAY + timedelta(days)
            parts = named_points(reason, cut, on, PRIORITY)
            assert sum(part.points for part in parts) == points_of(cut, on, PRIORITY)
            assert all(part.points for part in parts)
            assert [part.is_lateness for part in parts] == sorted(part.is_lateness for part in parts)


def test_a_result_is_a_matter_of_safety_only_while_it_is_young():
    lab = row(ReasonKind.MEDICATION, evidence_on=TODAY - timedelta(7))
    assert tier_of(lab, TODAY, PRIORITY) is Tier.SAFETY
    assert tier_of(lab, TODAY + timedelta(1), PRIORITY) is Tier.HIGH
    assert not is_old(lab.evidence_on, TODAY, PRIORITY)
    assert is_old(lab.evidence_on, TODAY + timedelta(1), PRIORITY)


def test_a_gap_is_dated_near_the_end_of_the_year_and_routine_before():
    assert tier_of(gap(), day("2026-10-01"), PRIORITY) is Tier.ROUTINE
    assert tier_of(gap(), day("2026-10-02"), PRIORITY) is Tier.DATED
    assert tier_of(replace(gap(), year_to=2020), TODAY, PRIORITY) is Tier.ROUTINE


def state(one, when=None):
    item = place(one, when or now(), terms())
    return None if item is None else item.state


def test_a_try_today_moves_the_row_to_done_today_and_tomorrow_it_is_back():
    tried = person("m", discharge(), tried_on=TODAY, tried_at=at("09:00"), tries=1)
    assert state(tried) is RowState.DONE_TODAY
    assert state(tried, now(day=TODAY + timedelta(1))) is RowState.CALL_TODAY


def test_a_promise_for_this_afternoon_brings_the_row_back_then():
    tried = person("m", discharge(), tried_on=TODAY, tried_at=at("09:00"), follow_up_id="f", follow_up_at=at("14:00"))
    assert state(tried, now("13:59")) is RowState.DONE_TODAY
    assert state(tried, now("14:00")) is RowState.CALL_TODAY


def test_a_promise_ahead_lets_a_gap_wait_but_pins_a_discharge():
    ahead = {"follow_up_id": "f", "follow_up_at": at("14:00", TODAY + timedelta(1))}
    waiting = place(person("m", gap(), **ahead), now(), terms())
    assert (waiting.state, waiting.until) == (RowState.WAITING, ahead["follow_up_at"])
    pinned = place(person("m", discharge(), **ahead), now(), terms())
    assert (pinned.state, pinned.is_pinned) == (RowState.CALL_TODAY, True)


def test_a_promise_alone_is_a_reason_when_it_is_due():
    promised = person("m", follow_up_id="f1", follow_up_at=at("14:00"))
    assert state(promised, now("10:00")) is RowState.WAITING
    due = place(promised, now("14:00"), terms())
    assert due.state is RowState.CALL_TODAY
    assert [(r.id, r.row.kind, r.tier) for r in due.reasons] == [("f1", ReasonKind.FOLLOW_UP, Tier.DATED)]


def test_what_opens_within_two_weeks_is_due_soon_and_later_is_nothing():
    soon = person("m", replace(gap(), opens_on=TODAY + timedelta(14)))
    assert state(soon) is RowState.DUE_SOON
    assert state(person("m", replace(gap(), opens_on=TODAY + timedelta(15)))) is None


def test_an_answered_row_is_gone_and_a_snoozed_one_waits():
    one = gap()
    answered = Answer(one.id, ResponseKind.ANSWERED, TODAY - timedelta(1), at("09:00"))
    snoozed = Answer(one.id, ResponseKind.SNOOZED, TODAY, at("09:00"), TODAY + timedelta(4))
    assert state(person("m", one, answers=(answered,))) is None
    waiting = place(person("m", one, answers=(snoozed,)), now(), terms())
    assert (waiting.state, waiting.until) == (RowState.WAITING, TODAY + timedelta(4))


def test_leftovers_of_a_call_keep_their_dates_and_come_back():
    home, late = discharge(), gap()
    answered = Answer(home.id, ResponseKind.ANSWERED, TODAY, at("09:00"))
    one = person("m", home, late, answers=(answered,), tried_on=TODAY, tried_at=at("09:00"))
    assert state(one) is RowState.DONE_TODAY
    back = place(one, now(day=TODAY + timedelta(1)), terms())
    assert back.state is RowState.CALL_TODAY
    assert [r.id for r in back.reasons] == [late.id]


def test_who_is_not_listed_has_no_row():
    assert state(person("m", discharge(), is_listed=False)) is None
    assert build_queue([person("m", discharge(), is_listed=False)], now(), terms()) == ()


def test_the_lists_come_in_the_order_of_their_tabs():
    people = [
        person("done", discharge("d1"), tried_on=TODAY, tried_at=at("09:00")),
        person("soon", replace(gap("g1"), opens_on=TODAY + timedelta(3))),
        person("call", gap("g2")),
        person("wait", gap("g3"), follow_up_id="f", follow_up_at=at("14:00", TODAY + timedelta(2))),
    ]
    assert [item.state for item in build_queue(people, now(), terms())] == list(RowState)


@pytest.mark.parametrize(
    ("due", "tone", "words", "days"),
    [
        ("2026-11-22", "late", "due.late", 2),
        ("2026-11-24", "today", "due.today", 0),
        ("2026-11-25", "next", "due.on", 1),
        ("2026-11-27", "later", "due.on", 3),
        ("2026-12-31", "later", "due.on", 37),
    ],
)
def test_the_clock_tells_late_today_next_working_day_and_later(due, tone, words, days):
    clock = due_clock(day("2026-11-20"), day(due), now())
    assert (clock.tone, clock.words, clock.days) == (tone, words, days)


def test_over_thanksgiving_the_next_working_day_is_friday():
    assert due_clock(day("2026-11-20"), day("2026-11-27"), now(day=day("2026-11-25"))).tone == "next"


def test_the_share_of_time_gone_grows_from_nothing_to_all():
    opens, due = day("2026-11-20"), day("2026-11-24")
    shares = [
        due_clock(opens, due, now(hour, on)).share for hour, on in (("00:00", opens), ("12:00", due), ("23:59", due))
    ]
    assert shares[0] == 0
    assert 0.89 < shares[1] < 0.91
    assert 0.999 < shares[2] <= 1
    assert due_clock(opens, due, now(day=day("2026-11-26"))).share == 1
    assert due_clock(opens, None, now()).tone == "none"


@given(st.lists(rows_of, max_size=4), st.integers(-20, 20))
def test_the_short_way_places_people_as_the_long_way_does(rows, shift):
    moved = [replace(r, opens_on=r.opens_on + timedelta(shift + 10)) for r in rows]
    short = person("m", *moved)
    elsewhere = Answer("another", ResponseKind.ATTEMPTED, TODAY, at("09:00"))
    assert place(short, now(), terms()) == place(replace(short, answers=(elsewhere,)), now(), terms())
