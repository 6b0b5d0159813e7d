"""Questions about results: whether one was given, and how it was found."""

from collections.abc import Iterator

from coordinator_app.domain.facts import Fact, FactKind
from coordinator_app.domain.measures.statuses import FINAL
from coordinator_app.domain.measures.view import View

SURVEY, LABORATORY, EXAM, IMAGING = "survey", "laboratory", "exam", "imaging"

_WHY_ABSENT = "absent"
"""The codes that say why there is no value."""

_ASKED_IN = {SURVEY: range(2026), LABORATORY: range(2026), EXAM: range(9999), IMAGING: range(2026, 9999)}
"""The years whose measures ask that a finding was found this way."""


def has_value(finding: Fact) -> bool:
    """Say whether a test or an assessment came back with anything."""
    said = finding.value_coding
    if said is not None and said.system == _WHY_ABSENT:
        return False
    return finding.value_number is not None or said is not None or bool(finding.value_text)


def found_by(view: View, way: str, *words: str) -> Iterator[Fact]:
    """Yield final findings; in the years that ask, not those that say they were found in another way.

    A finding that does not say how it was found is taken: most feeds do not.
    """
    asks = view.end.year in _ASKED_IN[way]
    for finding in view.of(FactKind.OBSERVATION, *words, status=FINAL):
        if not asks or finding.category in (way, ""):
            yield finding


def amount(finding: Fact, unit: str) -> float | None:
    """Return the number of a finding given in a unit; a feed may leave the unit out."""
    return finding.value_number if finding.value_unit in (unit, "") else None
