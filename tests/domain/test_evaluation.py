"""From chart to ledger and from one day's ledger to the next."""

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coordinator_app.domain.evaluation import ChangeKind, appraise, settle
from coordinator_app.domain.facts import Chart
from coordinator_app.domain.rules.data import rule_data
from tests.domain.charts import (
    TODAY,
    bundle,
    calendar,
    chart,
    colonoscopy,
    condition,
    day,
    emergency,
    fill,
    history,
    identify,
    judged,
    only,
    shipped,
    stay,
    terms,
)

BUSY = (
    history(),
    stay("2026-11-16", "2026-11-20", "I50.9", priority="EM"),
    stay("2026-11-20", "2026-11-21", "I50.9", priority="EM"),
    emergency("2026-08-08"),
    condition("2022-01-01", "E11.22"),
    colonoscopy("2012-06-01"),
    fill("2026-08-01", "861007"),
    fill("2026-09-10", "861007"),
    fill("2026-09-10", "1364445"),
    fill("2026-10-10", "1364445"),
)


@given(st.permutations(BUSY), st.lists(st.sampled_from(BUSY), max_size=6))
@settings(max_examples=40)
def test_the_order_and_number_of_tellings_change_nothing(shuffled, again):
    assert judged(chart(*shuffled, *again, born="1960-01-01")) == judged(chart(*BUSY, born="1960-01-01"))


def test_a_person_may_have_all_reasons_at_once():
    found = judged(chart(*BUSY, born="1960-01-01"))
    assert {r.rule for r in found} >= {"discharge.contact", "screening.colorectal", "refill.late"}
    assert len({r.id for r in found}) == len(found)
    assert all(r.rule_version == shipped().version for r in found)


def test_nothing_in_a_row_moves_with_the_day():
    person = chart(*BUSY, born="1960-01-01")
    first = {r.id: r for r in judged(person, TODAY)}
    for days in range(1, 60):
        for row in judged(person, TODAY + timedelta(days)):
            assert first.get(row.id, row) == row


def test_evaluating_three_days_running_writes_only_what_changed():
    person = chart(*BUSY, born="1960-01-01")
    monday = settle([], judged(person), TODAY)
    assert {change.kind for change in monday} == {ChangeKind.INSERT}
    ledger = [change.row for change in monday]
    assert settle(ledger, judged(person, TODAY + timedelta(1)), TODAY + timedelta(1)) == ()
    filled = chart(*BUSY, fill("2026-11-26", "861007", 90), born="1960-01-01")
    (ended,) = settle(ledger, judged(filled, TODAY + timedelta(2)), TODAY + timedelta(2))
    assert (ended.kind, ended.row.end_cause, ended.row.ends_on) == (ChangeKind.END, "filled", day("2026-11-26"))


def test_a_row_opens_up_to_45_days_ahead_and_the_next_look_is_told():
    person = chart(colonoscopy("2017-03-01"), born="1960-01-01")
    far = appraise(person, TODAY, shipped(), calendar(), identify)
    assert [r.end_cause for r in far.reasons if r.ends_on <= TODAY] == ["done"]
    assert len(far.reasons) == 1
    assert far.next_on == day("2027-01-15")
    near = appraise(person, far.next_on, shipped(), calendar(), identify)
    assert only(near.reasons, "screening.colorectal", far.next_on).opens_on == day("2027-03-01")


def test_what_is_dated_or_known_later_is_invisible_and_calls_for_a_look_then():
    later = replace(colonoscopy("2026-11-20"), known_at=datetime(2026, 12, 1, 17, tzinfo=UTC))
    look = appraise(chart(history(), later, born="1960-01-01"), TODAY, shipped(), calendar(), identify)
    assert only(look.reasons, "screening.colorectal").sentence == "screening.colorectal.none"
    assert look.next_on == day("2026-12-01")
    planned = stay("2026-12-10", None, status="planned")
    assert appraise(chart(planned), TODAY, shipped(), calendar(), identify).next_on == day("2026-12-10")


def test_somebody_with_nothing_ahead_is_looked_at_within_a_year():
    assert appraise(chart(born="1930-01-01"), TODAY, shipped(), calendar(), identify).next_on == day("2027-11-24")


