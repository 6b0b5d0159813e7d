"""How much memory judging takes at two sizes of population: each in a process of its own, whose peak is read."""

import resource
import subprocess
import sys

from tests.benchmarks.figures import Figure
from tests.benchmarks.stage import AS_OF, Stage, stage

LIMIT_MB = 500


def memory_figures(sizes: tuple[int, ...]) -> list[Figure]:
    """Make people, load and judge them completely, and return the peak of each size."""
    return [Figure(f"load and judge {size:,} people, peak memory", _peak(size), "MB", LIMIT_MB) for size in sizes]


def _peak(people: int) -> float:
    asked = [sys.executable, "-m", "tests.benchmarks.memory", str(people)]
    done = subprocess.run(asked, check=True, capture_output=True, text=True)
    return float(done.stdout.split()[-1])


def _judge(centre: Stage, people: int) -> float:
    centre.people(people)
    centre.judging().run(None, AS_OF, everybody=True)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    with stage() as made:
        print(_judge(made, int(sys.argv[1])))
