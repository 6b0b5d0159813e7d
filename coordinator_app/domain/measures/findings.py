"""Questions about results: whether one was given, and what day it speaks for."""

from coordinator_app.domain.facts import Fact


def has_value(finding: Fact) -> bool:
    """Say whether a test or an assessment came back with anything."""
    return finding.value_number is not None or finding.value_coding is not None or bool(finding.value_text)
