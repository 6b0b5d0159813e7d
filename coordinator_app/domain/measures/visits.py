"""Visits that make a person countable: somebody saw them, within the period."""

from collections.abc import Iterator

from coordinator_app.domain.facts import Coding, Fact, FactKind
from coordinator_app.domain.measures import oids
from coordinator_app.domain.measures.days import is_within, overlaps
from coordinator_app.domain.measures.statuses import BEGUN, FINISHED
from coordinator_app.domain.measures.view import View

Members = tuple[str | Coding, ...]

ADULT: Members = (
    oids.OFFICE,
    oids.WELLNESS,
    oids.ADULT_AGAIN,
    oids.ADULT_FIRST,
    oids.AT_HOME,
    oids.VIRTUAL,
    oids.TELEPHONE,
)

_ONLY_FINISHED_FROM = 2026


def took_place(view: View) -> frozenset[str]:
    """Return the statuses of a visit that took place; before the measures of 2026 one may still be going on."""
    return FINISHED if view.end.year >= _ONLY_FINISHED_FROM else BEGUN


def visits(view: View, *words: str, status: frozenset[str] | None = None) -> Iterator[Fact]:
    """Yield the visits that lie within the period; a measure may have its own word on statuses."""
    for visit in view.of(FactKind.ENCOUNTER, *words, status=status or took_place(view)):
        if is_within(visit, view.start, view.end):
            yield visit


def came(view: View, *words: str, status: frozenset[str] | None = None) -> bool:
    """Say whether there was such a visit within the period."""
    return next(visits(view, *words, status=status), None) is not None


def touched(view: View, *words: str) -> bool:
    """Say whether such a visit or stay overlapped the period."""
    return any(
        overlaps(visit, view.start, view.end) for visit in view.of(FactKind.ENCOUNTER, *words, status=took_place(view))
    )
