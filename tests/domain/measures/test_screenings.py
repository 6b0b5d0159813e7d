"""The measures of screening, at the edges their windows have."""

from datetime import date

import pytest

from coordinator_app.domain.facts import Coding, FactKind
from coordinator_app.domain.measures import breast, cervical, colorectal, frailty, hospice, oids
from tests.domain.measures.small_charts import (
    YEAR_2025,
    coded,
    condition,
    done,
    fact,
    order,
    place,
    result,
    visit,
)

[MAMMOGRAM] = breast.SETS["mammogram"]
[FRAIL] = frailty.SETS["frailty diagnosis"]
[GRAVE] = frailty.SETS["advanced illness"]
[DEMENTIA_DRUG] = frailty.SETS["dementia drug"]


@pytest.mark.parametrize(
    ("on", "stands"),
    [("2024-09-30", "unmet"), ("2024-10-01", "met"), ("2026-12-31", "met"), ("2027-01-01", "unmet")],
)
def test_a_mammogram_counts_from_october_two_years_before_to_the_end_of_the_year(on, stands):
    assert place("CMS125", visit(), result(MAMMOGRAM, on), born="1966-03-10") == stands


@pytest.mark.parametrize(
    ("born", "stands"),
    [("1984-12-31", "unmet"), ("1985-01-01", "nobody"), ("1952-01-01", "unmet"), ("1951-12-31", "nobody")],
)
def test_breast_screening_is_for_42_to_74_at_the_end_of_the_year(born, stands):
    assert place("CMS125", visit(), born=born) == stands


def test_one_breast_left_is_screened_and_none_is_not():
    left, right = (breast.SETS[name][0] for name in ("left gone", "right removed"))
    one = condition(left, "2010-01-01")
    assert place("CMS125", visit(), one, born="1966-03-10") == "unmet"
    assert place("CMS125", visit(), one, done(right, "2026-12-31"), born="1966-03-10") == "excluded"


def test_a_mastectomy_that_names_no_side_counts_for_the_side_of_its_place():
    [unsaid] = breast.SETS["one gone"]
    sides = [condition(unsaid, "2010-01-01", place=side) for side in ("7771000", "24028007")]
    assert place("CMS125", visit(), sides[0], born="1966-03-10") == "unmet"
    assert place("CMS125", visit(), *sides, born="1966-03-10") == "excluded"


def test_a_mammogram_that_was_not_final_or_a_visit_called_off_counts_for_nothing():
    early = result(MAMMOGRAM, "2026-05-05", status="preliminary")
    assert place("CMS125", visit(), early, born="1966-03-10") == "unmet"
    assert place("CMS125", visit(status="cancelled"), born="1966-03-10") == "nobody"


def test_a_visit_still_going_on_counts_before_2026_only():
    going_on = visit(on="2025-06-06", status="in-progress")
    assert place("CMS139", going_on, born="1950-01-01", period=YEAR_2025) == "unmet"
    assert place("CMS139", visit(status="in-progress"), born="1950-01-01") == "nobody"


def test_hospice_excludes_however_it_is_told():
    [stay], [care], [diagnosis], [asked] = (
        hospice.SETS[name] for name in ("inpatient", "hospice care", "hospice diagnosis", "hospice asked")
    )
    told = [
        visit(stay, "2026-02-02", disposition="428361000124107"),
        visit(hospice.SETS["hospice visit"][0], "2025-12-30", ends_on=date(2026, 1, 1)),
        result(asked, "2026-04-04", value_coding=oids.YES),
        order(FactKind.SERVICE_ORDER, care, "2026-04-04"),
        done(care, "2026-04-04"),
        condition(diagnosis, "2025-04-04"),
    ]
    for one in told:
        assert place("CMS125", visit(), one, born="1966-03-10") == "excluded", one
    silent = [
        visit(stay, "2026-02-02", disposition="home"),
        result(asked, "2026-04-04", value_coding=Coding("snomed", "373067005")),
        order(FactKind.SERVICE_ORDER, care, "2026-04-04", intent="plan"),
        order(FactKind.SERVICE_ORDER, care, "2026-04-04", negated=True),
        done(care, "2025-12-31"),
        condition(diagnosis, "2025-04-04", verification="entered-in-error"),
    ]
    assert place("CMS125", visit(), *silent, born="1966-03-10") == "unmet"


def test_frailty_excludes_from_66_and_only_with_a_grave_illness():
    frail, ill = condition(FRAIL, "2026-02-02"), condition(GRAVE, "2025-01-01")
    assert place("CMS130", visit(), frail, ill, born="1960-12-31") == "excluded"
    assert place("CMS130", visit(), frail, ill, born="1961-01-01") == "unmet"
    assert place("CMS130", visit(), frail, born="1960-12-31") == "unmet"
    assert place("CMS130", visit(), frail, condition(GRAVE, "2024-12-31"), born="1960-12-31") == "unmet"


