"""The measures of heart failure and coronary disease, at their edges."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from coordinator_app.domain.facts import FactKind
from coordinator_app.domain.measures import (
    beta_blockers,
    coronary_beta_blocker,
    heart_failure,
    heart_failure_ace,
    oids,
)
from tests.domain.measures.small_charts import condition, counts, done, fact, order, place, result, visit

[FAILURE], [FRACTION], [WEAK] = (
    heart_failure.SETS[word] for word in ("heart failure", "ejection fraction", "weak ventricle")
)
[ACE] = heart_failure_ace.SETS["drug"]
[BLOCKER] = beta_blockers.SETS["weak heart's beta blocker"]
[CORONARY], [INFARCTION], [ANY_BLOCKER] = (
    coronary_beta_blocker.SETS[word] for word in ("coronary disease", "infarction", "beta blocker")
)

BORN = "1960-05-05"
FIRST, SECOND = visit(on="2026-03-02"), visit(on="2026-09-02")


def sure(member, on, **told):
    return condition(member, on, verification="confirmed", category="problem-list-item", **told)


FAILING = sure(FAILURE, "2020-01-01")
WEAKENED = sure(WEAK, "2020-01-01")
PERSON = (FIRST, SECOND, FAILING, WEAKENED)


def ordered(member, on, **told):
    return order(FactKind.DRUG_ORDER, member, on, **told)


def fraction(value, on="2025-01-01", **told):
    return result(FRACTION, on, value_text="", value_number=value, value_unit="%", **told)


@pytest.mark.parametrize("measure", ["CMS135", "CMS144"])
def test_two_visits_and_heart_failure_make_one_countable(measure):
    assert place(measure, *PERSON, born=BORN) == "unmet"
    assert place(measure, FIRST, FAILING, WEAKENED, born=BORN) == "nobody"
    assert place(measure, FIRST, SECOND, WEAKENED, born=BORN) == "nobody"
    assert place(measure, *PERSON, born="2008-01-02") == "nobody"
    doubtful = replace(FAILING, verification="provisional")
    assert place(measure, FIRST, SECOND, doubtful, WEAKENED, born=BORN) == "nobody"


@pytest.mark.parametrize(
    ("weakness", "stands"),
    [
        ([], "outside"),
        ([fraction(40.0)], "unmet"),
        ([fraction(40.1)], "outside"),
        ([fraction(35.0, status="preliminary")], "outside"),
        ([fraction(35.0, "2026-09-02")], "outside"),
        ([sure(WEAK, "2026-09-01")], "unmet"),
    ],
)
def test_a_weak_ventricle_must_be_known_before_a_visit_with_heart_failure_ends(weakness, stands):
    assert place("CMS135", FIRST, SECOND, FAILING, *weakness, born=BORN) == stands


@pytest.mark.parametrize(
    ("drug", "stands"),
    [
        (ordered(ACE, "2026-03-02"), "met"),
        (ordered(ACE, "2026-03-03"), "unmet"),
        (ordered(ACE, "2026-03-02", status="cancelled"), "unmet"),
        (ordered(ACE, "2026-03-02", intent="plan"), "unmet"),
        (ordered(ACE, "2026-03-01", class_code="continuous"), "met"),
        (ordered(ACE, "2026-03-01", ends_on=date(2026, 3, 2)), "unmet"),
        (ordered(ACE, "2026-03-01", ends_on=date(2026, 3, 3)), "met"),
        (ordered(ACE, "2026-03-02", negated=True, reasons=()), "unmet"),
    ],
)
def test_a_drug_counts_when_ordered_at_a_visit_or_taken_beyond_it(drug, stands):
    assert place("CMS135", *PERSON, drug, born=BORN) == stands


def test_what_speaks_against_the_drug_excepts_and_a_new_heart_excludes():
    [allergic], [pregnant] = heart_failure_ace.SETS["allergic"], heart_failure_ace.SETS["pregnant"]
    assert place("CMS135", *PERSON, sure(allergic, "2026-09-02"), born=BORN) == "excepted"
    assert place("CMS135", *PERSON, sure(pregnant, "2025-06-02"), born=BORN) == "excepted"
    assert place("CMS135", *PERSON, sure(pregnant, "2025-06-01"), born=BORN) == "unmet"
    transplant = heart_failure.SETS["transplant or pump"][0]
    assert place("CMS135", *PERSON, done(transplant, "2026-09-01"), ordered(ACE, "2026-03-02"), born=BORN) == "excluded"
    assert place("CMS135", *PERSON, done(transplant, "2026-09-02"), born=BORN) == "unmet"


def test_an_allergy_excepts_unless_its_last_reaction_lies_before_the_visit_is_over():
    ingredient = heart_failure_ace.SETS["ingredient"][0]
    known = fact(FactKind.ALLERGY, ingredient, "2005-01-01", status="active", verification="confirmed")
    assert place("CMS135", *PERSON, known, born=BORN) == "excepted"
    assert place("CMS135", *PERSON, replace(known, value_text="2026-03-01"), born=BORN) == "unmet"
    assert place("CMS135", *PERSON, replace(known, status="inactive"), born=BORN) == "unmet"


@pytest.mark.parametrize(("refusal_on", "stands"), [("2026-09-02", "excepted"), ("2026-09-03", "unmet")])
def test_a_drug_refused_at_a_visit_excepts(refusal_on, stands):
    told = {"negated": True, "status": "completed", "reasons": (fact(FactKind.TASK, oids.PATIENT_REASON).codings[0],)}
    assert place("CMS135", *PERSON, ordered(ACE, refusal_on, **told), born=BORN) == stands
    assert place("CMS144", *PERSON, ordered(BLOCKER, refusal_on, **told), born=BORN) == stands


def slow(minute, rate, **told):
    at = datetime(2026, 3, 2, 8, minute, tzinfo=UTC)
    member = beta_blockers.SETS["heart rate"][0]
    return result(member, "2026-03-02", value_text="", value_number=rate, starts_at=at, **told)


@pytest.mark.parametrize(
    ("rates", "stands"),
    [
        ([slow(5, 49), slow(10, 48)], "excepted"),
        ([slow(5, 49), slow(10, 50)], "unmet"),
        ([slow(5, 49), slow(7, 60), slow(10, 48)], "unmet"),
        ([slow(5, 49)], "unmet"),
        ([slow(5, 49), slow(5, 48)], "unmet"),
        ([slow(5, 49), slow(10, 48, status="entered-in-error")], "unmet"),
    ],
)
def test_two_slow_heart_rates_in_a_row_at_one_visit_except(rates, stands):
    hour = {"starts_at": datetime(2026, 3, 2, 8, tzinfo=UTC), "ends_at": datetime(2026, 3, 2, 9, tzinfo=UTC)}
    known = (replace(FIRST, **hour), SECOND, FAILING, WEAKENED)
    assert place("CMS144", *known, *rates, born=BORN) == stands


def test_a_heart_block_excepts_only_without_a_pacemaker():
    [block], [pacer], [implanted] = (beta_blockers.SETS[word] for word in ("block", "pacer", "pacer put in"))
    blocked = sure(block, "2026-01-01")
    assert place("CMS144", *PERSON, blocked, born=BORN) == "excepted"
    assert place("CMS144", *PERSON, blocked, sure(pacer, "2026-01-01"), born=BORN) == "unmet"
    assert place("CMS144", *PERSON, blocked, done(implanted, "2026-01-01"), born=BORN) == "unmet"


def test_coronary_disease_goes_by_the_ventricle_or_by_an_infarction_of_three_years():
    sick = (FIRST, SECOND, sure(CORONARY, "2020-01-01"))

    def stands(*facts):
        found = counts("CMS145", *sick, *facts, born=BORN)
        return [group["denominator"] for group in found.values()], [group["numerator"] for group in found.values()]

    blockers = ordered(BLOCKER, "2026-03-02"), ordered(ANY_BLOCKER, "2026-09-02")
    assert stands(WEAKENED, *blockers) == ([1, 0], [1, 0])
    assert stands(sure(INFARCTION, "2023-09-02"), *blockers) == ([0, 1], [0, 1])
    assert stands(sure(INFARCTION, "2023-09-02"), blockers[0]) == ([0, 1], [0, 0])
    assert stands(sure(INFARCTION, "2023-03-01")) == ([0, 0], [0, 0])
    assert stands(sure(INFARCTION, "2023-09-02"), WEAKENED) == ([1, 0], [0, 0])
    assert stands(sure(INFARCTION, "2026-09-02")) == ([0, 0], [0, 0])
