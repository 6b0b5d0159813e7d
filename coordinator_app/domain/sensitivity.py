"""How carefully a fact must be handled; a conclusion takes the strictest of what it rests on."""

from collections.abc import Iterable
from enum import IntEnum


class Sensitivity(IntEnum):
    """Ordinary, confidential (HIV, reproductive, behavioral, abuse, genetic), or 42 CFR Part 2."""

    ORDINARY = 0
    CONFIDENTIAL = 1
    PART2 = 2


def strictest(levels: Iterable[Sensitivity]) -> Sensitivity:
    """Return the most careful level of all; ordinary where there is none."""
    return max(levels, default=Sensitivity.ORDINARY)
