"""What all measures share: the view of a chart, days, courses, and how places become counts."""

from datetime import date

import pytest

from coordinator_app.domain.facts import Chart, Coding, FactKind, Person
from coordinator_app.domain.ids import MemberId
from coordinator_app.domain.measures import days, oids
from coordinator_app.domain.measures.catalogue import MEASURES, measure_for
from coordinator_app.domain.measures.courses import course
from coordinator_app.domain.measures.lens import lens
from coordinator_app.domain.measures.measure import NOBODY, Measure, Place, tally
from coordinator_app.domain.measures.view import Period, View
from tests.domain.measures.small_charts import (
    YEAR_2025,
    YEAR_2026,
    condition,
    done,
    fact,
    invented,
    order,
    result,
    visit,
)

START, END = YEAR_2026.start, YEAR_2026.end


def seen(*facts, words=None, born="1970-05-05", period=YEAR_2026):
    told = words or {coding: ("it",) for each in facts for coding in each.codings}
    return View(Chart(Person(MemberId("rosa"), date.fromisoformat(born)), facts), told, period)


def test_an_exclusion_outranks_the_numerator_and_the_numerator_an_exception():
    places = [
        Place(excluded=True, numerator=True),
        Place(numerator=True, excepted=True),
        Place(excepted=True),
        Place(denominator=False, excluded=True, numerator=True),
    ]
    assert tally({"one": places}) == {
        "one": {
            "initial-population": 4,
            "denominator": 3,
            "denominator-exclusion": 1,
            "numerator": 1,
            "denominator-exception": 1,
        }
    }


def test_who_is_not_in_the_population_counts_nowhere():
    assert set(tally({"one": NOBODY})["one"].values()) == {0}


@pytest.mark.parametrize(
    ("born", "at_start", "at_end"),
    [("1970-01-01", 56, 56), ("1970-01-02", 55, 56), ("1970-12-31", 55, 56), ("2004-02-29", 21, 22)],
)
def test_age_is_counted_in_full_years_on_the_first_and_the_last_day(born, at_start, at_end):
    view = seen(born=born)
    assert (view.age_at_start, view.age_at_end) == (at_start, at_end)


def test_who_was_born_on_a_leap_day_grows_older_on_the_first_of_march():
    view = seen(born="2008-02-29")
    assert [view.age_on(day) for day in (date(2026, 2, 28), date(2026, 3, 1))] == [17, 18]


def test_what_was_not_done_is_not_among_what_was_done():
    was, was_not, off = (
        order(FactKind.SERVICE_ORDER, "x", "2026-05-01"),
        order(FactKind.SERVICE_ORDER, "x", "2026-05-02", negated=True),
        order(FactKind.SERVICE_ORDER, "x", "2026-05-03", status="cancelled"),
    )
    view = seen(was, was_not, off)
    assert list(view.of(FactKind.SERVICE_ORDER, "it", status={"active"})) == [was]
    assert list(view.refused(FactKind.SERVICE_ORDER, "it")) == [was_not, off]


def test_a_fact_meant_by_two_words_is_counted_once():
    both = visit("x")
    view = seen(both, words={Coding("made-up", "x"): ("one", "other")})
    assert list(view.of(FactKind.ENCOUNTER, "one", "other")) == [both]


def test_from_2026_on_a_refuted_diagnosis_is_none_and_before_nobody_asked():
    refuted = condition("x", "2025-02-01", verification="refuted")
    assert list(seen(refuted).diagnoses("it")) == []
    assert list(seen(refuted, period=YEAR_2025).diagnoses("it")) == [refuted]


def test_a_diagnosis_that_says_nothing_of_its_verification_counts():
    assert list(seen(condition("x", "2026-02-01")).diagnoses("it"))


@pytest.mark.parametrize(
    ("told", "prevails"),
    [
        ({}, True),
        ({"on": "2027-01-01"}, False),
        ({"on": "2020-01-01"}, True),
        ({"on": "2020-01-01", "ends_on": date(2025, 12, 31)}, False),
        ({"on": "2020-01-01", "ends_on": date(2026, 1, 1)}, True),
        ({"on": "2020-01-01", "status": "resolved"}, False),
        ({"on": "2026-01-01", "status": "resolved"}, False),
        ({"on": "2026-01-01", "status": ""}, True),
        ({"on": "2020-01-01", "status": ""}, False),
        ({"on": "2020-01-01", "status": "relapse"}, True),
    ],
)
def test_a_condition_lasts_until_it_ends_or_while_it_is_active(told, prevails):
    assert days.prevailed(condition("x", **told), START, END) is prevails


