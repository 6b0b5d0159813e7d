"""Whatever the order, the repeats and the neighbours of facts, the same questions are asked."""

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from coordinator_app.domain.evaluation import appraise, settle
from coordinator_app.domain.outreach.wording import sentence
from coordinator_app.domain.reasons import ReasonKind
from tests.domain.charts import TODAY, Words, calendar, chart, condition, history, identify, judged, shipped, stay
from tests.domain.rules_medication.medicines import lab, order, takes

CABINET = (
    history(),
    takes("warfarin", "2026-09-01", 90),
    takes("amiodarone", "2026-10-01", 90),
    takes("ibuprofen", "2026-11-10", 20),
    takes("lisinopril", "2026-10-01", 90),
    takes("furosemide", "2026-10-05", 90),
    takes("zolpidem", "2026-10-01"),
    takes("zolpidem", "2026-11-01"),
    takes("atorvastatin", "2026-09-01", 90),
    order("simvastatin", "2026-08-01"),
    takes("digoxin", "2026-11-15"),
    stay("2026-11-10", "2026-11-14", "I50.9"),
    condition("2020-01-01", "I50.22"),
    lab("6301-6", "2026-10-01", 4.4, "{INR}"),
    lab("10535-3", "2026-11-20", 2.2, "ng/mL"),
)
UNRELATED = (
    takes("levothyroxine", "2026-11-01"),
    condition("2019-01-01", "H52.4"),
    lab("718-7", "2026-11-01", 13.0, "g/dL"),
)


def asked(*facts, today=TODAY):
    return {r.id: r for r in judged(chart(*facts, born="1950-01-01"), today) if r.kind is ReasonKind.MEDICATION}


@given(st.permutations(CABINET), st.lists(st.sampled_from(CABINET), max_size=6))
@settings(max_examples=40, deadline=None)
def test_order_and_repeats_change_nothing(shuffled, again):
    assert asked(*shuffled, *again) == asked(*CABINET)


@given(st.sampled_from(UNRELATED))
def test_an_unrelated_fact_changes_no_other_question(fact):
    before, after = asked(*CABINET), asked(*CABINET, fact)
    assert {key: after.get(key) for key in before} == before


@given(st.sets(st.sampled_from(CABINET)), st.integers(0, 200))
@settings(max_examples=60, deadline=None)
def test_any_cabinet_on_any_day_makes_sound_rows(some, days):
    for row in asked(*some, today=TODAY + timedelta(days)).values():
        assert row.ends_on is not None
        assert row.opens_on < row.ends_on
        assert row.evidence_on is not None
        assert row.evidence
        assert 0 < row.severity <= 100


@given(st.integers(1, 60))
@settings(max_examples=30, deadline=None)
def test_nothing_in_a_row_moves_with_the_day(days):
    first, later = asked(*CABINET), asked(*CABINET, today=TODAY + timedelta(days))
    assert {key: later[key] for key in first.keys() & later.keys()} == {
        key: first[key] for key in first.keys() & later.keys()
    }


def test_between_two_looks_nothing_opens_unseen():
    person = chart(*CABINET, born="1950-01-01")
    look = appraise(person, TODAY, shipped(), calendar(), identify)
    known = {r.id for r in look.reasons}
    on = TODAY
    while on < look.next_on:
        assert {r.id for r in judged(person, on) if r.opens_on <= on} <= known
        on += timedelta(7)


def test_the_same_facts_again_write_nothing():
    rows = [change.row for change in settle([], asked(*CABINET).values(), TODAY)]
    assert rows
    assert settle(rows, asked(*CABINET).values(), TODAY) == ()


def test_every_question_is_said_in_both_languages_without_a_word_to_stop():
    for language in ("en", "es"):
        words = Words(language)
        for row in asked(*CABINET).values():
            said = sentence(words, row.sentence, row.arguments, TODAY)
            assert "{" not in said
            assert said[0].isupper()
            for forbidden in ("stop taking", "do not take", "deje de", "no tome"):
                assert forbidden not in said.casefold()


def test_the_cabinet_is_full_enough_to_mean_something():
    assert {r.rule for r in asked(*CABINET).values()} >= {
        "medication.pair",
        "medication.trio",
        "medication.duplicate",
        "medication.older",
        "medication.condition",
        "medication.monitoring",
        "medication.result",
        "medication.after_stay",
        "medication.started",
    }


def test_every_code_a_question_can_name_has_words_in_both_languages():
    terms = shipped().medicines
    keys = [f"drug.{rxcui}" for rxcui in terms.table.drugs]
    keys += [
        f"lab.{lab}" for rule in (*terms.monitoring, *terms.results) for lab in getattr(rule, "labs", ()) or (rule.lab,)
    ]
    keys += [f"problem.{rule.condition}" for rule in terms.with_condition]
    keys += [f"points.medication_{name}" for name in terms.points]
    keys += [
        f"end.{cause}"
        for cause in ("not_together", "supply_over", "condition_known", "condition_over", "pregnancy_over")
    ]
    keys += [
        f"medication.{name}" for name in ("pair", "trio", "duplicate", "opioid_dose", "older", "condition", "allergy")
    ]
    keys += [f"medication.{name}" for name in ("pregnancy", "result", "after_stay", "started")]
    keys += ["medication.monitoring.none", "medication.monitoring.again"]
    for language in ("en", "es"):
        words = Words(language)
        assert [key for key in keys if not words.has(f"reasons.{key}")] == []
