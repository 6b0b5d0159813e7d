"""Colorectal screening: clinical due date and measure year kept apart."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator_app.domain.facts import Coding, FactKind
from coordinator_app.domain.outreach.ledger import ledger_row
from coordinator_app.domain.outreach.priority import deadline
from coordinator_app.domain.rules.data import rule_data
from coordinator_app.domain.rules.screening import clinical_due, done_tests, measure_view
from tests.domain.charts import (
    TODAY,
    bundle,
    case,
    chart,
    colonoscopy,
    condition,
    day,
    fact,
    history,
    judged,
    none,
    only,
    shipped,
    stay,
)

RULE = "screening.colorectal"
COLORECTAL = shipped().screenings[0]


def fit(on, **told):
    told = {"value_text": "negative", **told}
    return fact(FactKind.OBSERVATION, on, "loinc 29771-3", status="final", **told)


def reason(*facts, today=TODAY, born="1966-03-10", **person):
    return only(judged(chart(*facts, born=born, **person), today), RULE, today)


def quiet(*facts, today=TODAY, born="1966-03-10", **person):
    return none(judged(chart(*facts, born=born, **person), today), RULE, today)


def open_on(today, *facts, **told):
    return not quiet(*facts, today=today, **told) and reason(*facts, today=today, **told).opens_on <= today


def test_nobody_on_record_is_due_from_45_up_to_76():
    found = reason(history(), born="1966-03-10")
    assert (found.opens_on, found.ends_on, found.end_cause) == (day("2011-03-10"), day("2042-03-10"), "age")
    assert found.sentence == "screening.colorectal.none"
    assert found.episode == "none"


@pytest.mark.parametrize(
    ("born", "is_open"),
    [("1981-11-24", True), ("1981-11-25", False), ("1950-11-25", True), ("1950-11-24", False), ("2015-01-01", False)],
)
def test_ages_45_to_75_are_screened(born, is_open):
    assert open_on(TODAY, history(), born=born) == is_open


@pytest.mark.parametrize(
    ("test", "due"),
    [
        (colonoscopy("2019-06-01"), "2029-06-01"),
        (fact(FactKind.PROCEDURE, "2024-06-01", "hcpcs G0104"), "2029-06-01"),
        (fact(FactKind.IMAGING, "2024-06-01", "loinc 79069-1"), "2029-06-01"),
        (fact(FactKind.OBSERVATION, "2025-06-01", "loinc 77353-1", value_text="negative"), "2028-06-01"),
        (fit("2025-12-20"), "2026-12-20"),
        (fact(FactKind.PROCEDURE, "2026-02-01", "hcpcs G0328"), "2027-02-01"),
    ],
)
def test_each_test_lasts_its_own_years(test, due):
    closed = case(chart(test, born="1966-03-10"))
    assert clinical_due(closed, COLORECTAL, done_tests(closed, COLORECTAL)) == day(due)
    assert not open_on(day(due) - timedelta(1), test)
    assert open_on(day(due), test)


def test_a_blood_test_of_december_is_not_called_for_in_january():
    test = fit("2025-12-20")
    view = measure_view(case(chart(test, born="1966-03-10"), day("2026-01-10")), COLORECTAL, 2026)
    assert view.in_population
    assert not view.closed
    assert not open_on(day("2026-01-10"), test)
    assert reason(test).opens_on == day("2026-12-20")


def test_a_short_lasting_test_does_not_shorten_a_long_lasting_one():
    assert quiet(colonoscopy("2019-06-01"), fit("2020-06-01"))


@pytest.mark.parametrize(
    ("test", "year", "closed"),
    [
        (colonoscopy("2017-01-01"), 2026, True),
        (colonoscopy("2016-12-31"), 2026, False),
        (fact(FactKind.PROCEDURE, "2022-01-01", "hcpcs G0104"), 2026, True),
        (fact(FactKind.PROCEDURE, "2021-12-31", "hcpcs G0104"), 2026, False),
        (fact(FactKind.OBSERVATION, "2024-01-01", "loinc 77353-1", value_text="negative"), 2026, True),
        (fact(FactKind.OBSERVATION, "2023-12-31", "loinc 77353-1", value_text="negative"), 2026, False),
        (fit("2026-01-01"), 2026, True),
        (fit("2025-12-31"), 2026, False),
    ],
)
def test_the_measure_counts_calendar_years(test, year, closed):
    assert measure_view(case(chart(test, born="1966-03-10")), COLORECTAL, year).closed == closed


@pytest.mark.parametrize(
    ("born", "inside"),
    [("1980-12-31", True), ("1981-01-01", False), ("1951-01-01", True), ("1950-12-31", False)],
)
def test_the_measure_asks_for_the_age_at_the_end_of_the_year(born, inside):
    assert measure_view(case(chart(born=born)), COLORECTAL, 2026).in_population == inside


def test_the_deadline_is_the_end_of_a_year_in_which_the_measure_counts_and_is_not_in_the_row():
    found = reason(history())
    assert found.due_on is None
    assert deadline(ledger_row(found), TODAY) == day("2026-12-31")
    assert deadline(ledger_row(found), day("2027-01-05")) == day("2027-12-31")
    young = reason(history(), born="1981-06-01")
    assert deadline(ledger_row(young), TODAY) is None


def test_a_new_test_ends_the_round_on_its_day():
    found = judged(chart(colonoscopy("2010-06-01"), colonoscopy("2026-11-20"), born="1966-03-10"))
    (before,) = [r for r in found if r.rule == RULE]
    assert (before.episode, before.ends_on, before.end_cause) == ("2010-06-01", day("2026-11-20"), "done")


@pytest.mark.parametrize(
    "never",
    [
        condition("2015-01-01", "C18.7"),
        condition("2015-01-01", "Z85.038"),
        fact(FactKind.PROCEDURE, "2015-01-01", "icd10pcs 0DTE4ZZ"),
        fact(FactKind.ENCOUNTER, "2026-09-01", "hcpcs Q5003", status="finished", class_code="HH"),
        condition("2026-09-01", "Z51.5"),
        stay("2026-10-01", "2026-10-04", "C34.11", disposition="50"),
    ],
)
def test_cancer_colectomy_hospice_and_palliative_care_end_it(never):
    assert not quiet(history())
    assert quiet(history(), never)


def test_hospice_care_long_ago_does_not_end_it():
    assert not quiet(fact(FactKind.ENCOUNTER, "2024-09-01", "hcpcs Q5003", status="finished"))


def test_frailty_with_advanced_illness_ends_it_from_66_where_the_site_has_the_codes():
    data = rule_data(bundle(), {"2.16.840.1.113883.3.464.1003.110.12.1082": [Coding("icd10cm", "G30.9")]})
    facts = [fact(FactKind.CONDITION, "2026-05-01", "icd10cm R54"), condition("2025-06-01", "G30.9")]
    old, young = chart(*facts, born="1955-03-10"), chart(*facts, born="1962-03-10")
    assert none(judged(old, data=data), RULE)
    assert not none(judged(young, data=data), RULE)
    assert not none(judged(old), RULE)


@pytest.mark.parametrize(
    "no_test",
    [
        colonoscopy("2026-10-01", negated=True),
        replace(colonoscopy("2026-10-01"), status="not-done"),
        replace(colonoscopy("2026-10-01"), status="in-progress"),
        replace(fit("2026-10-01"), value_text=""),
        replace(fit("2026-10-01"), status="registered"),
        fact(FactKind.SERVICE_ORDER, "2026-10-01", "hcpcs G0121", status="active"),
    ],
)
def test_a_test_that_was_not_done_closes_nothing(no_test):
    assert open_on(TODAY, history(), no_test)


def test_the_sites_own_codes_close_a_gap():
    snomed = replace(colonoscopy("2024-05-05"), codings=(Coding("snomed", "73761001"),))
    oid = "2.16.840.1.113883.3.464.1003.108.12.1020"
    data = rule_data(bundle(), {oid: [Coding("snomed", "73761001")]})
    person = chart(history(), snomed, born="1966-03-10")
    assert not none(judged(person), RULE)
    assert none(judged(person, data=data), RULE)


@given(st.dates(date(1930, 1, 1), date(2000, 1, 1)), st.dates(date(2005, 1, 1), date(2026, 11, 24)))
def test_it_is_open_exactly_from_the_clinical_due_date_to_the_76th_birthday(born, tested):
    facts = [colonoscopy(tested.isoformat())]
    for found in judged(chart(*facts, born=born.isoformat())):
        if found.episode == tested.isoformat():
            assert found.opens_on >= tested + timedelta(3652)
            assert found.opens_on <= TODAY + timedelta(45)
            assert found.ends_on > found.opens_on