def test_a_visit_without_an_end_goes_on_but_a_result_has_only_its_day():
    open_visit, taken = visit("x", "2026-12-30", ends_on=None), result("x", "2026-12-30")
    assert not days.is_within(open_visit, START, END)
    assert days.overlaps(open_visit, date(2028, 1, 1), date(2028, 2, 1))
    assert days.is_within(taken, START, END)
    assert not days.overlaps(taken, date(2028, 1, 1), date(2028, 2, 1))


def test_what_has_no_day_lies_nowhere():
    undated = done("x", "")
    assert not days.is_within(undated, START, END)
    assert not days.overlaps(undated, START, END)


@pytest.mark.parametrize(
    ("told", "last"),
    [
        ({"days_supply": 30}, date(2026, 1, 30)),
        ({"days_supply": 30, "refills": 2}, date(2026, 3, 31)),
        ({"quantity": 60, "per_day": 2.0}, date(2026, 1, 30)),
        ({"ends_on": date(2026, 6, 30)}, date(2026, 6, 30)),
    ],
)
def test_a_course_lasts_as_long_as_its_supply_with_refills_or_else_to_its_stated_end(told, last):
    assert course(order(FactKind.DRUG_ORDER, "x", "2026-01-01", **told)) == (date(2026, 1, 1), last)


def test_an_order_that_tells_neither_supply_nor_end_has_no_course():
    assert course(order(FactKind.DRUG_ORDER, "x", "2026-01-01")) is None


def test_a_measure_names_the_value_sets_the_site_has_not_loaded():
    [measure] = [each for each in MEASURES if each.id == "CMS125"]
    loaded = dict(invented(measure))
    del loaded[oids.OFFICE]
    assert lens(measure, loaded).missing == (oids.OFFICE,)


def test_a_code_is_known_with_and_without_its_dot():
    measure = Measure("X", "x", {"it": (Coding("icd10cm", "E11.9"),)}, lambda view: {})
    words = lens(measure, {}).words
    assert words[Coding("icd10cm", "E11.9")] == words[Coding("icd10cm", "E119")] == ("it",)


def test_what_is_refused_by_a_whole_value_set_is_recognized():
    measure = Measure("X", "x", {"it": ("1.2.3",)}, lambda view: {})
    assert lens(measure, {"1.2.3": ()}).words[Coding("valueset", "1.2.3")] == ("it",)


def test_no_two_measures_hold_for_the_same_year():
    for year in range(2024, 2028):
        known = [each.id for each in MEASURES if each.first_year <= year <= each.last_year]
        assert len(known) == len(set(known))
    assert measure_for("CMS1", 2026) is None


def year_of(measure):
    year = min(max(measure.first_year, YEAR_2025.end.year), measure.last_year)
    return Period(date(year, 1, 1), date(year, 12, 31))


def of_age(age, *facts):
    return Chart(Person(MemberId("rosa"), date(2025 - age, 6, 1), "female"), facts)


EVERY_MEASURE = pytest.mark.parametrize("measure", MEASURES, ids=lambda each: f"{each.id}-{each.first_year}")


@EVERY_MEASURE
def test_a_person_of_whom_nothing_is_known_is_in_no_measure(measure):
    for age in range(0, 100, 2):
        counted = lens(measure, invented(measure)).counts(of_age(age), year_of(measure))
        assert counted
        assert not any(count for group in counted.values() for count in group.values())


@EVERY_MEASURE
def test_every_word_a_measure_asks_for_is_one_it_names(measure):
    period = year_of(measure)
    facts = tuple(
        fact(kind, members[0], f"{period.end.year}-03-02", status=status, intent="order", ends_on=period.end)
        for members in measure.sets.values()
        if members
        for kind in FactKind
        for status in ("finished", "active", "completed", "final")
    )
    asked = set()
    for age in range(0, 100, 2):
        view = _Listening(of_age(age, *facts), lens(measure, invented(measure)).words, period)
        measure.judge(view)
        asked |= view.asked
    assert asked
    assert asked <= set(measure.sets)


@EVERY_MEASURE
def test_the_order_of_facts_changes_no_count(measure):
    period = year_of(measure)
    ready = lens(measure, invented(measure))
    facts = tuple(
        fact(kind, members[0], f"{period.end.year}-0{month}-02", status=status, intent="order", value_number=5.0)
        for month, members in enumerate(measure.sets.values(), start=1)
        if members and month < 10
        for kind, status in ((FactKind.ENCOUNTER, "finished"), (FactKind.OBSERVATION, "final"))
    )
    for age in range(1, 100, 7):
        forward = ready.counts(of_age(age, *facts), period)
        assert ready.counts(of_age(age, *reversed(facts)), period) == forward


class _Listening(View):
    """A view that keeps what it was asked for."""

    __slots__ = ("asked",)

    def __init__(self, *told):
        super().__init__(*told)
        self.asked = set()

    def _all(self, kind, words):
        self.asked |= set(words)
        return super()._all(kind, words)
