"""One figure against its limit, and how it is printed."""

import os
import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """A median in ``unit`` with the limit it has to keep; ``of`` says what it is a ratio of, if it is one.

    What counts is few, unless ``more_is_better``: then the limit is the least.
    """

    name: str
    value: float
    unit: str
    limit: float | None = None
    of: str = ""
    more_is_better: bool = False

    @property
    def is_kept(self) -> bool:
        """Whether the limit is kept; a figure without one always is."""
        if self.limit is None:
            return True
        return self.value >= self.limit if self.more_is_better else self.value <= self.limit

    def line(self) -> str:
        """Return the figure as a line of the table."""
        bound = (
            "" if self.limit is None else f"{'least' if self.more_is_better else 'limit'} {self.limit:g} {self.unit}"
        )
        verdict = "" if self.limit is None else ("ok" if self.is_kept else "OVER")
        return f"{self.name:<58}{self.value:>10.3f} {self.unit:<4} {bound:<18} {verdict:<5} {self.of}".rstrip()


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds on the clock, and seconds this process computed: the second hardly knows what else the machine does."""

    wall: float
    cpu: float


def clocked(act: Callable[[], object]) -> Spent:
    """Run an act and return what it took."""
    wall, cpu = time.perf_counter(), time.process_time()
    act()
    return Spent(time.perf_counter() - wall, time.process_time() - cpu)


def middle(spent: Iterable[Spent]) -> Spent:
    """Return the medians."""
    each = list(spent)
    return Spent(statistics.median(one.wall for one in each), statistics.median(one.cpu for one in each))


def repeated(times: int, act: Callable[[], object]) -> Spent:
    """Run an act several times and return the medians."""
    return middle(clocked(act) for _ in range(times))


def timed(name: str, spent: Spent, limit: float | None = None) -> Figure:
    """Return a figure of milliseconds."""
    return Figure(name, spent.wall * 1000, "ms", limit, f"computed {spent.cpu * 1000:.1f} ms")


def busy() -> str:
    """Return how busy the machine is beside us: runnable processes over the last minute, and cores."""
    return f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"


def show(title: str, figures: Sequence[Figure]) -> None:
    """Print a section."""
    print(f"\n{title} ({busy()})", flush=True)
    for figure in figures:
        print(f"  {figure.line()}", flush=True)
