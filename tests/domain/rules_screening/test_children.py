"""Vaccines dose by dose, and well-child visits."""

from datetime import timedelta

from coordinator_app.domain.facts import Coding, FactKind
from coordinator_app.domain.outreach.wording import sentence
from coordinator_app.domain.rules.data import rule_data
from tests.domain.charts import TODAY, Words, bundle, chart, condition, day, fact, judged, none, only

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


def doses(*facts, born="2025-09-10"):
    return only(judged(chart(*facts, born=born)), RULE).arguments["doses"].split()


OLDER = [shot(on, code) for on in ("2025-11-12", "2026-01-12", "2026-03-12") for code in ("20", "10", "133", "08")]


def test_a_longer_product_in_the_mix_asks_for_one_dose_more():
    short = [shot(on, "49") for on in ("2025-11-12", "2026-01-12")]
    long = [shot("2025-11-12", "48"), shot("2026-01-12", "49")]
    assert "hib-3" not in doses(*OLDER, *short)
    assert "hib-3" in doses(*OLDER, *long)


def test_a_vaccine_that_can_be_given_no_longer_hides_no_other():
    six_months = chart(*OLDER, born="2025-09-10")
    early, late = day("2026-04-10"), day("2026-06-10")

    def told(today):
        rows = [r for r in judged(six_months, today) if r.rule == RULE and r.opens_on <= today < r.ends_on]
        assert len(rows) == 1
        return rows[0].arguments["doses"]

    assert told(early).startswith("hib-1 ")
    assert "rotavirus-1" in told(early)
    assert "hib-1" in told(late)
    assert "rotavirus" not in told(late)


def test_a_dose_given_too_young_does_not_count():
    early = shot("2026-03-10", "03")
    late = day("2027-03-01")
    rows = judged(chart(*OLDER, early, shot("2025-10-10", "49"), born="2025-09-10"), late)
    told = only(rows, RULE, late).arguments["doses"].split()
    assert "mmr-1" in told or "hib-1" in told
    assert "hib-2" not in told


def test_flu_is_asked_for_in_its_season_only():
    rest = [shot(on, code) for on in ("2025-04-12", "2025-06-12", "2025-08-12") for code in ("20", "10", "133", "08")]
    rest += [shot(on, "49") for on in ("2025-04-12", "2025-06-12")] + [
        shot(on, "119") for on in ("2025-04-12", "2025-06-12")
    ]
    summer = only(judged(chart(*rest, born="2025-02-10"), day("2025-08-25")), RULE, day("2025-08-25"))
    assert summer.opens_on >= day("2025-09-01")
    assert "flu-1" in summer.arguments["doses"]


def test_a_visit_in_a_code_of_the_site_is_a_well_child_visit():
    data = rule_data(bundle(), {"visit.well_child": [Coding("snomed", "410620009")]})
    seen = fact(FactKind.ENCOUNTER, "2026-10-10", "snomed 410620009", class_code="AMB", status="finished")
    assert not none(judged(chart(seen, born="2018-03-10")), "screening.well_child")
    assert none(judged(chart(seen, born="2018-03-10"), data=data), "screening.well_child")
