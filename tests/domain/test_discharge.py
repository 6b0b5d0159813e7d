"""Home from hospital."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator_app.domain.outreach.ledger import ledger_row
from coordinator_app.domain.outreach.priority import points_of
from coordinator_app.domain.rules.stays import WentTo, admitted_since, emergency_days, stays_of
from coordinator_app.domain.sensitivity import Sensitivity
from tests.domain.charts import (
    TODAY,
    chart,
    condition,
    day,
    emergency,
    history,
    judged,
    none,
    only,
    stay,
    terms,
)

RULE = "discharge.contact"


def reason(*facts, today=TODAY, **person):
    return only(judged(chart(history(), *facts, **person), today), RULE, today)


def quiet(*facts, today=TODAY, **person):
    return none(judged(chart(history(), *facts, **person), today), RULE, today)


def test_a_discharge_home_asks_for_contact_within_two_business_days():
    found = reason(stay("2026-11-16", "2026-11-20", "I50.9", priority="EM"))
    assert (found.opens_on, found.due_on, found.ends_on) == (day("2026-11-20"), day("2026-11-24"), day("2026-12-20"))
    assert (found.subject, found.episode) == ("stay", "2026-11-16")
    assert found.arguments["condition"] == "heart_failure"
    assert found.evidence_on == day("2026-11-20")


def test_the_window_is_the_day_of_discharge_and_29_more():
    told = stay("2026-11-16", "2026-11-20", "I50.9")
    assert not quiet(told, today=day("2026-12-19"))
    assert quiet(told, today=day("2026-12-20"))


def test_learning_of_it_late_moves_the_opening_and_not_the_deadline():
    late = stay("2026-11-10", "2026-11-16", "I50.9", known_at=datetime(2026, 11, 20, 15, tzinfo=UTC))
    found = reason(late)
    assert found.opens_on == day("2026-11-20")
    assert found.due_on == day("2026-11-18")
    assert found.arguments["late_on_arrival"] == 1
    assert found.arguments["known_on"] == "2026-11-20"


def test_what_was_not_known_yet_is_not_judged():
    told = stay("2026-11-16", "2026-11-20", "I50.9", known_at=datetime(2026, 11, 23, 15, tzinfo=UTC))
    assert quiet(told, today=day("2026-11-22"))
    assert not quiet(told, today=day("2026-11-23"))


def test_a_person_still_in_hospital_has_no_clock_and_is_known_to_be_there():
    told = stay("2026-11-20", None, "I50.9")
    assert quiet(told)
    assert admitted_since([told], TODAY) == day("2026-11-20")
    assert admitted_since([stay("2026-11-10", "2026-11-20")], TODAY) is None


def test_a_discharge_that_lies_ahead_is_not_one_yet():
    ahead = stay("2026-11-20", "2026-11-27", "I50.9")
    assert quiet(ahead)
    assert admitted_since([ahead], TODAY) == day("2026-11-20")


@pytest.mark.parametrize("disposition", ["20", "exp", "50", "hosp", "03", "snf", "rehab", "62", "65", "02"])
def test_who_died_or_went_to_hospice_or_a_facility_is_not_home(disposition):
    assert quiet(stay("2026-11-16", "2026-11-20", "I50.9", disposition=disposition))


@pytest.mark.parametrize("disposition", ["01", "home", "06", "07", "aadvice", "", "86"])
def test_home_with_or_without_help_or_against_advice_is_home(disposition):
    assert not quiet(stay("2026-11-16", "2026-11-20", "I50.9", disposition=disposition))


def test_after_a_nursing_home_the_clock_starts_when_the_person_goes_home():
    hospital = stay("2026-10-26", "2026-11-02", "S72.001A", disposition="03")
    nursing = stay("2026-11-02", "2026-11-20", class_code="NONAC", disposition="01")
    found = reason(hospital, nursing)
    assert found.evidence_on == day("2026-11-20")
    assert found.episode == "2026-10-26"
    assert found.arguments["condition"] == "hip_fracture"


def test_a_transfer_is_one_stay_and_the_last_discharge_counts():
    first = stay("2026-11-10", "2026-11-12", "I21.4", priority="EM", disposition="02")
    second = stay("2026-11-13", "2026-11-18", "I21.4", priority="EL")
    (whole,) = stays_of([second, first], TODAY)
    assert (whole.admitted_on, whole.discharged_on, whole.days, whole.is_acute) == (
        day("2026-11-10"),
        day("2026-11-18"),
        8,
        True,
    )


def test_coming_back_a_day_after_going_home_is_a_new_stay():
    first = stay("2026-11-10", "2026-11-12", "I50.9", disposition="01")
    second = stay("2026-11-13", "2026-11-18", "I50.9")
    assert len(stays_of([first, second], TODAY)) == 2
    found = judged(chart(history(), first, second))
    assert only(found, RULE).episode == "2026-11-13"
    (before,) = [r for r in found if r.episode == "2026-11-10"]
    assert (before.ends_on, before.end_cause) == (day("2026-11-13"), "readmitted")


def test_one_stay_told_by_hospital_and_payer_is_one_reason_that_does_not_move():
    told = stay("2026-11-16", "2026-11-20", "I50.9", id="aaa", source="adt", disposition="01")
    again = stay("2026-11-16", "2026-11-20", "I50.9", id="zzz", source="claims", disposition="01")
    once, twice = reason(told), reason(told, again)
    assert once.id == twice.id
    assert (once.due_on, once.severity) == (twice.due_on, twice.severity)


def test_an_open_admission_is_an_old_message_when_the_payer_knows_the_discharge():
    open_still = stay("2026-11-16", None, "I50.9", source="adt")
    assert reason(open_still, stay("2026-11-16", "2026-11-20", "I50.9")).evidence_on == day("2026-11-20")


def test_a_lost_discharge_message_hides_no_later_discharge():
    lost = stay("2019-03-01", None, "I50.9")
    assert reason(lost, stay("2026-11-16", "2026-11-20", "I50.9")).episode == "2026-11-16"


def test_a_planned_stay_weighs_less_than_an_unplanned_one_and_an_unknown_one_as_much():
    planned, unplanned, unknown = (
        reason(stay("2026-11-16", "2026-11-20", "M17.11", priority=priority)) for priority in ("EL", "EM", "")
    )
    assert planned.severity < unplanned.severity
    assert unknown.arguments["points.unplanned"] == unplanned.arguments["points.unplanned"]
    assert planned.arguments["planned"] == "yes"
    assert unknown.arguments["planned"] == "unknown"


def test_chemotherapy_is_planned_however_it_was_coded():
    assert reason(stay("2026-11-18", "2026-11-20", "Z51.11", priority="EM")).arguments["planned"] == "yes"


def test_unknown_risk_ranks_with_the_high_band():
    high = {"points.risk_high": 30, "points.risk_unknown": 30}
    short = judged(chart(stay("2026-11-16", "2026-11-20", "J18.9", priority="EM")))
    assert only(short, RULE).arguments["points.risk_unknown"] == high["points.risk_high"]
    assert only(short, RULE).arguments["points.lace"] >= 10
    child = reason(stay("2026-11-16", "2026-11-20", "J45.901"), born="2015-05-05")
    assert child.arguments["lace_band"] == "not_applicable"
    assert child.arguments["points.risk_unknown"] == 30


def test_a_healthy_newborns_first_stay_is_no_discharge():
    assert quiet(stay("2026-11-18", "2026-11-20", "Z38.00"), born="2026-11-18")
    assert not quiet(stay("2026-11-01", "2026-11-20", "P07.30"), born="2026-11-01")


def test_a_confidential_stay_makes_a_confidential_reason():
    assert reason(stay("2026-11-16", "2026-11-20", "F20.0")).sensitivity is Sensitivity.CONFIDENTIAL
    told = stay("2026-11-16", "2026-11-20", "J18.9", sensitivity=Sensitivity.PART2)
    assert reason(told).sensitivity is Sensitivity.PART2


def test_the_stays_own_condition_is_said_when_the_stay_itself_names_none():
    told = stay("2026-11-16", "2026-11-20", id="s1", priority="EM")
    lungs = condition("2026-11-16", "J18.9", encounter_id="s1", display="Pneumonia (disorder)")
    found = reason(told, lungs)
    assert (found.arguments["condition"], found.arguments["condition_words"]) == ("pneumonia", "Pneumonia")
    secret = replace(lungs, sensitivity=Sensitivity.CONFIDENTIAL)
    assert reason(told, secret).sensitivity is Sensitivity.CONFIDENTIAL


def test_a_death_ends_the_reason_on_its_day():
    found = judged(chart(history(), stay("2026-11-16", "2026-11-20", "I50.9"), deceased_on=day("2026-11-22")))
    (row,) = [r for r in found if r.rule == RULE]
    assert (row.ends_on, row.end_cause) == (day("2026-11-22"), "deceased")


def test_a_cancelled_or_planned_admission_is_none():
    assert quiet(stay("2026-11-16", "2026-11-20", status="cancelled"))
    assert quiet(stay("2026-11-16", "2026-11-20", status="planned"))
    assert quiet(stay("2026-11-16", "2026-11-20", status="entered-in-error"))


def test_emergency_visits_that_overlap_are_one_and_those_that_end_in_a_stay_are_none():
    told = [emergency("2026-06-01", "2026-06-02"), emergency("2026-06-02"), emergency("2026-07-01")]
    admitted = stay("2026-07-02", "2026-07-05")
    stays = stays_of([*told, admitted], TODAY)
    assert emergency_days([*told, admitted], stays) == (day("2026-06-01"),)
    assert stays[0].is_acute is True


def test_where_two_sources_differ_the_graver_end_is_believed():
    (whole,) = stays_of(
        [stay("2026-11-16", "2026-11-20", disposition="01"), stay("2026-11-16", "2026-11-20", disposition="20")], TODAY
    )
    assert whole.went_to is WentTo.DIED


def test_of_two_alike_the_discharge_whose_two_days_end_first_is_first_and_no_day_lowers_one():
    def total(admitted, discharged, today):
        found = reason(stay(admitted, discharged, "I50.9", priority="EM"), today=today)
        return points_of(ledger_row(found), today, terms().priority)

    fresh = total("2026-11-17", "2026-11-24", TODAY)
    assert total("2026-11-13", "2026-11-20", TODAY) > fresh
    course = [total("2026-11-17", "2026-11-24", TODAY + timedelta(days)) for days in range(30)]
    assert course == sorted(course)
    longest = replace(
        only(judged(chart(history(), stay("2026-11-01", "2026-11-24", "I50.9", priority="EM"))), RULE), due_on=None
    )
    assert longest.severity <= 100


@given(st.integers(0, 40), st.integers(0, 60))
def test_it_is_open_only_between_the_dates_it_states(length, passed):
    discharged = day("2026-08-03")
    told = stay((discharged - timedelta(length)).isoformat(), discharged.isoformat(), "I50.9")
    today = discharged + timedelta(passed)
    assert quiet(told, today=today) == (passed >= 30)


def test_conditions_of_the_stay_are_its_evidence():
    heart = condition("2021-05-05", "I50.9", id="heart")
    found = reason(stay("2026-11-16", "2026-11-20", "J18.9", id="stay"), heart)
    assert {e.fact_id for e in found.evidence} == {"stay", "heart"}
