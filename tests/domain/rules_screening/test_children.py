"""Vaccines dose by dose, and well-child visits."""

from datetime import timedelta

from coordinator_app.domain.facts import Coding, FactKind
from coordinator_app.domain.outreach.wording import sentence
from tests.domain.charts import TODAY, Words, chart, condition, day, fact, judged, none, only

RULE = "screening.child_vaccines"
BORN = "2026-03-10"


def shot(on, cvx):
    return fact(FactKind.IMMUNIZATION, on, f"cvx {cvx}", status="completed")


def visit(on, code="Z00.129"):
    return fact(FactKind.ENCOUNTER, on, class_code="AMB", status="finished", reasons=(Coding("icd10cm", code),))


AT_TWO_MONTHS = [shot("2026-05-10", code) for code in ("20", "10", "17", "08", "133", "119")]


def test_missing_doses_are_told_in_one_row_from_45_days_after_they_are_due():
    found = only(judged(chart(*AT_TWO_MONTHS, born=BORN)), RULE)
    assert found.opens_on == day("2026-06-24")
    assert found.arguments["doses"].split()[0] == "dtap-2" or "hepatitis_b-2" in found.arguments["doses"]
    assert found.due_on == day("2028-03-10")
    said = sentence(Words("en"), found.sentence, found.arguments, TODAY)
    assert said.startswith("No record of ")
    assert "hepatitis B" in said


def test_a_dose_closes_its_row_and_the_next_one_is_another():
    first = only(judged(chart(*AT_TWO_MONTHS, born=BORN)), RULE)
    more = [*AT_TWO_MONTHS, *[shot("2026-07-12", code) for code in ("20", "10", "17", "08", "133", "119")]]
    second = only(judged(chart(*more, born=BORN)), RULE)
    assert first.id != second.id
    assert second.opens_on == day("2026-09-10") + timedelta(45)


def test_a_combination_counts_for_each_of_its_vaccines():
    single = judged(chart(*AT_TWO_MONTHS, born=BORN))
    pediarix = [shot("2026-05-10", code) for code in ("110", "17", "133", "119")]
    combined = judged(chart(*pediarix, born=BORN))
    assert only(single, RULE).arguments["doses"] == only(combined, RULE).arguments["doses"]


def test_the_same_dose_told_twice_is_one():
    twice = [*AT_TWO_MONTHS, shot("2026-05-10", "20")]
    assert only(judged(chart(*twice, born=BORN)), RULE).arguments == (
        only(judged(chart(*AT_TWO_MONTHS, born=BORN)), RULE).arguments
    )


def test_a_weak_immune_system_is_no_matter_for_a_list():
    assert none(judged(chart(condition("2026-04-01", "D81.9"), born=BORN)), RULE)


def test_a_child_is_to_be_seen_every_year():
    child = {"born": "2018-03-10"}
    assert none(judged(chart(visit("2026-01-10"), **child)), "screening.well_child")
    assert not none(judged(chart(visit("2025-06-10"), **child)), "screening.well_child")
    assert none(judged(chart(visit("2025-06-10"), visit("2026-07-01"), **child)), "screening.well_child")
    assert none(judged(chart(visit("2025-06-10"), born="1990-01-01")), "screening.well_child")
