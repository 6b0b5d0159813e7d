"""Questions about results: whether one was given, and how it was found."""

from collections.abc import Iterator

from coordinator_app.domain.facts import Fact, FactKind
from coordinator_app.domain.measures.statuses import FINAL
from coordinator_app.domain.measures.view import View

SURVEY, LABORATORY, EXAM = "survey", "laboratory", "exam"

_ASKS_CATEGORY_UNTIL = 2025


def has_value(finding: Fact) -> bool:
    """Say whether a test or an assessment came back with anything."""
    return finding.value_number is not None or finding.value_coding is not None or bool(finding.value_text)


def found_by(view: View, way: str, *words: str) -> Iterator[Fact]:
    """Yield final findings; up to the measures of 2025 not those that say they were found in another way.

    A finding that does not say how it was found is taken: most feeds do not.
    """
    asks = view.end.year <= _ASKS_CATEGORY_UNTIL
    for finding in view.of(FactKind.OBSERVATION, *words, status=FINAL):
        if not asks or finding.category in (way, ""):
            yield finding