def test_between_two_looks_nothing_opens_unseen():
    rng = random.Random(7)
    for _ in range(15):
        tested = day("2015-01-01") + timedelta(rng.randrange(700))
        filled = TODAY - timedelta(rng.randrange(200))
        facts = [colonoscopy(tested.isoformat()), fill("2026-05-01", "861007"), fill(filled.isoformat(), "861007")]
        person = chart(*facts, born="1960-01-01")
        look = appraise(person, TODAY, shipped(), calendar(), identify)
        known = {r.id for r in look.reasons}
        on = TODAY
        while on < look.next_on:
            assert {r.id for r in judged(person, on) if r.opens_on <= on} <= known
            on += timedelta(9)


def test_evidence_that_is_withdrawn_ends_its_row_and_may_come_back():
    rows = [change.row for change in settle([], judged(chart(*BUSY)), TODAY)]
    gone = settle(rows, [], TODAY)
    assert {(change.kind, change.row.end_cause, change.row.ends_on) for change in gone} == {
        (ChangeKind.END, "withdrawn", TODAY)
    }
    ended = [change.row for change in gone]
    assert settle(ended, [], TODAY + timedelta(1)) == ()
    back = settle(ended, judged(chart(*BUSY)), TODAY)
    assert {change.kind for change in back} == {ChangeKind.UPDATE}
    assert [change.row for change in back] == rows


def test_what_was_over_before_it_was_known_is_not_written():
    old = chart(history(), stay("2026-10-01", "2026-10-05", "K35.80"), born="2000-01-01")
    assert settle([], judged(old), TODAY) == ()


def test_a_row_that_is_over_is_not_written_again():
    person = chart(history(), stay("2026-11-16", "2026-11-20", "I50.9"), born="2000-01-01")
    rows = [change.row for change in settle([], judged(person), TODAY)]
    later = TODAY + timedelta(40)
    assert settle(rows, judged(person, later), later) == ()


def test_a_new_version_of_the_rules_alone_writes_nothing():
    newer = rule_data({**bundle(), "rules": {**bundle()["rules"], "version": "2027.1"}})
    rows = judged(chart(*BUSY))
    assert settle(rows, judged(chart(*BUSY), data=newer), TODAY) == ()
    assert judged(chart(*BUSY), data=newer)[0].rule_version == "2027.1"


def test_facts_entered_in_error_and_refused_acts_are_nothing():
    clean = judged(chart(history(), born="1960-01-01"))
    wrong = [
        replace(stay("2026-11-16", "2026-11-20", "I50.9"), status="entered-in-error"),
        replace(condition("2020-01-01", "C18.0"), verification="refuted"),
        replace(colonoscopy("2026-01-01"), negated=True),
    ]
    assert judged(chart(history(), *wrong, born="1960-01-01")) == clean


def test_unconfirmed_numbers_are_named_and_the_data_is_not_approved():
    assert terms().unconfirmed == ("protocol.tries", "protocol.within_days")
    assert "worsening.potassium_high.from" in shipped().unconfirmed
    assert "worsening.a1c_high.from" not in shipped().unconfirmed
    assert not shipped().is_approved
    marked = {**bundle()["rules"], "horizon_days": {"value": 45, "tag": "K"}}
    assert "horizon_days" in rule_data({**bundle(), "rules": marked}).unconfirmed


def test_a_missing_threshold_is_named():
    lacking = {name: value for name, value in bundle()["rules"].items() if name != "lace"}
    with pytest.raises(KeyError, match="lace"):
        rule_data({**bundle(), "rules": lacking})


@given(st.dates(date(2026, 1, 1), date(2028, 1, 1)))
@settings(max_examples=40)
def test_every_row_opens_before_it_ends(today):
    for row in judged(chart(*BUSY, born="1960-01-01"), today):
        assert row.ends_on is None or row.opens_on < row.ends_on
        assert row.opens_on <= today + timedelta(45)
        assert 0 <= row.severity <= 100
        assert row.severity == sum(n for name, n in row.arguments.items() if name.startswith("points."))


def test_an_empty_chart_has_no_reasons_before_45():
    assert judged(Chart(chart(born="2000-01-01").person)) == ()
