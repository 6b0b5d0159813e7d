"""The measures of diabetes, blood pressure, tobacco, depression and children, at their edges."""

from datetime import UTC, datetime

import pytest

from coordinator_app.domain.facts import Coding, FactKind
from coordinator_app.domain.measures import (
    blood_pressure,
    child_vaccines,
    child_weight,
    chlamydia,
    depression_screening,
    eye_exam,
    glycemia,
    kidney_health,
    oids,
    tobacco,
)
from tests.domain.measures.small_charts import (
    YEAR_2025,
    condition,
    counts,
    done,
    order,
    place,
    result,
    vaccine,
    visit,
)

DIABETES = condition(oids.DIABETES, "2019-01-01", category="encounter-diagnosis")
A1C = glycemia.SETS["glycemia"][0]


def a1c(on, value=None, **told):
    return result(A1C, on, value_text="", value_number=value, value_unit="%", **told)


@pytest.mark.parametrize(
    ("results", "stands"),
    [
        ([], "met"),
        ([a1c("2026-05-05", 9.0)], "unmet"),
        ([a1c("2026-05-05", 9.1)], "met"),
        ([a1c("2026-05-05")], "met"),
        ([a1c("2026-05-05", 9.9), a1c("2026-05-05", 8.0)], "unmet"),
        ([a1c("2026-05-05", 8.0), a1c("2026-06-06", 9.9)], "met"),
        ([a1c("2026-06-06", 9.9), a1c("2027-01-01", 8.0)], "met"),
        ([a1c("2026-06-06", 8.0), a1c("2026-06-07", 9.9, status="entered-in-error")], "unmet"),
    ],
)
def test_diabetes_is_out_of_control_by_the_lowest_result_of_the_last_day(results, stands):
    assert place("CMS122", visit(), DIABETES, *results, born="1970-01-01") == stands


def test_diabetes_from_the_list_of_problems_alone_is_not_asked_for_control():
    listed = condition(oids.DIABETES, "2019-01-01", category="problem-list-item")
    assert place("CMS122", visit(), listed, born="1970-01-01") == "nobody"


def test_without_retinopathy_an_eye_exam_of_the_year_before_is_enough():
    [exam], [retinopathy] = eye_exam.SETS["eye exam"], eye_exam.SETS["retinopathy"]
    seen = result(exam, "2024-01-01", category="exam")
    known = condition(retinopathy, "2025-12-31")
    told = {"born": "1970-01-01", "period": YEAR_2025}
    asked = visit(on="2025-03-02")
    assert place("CMS131", asked, DIABETES, seen, **told) == "met"
    assert place("CMS131", asked, DIABETES, seen, known, **told) == "unmet"
    assert place("CMS131", asked, DIABETES, known, result(exam, "2025-01-01", category="exam"), **told) == "met"


def test_kidneys_need_both_tests_with_a_value():
    [filtration], [albumin] = kidney_health.SETS["filtration"], kidney_health.SETS["albumin"]
    told = {"born": "1970-01-01", "period": YEAR_2025}
    asked = visit(on="2025-03-02")
    one, other = result(filtration, "2025-01-01"), result(albumin, "2025-12-31")
    assert place("CMS951", asked, DIABETES, one, **told) == "unmet"
    assert place("CMS951", asked, DIABETES, one, other, **told) == "met"
    empty = result(albumin, "2025-12-31", value_text="")
    assert place("CMS951", asked, DIABETES, one, empty, **told) == "unmet"
    assert place("CMS951", asked, DIABETES, one, other, condition(oids.KIDNEY_FAILURE), **told) == "excluded"


HYPERTENSION = condition(blood_pressure.SETS["hypertension"][0], "2026-06-30")


def pressure(on, systolic, diastolic, **told):
    return (
        result(oids.SYSTOLIC, on, value_number=systolic, value_text="", **told),
        result(oids.DIASTOLIC, on, value_number=diastolic, value_text="", **told),
    )


