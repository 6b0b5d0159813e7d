"""LACE, part by part."""

from dataclasses import replace

import pytest

from coordinator_app.domain.facts import Coding
from coordinator_app.domain.rules.data import rule_data
from coordinator_app.domain.rules.lace import Band, lace_of, lace_points
from coordinator_app.domain.rules.stays import stays_of
from coordinator_app.domain.sensitivity import Sensitivity
from tests.domain.charts import bundle, case, chart, condition, emergency, history, shipped, stay

LACE = shipped().lace


def score(*facts, born="1950-03-10", data=None):
    of = case(chart(*facts, born=born), data=data)
    stays = stays_of([f for f in facts if f.kind == "encounter"], of.today)
    return lace_of(of, stays[-1], stays)


@pytest.mark.parametrize(
    ("days", "points"),
    [(0, 0), (1, 1), (2, 2), (3, 3), (4, 4), (5, 4), (6, 4), (7, 5), (13, 5), (14, 7), (60, 7)],
)
def test_days_in_hospital_count_as_the_paper_counts_them(days, points):
    assert lace_points(LACE, days, is_acute=False, weight=0, visits=0).length == points


@pytest.mark.parametrize(("weight", "points"), [(0, 0), (1, 1), (2, 2), (3, 3), (4, 5), (12, 5)])
def test_there_is_no_four_for_comorbidity(weight, points):
    assert lace_points(LACE, 0, is_acute=False, weight=weight, visits=0).comorbidity == points


@pytest.mark.parametrize(("visits", "points"), [(0, 0), (1, 1), (2, 2), (3, 3), (4, 4), (9, 4)])
def test_emergency_visits_count_up_to_four(visits, points):
    assert lace_points(LACE, 0, is_acute=False, weight=0, visits=visits).emergency == points


def test_the_two_published_examples_come_out():
    assert lace_points(LACE, 5, is_acute=True, weight=5, visits=2).score == 14
    assert lace_points(LACE, 2, is_acute=False, weight=0, visits=0).score == 2


@pytest.mark.parametrize(("days", "band"), [(4, Band.LOW), (7, Band.MODERATE), (14, Band.MODERATE)])
def test_bands_begin_at_five_and_ten(days, band):
    assert lace_points(LACE, days, is_acute=False, weight=0, visits=0).band is band


def test_a_score_of_ten_is_high_and_nineteen_is_the_most():
    assert lace_points(LACE, 14, is_acute=True, weight=0, visits=0).band is Band.HIGH
    assert lace_points(LACE, 99, is_acute=True, weight=99, visits=99).score == 19


def test_an_unknown_part_leaves_the_band_open_only_where_it_could_change_it():
    unsure = lace_points(LACE, 3, is_acute=None, weight=0, visits=0)
    assert (unsure.score, unsure.highest, unsure.band) == (3, 6, Band.UNKNOWN)
    sure = lace_points(LACE, 14, is_acute=None, weight=3, visits=0)
    assert (sure.score, sure.highest, sure.band) == (10, 13, Band.HIGH)


def test_a_worse_form_takes_the_place_of_the_milder_one():
    found = score(
        history(),
        stay("2026-11-16", "2026-11-20", "I50.9", priority="EM"),
        condition("2024-01-05", "E11.9"),
        condition("2025-01-05", "E11.22"),
        condition("2025-03-05", "C50.911"),
        condition("2026-03-05", "C78.00"),
        condition("2026-03-05", "K74.60"),
        condition("2026-03-05", "K76.6"),
    )
    assert found.conditions == ("diabetes_end_organ", "heart_failure", "metastatic_cancer", "severe_liver")
    assert found.comorbidity == 5


def test_codes_count_with_and_without_their_dot():
    dotted = score(history(), stay("2026-11-16", "2026-11-20", "I50.22"))
    flat = score(history(), stay("2026-11-16", "2026-11-20", "I5022"))
    assert dotted.conditions == flat.conditions == ("heart_failure",)
    assert dotted.comorbidity == 2


