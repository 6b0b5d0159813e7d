"""The measures of drugs kept up, watched, or better not taken, and of depression in remission, at their edges."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from coordinator_app.domain.facts import Coding, FactKind
from coordinator_app.domain.measures import (
    antidepressants,
    attention_deficit,
    depression_remission,
    high_risk_drugs,
    hospice,
    oids,
    opioids_at_discharge,
    statin,
)
from coordinator_app.domain.measures.courses import covered_days, supplied_days
from coordinator_app.domain.terminology import RXNORM
from tests.domain.measures.small_charts import (
    YEAR_2025,
    coded,
    condition,
    counts,
    done,
    fact,
    order,
    place,
    result,
    visit,
)

NEW_YEAR = date(2026, 1, 1)


def later(days):
    return (NEW_YEAR + timedelta(days)).isoformat()


def ordered(member, on, **told):
    return order(FactKind.DRUG_ORDER, member, on, **told)


def test_days_covered_twice_count_once_and_days_outside_not_at_all():
    spans = [(date(2026, 1, 5), date(2026, 1, 9)), (date(2025, 12, 1), date(2026, 1, 2))]
    spans += [(date(2026, 1, 8), date(2026, 1, 20)), (date(2026, 1, 6), date(2026, 1, 7))]
    assert covered_days(spans, date(2026, 1, 1), date(2026, 1, 10)) == 8
    assert covered_days([], date(2026, 1, 1), date(2026, 1, 10)) == 0


def test_a_weekly_drug_lasts_whole_weeks_whatever_the_rounding_of_doses_a_day():
    assert supplied_days(ordered("x", "2026-01-01", quantity=4.0, per_day=0.1429)) == 28


[ANTIDEPRESSANT], [MAJOR] = antidepressants.SETS["antidepressant"], antidepressants.SETS["major depression"]


def handed_out(on, days):
    return fact(FactKind.DISPENSE, ANTIDEPRESSANT, on, status="completed", days_supply=days)


def kept_up(*facts):
    seen = visit(on=later(0)), condition(MAJOR, later(0))
    found = counts("CMS128", *seen, *facts, born="1980-01-01")
    return [group["numerator"] for group in found.values()]


def test_antidepressants_are_kept_up_by_days_covered_not_by_days_handed_out():
    assert kept_up(handed_out(later(0), 84)) == [1, 0]
    assert kept_up(handed_out(later(0), 83)) == [0, 0]
    assert kept_up(handed_out(later(0), 30), handed_out(later(10), 60)) == [0, 0]
    assert kept_up(handed_out(later(0), 60), handed_out(later(90), 60), handed_out(later(150), 60)) == [1, 1]
    assert kept_up(handed_out(later(0), 60), handed_out(later(100), 200)) == [0, 1]


@pytest.mark.parametrize(
    ("facts", "stands"),
    [
        ([handed_out("2025-04-30", 90)], "nobody"),
        ([handed_out("2025-05-01", 90), visit(on="2025-05-01"), condition(MAJOR, "2025-06-30")], "met"),
        ([handed_out("2025-05-01", 90), visit(on="2025-05-01"), condition(MAJOR, "2025-07-01")], "nobody"),
        ([handed_out("2025-05-01", 90), visit(on="2025-07-01"), condition(MAJOR, "2025-05-01")], "nobody"),
        (
            [
                handed_out("2025-05-01", 90),
                visit(on="2025-05-01"),
                condition(MAJOR, "2025-05-01"),
                ordered(ANTIDEPRESSANT, "2025-01-01", days_supply=16),
            ],
            "excluded",
        ),
        (
            [
                handed_out("2025-05-01", 90),
                visit(on="2025-05-01"),
                condition(MAJOR, "2025-05-01"),
                ordered(ANTIDEPRESSANT, "2025-01-01", days_supply=15),
            ],
            "met",
        ),
    ],
)
def test_a_new_course_of_antidepressants_begins_with_depression_a_visit_and_none_before(facts, stands):
    assert place("CMS128", *facts, born="1980-01-01") == stands


[METHYLPHENIDATE], [CLONIDINE] = (attention_deficit.SETS[word] for word in ("methylphenidate", "clonidine"))
CHILD = {"born": "2016-01-01", "period": YEAR_2025}
FIRST_DRUG = ordered(METHYLPHENIDATE, "2024-06-01", days_supply=30, refills=6)


def child(*facts, group="Group_1"):
    return place("CMS136", visit(on="2024-05-01"), *facts, group=group, **CHILD)


def test_a_child_on_a_new_drug_is_seen_within_thirty_days():
    assert child(FIRST_DRUG) == "unmet"
    assert child(FIRST_DRUG, visit(on="2024-06-01")) == "unmet"
    assert child(FIRST_DRUG, visit(on="2024-07-01")) == "met"
    assert child(FIRST_DRUG, visit(on="2024-07-02")) == "unmet"
    assert child(FIRST_DRUG, ordered(CLONIDINE, "2024-01-20", days_supply=13)) == "unmet"
    assert child(FIRST_DRUG, ordered(CLONIDINE, "2024-01-20", days_supply=14)) == "nobody"


def test_a_child_who_keeps_to_the_drug_is_seen_twice_more_once_perhaps_from_afar():
    soon, once = visit(on="2024-07-01"), visit(on="2024-07-02")
    afar = visit(oids.VIRTUAL, "2024-08-08")
    assert child(FIRST_DRUG, soon, once, group="Group_2") == "unmet"
    assert child(FIRST_DRUG, soon, once, afar, group="Group_2") == "met"
    assert child(FIRST_DRUG, soon, once, visit(oids.VIRTUAL, "2024-07-02"), group="Group_2") == "unmet"
    assert child(FIRST_DRUG, soon, once, visit(on="2025-03-28"), group="Group_2") == "met"
    assert child(FIRST_DRUG, soon, once, visit(on="2025-03-29"), group="Group_2") == "unmet"
    short = replace(FIRST_DRUG, refills=5)
    assert child(short, soon, once, afar, group="Group_2") == "nobody"
    assert child(short, ordered(METHYLPHENIDATE, "2024-07-01", days_supply=30), soon, group="Group_2") == "unmet"


def test_a_stay_for_a_mental_disorder_above_all_leaves_a_child_out():
    [stay], [mental] = attention_deficit.SETS["inpatient"], attention_deficit.SETS["mental disorder"]
    mind, other = coded(mental), Coding("made-up", "appendix")
    assert child(FIRST_DRUG, visit(stay, "2024-07-01", reasons=(mind, other))) == "nobody"
    assert child(FIRST_DRUG, visit(stay, "2024-07-01", reasons=(other, mind))) == "unmet"
    assert child(FIRST_DRUG, visit(stay, "2024-07-02", reasons=(mind,))) == "unmet"


def test_the_psychiatrists_visit_counts_only_outside_hospital():
    [psychiatrist] = attention_deficit.SETS["follow-up outside hospital"]
    seen = visit(psychiatrist, "2024-06-20")
    assert child(FIRST_DRUG, seen) == "unmet"


[ANTIHISTAMINE], [BENZODIAZEPINE], [DIGOXIN], [ANTIINFECTIVE] = (
    high_risk_drugs.SETS[word] for word in ("antihistamine", "benzodiazepine", "digoxin", "antiinfective")
)


def old(*facts):
    told = {"born": "1950-01-01", "period": YEAR_2025}
    found = counts("CMS156", visit(on="2025-03-03"), *facts, **told)
    return [group["numerator"] for group in found.values()]


def test_a_risky_drug_counts_from_its_second_order_or_its_first_refill():
    once = ordered(ANTIHISTAMINE, "2025-03-03")
    assert old(once) == [0, 0, 0]
    assert old(replace(once, refills=1)) == [1, 0, 1]
    assert old(once, ordered(ANTIHISTAMINE, "2025-03-03")) == [0, 0, 0]
    assert old(once, ordered(ANTIHISTAMINE, "2025-12-31")) == [1, 0, 1]
    assert old(once, ordered(ANTIHISTAMINE, "2026-01-01")) == [0, 0, 0]
    assert old(once, ordered(high_risk_drugs.SETS["nifedipine"][0], "2025-04-04")) == [0, 0, 0]


def test_antiinfectives_count_by_their_days_and_digoxin_by_its_dose():
    def course(days, on):
        return ordered(ANTIINFECTIVE, on, days_supply=days)

    assert old(course(45, "2025-03-03"), course(45, "2025-06-03")) == [0, 0, 0]
    assert old(course(45, "2025-03-03"), course(46, "2025-06-03")) == [1, 0, 1]

    def digoxin(quantity, on):
        told = ordered(DIGOXIN, on, days_supply=30, quantity=quantity)
        return replace(told, codings=(*told.codings, Coding(RXNORM, "197604")))

    assert old(digoxin(30.0, "2025-03-03"), digoxin(30.0, "2025-04-03")) == [0, 0, 0]
    assert old(digoxin(31.0, "2025-03-03"), digoxin(30.0, "2025-04-03")) == [1, 0, 1]


def test_a_benzodiazepine_counts_unless_something_before_its_first_order_needs_it():
    twice = ordered(BENZODIAZEPINE, "2025-03-03"), ordered(BENZODIAZEPINE, "2025-04-04")
    need = high_risk_drugs.SETS["needs benzodiazepine"][0]
    assert old(*twice) == [0, 1, 1]
    assert old(*twice, condition(need, "2025-03-03")) == [0, 0, 0]
    assert old(*twice, condition(need, "2025-03-04")) == [0, 1, 1]
    assert old(*twice, condition(need, "2020-01-01", ends_on=date(2023, 12, 31))) == [0, 1, 1]


[STATIN], [LDL], [RISK] = (statin.SETS[word][:1] for word in ("statin", "ldl", "ten-year risk"))


def at_risk(*facts, born="1970-01-01"):
    found = counts("CMS347", visit(on="2025-03-03"), *facts, born=born, period=YEAR_2025)
    return [number for number, group in enumerate(found.values(), start=1) if group["initial-population"]]


def measured(member, value, unit, on="2025-06-06"):
    return result(member, on, value_text="", value_number=value, value_unit=unit)


def test_each_group_at_risk_leaves_out_those_before_it():
    diseased = condition(statin.SETS["vascular disease"][0], "2025-12-31")
    fat, fatter = measured(LDL, 189.9, "mg/dL"), measured(LDL, 190.0, "mg/dL", "2011-01-01")
    diabetic, risky = condition(oids.DIABETES, "2019-01-01"), measured(RISK, 20.0, "%")
    assert at_risk(diseased, fatter, diabetic, risky) == [1]
    assert at_risk(fatter, diabetic, risky) == [2]
    assert at_risk(fat, diabetic, risky) == [3]
    assert at_risk(risky) == [4]
    assert at_risk(measured(RISK, 19.9, "%")) == []
    assert at_risk(diabetic, born="1986-01-01") == []
    assert at_risk(diabetic, born="1948-12-31") == []
    assert at_risk(replace(diseased, category="encounter-diagnosis")) == []
    later_infarction = condition(statin.SETS["later infarction"][0], "2025-01-01")
    assert at_risk(later_infarction, diabetic) == [1, 3]


@pytest.mark.parametrize(
    ("facts", "stands"),
    [
        ([ordered(STATIN, "2025-12-31")], "met"),
        ([ordered(STATIN, "2024-12-31")], "unmet"),
        ([ordered(STATIN, "2024-12-31", class_code="continuous")], "met"),
        ([ordered(STATIN, "2024-12-31", ends_on=date(2025, 1, 1))], "met"),
        ([ordered(STATIN, "2025-12-31", intent="plan")], "unmet"),
        ([condition(statin.SETS["against"][0], "2025-12-31")], "excepted"),
        ([condition(statin.SETS["against"][0], "2025-12-31", status="inactive")], "unmet"),
        ([condition(statin.SETS["never"][0], "2025-12-31"), ordered(STATIN, "2025-06-06")], "excluded"),
        ([fact(FactKind.ALLERGY, statin.SETS["allergen"][0], "2025-12-31", status="active")], "excepted"),
        ([fact(FactKind.ALLERGY, statin.SETS["allergen"][0], "2026-01-01", status="active")], "unmet"),
        ([fact(FactKind.ADVERSE_EVENT, statin.SETS["allergen"][0], "2024-12-31")], "unmet"),
        ([fact(FactKind.ADVERSE_EVENT, statin.SETS["allergen"][0], "2025-01-01")], "excepted"),
    ],
)
def test_a_statin_is_ordered_or_taken_in_the_year_unless_something_speaks_against_it(facts, stands):
    asked = visit(on="2025-03-03"), condition(oids.DIABETES, "2019-01-01")
    told = {"born": "1970-01-01", "period": YEAR_2025}
    assert place("CMS347", *asked, *facts, group="Group_3", **told) == stands


[STAY], [OPIOID], [CALMER] = (opioids_at_discharge.SETS[word] for word in ("inpatient", "opioid", "benzodiazepine"))
LEFT = visit(STAY, "2026-03-02", ends_on=date(2026, 3, 5))


def home(member, on="2026-03-05", code="one", **told):
    made = ordered(member, on, **{"category": "discharge", **told})
    return replace(made, codings=(*made.codings, Coding("made-up", code)))


@pytest.mark.parametrize(
    ("facts", "stands"),
    [
        ([home(OPIOID)], "unmet"),
        ([home(OPIOID), home(OPIOID, "2026-03-04")], "unmet"),
        ([home(OPIOID), home(OPIOID, code="two")], "met"),
        ([home(OPIOID), home(OPIOID, "2026-03-06", code="two")], "unmet"),
        ([home(OPIOID), home(OPIOID, code="two", category="inpatient")], "unmet"),
        ([home(OPIOID), home(CALMER)], "met"),
        ([home(CALMER), home(CALMER, code="two")], "unmet"),
        ([home(OPIOID, "2026-03-06")], "nobody"),
        (
            [
                home(OPIOID),
                home(CALMER),
                condition(opioids_at_discharge.SETS["cancer pain"][0], "2026-03-05", category="problem-list-item"),
            ],
            "excluded",
        ),
        ([home(OPIOID), done(opioids_at_discharge.SETS["comfort care"][0], "2026-03-05")], "excluded"),
        ([home(OPIOID), done(opioids_at_discharge.SETS["comfort care"][0], "2026-03-06")], "unmet"),
    ],
)
def test_two_opioids_or_one_with_a_benzodiazepine_to_take_home(facts, stands):
    assert place("CMS506", LEFT, *facts, born="1960-01-01") == stands


def test_treatment_of_opioid_use_leaves_a_stay_out():
    [drug], [use] = (opioids_at_discharge.SETS[word] for word in ("treatment drug", "use disorder"))
    treated = home(OPIOID), home(CALMER), home(drug)
    assert place("CMS506", LEFT, *treated, born="1960-01-01") == "met"
    problem = condition(use, "2020-01-01", category="problem-list-item")
    assert place("CMS506", LEFT, *treated, problem, born="1960-01-01") == "excluded"
    assert place("CMS506", LEFT, home(OPIOID), born="2008-03-03") == "nobody"


[CONTACT], [SCORE] = depression_remission.SETS["contact"], depression_remission.SETS["score"]
DEPRESSED = condition(depression_remission.SETS["depression"][0], "2020-01-01", verification="confirmed")


def score(value, on):
    return result(SCORE, on, value_text="", value_number=value)


def remitted(*facts, born="1980-01-01", seen="2025-03-10", **told):
    return place("CMS159", visit(CONTACT, seen), DEPRESSED, *facts, born=born, **told)


def test_remission_is_judged_by_the_last_score_around_a_year_after_the_first_high_one():
    high = score(10, "2025-03-10")
    assert remitted(high) == "unmet"
    assert remitted(high, score(4, "2026-01-09")) == "met"
    assert remitted(high, score(4, "2026-01-08")) == "unmet"
    assert remitted(high, score(4, "2026-05-09")) == "met"
    assert remitted(high, score(4, "2026-05-10")) == "unmet"
    assert remitted(high, score(4, "2026-02-02"), score(5, "2026-03-03")) == "unmet"


def test_a_high_score_counts_with_a_contact_for_depression_in_the_week_after_it():
    assert remitted(score(9, "2025-03-10")) == "nobody"
    assert remitted(score(10, "2025-03-03")) == "unmet"
    assert remitted(score(10, "2025-03-02")) == "nobody"
    assert remitted(score(10, "2025-03-11")) == "nobody"
    assert remitted(score(10, "2024-11-01"), seen="2024-11-01") == "unmet"
    assert remitted(score(10, "2025-11-01"), seen="2025-11-01") == "nobody"
    assert remitted(score(10, "2025-03-10"), born="2013-03-11") == "nobody"


def test_death_hospice_and_other_disorders_exclude_up_to_the_last_day_that_counts():
    high = score(10, "2025-03-10")
    assert remitted(high, deceased_on=date(2026, 5, 9)) == "excluded"
    assert remitted(high, deceased_on=date(2026, 5, 10)) == "unmet"
    cared = done(hospice.SETS["hospice care"][0], "2026-05-09")
    assert remitted(high, cared) == "excluded"
    assert remitted(high, replace(cared, starts_on=date(2026, 5, 10))) == "unmet"
    bipolar = condition(oids.BIPOLAR, "2026-05-09", verification="confirmed")
    assert remitted(high, bipolar) == "excluded"
    assert remitted(high, replace(bipolar, verification="")) == "unmet"
