"""Names as a nurse says them, and the ones that must not be shortened."""

import pytest

from coordinator_app.domain import short_names


@pytest.mark.parametrize(
    ("code", "display", "en", "es"),
    [
        ("2823-3", "Potassium [Moles/volume] in Serum or Plasma", "Potassium", "Potasio"),
        ("98979-8", "Glomerular filtration rate [Volume Rate/Area] by CKD-EPI 2021", "eGFR", "TFG estimada"),
        ("4548-4", "Hemoglobin A1c/Hemoglobin.total in Blood", "A1c", "A1c"),
        ("", "Hemoglobin A1c/Hemoglobin.total in Blood", "A1c", "A1c"),
        ("29463-7", "Body weight", "Weight", "Peso"),
    ],
)
def test_a_test_is_called_as_nurses_call_it(code: str, display: str, en: str, es: str) -> None:
    assert (short_names.lab_name(code, display), short_names.lab_name(code, display, "es")) == (en, es)


def test_another_test_of_a_like_name_keeps_its_own() -> None:
    assert short_names.lab_name("", "Hemoglobin electrophoresis") == "Hemoglobin electrophoresis"
    assert short_names.lab_name("99999-9", "Something new [Mass/volume]") == "Something new"


@pytest.mark.parametrize(
    ("unit", "said"),
    [("mm[Hg]", "mmHg"), ("mL/min/{1.73_m2}", "mL/min"), ("mmol/L", "mmol/L"), ("{score}", ""), ("%", "%")],
)
def test_units_are_written_as_by_hand(unit: str, said: str) -> None:
    assert short_names.unit_name(unit) == said


@pytest.mark.parametrize(
    ("display", "said"),
    [
        ("metformin hydrochloride 500 MG Oral Tablet", "Metformin 500 mg"),
        ("24 HR metformin hydrochloride 500 MG Extended Release Oral Tablet", "Metformin 500 mg ER"),
        ("3 ML insulin glargine 100 UNT/ML Pen Injector", "Insulin glargine 100 units/mL"),
        ("levothyroxine sodium 0.025 MG Oral Tablet", "Levothyroxine 0.025 mg"),
        ("metoprolol tartrate 50 MG Oral Tablet", "Metoprolol tartrate 50 mg"),
        ("24 HR metoprolol succinate 50 MG Extended Release Oral Tablet", "Metoprolol succinate 50 mg ER"),
        ("lisinopril", "Lisinopril"),
        (
            "lisinopril 20 MG / hydrochlorothiazide 12.5 MG Oral Tablet",
            "Lisinopril 20 MG / hydrochlorothiazide 12.5 MG Oral Tablet",
        ),
    ],
)
def test_a_medicine_is_its_name_and_strength_and_never_another_drug(display: str, said: str) -> None:
    assert short_names.medicine_name(display) == said


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("Hemoglobin A1c/Hemoglobin.total in Blood 9.8 %", "A1c 9.8 %"),
        ("Systolic blood pressure 152 mm[Hg]", "Systolic pressure 152 mmHg"),
        ("Level 5 hospital emergency department visit", "Emergency visit"),
        ("Inpatient stay", "Hospital stay"),
        ("warfarin sodium 5 MG Oral Tablet", "Warfarin 5 mg"),
        ("Type 2 diabetes mellitus without complications", "Type 2 diabetes mellitus without complications"),
    ],
)
def test_a_fact_in_short_says_the_same(what: str, said: str) -> None:
    assert short_names.short(what) == said


def test_a_vaccine_is_named_by_what_it_protects_from() -> None:
    assert short_names.vaccine_name("influenza, injectable, quadrivalent", "es") == "Vacuna contra la gripe"
