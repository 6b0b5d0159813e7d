"""What is to be measured, results, age, conditions, allergies, pregnancy, what is new."""

from dataclasses import replace
from datetime import timedelta

import pytest

from coordinator_app.domain.facts import FactKind
from coordinator_app.domain.outreach.wording import sentence
from coordinator_app.domain.sensitivity import Sensitivity
from tests.domain.charts import TODAY, Words, bundle, condition, day, fact, fill, history, shipped, stay
from tests.domain.rules_medication.medicines import drug, lab, of_rule, order, product, reasons, takes

DUE, RESULT = "medication.monitoring", "medication.result"


def inr(on, value=2.5):
    return lab("6301-6", on, value, "{INR}")


def due(*facts, **told):
    return of_rule(reasons(*facts, **told), DUE)


def test_an_inr_is_due_fifty_six_days_after_the_last():
    warfarin = takes("warfarin", "2026-06-01", 300)
    (found,) = due(warfarin, inr("2026-09-01"))
    assert (found.opens_on, found.arguments["last_on"]) == (day("2026-10-27"), "2026-09-01")
    assert found.sentence == "medication.monitoring.again"
    assert due(warfarin, inr("2026-09-01"), inr("2026-10-30")) != [found]
    assert [r for r in due(warfarin, inr("2026-10-30")) if r.opens_on <= TODAY] == []


def test_a_first_measurement_that_never_came_is_asked_for():
    (found,) = due(takes("warfarin", "2026-10-01", 90))
    assert (found.sentence, found.opens_on) == ("medication.monitoring.none", day("2026-10-15"))


def test_the_result_that_came_ends_the_row_as_done():
    from tests.domain.charts import chart, judged

    warfarin = takes("warfarin", "2026-06-01", 300)
    found = [r for r in judged(chart(warfarin, inr("2026-08-01"), inr("2026-11-20"))) if r.rule == DUE]
    ended = [r for r in found if r.episode == "2026-08-01"]
    assert [(r.ends_on, r.end_cause) for r in ended] == [(day("2026-11-20"), "done")]


@pytest.mark.parametrize(
    ("name", "loinc", "unit"),
    [
        ("lithium carbonate", "14334-7", "mmol/L"),
        ("levothyroxine", "3016-3", "m[IU]/L"),
        ("metformin", "2160-0", "mg/dL"),
    ],
)
def test_a_level_on_record_quiets_its_drug(name, loinc, unit):
    drug_taken = takes(name, "2025-06-01", 365), takes(name, "2026-06-01", 365)
    asked = due(*drug_taken)
    measured = due(*drug_taken, lab(loinc, "2026-11-01", 1.0, unit))
    rules = {"lithium carbonate": "lithium_level"}.get(name, name)
    assert rules in {r.subject for r in asked if r.opens_on <= TODAY}
    assert rules not in {r.subject for r in measured if r.opens_on <= TODAY}


def test_both_potassium_and_creatinine_are_needed():
    ras = [takes("lisinopril", "2025-06-01", 365), takes("lisinopril", "2026-06-01", 365)]
    only = due(*ras, lab("2823-3", "2026-11-01", 4.1, "mmol/L"))
    assert [(r.subject, r.arguments["lab"]) for r in only if r.opens_on <= TODAY] == [("ras", "creatinine")]
    panel = due(*ras, lab("24323-8", "2026-11-01", 0, ""))
    assert [r for r in panel if r.opens_on <= TODAY] == []


def test_a_drug_no_longer_at_hand_needs_no_measurement():
    assert due(takes("warfarin", "2026-01-01", 60)) == []


@pytest.mark.parametrize(
    ("name", "loinc", "value", "unit", "severity"),
    [
        ("warfarin", "6301-6", 4.1, "{INR}", "serious"),
        ("warfarin", "6301-6", 1.4, "{INR}", "serious"),
        ("digoxin", "10535-3", 2.1, "ng/mL", "severe"),
        ("lithium carbonate", "14334-7", 1.6, "mmol/L", "severe"),
        ("hydrochlorothiazide", "2951-2", 129, "mmol/L", "serious"),
        ("metformin", "98979-8", 29, "mL/min/{1.73_m2}", "severe"),
        ("naproxen", "98979-8", 29, "mL/min/{1.73_m2}", "serious"),
    ],
)
def test_a_result_outside_its_bounds_asks_once_while_the_drug_is_taken(name, loinc, value, unit, severity):
    found = of_rule(reasons(takes(name, "2026-10-01", 90), lab(loinc, "2026-11-20", value, unit)), RESULT)
    assert [r.arguments["drug_class"] for r in found] == [f"medication_{severity}"]
    assert of_rule(reasons(lab(loinc, "2026-11-20", value, unit)), RESULT) == []


