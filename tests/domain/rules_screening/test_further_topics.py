"""Bone after a fracture, the aorta of smokers, sugar in overweight, weight in children, eyes with retinopathy."""

import pytest

from coordinator_app.domain.facts import FactKind
from coordinator_app.domain.outreach.ledger import ledger_row
from coordinator_app.domain.outreach.priority import ASIDE
from tests.domain.charts import chart, condition, day, fact, fill, history, judged, none, only, stay

WOMAN = {"born": "1952-05-05", "sex": "female"}
FRACTURE = condition("2026-09-01", "S52.501A")


def visit(on="2026-06-01"):
    return stay(on, on, class_code="AMB", disposition="")


def woman(*facts):
    return judged(chart(history(), *facts, **WOMAN))


def test_after_a_fracture_bone_density_or_a_drug_is_asked_for_half_a_year():
    found = only(woman(FRACTURE), "screening.bone_after_fracture")
    assert found.opens_on == day("2026-09-02")
    assert found.ends_on == day("2027-02-28")
    assert none(woman(FRACTURE, fill("2026-09-20", "46041", 90)), "screening.bone_after_fracture")
    assert none(woman(condition("2026-09-01", "S62.501A")), "screening.bone_after_fracture")
    assert none(judged(chart(FRACTURE, born="1980-01-01", sex="female")), "screening.bone_after_fracture")


def test_eyes_with_retinopathy_are_due_each_year():
    seen = fact(FactKind.PROCEDURE, "2025-10-01", "hcpcs S0620", status="completed")
    diabetes = condition("2019-01-01", "E11.9")
    plain = judged(chart(history(), diabetes, seen, born="1970-01-01"))
    ill = judged(chart(history(), diabetes, condition("2020-01-01", "E11.319"), seen, born="1970-01-01"))
    assert only(ill, "screening.eye").opens_on == day("2026-10-01")
    assert none(plain, "screening.eye")


@pytest.mark.parametrize(
    ("rule", "person", "facts"),
    [
        ("screening.aneurysm", {"born": "1958-01-01", "sex": "male"}, [condition("2020-01-01", "Z87.891")]),
        ("screening.prediabetes", {"born": "1980-01-01"}, [condition("2020-01-01", "E66.9"), visit()]),
        ("screening.child_weight", {"born": "2016-01-01"}, [visit()]),
    ],
)
def test_these_are_asked_when_one_speaks_anyway(rule, person, facts):
    found = only(judged(chart(history(), *facts, **person)), rule)
    assert ledger_row(found).tag == ASIDE


def test_the_unconfirmed_ones_say_so():
    found = only(
        judged(chart(history(), condition("2020-01-01", "Z87.891"), born="1958-01-01", sex="male")),
        "screening.aneurysm",
    )
    assert found.arguments["unconfirmed"] == "from_age=65 to_age=75"
    assert none(judged(chart(history(), condition("2020-01-01", "Z87.891"), born="1958-01-01", sex="female")),
                "screening.aneurysm")  # fmt: skip
