"""What a measure is, and the counts it ends in."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from coordinator_app.domain.facts import Coding
from coordinator_app.domain.measures.view import View

INITIAL = "initial-population"
DENOMINATOR = "denominator"
EXCLUSION = "denominator-exclusion"
NUMERATOR = "numerator"
EXCEPTION = "denominator-exception"


@dataclass(frozen=True, slots=True)
class Place:
    """Where one unit of the initial population stands: a person, or one visit."""

    denominator: bool = True
    excluded: bool = False
    numerator: bool = False
    excepted: bool = False


NOBODY: tuple[Place, ...] = ()
EXCLUDED: tuple[Place, ...] = (Place(excluded=True),)
MET: tuple[Place, ...] = (Place(numerator=True),)
UNMET: tuple[Place, ...] = (Place(),)
EXCEPTED: tuple[Place, ...] = (Place(excepted=True),)

Groups = Mapping[str, Sequence[Place]]
Counts = Mapping[str, Mapping[str, int]]
Sets = Mapping[str, tuple[str | Coding, ...]]


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure for the calendar years it holds for; ``sets`` name what it must be able to recognize."""

    id: str
    topic: str
    sets: Sets
    judge: Callable[[View], Groups]
    first_year: int = 0
    last_year: int = 9999


def met(*, numerator: bool, excepted: bool = False) -> tuple[Place, ...]:
    """Return the place of one person in the denominator."""
    if numerator:
        return MET
    return EXCEPTED if excepted else UNMET


def tally(groups: Groups) -> dict[str, dict[str, int]]:
    """Count each population on its own, after what outranks it: denominator, exclusion, numerator, exception."""
    return {group: _counted(places) for group, places in groups.items()}


def _counted(places: Sequence[Place]) -> dict[str, int]:
    denominator = [place for place in places if place.denominator]
    kept = [place for place in denominator if not place.excluded]
    return {
        INITIAL: len(places),
        DENOMINATOR: len(denominator),
        EXCLUSION: len(denominator) - len(kept),
        NUMERATOR: sum(place.numerator for place in kept),
        EXCEPTION: sum(place.excepted and not place.numerator for place in kept),
    }