@pytest.mark.parametrize(("value", "unit"), [(2.0, "ng/mL"), (2.4, "nmol/L")])
def test_a_bound_is_not_met_at_the_bound_nor_in_a_unit_we_do_not_know(value, unit):
    assert of_rule(reasons(takes("digoxin", "2026-10-01", 90), lab("10535-3", "2026-11-20", value, unit)), RESULT) == []


def test_a_later_result_answers_an_earlier_one():
    facts = [takes("warfarin", "2026-10-01", 90), inr("2026-11-20", 4.5)]
    assert len(of_rule(reasons(*facts), RESULT)) == 1
    assert of_rule(reasons(*facts, inr("2026-11-22", 2.5)), RESULT) == []
    (worse,) = of_rule(reasons(*facts, inr("2026-11-22", 4.8)), RESULT)
    assert worse.episode == "2026-11-22"


OLD = {"born": "1950-01-01"}


def older(*facts, **told):
    return [r for r in of_rule(reasons(*facts, **(OLD | told)), "medication.older") if r.opens_on <= TODAY]


@pytest.mark.parametrize("name", ["diphenhydramine", "cyclobenzaprine", "zolpidem", "glyburide", "amitriptyline"])
def test_two_fills_on_two_days_at_sixty_five_are_looked_at(name):
    assert older(takes(name, "2026-10-15"), takes(name, "2026-11-15"))
    assert older(takes(name, "2026-11-15")) == []
    assert older(takes(name, "2026-10-15"), takes(name, "2026-11-15"), born="1980-01-01") == []


def test_the_sixty_fifth_birthday_opens_the_row():
    fills = takes("zolpidem", "2026-10-15"), takes("zolpidem", "2026-11-15", 60)
    (found,) = of_rule(reasons(*fills, born="1961-12-01"), "medication.older")
    assert found.opens_on == day("2026-12-01")


def test_an_antipsychotic_is_excused_by_schizophrenia_and_a_benzodiazepine_by_epilepsy():
    quetiapine = [takes("quetiapine", "2026-10-15"), takes("quetiapine", "2026-11-15")]
    lorazepam = [takes("lorazepam", "2026-10-15"), takes("lorazepam", "2026-11-15")]
    assert older(*quetiapine)
    assert older(*lorazepam)
    assert older(*quetiapine, condition("2020-01-01", "F20.9")) == []
    assert older(*lorazepam, condition("2020-01-01", "G40.909")) == []


@pytest.mark.parametrize(("tablets", "raised"), [(15, False), (16, True), (30, True)])
def test_digoxin_is_looked_at_above_an_eighth_of_a_milligram_a_day_unrounded(tablets, raised):
    quarter = fill("2026-11-10", product(drug("digoxin"), 0.25), 30, quantity=tablets)
    assert bool(older(quarter)) is raised


@pytest.mark.parametrize(("days", "raised"), [(45, False), (46, True)])
def test_nitrofurantoin_is_looked_at_beyond_ninety_days_in_sum(days, raised):
    assert bool(older(takes("nitrofurantoin", "2026-08-20", 45), takes("nitrofurantoin", "2026-10-10", days))) is raised


@pytest.mark.parametrize(
    ("name", "code"),
    [("ibuprofen", "I50.22"), ("metformin", "N18.4"), ("diltiazem", "I50.22"), ("cilostazol", "I50.9")],
)
def test_a_drug_that_goes_badly_with_a_condition_is_asked_about(name, code):
    taken = takes(name, "2026-11-10")
    assert len(of_rule(reasons(taken, condition("2024-01-01", code)), "medication.condition")) == 1
    assert of_rule(reasons(taken), "medication.condition") == []
    over = replace(condition("2024-01-01", code), ends_on=day("2025-01-01"))
    assert of_rule(reasons(taken, over), "medication.condition") == []


def allergy(text, *codes, **told):
    return fact(FactKind.ALLERGY, "2025-01-01", *codes, display=text, status="active", verification="confirmed", **told)