def test_a_condition_that_ended_over_a_year_before_is_not_counted():
    over = condition("2020-01-05", "I50.9", ends_on=history("2024-01-01").starts_on)
    assert score(history(), stay("2026-11-16", "2026-11-20", "J18.9"), over).conditions == ()


def test_the_weight_of_kidney_disease_is_a_named_parameter():
    facts = (history(), stay("2026-11-16", "2026-11-20", "N18.30"))
    assert score(*facts).comorbidity == 2
    none = {**bundle(), "charlson": {**bundle()["charlson"], "renal": 0}}
    assert score(*facts, data=rule_data(none)).comorbidity == 0


def test_conditions_in_codes_nobody_gave_us_the_meaning_of_are_unknown_not_absent():
    snomed = replace(condition("2024-01-05", "I50.9"), codings=(Coding("snomed", "84114007"),))
    admitted = replace(stay("2026-11-16", "2026-11-20"), priority="EM")
    unread = score(history(), admitted, snomed)
    assert unread.comorbidity is None
    assert unread.band is Band.UNKNOWN
    own = rule_data(bundle(), {"charlson.heart_failure": [Coding("snomed", "84114007")]})
    read = score(history(), admitted, snomed, data=own)
    assert (read.comorbidity, read.conditions) == (2, ("heart_failure",))


def test_the_visit_that_led_to_the_stay_and_old_visits_do_not_count():
    found = score(
        history(),
        emergency("2026-05-19"),
        emergency("2026-05-20"),
        emergency("2026-09-01", "2026-09-02"),
        emergency("2026-09-02"),
        emergency("2026-10-10"),
        emergency("2026-11-16"),
        stay("2026-11-16", "2026-11-20", "J18.9"),
    )
    assert found.emergency == 3


def test_who_came_through_the_emergency_department_was_not_planned():
    assert score(history(), emergency("2026-11-15"), stay("2026-11-16", "2026-11-20", "J18.9")).acute == 3
    assert score(history(), stay("2026-11-16", "2026-11-20", "J18.9")).acute is None
    assert score(history(), stay("2026-11-16", "2026-11-20", "J18.9", priority="EL")).acute == 0
    assert score(history(), stay("2026-11-16", "2026-11-20", "J18.9", priority="3")).acute == 0


@pytest.mark.parametrize(
    ("facts", "born", "why"),
    [
        ([stay("2026-11-16", "2026-11-20", "J18.9")], "2012-01-01", "child"),
        ([stay("2026-11-16", "2026-11-20", "O80")], "1995-01-01", "obstetric"),
        ([stay("2026-11-16", "2026-11-20", "F32.2")], "1960-01-01", "psychiatric"),
        ([stay("2026-11-16", "2026-11-20", "J18.9", disposition="02")], "1960-01-01", "transfer"),
    ],
)
def test_it_is_not_made_for_some_and_says_so(facts, born, why):
    found = score(history(), *facts, born=born)
    assert (found.band, found.why) == (Band.NOT_APPLICABLE, why)


def test_less_than_six_months_of_history_is_unknown():
    admitted = stay("2026-11-16", "2026-11-20", "J18.9", priority="EM")
    assert score(history("2026-05-20"), admitted).band is Band.UNKNOWN
    assert score(history("2026-05-17"), admitted).band is Band.MODERATE


def test_points_for_hiv_make_the_score_confidential():
    plain = score(history(), stay("2026-11-16", "2026-11-20", "J18.9"))
    told = score(history(), stay("2026-11-16", "2026-11-20", "J18.9"), condition("2020-01-01", "B20"))
    assert plain.sensitivity is Sensitivity.ORDINARY
    assert told.sensitivity is Sensitivity.CONFIDENTIAL
    assert told.comorbidity == 5
