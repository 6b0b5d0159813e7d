"""How long to wait until the next round: less while somebody works here, more while the centre refuses."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

IN_USE = timedelta(seconds=90)
AT_REST = timedelta(minutes=5)
LONGEST = timedelta(minutes=30)
SPREAD = 0.2
"""Give or take so much of a pause: thousands of seats must not come at once."""


@dataclass(frozen=True, slots=True)
class Pausing:
    """Counts how often in a row the centre was not reached; ``chance`` gives numbers from 0 up to 1."""

    chance: Callable[[], float]
    missed: int = 0

    def reached(self) -> "Pausing":
        """Return what comes after a round that reached the centre."""
        return replace(self, missed=0)

    def refused(self) -> "Pausing":
        """Return what comes after a round that did not."""
        return replace(self, missed=self.missed + 1)

    @property
    def is_backing_off(self) -> bool:
        """Say whether only a person, or the time, asks for the next round."""
        return self.missed > 0

    def next(self, *, is_in_use: bool) -> timedelta:
        """Return the pause until the next round.

        After a miss it is any time up to a limit that doubles: all who were turned away together come back apart.
        """
        usual = IN_USE if is_in_use else AT_REST
        if self.missed == 0:
            return usual * (1 - SPREAD + 2 * SPREAD * self.chance())
        limit = min(usual * float(1 << min(self.missed - 1, 10)), LONGEST)
        return max(limit * self.chance(), timedelta(seconds=5))