@pytest.mark.parametrize(
    ("told", "name", "raised"),
    [
        (allergy("amoxicillin", "rxnorm 723"), "amoxicillin", True),
        (allergy("amoxicillin", "rxnorm 723"), "ampicillin", True),
        (allergy("Allergy to penicillin", "snomed 91936005"), "amoxicillin", True),
        (allergy("Allergy to aspirin", "snomed 293586001"), "aspirin", True),
        (allergy("Sulfa drugs", "snomed 1"), "sulfamethoxazole", True),
        (allergy("Allergy to mould", "snomed 419474003"), "amoxicillin", False),
        (allergy("Allergy to penicillin", "snomed 91936005"), "cephalexin", False),
    ],
)
def test_a_drug_to_which_an_allergy_is_on_record_is_asked_about(told, name, raised):
    assert bool(of_rule(reasons(takes(name, "2026-11-20"), told), "medication.allergy")) is raised


def test_an_allergy_recorded_after_the_drug_was_used_up_is_no_reason():
    assert (
        of_rule(
            reasons(takes("amoxicillin", "2024-01-01", 10), allergy("amoxicillin", "rxnorm 723")), "medication.allergy"
        )
        == []
    )


def test_a_drug_to_avoid_in_pregnancy_is_a_confidential_question_to_the_prescriber():
    expecting = condition("2026-10-01", "Z34.90")
    (found,) = of_rule(reasons(takes("lisinopril", "2026-11-01"), expecting, sex="female"), "medication.pregnancy")
    assert found.sensitivity is Sensitivity.CONFIDENTIAL
    assert found.actions == ("ask_prescriber", "wrong")
    lost = condition("2026-11-05", "O03.9")
    assert (
        of_rule(reasons(takes("lisinopril", "2026-11-01"), expecting, lost, sex="female"), "medication.pregnancy") == []
    )


def test_a_first_fill_of_a_high_risk_drug_is_followed_up_in_the_second_week():
    (found,) = of_rule(reasons(history(), takes("apixaban", "2026-11-15", 90)), "medication.started")
    assert (found.opens_on, found.due_on, found.ends_on) == (day("2026-11-22"), day("2026-11-29"), day("2026-12-06"))


def test_a_drug_is_not_new_where_the_record_does_not_reach_back_or_it_was_taken_before():
    new = takes("apixaban", "2026-11-15", 90)
    assert of_rule(reasons(new), "medication.started") == []
    assert of_rule(reasons(history(), takes("apixaban", "2026-05-01", 60), new), "medication.started") == []


def test_after_a_stay_it_is_said_what_was_started_stopped_or_dosed_anew():
    lisinopril = [fill("2026-08-20", "314076", 90), fill("2026-11-16", "314077", 90)]
    stopped = order("metformin", "2026-01-01", status="stopped", ends_on=day("2026-11-12"))
    facts = [
        history(),
        stay("2026-11-10", "2026-11-14", "I50.9"),
        *lisinopril,
        stopped,
        takes("apixaban", "2026-11-15"),
    ]
    (found,) = of_rule(reasons(*facts), "medication.after_stay")
    assert {name: found.arguments[name] for name in ("started", "stopped", "dosed")} == {
        "started": drug("apixaban"),
        "stopped": drug("metformin"),
        "dosed": drug("lisinopril"),
    }
    assert sentence(Words("en"), found.sentence, found.arguments, TODAY) == (
        "Medicines changed around the stay to 14-Nov: new apixaban; stopped metformin; another strength of lisinopril"
    )
    assert found.sensitivity is Sensitivity.ORDINARY
    private = of_rule(reasons(*facts, takes("sertraline", "2026-11-16")), "medication.after_stay")
    assert [each.sensitivity for each in private] == [Sensitivity.CONFIDENTIAL]
    assert (found.opens_on, found.ends_on) == (day("2026-11-14"), day("2026-12-14"))


def test_a_refill_after_a_stay_is_no_change_and_a_missing_one_is_no_proof_of_stopping():
    facts = [history(), stay("2026-11-10", "2026-11-14", "I50.9"), fill("2026-08-20", "314077", 90)]
    assert of_rule(reasons(*facts), "medication.after_stay") == []
    assert of_rule(reasons(*facts, fill("2026-11-16", "314077", 90)), "medication.after_stay") == []


def test_an_old_result_asks_whether_it_was_handled_and_nothing_else():
    told = [takes("warfarin", "2026-10-01", 90), lab("6301-6", "2026-10-20", 4.4, "{INR}")]
    (found,) = of_rule(reasons(*told), "medication.result")
    assert sentence(Words("en"), found.sentence, found.arguments, TODAY) == (
        "INR 4.4 on 20-Oct with warfarin, 35 days ago; check that it was handled"
    )


