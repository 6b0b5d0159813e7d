"""Medicines a nurse was told of, merged into the chart that the rules judge."""

from dataclasses import replace

from coordinator_app.domain.evaluation import evaluate
from coordinator_app.domain.facts import TOLD, FactKind
from coordinator_app.domain.medicine_words import MedicineWord, merged
from coordinator_app.domain.rules.data import RuleData
from tests.domain.charts import TODAY, at, calendar, chart, day, fact, fill, history, identify, shipped

WARFARIN, IBUPROFEN = "855302", "310965"
HAS_IBUPROFEN, HAS_WARFARIN = "5640", "11289"


def ingredients(data: RuleData):
    return lambda one: [each.drug.rxcui for each in data.medicines.table.held_by(one)]


def rules(*facts, words=(), today=TODAY):
    told = merged(chart(*facts, history()), words, ingredients(shipped()))
    return {
        (row.rule, row.episode, str(row.ends_on))
        for row in evaluate(told, today, shipped(), calendar(), identify)
        if row.rule == "medication.pair" and (row.ends_on is None or row.ends_on > today)
    }


def stopped(rxcui, on="2026-11-10"):
    return MedicineWord("w1", "stopped", rxcui, "x", day(on), at("10:00", day(on)))


BOTH = (fill("2026-11-01", WARFARIN, 60), fill("2026-11-03", IBUPROFEN, 60))


def test_two_drugs_at_hand_are_asked_about_until_one_was_told_to_be_stopped():
    assert {each[0] for each in rules(*BOTH)} == {"medication.pair"}
    assert rules(*BOTH, words=[stopped(HAS_IBUPROFEN)]) == set()


def test_a_new_fill_after_the_stop_is_a_new_episode_from_its_own_day():
    again = fill("2026-11-20", IBUPROFEN, 20)
    [(_, episode, _)] = rules(*BOTH, again, words=[stopped(HAS_IBUPROFEN)])
    assert episode == "2026-11-20"
    [(_, episode, _)] = rules(*BOTH, again)
    assert episode == "2026-11-03"


def test_a_fill_before_the_stop_that_was_still_to_begin_does_not_count():
    early = fill("2026-11-08", IBUPROFEN, 60)
    assert rules(*BOTH, early, words=[stopped(HAS_IBUPROFEN)]) == set()


def test_a_stop_of_the_feed_changes_no_course_that_fills_tell_of():
    order = fact(FactKind.DRUG_ORDER, "2026-11-10", "rxnorm 5640", status="stopped")
    assert rules(*BOTH, order) == rules(*BOTH)
    assert rules(*BOTH, replace(order, source=TOLD)) == set()


def test_supply_told_is_not_counted_beside_the_fill_it_was():
    word = MedicineWord("w2", "paid_cash", HAS_IBUPROFEN, "x", day("2026-11-05"), at("10:00"), day("2026-12-05"))
    told = merged(chart(*BOTH), [word], ingredients(shipped()))
    assert told.facts == BOTH
    far = replace(word, on=day("2026-11-12"))
    assert [each.source for each in merged(chart(*BOTH), [far], ingredients(shipped())).facts] == ["demo", "demo", TOLD]


def test_what_was_told_over_the_counter_is_asked_about_beside_the_fills():
    word = MedicineWord("w3", "otc", HAS_IBUPROFEN, "ibuprofen", day("2026-11-05"), at("10:00"))
    [(rule, episode, _)] = rules(fill("2026-11-01", WARFARIN, 60), words=[word])
    assert (rule, episode) == ("medication.pair", "2026-11-05")
    stop = MedicineWord("w4", "stopped", HAS_IBUPROFEN, "ibuprofen", day("2026-11-20"), at("11:00"))
    assert rules(fill("2026-11-01", WARFARIN, 60), words=[word, stop]) == set()


def test_a_told_dose_changes_no_fact():
    word = MedicineWord("w5", "dose", HAS_WARFARIN, "warfarin", day("2026-11-05"), at("10:00"), dose="half")
    told = chart(*BOTH)
    assert merged(told, [word], ingredients(shipped())) is told