@pytest.mark.parametrize(
    ("readings", "stands"),
    [
        (pressure("2026-05-05", 139, 89), "met"),
        (pressure("2026-05-05", 140, 89), "unmet"),
        (pressure("2026-05-05", 139, 90), "unmet"),
        ((*pressure("2026-05-05", 150, 80), *pressure("2026-05-05", 130, 95)), "met"),
        ((*pressure("2026-05-05", 130, 80), *pressure("2026-06-05", 150, 80)), "unmet"),
        ((*pressure("2026-05-05", 130, 80), *pressure("2026-06-05", None, 80)), "unmet"),
        ((), "unmet"),
    ],
)
def test_blood_pressure_is_controlled_by_the_lowest_of_each_on_the_last_day(readings, stands):
    assert place("CMS165", visit(), HYPERTENSION, *readings, born="1970-01-01") == stands


def test_blood_pressure_in_an_emergency_room_does_not_count():
    stay = visit(oids.EMERGENCY, "2026-07-07", class_code="EMER")
    in_it = pressure("2026-07-07", 120, 70, encounter_id=stay.id)
    assert place("CMS165", visit(), stay, HYPERTENSION, *in_it, born="1970-01-01") == "unmet"
    elsewhere = visit(on="2026-07-07", class_code="AMB")
    same_day = pressure("2026-07-07", 120, 70, encounter_id=elsewhere.id)
    assert place("CMS165", elsewhere, stay, HYPERTENSION, *same_day, born="1970-01-01") == "met"


def test_hypertension_found_in_the_second_half_of_the_year_is_next_years_concern():
    late = condition(blood_pressure.SETS["hypertension"][0], "2026-07-01")
    assert place("CMS165", visit(), late, born="1970-01-01") == "nobody"


def test_from_81_on_frailty_alone_excludes_from_blood_pressure():
    frail = condition("2.16.840.1.113883.3.464.1003.113.12.1074", "2026-02-02")
    assert place("CMS165", visit(), HYPERTENSION, frail, born="1945-12-31") == "excluded"
    assert place("CMS165", visit(), HYPERTENSION, frail, born="1946-01-01") == "unmet"


ASKED, USER, FREE = (tobacco.SETS[name][0] for name in ("asked", "user", "non-user"))
PREVENTIVE = visit(oids.WELLNESS, "2025-03-02")


def smokes(on, answer):
    return result(ASKED, on, value_text="", value_coding=Coding("made-up", answer))


def test_one_preventive_visit_or_two_others_make_tobacco_countable():
    told = {"born": "1980-01-01", "period": YEAR_2025}
    one, other = visit(on="2025-03-02"), visit(oids.TELEPHONE, "2025-03-03")
    assert place("CMS138", one, **told) == "nobody"
    assert place("CMS138", one, other, **told) == "unmet"
    assert place("CMS138", PREVENTIVE, **told) == "unmet"


def test_who_uses_tobacco_needs_help_and_who_does_not_needs_none():
    told = {"born": "1980-01-01", "period": YEAR_2025}
    user, free = smokes("2025-05-05", USER), smokes("2025-06-06", FREE)
    alone = counts("CMS138", PREVENTIVE, user, **told)
    assert [alone[f"Group_{n}"]["numerator"] for n in (1, 2, 3)] == [1, 0, 0]
    assert alone["Group_2"]["denominator"] == 1
    helped = counts(
        "CMS138", PREVENTIVE, user, order(FactKind.DRUG_ORDER, tobacco.SETS["stopping drug"][0], "2024-07-01"), **told
    )
    assert [helped[f"Group_{n}"]["numerator"] for n in (1, 2, 3)] == [1, 1, 1]
    stopped = counts("CMS138", PREVENTIVE, free, user, **told)
    assert [stopped[f"Group_{n}"]["numerator"] for n in (1, 2, 3)] == [1, 0, 1]
    assert stopped["Group_2"]["denominator"] == 0


TOOL = Coding("loinc", "73832-8")
POSITIVE, NEGATIVE = Coding("snomed", "428181000124104"), Coding("snomed", "428171000124102")
TALK = visit(depression_screening.SETS["visit"][0], "2026-03-16")


def screen(on, answer):
    return result(TOOL, on, value_text="", value_coding=answer)


