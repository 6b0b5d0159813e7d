"""Charlson's codes and planned stays against tables we did not write."""

import csv
import gzip
import json

import pytest

from coordinator_app.domain.rules.planned import is_planned
from tests.domain.charts import RESOURCES, shipped

THEIRS = {
    "myocardial_infarction": "ami", "heart_failure": "chf", "peripheral_vascular": "pvd", "cerebrovascular": "cevd",
    "dementia": "dementia", "chronic_lung": "copd", "connective_tissue": "rheumd", "mild_liver": "mld",
    "severe_liver": "msld", "diabetes": "diab", "diabetes_end_organ": "diabwc", "renal": "rend", "cancer": "canc",
    "metastatic_cancer": "metacanc", "hiv": "aids",
}  # fmt: skip

pytestmark = pytest.mark.data


@pytest.fixture(scope="module")
def public_data():
    """Return the folder of public test data, which not every checkout has beside it."""
    folder = RESOURCES.parents[1] / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("no public data beside the checkout")
    return folder


@pytest.fixture(scope="module")
def charlson(public_data):
    return json.loads((public_data / "charlson" / "charlson_elixhauser_maps.json").read_text())["maps"]


def table(public_data, name):
    with gzip.open(public_data / "readmission" / name, "rt") as lines:
        return list(csv.DictReader(lines))


def test_every_code_beginning_names_the_condition_that_quan_names(charlson):
    ours = shipped().lace.codes
    for name, theirs in THEIRS.items():
        for start in charlson["charlson_icd10_quan"][theirs]:
            assert name in ours.names(start), (name, start)
    known = {start for starts in charlson["charlson_icd10_quan"].values() for start in starts}
    for pairs in ours.by_start.values():
        for start, name in pairs:
            assert any(start.startswith(each) for each in charlson["charlson_icd10_quan"][THEIRS[name]]), (name, start)
    assert len(known) > 200


def test_every_diagnosis_of_the_year_is_counted_as_quan_counts_it(public_data, charlson):
    ours, quan = shipped().lace.codes, charlson["charlson_icd10_quan"]
    starts = {start: name for name, theirs in THEIRS.items() for start in quan[theirs]}
    longest = max(map(len, starts))
    theirs = {start: {name for name, code in THEIRS.items() if start in quan[code]} for start in starts}
    with gzip.open(public_data / "terminology" / "icd_10_cm.csv.gz", "rt") as lines:
        codes = [row["icd_10_cm"] for row in csv.DictReader(lines)]
    assert len(codes) > 70_000
    for code in codes:
        told = [theirs[code[:length]] for length in range(1, longest + 1) if code[:length] in theirs]
        assert set(ours.names(code)) == set().union(*told), code


def test_every_code_is_told_planned_or_acute_as_the_method_has_it(public_data):
    terms = shipped().planned
    acute = {row["ccs_diagnosis_category"] for row in table(public_data, "acute_diagnosis_ccs.csv.gz")}
    also = {row["icd_10_cm"] for row in table(public_data, "acute_diagnosis_icd_10_cm.csv.gz")}
    always = {
        row["ccs_diagnosis_category"] for row in table(public_data, "always_planned_ccs_diagnosis_category.csv.gz")
    }
    for row in table(public_data, "icd_10_cm_to_ccs.csv.gz"):
        code, category = row["icd_10_cm"], row["ccs_diagnosis_category"]
        assert (code in terms.acute) == (category in acute or code in also), code
        assert (code in terms.always_diagnosis) == (category in always), code


def test_every_procedure_is_told_planned_as_the_method_has_it(public_data):
    terms = shipped().planned
    always = {
        row["ccs_procedure_category"] for row in table(public_data, "always_planned_ccs_procedure_category.csv.gz")
    }
    maybe = {
        row["ccs_procedure_category"] for row in table(public_data, "potentially_planned_ccs_procedure_category.csv.gz")
    }
    also = {row["icd_10_pcs"] for row in table(public_data, "potentially_planned_icd_10_pcs.csv.gz")}
    for row in table(public_data, "icd_10_pcs_to_ccs.csv.gz"):
        code, category = row["icd_10_pcs"], row["ccs_procedure_category"]
        assert (code in terms.always_procedure) == (category in always), code
        assert (code in terms.maybe_procedure) == (category in maybe or code in also), code


def test_a_knee_is_planned_unless_the_diagnosis_is_acute():
    terms = shipped().planned
    assert is_planned(terms, "M1711", ["0SRC0J9"])
    assert not is_planned(terms, "J189", ["0SRC0J9"])
    assert is_planned(terms, "Z5111", [])
    assert not is_planned(terms, "I5023", [])
