"""What holds for every rule: order, repeats and strangers change nothing, and days move only what was foretold."""

import re
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coordinator_app.domain.evaluation import appraise, settle
from coordinator_app.domain.ids import MemberId
from coordinator_app.domain.outreach.ledger import MemberStanding, ledger_row
from coordinator_app.domain.outreach.priority import named_points, points_of, tier_of
from coordinator_app.domain.outreach.queue import RowState, build_queue
from coordinator_app.domain.outreach.wording import caveats, point_words, sentence
from coordinator_app.domain.reasons import ReasonKind
from tests.domain.charts import TODAY, Words, calendar, chart, identify, judged, now, shipped, terms
from tests.domain.rules_all.people import PEOPLE, UNRELATED

ENGLISH, SPANISH = Words("en"), Words("es")
LATER = date(2099, 1, 1)
TWICE = re.compile(r"\b(\w+) \1\b|  | [,;.]")


def rows(who, facts, today=TODAY):
    _, born, sex = PEOPLE[who]
    return {r.id: r for r in judged(chart(*facts, born=born, sex=sex), today)}


@st.composite
def persons(draw):
    """Return somebody made up of any of the facts of one of the people."""
    who = draw(st.sampled_from(sorted(PEOPLE)))
    facts = PEOPLE[who][0]
    kept = draw(st.lists(st.booleans(), min_size=len(facts), max_size=len(facts)))
    return who, tuple(fact for fact, is_kept in zip(facts, kept, strict=True) if is_kept)


def open_on(found, day):
    return {
        key: row for key, row in found.items() if row.opens_on <= day and (row.ends_on is None or day < row.ends_on)
    }


@given(persons(), st.randoms(use_true_random=False), st.integers(0, 4))
@settings(max_examples=50, deadline=None)
def test_order_and_repeats_change_nothing(person, random, repeats):
    who, facts = person
    shuffled = [*facts, *facts[:repeats]]
    random.shuffle(shuffled)
    assert rows(who, shuffled) == rows(who, facts)


@given(persons(), st.sampled_from(UNRELATED))
@settings(max_examples=50, deadline=None)
def test_a_fact_no_rule_asks_about_changes_no_reason(person, stranger):
    who, facts = person
    if not facts or min(f.starts_on for f in facts) > stranger.starts_on:
        return
    assert rows(who, [*facts, stranger]) == rows(who, facts)


@given(persons(), st.integers(1, 45))
@settings(max_examples=100, deadline=None)
def test_reasons_open_and_close_only_on_the_days_they_state(person, days):
    who, facts = person
    later = TODAY + timedelta(days)
    foretold, seen = open_on(rows(who, facts), later), open_on(rows(who, facts, later), later)
    assert foretold == seen


@given(persons(), st.integers(1, 360), st.integers(0, 400))
@settings(max_examples=100, deadline=None)
def test_nothing_changes_unforetold_before_the_next_look(person, days, since):
    who, facts = person
    _, born, sex = PEOPLE[who]
    of, looked_on = chart(*facts, born=born, sex=sex), TODAY + timedelta(since)
    look = appraise(of, looked_on, shipped(), calendar(), identify)
    later = min(looked_on + timedelta(days), look.next_on - timedelta(1))
    if later <= looked_on:
        return
    foretold = open_on({r.id: r for r in look.reasons}, later)
    assert foretold == open_on(rows(who, facts, later), later)


@given(persons(), st.integers(0, 300))
@settings(max_examples=50, deadline=None)
def test_every_row_is_sound_and_said_in_both_languages(person, days):
    who, facts = person
    today = TODAY + timedelta(days)
    for row in rows(who, facts, today).values():
        assert row.ends_on is None or row.opens_on < row.ends_on
        assert row.ends_on is None or row.end_cause
        points = [number for name, number in row.arguments.items() if name.startswith("points.")]
        assert row.severity == min(100, sum(points))
        for words in (ENGLISH, SPANISH):
            said = sentence(words, row.sentence, row.arguments, today)
            told = [said, *caveats(words, row.arguments, today)]
            told += [point_words(words, point) for point in named_points(row, ledger_row(row), today, terms().priority)]
            told.append(words.say(f"reasons.end.{row.end_cause}") if row.end_cause else "")
            assert not any("{" in text for text in told)
            assert not any(text.startswith("reasons.") for text in told)


@given(persons())
@settings(max_examples=30, deadline=None)
def test_named_points_add_up_to_the_rank(person):
    who, facts = person
    for row in rows(who, facts).values():
        named = named_points(row, ledger_row(row), TODAY, terms().priority)
        assert sum(point.points for point in named) == points_of(ledger_row(row), TODAY, terms().priority)


@given(persons())
@settings(max_examples=30, deadline=None)
def test_the_same_facts_again_write_nothing(person):
    who, facts = person
    written = [change.row for change in settle([], rows(who, facts).values(), TODAY)]
    assert settle(written, rows(who, facts).values(), TODAY) == ()


@pytest.mark.parametrize("words", [ENGLISH, SPANISH])
def test_no_medicine_row_tells_a_patient_to_stop_start_or_change(words):
    for who, (facts, _, _) in PEOPLE.items():
        for row in rows(who, facts).values():
            if row.kind is ReasonKind.MEDICATION:
                said = sentence(words, row.sentence, row.arguments, TODAY).casefold()
                for order in (
                    "stop taking",
                    "do not take",
                    "start taking",
                    "take less",
                    "take more",
                    "deje de",
                    "no tome",
                    "empiece",
                    "suspenda",
                ):
                    assert order not in said


@pytest.mark.parametrize("words", [ENGLISH, SPANISH])
@pytest.mark.parametrize("days", [0, 5, 30, 200])
def test_no_row_says_a_word_twice(words, days):
    today = TODAY + timedelta(days)
    for who, (facts, _, _) in PEOPLE.items():
        for row in rows(who, facts, today).values():
            told = [sentence(words, row.sentence, row.arguments, today), *caveats(words, row.arguments, today)]
            assert not [text for text in told if TWICE.search(text)]


def test_the_people_are_rich_enough_to_mean_something():
    rules = {row.rule for who, (facts, _, _) in PEOPLE.items() for row in rows(who, facts).values()}
    assert len(rules) > 40


@given(persons())
@settings(max_examples=20, deadline=None)
def test_a_day_that_passes_lowers_no_row_that_stays_open_in_its_tier(person):
    who, facts = person
    priority = terms().priority
    for reason in rows(who, facts).values():
        row, last = ledger_row(reason), min(reason.ends_on or LATER, reason.opens_on + timedelta(120))
        course = [reason.opens_on + timedelta(number) for number in range((last - reason.opens_on).days)]
        for today, tomorrow in pairwise(course):
            if tier_of(row, today, priority) is tier_of(row, tomorrow, priority):
                assert points_of(row, today, priority) <= points_of(row, tomorrow, priority)


@given(persons(), st.randoms(use_true_random=False))
@settings(max_examples=30, deadline=None)
def test_lower_reasons_lift_no_row_above_a_higher_one(person, random):
    who, facts = person
    found = [ledger_row(row) for row in open_on(rows(who, facts), TODAY).values()]
    if not found:
        return
    alone = random.choice(found)
    lower = [row for row in found if tier_of(row, TODAY, terms().priority) > tier_of(alone, TODAY, terms().priority)]
    people = [MemberStanding(MemberId("one"), (alone,)), MemberStanding(MemberId("many"), tuple(lower))]
    ranked = [item.member_id for item in build_queue(people, now(), terms()) if item.state is RowState.CALL_TODAY]
    assert "one" not in ranked or ranked[0] == "one"
