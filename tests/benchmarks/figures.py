"""One figure against its limit, and how it is printed."""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """A median in ``unit`` with the limit it has to keep; ``of`` says what it is a ratio of, if it is one."""

    name: str
    value: float
    unit: str
    limit: float | None = None
    of: str = ""

    @property
    def is_kept(self) -> bool:
        """Whether the limit is kept; a figure without one always is."""
        return self.limit is None or self.value <= self.limit

    def line(self) -> str:
        """Return the figure as a line of the table."""
        bound = "" if self.limit is None else f"limit {self.limit:g} {self.unit}"
        verdict = "" if self.limit is None else ("ok" if self.is_kept else "OVER")
        return f"{self.name:<58}{self.value:>10.3f} {self.unit:<4} {bound:<18} {verdict:<5} {self.of}".rstrip()


def median_seconds(times: int, act: Callable[[], object]) -> float:
    """Run an act several times and return the median of its seconds."""
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        act()
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken)


def show(title: str, figures: Sequence[Figure]) -> None:
    """Print a section."""
    print(f"\n{title}", flush=True)
    for figure in figures:
        print(f"  {figure.line()}", flush=True)
