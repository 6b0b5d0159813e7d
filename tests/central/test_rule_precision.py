"""A rule often called wrong is flagged; it is never switched off by itself."""

import pytest

from coordinator_app.central.rule_precision import RulePrecision


@pytest.mark.parametrize(
    ("answered", "wrong", "is_flagged"),
    [(29, 29, False), (30, 6, False), (30, 7, True), (100, 20, False), (100, 21, True)],
)
def test_a_rule_is_flagged_over_a_fifth_of_thirty_answers_or_more(answered, wrong, is_flagged):
    assert RulePrecision("refill.late", answered, wrong).is_flagged is is_flagged
