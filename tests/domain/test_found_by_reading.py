"""What reading charts by hand found wrong once, kept right: pregnancies of the past, orders that stand, site codes."""

from coordinator_app.domain.evaluation import appraise, evaluate
from coordinator_app.domain.facts import Chart, Coding, FactKind
from coordinator_app.domain.rules.data import rule_data
from tests.domain.charts import TODAY, bundle, calendar, chart, condition, day, fact, identify, judged, none, only

HYPERTENSION = condition("2020-01-10", "I10")


def visit(on, *reasons):
    codings = tuple(Coding("icd10cm", code) for code in reasons)
    return fact(FactKind.ENCOUNTER, on, class_code="AMB", status="finished", reasons=codings)


def pressure(on, systolic):
    return fact(FactKind.OBSERVATION, on, "loinc 8480-6", status="final", value_number=systolic, value_unit="mm[Hg]")


def test_nobody_is_pregnant_for_years_because_no_record_says_that_it_is_over():
    before = visit("2016-06-20", "Z34.90")
    person = chart(HYPERTENSION, before, pressure("2025-06-01", 128.0), visit("2026-06-01"), born="1990-01-01")
    assert only(judged(person), "screening.blood_pressure").opens_on == day("2026-06-01")
    lately = visit("2026-09-20", "Z34.90")
    assert none(judged(Chart(person.person, (*person.facts, lately))), "screening.blood_pressure")


def test_a_person_is_looked_at_again_on_the_day_a_pregnancy_no_longer_counts():
    told = visit("2026-09-20", "Z34.90")
    person = chart(HYPERTENSION, told, pressure("2026-09-20", 128.0), born="1990-01-01")
    found = appraise(person, TODAY, rule_data(bundle()), calendar(), identify)
    assert found.next_on <= day("2027-07-18")


def test_the_end_of_a_pregnancy_counts_though_the_visit_of_that_day_told_of_it_first():
    began = visit("2026-08-01", "Z34.90")
    over = condition("2026-08-01", "Z34.90", ends_on=day("2026-11-02"), status="resolved")
    assert none(judged(chart(began, over, born="1993-01-01")), "program.maternity")
    still = condition("2026-08-01", "Z34.90", status="active")
    assert not none(judged(chart(began, still, born="1993-01-01")), "program.maternity")


def test_a_diagnosis_of_one_days_claim_ends_no_pregnancy():
    claimed = condition("2026-08-01", "Z34.90", ends_on=day("2026-08-01"))
    assert not none(judged(chart(visit("2026-07-15", "Z34.90"), claimed, born="1993-01-01")), "program.maternity")


def test_an_order_that_stands_says_that_the_statin_is_taken():
    heart = condition("2018-01-01", "I25.10")
    order = {"status": "active", "authored_on": day("2019-03-01")}
    standing = fact(FactKind.DRUG_ORDER, "2019-03-01", "rxnorm 312961", **order)
    stopped = fact(FactKind.DRUG_ORDER, "2019-03-01", "rxnorm 312961", **{**order, "status": "stopped"})
    assert none(judged(chart(heart, standing, born="1960-01-01")), "screening.statin_heart")
    assert not none(judged(chart(heart, stopped, born="1960-01-01")), "screening.statin_heart")


def test_a_pressure_above_the_limit_is_measured_again_sooner():
    for systolic, due in ((128.0, "2027-06-01"), (140.0, "2026-09-01")):
        person = chart(HYPERTENSION, pressure("2026-06-01", systolic), born="1980-01-01")
        rows = [row for row in judged(person) if row.rule == "screening.blood_pressure"]
        assert [str(row.opens_on) for row in rows if row.episode == "2026-06-01"] == ([due] if systolic >= 140 else [])


def test_a_site_names_its_own_codes_for_our_sets():
    site = {"set.hiv_test": [Coding("snomed", "31676001")]}
    tested = fact(FactKind.PROCEDURE, "2024-01-10", "snomed 31676001", status="completed")
    person = chart(visit("2026-08-01"), tested, born="1990-01-01")
    for codes, is_known in (({}, False), (site, True)):
        rows = evaluate(person, TODAY, rule_data(bundle(), codes), calendar(), identify)
        assert none([row for row in rows if row.rule == "screening.hiv"], "screening.hiv") is is_known


def test_the_shipped_limits_of_what_passes_say_who_chose_them():
    passing = bundle()["illnesses"]["passing"]
    assert set(passing) == {"pregnancy"}
    assert all({"value", "tag", "source"} <= set(each) for each in passing.values())


def test_a_rate_for_the_bodys_surface_is_no_course_with_one_for_the_whole_body():
    def rate(on, value, unit):
        return fact(FactKind.OBSERVATION, on, "loinc 33914-3", status="final", value_number=value, value_unit=unit)

    before, surface = rate("2025-11-10", 90.0, "mL/min/{1.73_m2}"), "mL/min/{1.73_m2}"
    for unit, is_sign in ((surface, True), ("mL/min", False)):
        rows = judged(chart(before, rate("2026-11-20", 50.0, unit), born="1970-01-01"))
        assert any(row.rule == "worsening.egfr_falling" for row in rows) is is_sign