def test_an_order_without_a_fill_counts_and_one_that_only_proposes_does_not():
    pair = [order("warfarin", "2026-10-01"), takes("metronidazole", "2026-11-20", 7)]
    assert of_rule(reasons(*pair), "medication.pair")
    assert of_rule(reasons(replace(pair[0], intent="proposal"), pair[1]), "medication.pair") == []
    ended = replace(pair[0], status="stopped", ends_on=day("2026-11-01"))
    assert of_rule(reasons(ended, pair[1]), "medication.pair") == []


def test_what_nobody_confirmed_is_marked_on_the_row():
    (label,) = of_rule(
        reasons(takes("nitroglycerin", "2026-11-20"), takes("sildenafil", "2026-11-20")), "medication.pair"
    )
    (listed,) = of_rule(
        reasons(takes("tizanidine", "2026-11-20"), takes("ciprofloxacin", "2026-11-20")), "medication.pair"
    )
    assert label.arguments["unconfirmed"] == "pair"
    assert "unconfirmed" not in listed.arguments


def test_every_rule_names_its_tag_and_source_or_severity():
    crossed = bundle()["interactions"]
    for one in (*crossed["pairs"], *crossed["trios"], *bundle()["monitoring"]["monitoring"]):
        assert one["tag"] in {"V", "2", "K", "D"}
        assert one["severity"] in shipped().medicines.points
        assert one["source"] in {**crossed["sources"], **bundle()["monitoring"]["sources"]}


def test_nothing_is_asked_a_year_after_everything_ran_out():
    assert (
        reasons(takes("warfarin", "2026-11-01"), takes("ibuprofen", "2026-11-02"), today=TODAY + timedelta(400)) == []
    )


EARLIER = (takes("levothyroxine", "2026-01-05", 90), takes("levothyroxine", "2026-04-05", 90))


def creatinine(on, value, unit="mg/dL"):
    return lab("2160-0", on, value, unit)


def test_after_a_start_potassium_and_creatinine_are_asked_for_until_both_are_there():
    new = takes("lisinopril", "2026-11-10", 90)
    (found,) = of_rule(reasons(*EARLIER, new), "medication.soon")
    assert (found.opens_on, found.due_on) == (day("2026-11-18"), day("2026-11-24"))
    one = of_rule(reasons(*EARLIER, new, creatinine("2026-11-20", 1.0)), "medication.soon")
    assert [each.arguments["lab"] for each in one] == ["potassium"]
    both = (creatinine("2026-11-20", 1.0), lab("2823-3", "2026-11-20", 4.4, "mmol/L"))
    assert of_rule(reasons(*EARLIER, new, *both), "medication.soon") == []


def test_a_change_within_the_kind_or_a_short_record_is_no_start():
    changed = (takes("lisinopril", "2026-08-10", 90), takes("losartan", "2026-11-10", 90))
    assert of_rule(reasons(*EARLIER, *changed), "medication.soon") == []
    assert of_rule(reasons(takes("lisinopril", "2026-11-10", 90)), "medication.soon") == []


def test_an_antibiotic_beside_warfarin_asks_for_an_inr_within_the_week():
    facts = (*EARLIER, takes("warfarin", "2026-10-01", 90), takes("metronidazole", "2026-11-18", 7))
    (found,) = of_rule(reasons(*facts), "medication.soon")
    assert (found.opens_on, found.due_on) == (day("2026-11-21"), day("2026-11-25"))
    assert found.arguments["unconfirmed"] == "due_days=7"
    assert of_rule(reasons(*facts, lab("6301-6", "2026-11-22", 2.4, "{INR}")), "medication.soon") == []


@pytest.mark.parametrize(("value", "count"), [(1.30, 0), (1.31, 1), (0.9, 0)])
def test_a_creatinine_that_rose_by_more_than_thirty_percent_is_asked_about(value, count):
    facts = (*EARLIER, takes("lisinopril", "2026-10-10", 90), creatinine("2026-09-01", 1.0))
    assert len(of_rule(reasons(*facts, creatinine("2026-11-10", value)), "medication.rise")) == count


def test_a_creatinine_that_fell_again_or_came_in_another_unit_is_no_rise():
    facts = (*EARLIER, takes("lisinopril", "2026-10-10", 90), creatinine("2026-09-01", 1.0))
    back = (creatinine("2026-11-10", 1.5), creatinine("2026-11-20", 1.1))
    assert of_rule(reasons(*facts, *back), "medication.rise") == []
    assert of_rule(reasons(*facts, creatinine("2026-11-10", 130, "umol/L")), "medication.rise") == []
