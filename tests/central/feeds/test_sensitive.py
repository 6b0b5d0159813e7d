"""What is confidential by code stays so in the older system, with the dot and without."""

import json

import pytest

from coordinator_app.central.feeds.sensitive import SensitiveCodes
from coordinator_app.domain.facts import Coding
from coordinator_app.domain.sensitivity import Sensitivity
from tests.central.feeds.test_fhir import RULES


@pytest.fixture(scope="module")
def level_of():
    rules = {name: json.loads((RULES / f"{name}.json").read_text("utf-8")) for name in ("sensitive-codes", "drugs")}
    sensitive = SensitiveCodes(rules["sensitive-codes"], rules["drugs"])
    return lambda system, code: sensitive.of_codes([Coding(system, code)])


@pytest.mark.parametrize(
    "code", ["V08", "042", "29634", "296.34", "3004", "30390", "305.00", "E9503", "635.9", "99583"]
)
def test_a_diagnosis_of_before_october_2015_is_as_confidential_as_its_successor(level_of, code):
    assert level_of("icd9cm", code) is Sensitivity.CONFIDENTIAL


@pytest.mark.parametrize("code", ["305.1", "3051", "25000", "4280", "99586", "99589", "V1005"])
def test_other_diagnoses_of_before_october_2015_are_ordinary(level_of, code):
    assert level_of("icd9cm", code) is Sensitivity.ORDINARY


def test_the_same_digits_in_another_system_tell_nothing(level_of):
    assert level_of("cpt", "29630") is Sensitivity.ORDINARY


@pytest.mark.parametrize("code", ["F32.1", "F321", "f32.1"])
def test_the_dot_of_a_code_says_nothing_of_how_private_it_is(level_of, code):
    assert level_of("icd10cm", code) is Sensitivity.CONFIDENTIAL


def test_every_group_that_has_beginnings_has_them_in_both_systems():
    groups = json.loads((RULES / "sensitive-codes.json").read_text("utf-8"))["groups"]
    assert [group["name"] for group in groups if not {"icd10cm", "icd9cm"} <= group["starts"].keys()] == []