def test_a_dementia_drug_still_taken_in_the_year_before_stands_for_a_grave_illness():
    frail = condition(FRAIL, "2026-02-02")
    taken = order(FactKind.DRUG_ORDER, DEMENTIA_DRUG, "2024-12-15", days_supply=30)
    over = order(FactKind.DRUG_ORDER, DEMENTIA_DRUG, "2024-12-01", days_supply=30)
    assert place("CMS130", visit(), frail, taken, born="1955-01-01") == "excluded"
    assert place("CMS130", visit(), frail, over, born="1955-01-01") == "unmet"


def test_only_the_last_word_on_housing_counts():
    asked, home = Coding("loinc", "71802-3"), Coding("snomed", "160734000")
    there = result(asked, "2026-02-02", value_coding=home)
    left = result(asked, "2026-03-03", value_coding=Coding("snomed", "160943002"))
    assert place("CMS130", visit(), there, born="1955-01-01") == "excluded"
    assert place("CMS130", visit(), left, there, born="1955-01-01") == "unmet"


@pytest.mark.parametrize(
    ("test", "on", "stands"),
    [
        ("blood in stool", "2025-12-31", "unmet"),
        ("blood in stool", "2026-01-01", "met"),
        ("stool dna", "2024-01-01", "met"),
        ("stool dna", "2023-12-31", "unmet"),
        ("ct colonography", "2022-01-01", "met"),
        ("ct colonography", "2021-12-31", "unmet"),
    ],
)
def test_a_colorectal_test_lasts_its_calendar_years(test, on, stands):
    assert place("CMS130", visit(), result(colorectal.SETS[test][0], on), born="1970-01-01") == stands


@pytest.mark.parametrize(("on", "stands"), [("2017-01-01", "met"), ("2016-12-31", "unmet")])
def test_a_colonoscopy_lasts_ten_calendar_years(on, stands):
    assert place("CMS130", visit(), done(colorectal.SETS["colonoscopy"][0], on), born="1970-01-01") == stands


def test_a_laboratory_test_without_a_value_is_no_test():
    empty = result(colorectal.SETS["blood in stool"][0], "2026-02-02", value_text="")
    assert place("CMS130", visit(), empty, born="1970-01-01") == "unmet"


@pytest.mark.parametrize(
    ("born", "on", "stands"),
    [("1992-06-15", "2022-06-15", "met"), ("1992-06-16", "2022-06-15", "unmet"), ("1980-01-01", "2021-12-31", "unmet")],
)
def test_an_hpv_test_counts_five_years_from_the_age_of_30(born, on, stands):
    assert place("CMS124", visit(), result(cervical.SETS["hpv test"][0], on), born=born) == stands


def test_cervical_screening_asks_sex_and_not_a_wellness_visit():
    assert place("CMS124", visit(), born="1990-01-01", sex="male") == "nobody"
    assert place("CMS124", visit(oids.WELLNESS), born="1990-01-01") == "nobody"
    assert place("CMS124", visit(), condition(cervical.SETS["no cervix"][0]), born="1990-01-01") == "excluded"


def test_an_hiv_test_counts_at_any_time_between_15_and_65_and_death_is_an_exception():
    test = Coding("loinc", "75622-1")
    assert place("CMS349", visit(), result(test, "2001-01-01"), born="1985-12-31") == "met"
    assert place("CMS349", visit(), result(test, "2000-12-30"), born="1985-12-31") == "unmet"
    assert place("CMS349", visit(), born="1985-12-31", deceased_on=date(2026, 12, 31)) == "excepted"
    known = condition(oids.HIV, "2025-12-31")
    assert place("CMS349", visit(), known, born="1985-12-31") == "excluded"


def test_a_survey_told_as_something_else_is_not_taken_in_2025():
    falls = "2.16.840.1.113883.3.464.1003.118.12.1028"
    asked = visit(on="2025-06-06")
    for category, stands in (("survey", "met"), ("", "met"), ("laboratory", "unmet")):
        tool = result(falls, "2025-06-06", category=category)
        assert place("CMS139", asked, tool, born="1950-01-01", period=YEAR_2025) == stands


def test_a_frailty_device_must_have_been_ordered_not_refused():
    [device] = frailty.SETS["frailty device"]
    ill = condition(GRAVE, "2025-05-05")
    wanted = order(FactKind.DEVICE_ORDER, device, "2026-05-05")
    refused = order(FactKind.DEVICE_ORDER, device, "2026-05-05", negated=True)
    equipped = result(Coding("loinc", "98181-1"), "2026-05-05", value_coding=coded(device))
    symptom = fact(FactKind.OBSERVATION, frailty.SETS["frailty symptom"][0], "2026-05-05", status="preliminary")
    assert place("CMS130", visit(), ill, refused, born="1955-01-01") == "unmet"
    for sign in (wanted, equipped, symptom):
        assert place("CMS130", visit(), ill, sign, born="1955-01-01") == "excluded"


@pytest.mark.parametrize(("category", "stands"), [("imaging", "met"), ("", "met"), ("procedure", "unmet")])
def test_a_mammogram_told_as_something_else_than_a_picture_is_not_taken(category, stands):
    taken = result(MAMMOGRAM, "2026-05-05", category=category)
    assert place("CMS125", visit(), taken, born="1966-03-10") == stands
