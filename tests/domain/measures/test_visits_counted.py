"""The measures that look at single visits, and those of body mass and cognition, at their edges."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from coordinator_app.domain.facts import Coding, FactKind
from coordinator_app.domain.measures import (
    body_mass,
    bp_screening,
    cognition,
    current_medications,
    oids,
    referral_loop,
)
from tests.domain.measures.small_charts import coded, condition, counts, done, fact, order, place, result, visit

BORN = "1980-01-01"
[PRESSURE_VISIT] = bp_screening.SETS["visit"]
[FOUR_WEEKS], [SIX_MONTHS], [REFERRAL] = (bp_screening.SETS[word] for word in ("four weeks", "six months", "referral"))
ADVICE, TEST = bp_screening.SETS["way of life"][0], bp_screening.SETS["tests"][0]
[HYPERTENSIVE] = bp_screening.SETS["drug"]


def reading(on, top, low, status="final"):
    told = {"value_text": "", "value_unit": "mm[Hg]", "class_code": "85354-9", "status": status}
    return (
        result(oids.SYSTOLIC, on, value_number=top, part=1, **told),
        result(oids.DIASTOLIC, on, value_number=low, part=2, **told),
    )


def asked(member, on="2026-06-01", **told):
    return order(FactKind.SERVICE_ORDER, member, on, **told)


def declined(member, on="2026-06-01"):
    return asked(member, on, negated=True, status="completed", negation_reason=oids.REFUSED)


def at_pressure_visit(*facts):
    return place("CMS22", visit(PRESSURE_VISIT, "2026-06-01"), *facts, born=BORN)


@pytest.mark.parametrize(
    ("facts", "stands"),
    [
        ((), "unmet"),
        (reading("2026-06-01", 119, 79), "met"),
        (reading("2026-06-01", 119, 79, "entered-in-error"), "unmet"),
        (reading("2026-06-02", 119, 79), "unmet"),
        (reading("2026-06-01", 119, 79)[:1], "unmet"),
        (reading("2026-06-01", 129, 79), "unmet"),
        ((*reading("2026-06-01", 129, 79), asked(SIX_MONTHS), asked(ADVICE)), "met"),
        ((*reading("2026-06-01", 129, 79), asked(SIX_MONTHS), asked(ADVICE, "2026-06-02")), "unmet"),
        ((*reading("2026-06-01", 129, 79), declined(SIX_MONTHS)), "excepted"),
        ((*reading("2026-06-01", 130, 79), asked(FOUR_WEEKS), asked(ADVICE, "2026-11-01")), "met"),
        ((*reading("2026-06-01", 130, 79), asked(SIX_MONTHS), asked(ADVICE)), "unmet"),
        ((*reading("2026-06-01", 119, 80), asked(REFERRAL)), "unmet"),
        (
            (*reading("2026-06-01", 119, 80), asked(REFERRAL, reasons=(coded(bp_screening.SETS["high reading"][0]),))),
            "met",
        ),
    ],
)
def test_a_reading_needs_what_its_height_asks(facts, stands):
    assert at_pressure_visit(*facts) == stands


def test_a_second_high_reading_within_a_year_asks_for_tests_too():
    again = (*reading("2025-06-01", 150, 95), *reading("2026-06-01", 139, 89))
    assert at_pressure_visit(*again, asked(SIX_MONTHS), asked(ADVICE)) == "unmet"
    assert at_pressure_visit(*again, asked(SIX_MONTHS), asked(ADVICE), asked(TEST)) == "met"
    assert at_pressure_visit(*again, declined(TEST)) == "excepted"
    too_old = (*reading("2025-05-31", 150, 95), *reading("2026-06-01", 139, 89))
    assert at_pressure_visit(*too_old, asked(FOUR_WEEKS), asked(ADVICE)) == "met"


def test_the_highest_readings_ask_for_a_drug_too():
    again = (*reading("2025-06-01", 150, 95), *reading("2026-06-01", 140, 80))
    steps = asked(FOUR_WEEKS), asked(ADVICE), asked(TEST)
    drug = order(FactKind.DRUG_ORDER, HYPERTENSIVE, "2026-12-31")
    assert at_pressure_visit(*again, *steps) == "unmet"
    assert at_pressure_visit(*again, *steps, drug) == "met"
    assert at_pressure_visit(*again, *steps, replace(drug, status="completed")) == "unmet"


def test_a_visit_after_hypertension_was_known_is_left_out_and_one_before_is_not():
    known = condition(bp_screening.SETS["hypertension"][0], "2026-06-01", category="problem-list-item")
    seen = visit(PRESSURE_VISIT, "2026-05-31"), visit(PRESSURE_VISIT, "2026-06-01")
    found = counts("CMS22", *seen, known, born=BORN)["Group_1"]
    assert (found["initial-population"], found["denominator-exclusion"]) == (2, 1)
    made_there = replace(known, category="encounter-diagnosis")
    assert counts("CMS22", *seen, made_there, born=BORN)["Group_1"]["denominator-exclusion"] == 0


def test_a_virtual_visit_and_a_child_are_not_asked_for_a_pressure():
    assert place("CMS22", visit(PRESSURE_VISIT, "2026-06-01", class_code="VR"), born=BORN) == "nobody"
    assert place("CMS22", visit(PRESSURE_VISIT, "2026-06-01"), born="2008-01-02") == "nobody"


def test_medicines_are_written_down_visit_by_visit_and_to_the_end():
    [kind], [writing] = current_medications.SETS["visit"], current_medications.SETS["written down"]
    seen = visit(kind, "2026-05-05"), visit(kind, "2026-05-06")
    begun = done(writing, "2026-05-05")
    finished = replace(begun, ends_on=date(2026, 5, 5))
    assert counts("CMS68", *seen, begun, born=BORN)["Group_1"]["numerator"] == 0
    assert counts("CMS68", *seen, finished, born=BORN)["Group_1"]["numerator"] == 1
    crisis = fact(
        FactKind.PROCEDURE,
        writing,
        "2026-05-06",
        status="not-done",
        negated=True,
        reasons=current_medications.SETS["crisis"],
    )
    found = counts("CMS68", *seen, finished, crisis, born=BORN)["Group_1"]
    assert (found["numerator"], found["denominator-exception"]) == (1, 1)


def answered(referral, ended, **told):
    [kind] = referral_loop.SETS["report"]
    about = (Coding("order", referral.id),)
    return fact(FactKind.TASK, kind, "", ends_on=date.fromisoformat(ended), status="completed", reasons=about, **told)


def test_only_the_first_referral_up_to_october_asks_for_a_report():
    [kind] = referral_loop.SETS["referral"]
    first, later = asked(kind, "2026-02-02"), asked(kind, "2026-05-05")
    came = visit(on="2026-02-02")
    assert place("CMS50", came, later, first, answered(first, "2026-03-03"), born=BORN) == "met"
    assert place("CMS50", came, later, first, answered(later, "2026-06-06"), born=BORN) == "unmet"
    assert place("CMS50", came, first, answered(first, "2026-02-02"), born=BORN) == "unmet"
    assert place("CMS50", came, first, answered(first, "2027-01-01"), born=BORN) == "unmet"
    assert place("CMS50", came, asked(kind, "2026-11-01"), born=BORN) == "nobody"
    assert place("CMS50", first, born=BORN) == "nobody"
    hours = [
        asked(kind, "2026-02-02", starts_at=datetime(2026, 2, 2, hour, tzinfo=UTC), status=status)
        for hour, status in ((9, "active"), (8, "completed"), (7, "revoked"))
    ]
    assert place("CMS50", came, *hours, answered(hours[1], "2026-03-03"), born=BORN) == "met"


[WEIGHED] = body_mass.SETS["visit"]
CAME = visit(WEIGHED, "2026-06-01")


def index(value, on="2026-06-01", **told):
    member = body_mass.SETS["index"][0]
    return result(member, on, **{"value_text": "", "value_number": value, "value_unit": "kg/m2", **told})


@pytest.mark.parametrize(
    ("facts", "stands"),
    [
        ([index(18.5)], "met"),
        ([index(24.99)], "met"),
        ([index(24.0, "2027-01-01")], "unmet"),
        ([index(24.0), index(25.0)], "unmet"),
        ([index(0.0)], "unmet"),
        ([index(25.0), done(body_mass.SETS["plan above"][0], "2026-06-01")], "unmet"),
        (
            [
                index(25.0),
                done(body_mass.SETS["plan above"][0], "2026-06-01", reasons=(coded(body_mass.SETS["overweight"][0]),)),
            ],
            "met",
        ),
        (
            [
                index(25.0),
                asked(body_mass.SETS["referral"][0]),
                condition(body_mass.SETS["overweight"][0], "2026-06-01", category="problem-list-item"),
            ],
            "met",
        ),
        (
            [
                index(18.4),
                asked(body_mass.SETS["plan below"][0]),
                condition(body_mass.SETS["underweight"][0], "2026-06-01", category="problem-list-item"),
            ],
            "unmet",
        ),
        (
            [
                index(18.4),
                asked(body_mass.SETS["plan below"][0]),
                condition(body_mass.SETS["underweight"][0], "2026-06-01", category="health-concern"),
            ],
            "met",
        ),
        ([index(None, status="cancelled", negation_reason=oids.REFUSED)], "excepted"),
        ([index(None, "2026-06-02", status="cancelled", negation_reason=oids.REFUSED)], "unmet"),
    ],
)
def test_a_body_mass_out_of_range_needs_its_plan(facts, stands):
    assert place("CMS69", CAME, *facts, born=BORN) == stands


def test_body_mass_is_for_those_of_age_on_the_day_of_a_visit():
    assert place("CMS69", CAME, born="2008-06-01") == "unmet"
    assert place("CMS69", CAME, born="2008-06-02") == "nobody"


def test_cognition_is_assessed_with_a_value_in_the_twelve_months_before_a_visit_with_dementia():
    [dementia], tool = cognition.SETS["dementia"], cognition.SETS["assessment"][0]
    seen = visit(on="2026-06-01"), visit(on="2026-09-01")
    demented = condition(dementia, "2020-01-01")

    def stands(*facts):
        return place("CMS149", *seen, *facts, born="1940-01-01")

    assert stands() == "nobody"
    assert stands(replace(demented, verification="unconfirmed")) == "nobody"
    assert stands(replace(demented, ends_on=date(2026, 12, 31))) == "nobody"
    assert stands(replace(demented, ends_on=date(2027, 1, 1))) == "unmet"
    assert stands(demented, result(tool, "2025-06-01")) == "met"
    assert stands(demented, result(tool, "2025-05-31")) == "unmet"
    assert stands(demented, result(tool, "2026-09-02")) == "unmet"
    assert stands(demented, result(tool, "2026-06-01", value_text="")) == "unmet"
    absent = {"value_text": "", "value_coding": Coding("absent", "unknown")}
    assert stands(demented, result(tool, "2026-06-01", **absent)) == "unmet"
    refusal = {"status": "cancelled", "value_text": "", "negation_reason": coded(oids.PATIENT_REASON)}
    assert stands(demented, result(tool, "2026-09-01", **refusal)) == "excepted"
    assert stands(demented, result(tool, "2026-09-02", **refusal)) == "unmet"
