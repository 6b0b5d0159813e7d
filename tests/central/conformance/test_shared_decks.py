"""The stewards' own test patients, held against every measure we judge."""

import json
import time

import pytest

from coordinator_app.bootstrap.central import conformance
from coordinator_app.central.conformance.deck import Case, cases_in, deck_name, measure_of
from coordinator_app.central.conformance.judging import load_value_sets
from coordinator_app.central.conformance.mapping import mapped
from coordinator_app.central.feeds.sensitive import SensitiveCodes
from coordinator_app.domain.measures.catalogue import MEASURES, measure_for
from coordinator_app.domain.measures.lens import lens
from coordinator_app.workstation.resources import resources_folder
from tests.central.conformance.decks import DIFFERENCES, SHARED, shared_decks, value_sets_of

pytestmark = [
    pytest.mark.data,
    pytest.mark.skipif(not SHARED.is_dir(), reason="the public eCQM test patients are not beside the checkout"),
]

KNOWN = {measure.id for measure in MEASURES}
JUDGED = [deck for deck in shared_decks() if measure_of(deck_name(deck)) in KNOWN]
MOST_SECONDS = 0.0001
"""In the rules, a person and measure, mapping apart."""


@pytest.mark.parametrize("deck", JUDGED, ids=deck_name)
def test_every_case_of_a_deck_is_equal_or_its_difference_is_proven(deck):
    report = conformance().run(deck, value_sets_of(deck), DIFFERENCES)
    assert report.has_rule
    assert report.missing_sets == ()
    assert [result.patient for result in report.results if not (result.equal or result.is_named)] == []
    assert report.is_as_expected


def test_at_most_one_case_in_a_hundred_is_expected_to_differ():
    listed = {(one["deck"], one["case"]) for one in json.loads(DIFFERENCES.read_text(encoding="utf-8"))}
    cases = {(deck_name(deck), case.patient) for deck in JUDGED for case in cases_in(deck) if isinstance(case, Case)}
    assert listed <= cases
    assert len(listed) * 100 <= len(cases)


@pytest.mark.parametrize("deck", JUDGED, ids=deck_name)
def test_a_person_takes_a_measure_a_tenth_of_a_millisecond_at_most(deck):
    rules = resources_folder() / "rules"
    sensitive = SensitiveCodes(
        *(json.loads((rules / f"{name}.json").read_text("utf-8")) for name in ("sensitive-codes", "drugs"))
    )
    cases = [case for case in cases_in(deck) if isinstance(case, Case)]
    measure = measure_for(measure_of(deck_name(deck)), cases[0].period.end.year)
    assert measure is not None
    ready = lens(measure, load_value_sets(value_sets_of(deck)))
    charts = [
        (mapped(case.patient, case.resources, case.period.end.year, sensitive).chart, case.period) for case in cases
    ]
    best = min(_seconds(ready, charts) for _ in range(15))
    assert best / len(charts) <= MOST_SECONDS


def _seconds(ready, charts) -> float:
    begin = time.process_time()
    for chart, period in charts:
        ready.counts(chart, period)
    return time.process_time() - begin
