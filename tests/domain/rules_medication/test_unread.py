"""Codes nobody can read are counted."""

from coordinator_app.domain.facts import Coding, FactKind
from coordinator_app.domain.rules.data import rule_data
from coordinator_app.domain.rules.drug_unread import unread_drugs
from tests.domain.charts import bundle, chart, fact, fill, shipped
from tests.domain.rules_medication.medicines import takes

STRANGE = (
    fact(FactKind.DISPENSE, "2026-01-01", "ndc 00056017270"),
    fact(FactKind.DISPENSE, "2026-01-02", "rxnorm 999999999"),
    fact(FactKind.DRUG_ORDER, "2026-01-03", "ndc 00000000000"),
    fact(FactKind.DRUG_ORDER, "2026-01-04"),
)


def test_codes_no_table_knows_are_counted_by_system():
    told = unread_drugs(chart(*STRANGE, takes("warfarin", "2026-01-01"), fill("2026-01-01", "485032")), shipped())
    assert told == {"ndc": 2, "rxnorm": 1, "none": 1}


def test_a_sites_own_table_makes_a_code_readable():
    site = rule_data(bundle(), {"product.855332": [Coding("ndc", "0056-0172-70")]})
    assert unread_drugs(chart(*STRANGE), site) == {"ndc": 1, "rxnorm": 1, "none": 1}