@pytest.mark.parametrize(
    ("on", "stands"), [("2026-03-02", "met"), ("2026-03-01", "unmet"), ("2026-03-16", "met"), ("2026-03-17", "unmet")]
)
def test_a_depression_screen_counts_on_the_day_of_a_visit_and_14_days_before(on, stands):
    assert place("CMS2", TALK, screen(on, NEGATIVE), born="1980-01-01") == stands


@pytest.mark.parametrize(("on", "stands"), [("2026-03-16", "met"), ("2026-03-18", "met"), ("2026-03-19", "unmet")])
def test_a_positive_screen_needs_a_plan_within_two_days(on, stands):
    referral = order(FactKind.SERVICE_ORDER, depression_screening.SETS["adult referral"][0], on)
    assert place("CMS2", TALK, screen("2026-03-16", POSITIVE), referral, born="1980-01-01") == stands


def test_a_talk_counts_as_plan_only_within_the_visit_itself():
    start, end = datetime(2026, 3, 16, 8, tzinfo=UTC), datetime(2026, 3, 16, 8, 15, tzinfo=UTC)
    held = visit(depression_screening.SETS["visit"][0], "2026-03-16", starts_at=start, ends_at=end)
    plan = depression_screening.SETS["adult plan"][0]
    positive = screen("2026-03-16", POSITIVE)
    assert place("CMS2", held, positive, done(plan, "2026-03-16", starts_at=end), born="1980-01-01") == "met"
    later = done(plan, "2026-03-16", starts_at=datetime(2026, 3, 16, 9, tzinfo=UTC))
    assert place("CMS2", held, positive, later, born="1980-01-01") == "unmet"


def test_a_screen_declined_is_an_exception_unless_one_was_done():
    declined = result(
        TOOL,
        "2026-03-16",
        status="cancelled",
        value_text="",
        negation_reason=Coding("snomed", "720834000"),
    )
    assert place("CMS2", TALK, declined, born="1980-01-01") == "excepted"
    assert place("CMS2", TALK, declined, screen("2026-03-10", POSITIVE), born="1980-01-01") == "unmet"


def test_bipolar_disorder_known_before_the_visit_excludes():
    [bipolar] = depression_screening.SETS["bipolar"]
    assert place("CMS2", TALK, condition(bipolar, "2026-03-15"), born="1980-01-01") == "excluded"
    assert place("CMS2", TALK, condition(bipolar, "2026-03-16"), born="1980-01-01") == "unmet"


def test_a_pregnancy_test_just_before_an_x_ray_does_not_speak_of_sexual_activity():
    test, picture = (
        order(FactKind.SERVICE_ORDER, chlamydia.SETS[name][0], on)
        for name, on in (("pregnancy test", "2025-05-05"), ("x-ray", "2025-05-11"))
    )
    told = {"born": "2005-06-01", "period": YEAR_2025}
    asked = visit(on="2025-03-02")
    assert place("CMS153", asked, **told) == "nobody"
    assert place("CMS153", asked, test, **told) == "unmet"
    assert place("CMS153", asked, test, picture, **told) == "excluded"
    contraceptive = order(FactKind.DRUG_ORDER, chlamydia.SETS["contraceptive"][0], "2025-02-02")
    assert place("CMS153", asked, test, picture, contraceptive, **told) == "unmet"


def test_children_are_measured_and_counseled_in_three_rates():
    facts = [result(child_weight.SETS[name][0], "2026-05-05") for name in ("body mass", "height", "weight")]
    facts.append(done(child_weight.SETS["movement"][0], "2026-05-05"))
    told = counts("CMS155", visit(), *facts, born="2016-01-01")
    assert [told[f"Group_{n}"]["numerator"] for n in (1, 2, 3)] == [1, 0, 1]


