"""Late refills."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator_app.domain.facts import Coding, FactKind
from coordinator_app.domain.outreach.ledger import ledger_row
from coordinator_app.domain.outreach.priority import tier_of
from coordinator_app.domain.reasons import Tier
from coordinator_app.domain.rules.data import rule_data
from coordinator_app.domain.rules.supply import chained, covered
from coordinator_app.domain.sensitivity import Sensitivity
from tests.domain.charts import TODAY, bundle, chart, day, fact, fill, judged, none, only, shipped, stay, terms

RULE = "refill.late"
ATORVASTATIN, ATORVASTATIN_40, SIMVASTATIN = "83367", "617311", "312961"
METFORMIN, LISINOPRIL, LISINOPRIL_HCTZ, HCTZ = "861007", "314076", "197885", "310798"
APIXABAN, WARFARIN, GLARGINE, LISPRO = "1364445", "855332", "847230", "1652639"
BUPRENORPHINE = "351265"


def reason(*facts, today=TODAY):
    return only(judged(chart(*facts), today), RULE, today)


def quiet(*facts, today=TODAY):
    return none(judged(chart(*facts), today), RULE, today)


def chain(*facts, stays=()):
    return chained(facts, stays, 30, 365)


def share(fills, first, last):
    return covered(fills, day(first), day(last)), (day(last) - day(first)).days + 1


def test_the_published_vectors_come_out():
    a1 = chain(fill("2018-01-01", "A", 90))
    b1, b2 = chain(fill("2018-04-01", "B", 90)), chain(fill("2018-01-01", "B", 90))
    assert share([*a1, *b1], "2018-01-01", "2018-12-31") == (180, 365)
    assert share([*a1, *b2], "2018-01-01", "2018-12-31") == (90, 365)
    third = chain(fill("2018-03-25", "A", 90), fill("2018-07-05", "A", 90), fill("2018-09-25", "A", 90))
    assert share(third, "2018-03-25", "2018-12-31") == (270, 282)
    fourth = chain(*(fill(on, "A", 90) for on in ("2018-01-01", "2018-03-25", "2018-07-05", "2018-10-15")))
    assert share(fourth, "2018-01-01", "2018-12-31") == (348, 365)


def test_the_shift_is_chained():
    start = day("2026-01-01")
    fills = chain(*(fill((start + timedelta(n)).isoformat(), METFORMIN) for n in (0, 19, 39)))
    assert fills[-1].lasts_until == start + timedelta(89)
    assert covered(fills, start, start + timedelta(200)) == 90


def test_supply_that_ran_out_makes_a_reason_after_the_days_of_grace():
    found = reason(fill("2026-08-01", ATORVASTATIN, 30), fill("2026-09-10", ATORVASTATIN_40, 30))
    assert found.subject == "rxnorm:83367"
    assert found.episode == "2026-09-10"
    assert found.arguments["run_out_on"] == "2026-10-09"
    assert (found.opens_on, found.due_on) == (day("2026-10-17"), day("2026-10-24"))


def test_stock_on_hand_is_counted():
    early = [fill("2026-07-01", METFORMIN, 90), fill("2026-08-15", METFORMIN, 90)]
    found = reason(*early, today=day("2027-01-10"))
    assert found.arguments["run_out_on"] == "2026-12-27"
    assert found.arguments["stock_days"] == 45
    assert quiet(*early) or reason(*early).opens_on > TODAY


def test_one_fill_told_twice_is_one_fill():
    told = fill("2026-09-10", METFORMIN, 30)
    again = fill("2026-09-10", METFORMIN, 30)
    assert chain(told, again)[-1].lasts_until == chain(told)[-1].lasts_until
    assert reason(fill("2026-08-01", METFORMIN), told, again).arguments["run_out_on"] == "2026-10-09"


def test_one_fill_is_not_enough_unless_a_short_gap_can_harm():
    assert quiet(fill("2026-09-10", METFORMIN))
    assert not quiet(fill("2026-09-10", APIXABAN))


@pytest.mark.parametrize(
    ("rxcui", "tier"), [(APIXABAN, Tier.HIGH), (GLARGINE, Tier.HIGH), (METFORMIN, Tier.DATED), ("308135", Tier.ROUTINE)]
)
def test_the_class_of_the_drug_gives_the_tier(rxcui, tier):
    found = reason(fill("2026-08-01", rxcui), fill("2026-09-10", rxcui))
    assert tier_of(ledger_row(found), TODAY, terms().priority) is tier


def test_a_critical_drug_has_less_grace():
    assert reason(fill("2026-10-20", APIXABAN)).opens_on == day("2026-11-21")
    assert reason(fill("2026-09-15", METFORMIN), fill("2026-10-20", METFORMIN)).opens_on == day("2026-11-26")


def test_a_new_fill_ends_the_gap_and_another_gap_is_another_reason():
    found = judged(chart(fill("2026-07-01", METFORMIN), fill("2026-08-01", METFORMIN), fill("2026-11-20", METFORMIN)))
    (before, after) = sorted((r for r in found if r.rule == RULE), key=lambda r: r.episode)
    assert (before.ends_on, before.end_cause) == (day("2026-11-20"), "filled")
    assert after.episode == "2026-11-20"
    assert before.id != after.id
    assert after.opens_on > TODAY


def test_another_drug_of_the_class_is_a_switch():
    old = [fill("2026-07-01", ATORVASTATIN), fill("2026-08-01", ATORVASTATIN)]
    found = judged(chart(*old, fill("2026-09-03", SIMVASTATIN, 90)))
    assert [r.end_cause for r in found if r.subject == "rxnorm:83367"] == []
    assert quiet(*old, fill("2026-10-10", SIMVASTATIN, 90))
    (ended,) = [r for r in judged(chart(*old, fill("2026-10-10", SIMVASTATIN, 90))) if r.subject == "rxnorm:83367"]
    assert (ended.ends_on, ended.end_cause) == (day("2026-10-10"), "switched")


def test_two_insulins_used_side_by_side_are_no_switch():
    assert not quiet(
        fill("2026-08-01", GLARGINE), fill("2026-08-01", LISPRO), fill("2026-09-10", LISPRO), fill("2026-11-10", LISPRO)
    )


def test_two_drugs_of_a_class_taken_together_before_are_no_switch():
    facts = [fill("2026-08-01", WARFARIN), fill("2026-07-01", APIXABAN), fill("2026-11-10", APIXABAN)]
    found = only([r for r in judged(chart(*facts)) if r.subject == "rxnorm:11289"], RULE)
    assert found.arguments["drug"] == "warfarin"


def test_a_combination_covers_each_of_its_ingredients():
    facts = [fill("2026-07-01", LISINOPRIL), fill("2026-08-01", LISINOPRIL), fill("2026-09-01", LISINOPRIL_HCTZ, 90)]
    (coming,) = [r for r in judged(chart(*facts)) if r.subject == "rxnorm:29046" and r.end_cause != "filled"]
    assert coming.arguments["run_out_on"] == "2026-11-29"
    assert coming.opens_on > TODAY


def test_an_order_stopped_after_the_fill_ends_the_gap():
    fills = [fill("2026-08-01", METFORMIN), fill("2026-09-01", METFORMIN)]
    stopped = fact(
        FactKind.DRUG_ORDER, "2026-05-01", f"rxnorm {METFORMIN}", status="stopped", ends_on=day("2026-09-20")
    )
    before = fact(FactKind.DRUG_ORDER, "2026-05-01", f"rxnorm {METFORMIN}", status="stopped", ends_on=day("2026-08-20"))
    assert quiet(*fills, stopped)
    assert not quiet(*fills, before)


def test_nights_in_hospital_use_no_supply_of_ones_own():
    fills = [fill("2026-09-01", METFORMIN), fill("2026-10-01", METFORMIN)]
    away = stay("2026-10-11", "2026-10-16", "I50.9")
    assert reason(*fills).arguments["run_out_on"] == "2026-10-30"
    found = [r for r in judged(chart(*fills, away)) if r.rule == RULE]
    assert only(found, RULE).arguments["run_out_on"] == "2026-11-04"


def test_a_missing_supply_is_assumed_and_said():
    found = reason(fill("2026-08-01", METFORMIN, 60), fill("2026-09-30", METFORMIN, None))
    assert found.arguments["supply_assumed"] == 1
    assert found.arguments["days_supply"] == 60
    assert reason(fill("2026-10-01", APIXABAN, 0)).arguments["days_supply"] == 30
    assert reason(fill("2026-10-01", APIXABAN, 900)).arguments["supply_assumed"] == 1


def test_a_reversed_fill_did_not_happen():
    back = replace(fill("2026-11-01", METFORMIN, 90), status="entered-in-error")
    assert not quiet(fill("2026-08-01", METFORMIN), fill("2026-09-10", METFORMIN), back)


def test_half_a_year_without_a_word_ends_it():
    fills = [fill("2026-01-01", METFORMIN), fill("2026-02-01", METFORMIN)]
    assert not quiet(*fills, today=day("2026-08-28"))
    assert quiet(*fills, today=day("2026-08-30"))


def test_an_old_fill_that_leaves_the_window_takes_no_reason_away():
    fills = (fill("2025-10-25", METFORMIN, 90), fill("2026-05-10", METFORMIN, 150))
    before, after = reason(*fills), reason(*fills, today=day("2026-12-10"))
    assert before == after


def test_hospice_ends_it():
    care = fact(FactKind.ENCOUNTER, "2026-11-01", "hcpcs Q5003", status="finished")
    assert quiet(fill("2026-08-01", METFORMIN), fill("2026-09-10", METFORMIN), care)


def test_drugs_that_are_not_watched_make_no_reason():
    assert quiet(fill("2026-08-01", "308182"), fill("2026-08-10", "308182"))


def test_a_drug_that_tells_a_secret_makes_a_confidential_reason():
    assert reason(fill("2026-10-01", BUPRENORPHINE)).sensitivity is Sensitivity.PART2


@pytest.mark.parametrize("rxcui", ["18867", "20352", "1551291", "51428", "41126", "38413"])
def test_every_class_knows_more_than_its_commonest_drug(rxcui):
    found = reason(fill("2026-07-10", rxcui), fill("2026-08-10", rxcui))
    assert found.subject == f"rxnorm:{rxcui}"


def test_a_product_the_list_of_refills_does_not_name_is_found_by_its_strengths():
    carvedilol = next(code for code, parts in bundle()["products"]["products"].items() if parts[0][0] == "20352")
    assert reason(fill("2026-07-10", carvedilol), fill("2026-08-10", carvedilol)).subject == "rxnorm:20352"


def test_a_fill_told_by_ndc_alone_is_late_where_the_site_gave_its_table():
    data = rule_data(bundle(), {"product.861007": [Coding("ndc", "00093-1048-01")]})
    fills = [
        fact(FactKind.DISPENSE, on, "ndc 00093104801", days_supply=30, status="completed")
        for on in ("2026-07-10", "2026-08-10")
    ]
    assert only(judged(chart(*fills), data=data), RULE).subject == "rxnorm:6809"
    assert quiet(*fills)


def test_the_book_knows_ingredients_products_and_combinations():
    book = shipped().drugs
    both = fact(FactKind.DISPENSE, "2026-01-01", f"rxnorm {LISINOPRIL_HCTZ}")
    assert {i.name for i in book.ingredients(both)} == {"lisinopril", "hydrochlorothiazide"}
    coded = fact(FactKind.DISPENSE, "2026-01-01", "ndc 00071015523", "rxnorm 617312")
    assert [i.name for i in book.ingredients(coded)] == ["atorvastatin"]
    assert Coding("rxnorm", "617312") in coded.codings
    assert len(book.classes) >= 20


@given(st.lists(st.tuples(st.integers(0, 300), st.integers(1, 90)), min_size=1, max_size=12))
def test_supply_is_never_lost_nor_made(told):
    start = day("2026-01-01")
    facts = [fill((start + timedelta(on)).isoformat(), f"X{n}", days) for n, (on, days) in enumerate(told)]
    fills = chain(*facts)
    total = sum(each.days for each in fills)
    assert total == sum(days for _, days in told)
    assert covered(fills, start, start + timedelta(2000)) == total
    assert all(one.lasts_until < after.begins_on for one, after in pairwise(fills))
    assert all(each.begins_on >= each.filled_on for each in fills)