BORN = "2024-03-10"
DOSES = {
    "dtap": ("2024-05-10", "2024-07-10", "2024-09-10", "2025-06-10"),
    "polio": ("2024-05-10", "2024-07-10", "2024-09-10"),
    "hib": ("2024-05-10", "2024-07-10", "2025-04-10"),
    "chickenpox": ("2025-03-10",),
    "pneumococcus": ("2024-05-10", "2024-07-10", "2024-09-10", "2025-04-10"),
    "hepatitis a": ("2025-03-10",),
    "rotavirus": ("2024-05-10", "2024-07-10"),
    "mmr": ("2025-03-10",),
    "hepatitis b": ("2024-03-10", "2024-05-10", "2024-09-10"),
    "influenza": ("2024-10-10", "2024-11-10"),
}


def shots(changes=None):
    given = {**DOSES, **(changes or {})}
    return [vaccine(child_vaccines.SETS[name][0], on) for name, days in given.items() for on in days]


def child(*facts):
    return place("CMS117", visit(), *facts, born=BORN)


def test_a_child_with_every_dose_in_time_is_protected():
    assert child(*shots()) == "met"


@pytest.mark.parametrize("name", sorted(DOSES))
def test_one_dose_missing_leaves_a_child_unprotected(name):
    assert child(*shots({name: DOSES[name][1:]})) == "unmet"


@pytest.mark.parametrize("name", ["dtap", "polio", "hepatitis b", "influenza"])
def test_two_doses_on_one_day_are_one(name):
    days = DOSES[name]
    assert child(*shots({name: (days[0], days[0], *days[2:])})) == "unmet"


def test_a_dose_before_six_weeks_or_after_the_second_birthday_does_not_count():
    assert child(*shots({"polio": ("2024-04-20", "2024-07-10", "2024-09-10")})) == "unmet"
    assert child(*shots({"polio": ("2024-04-21", "2024-07-10", "2026-03-10")})) == "met"
    assert child(*shots({"polio": ("2024-04-21", "2024-07-10", "2026-03-11")})) == "unmet"


def test_measles_vaccine_before_the_first_birthday_does_not_count():
    assert child(*shots({"mmr": ("2025-03-09",)})) == "unmet"


def test_one_product_of_the_longer_schedule_asks_for_its_number_of_doses():
    longer = vaccine(child_vaccines.SETS["hib longer"][0], "2024-09-10")
    assert child(*shots({"hib": DOSES["hib"][:2]}), longer) == "unmet"
    assert child(*shots(), longer) == "met"


def test_two_doses_of_hepatitis_b_suffice_after_one_at_birth_told_as_an_act():
    at_birth = done(Coding("icd10pcs", "3E0234Z"), "2024-03-17")
    assert child(*shots({"hepatitis b": DOSES["hepatitis b"][1:]}), at_birth) == "met"
    late = done(Coding("icd10pcs", "3E0234Z"), "2024-03-18")
    assert child(*shots({"hepatitis b": DOSES["hepatitis b"][1:]}), late) == "unmet"


def test_an_illness_gone_through_stands_for_its_vaccine():
    hepatitis = condition(child_vaccines.SETS["hepatitis a instead"][0], "2025-01-01")
    assert child(*shots({"hepatitis a": ()}), hepatitis) == "met"
    ills = [condition(child_vaccines.SETS[name][0], "2025-01-01") for name in ("measles", "mumps", "rubella")]
    assert child(*shots({"mmr": ()}), *ills) == "met"
    assert child(*shots({"mmr": ()}), *ills[:2]) == "unmet"


def test_influenza_by_nose_counts_on_the_second_birthday_alone():
    by_nose = child_vaccines.SETS["influenza by nose"][0]
    one = {"influenza": DOSES["influenza"][:1]}
    assert child(*shots(one), vaccine(by_nose, "2026-03-10")) == "met"
    assert child(*shots(one), vaccine(by_nose, "2026-03-09")) == "unmet"


def test_a_child_born_on_a_leap_day_turns_two_on_the_last_of_february():
    last = vaccine(child_vaccines.SETS["polio"][0], "2026-02-28")
    early = [vaccine(child_vaccines.SETS["polio"][0], on) for on in ("2024-05-10", "2024-07-10")]
    rest = shots({"polio": ()})
    assert place("CMS117", visit(), *rest, *early, last, born="2024-02-29") == "met"
