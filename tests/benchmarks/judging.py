"""What the centre computes: everybody complete, and what a feed touched."""

from tests.benchmarks.figures import Figure, clocked, repeated
from tests.benchmarks.stage import AS_OF, Stage

ONE_IN = 100


def judging_figures(centre: Stage, people: int) -> list[Figure]:
    """Judge everybody by all rules, then those of whom a feed told something, in the same process."""
    judging = centre.judging()
    whole = clocked(lambda: judging.run(None, AS_OF, everybody=True))
    again = clocked(lambda: judging.run(None, AS_OF, everybody=True))
    touched = centre.touch(ONE_IN)
    some = clocked(lambda: judging.run(None, AS_OF))
    none = repeated(5, lambda: judging.run(None, AS_OF))
    return [
        Figure(f"judge {people:,} people, all rules, complete", whole.wall, "s", 60, f"computed {whole.cpu:.1f} s"),
        Figure("  again, when nothing is to be written", again.wall, "s", 60, f"computed {again.cpu:.1f} s"),
        Figure(f"  after a feed that touched {touched:,}", some.wall, "s", 3, f"computed {some.cpu:.2f} s"),
        Figure("  when nothing was told", none.wall, "s", 3, f"computed {none.cpu:.2f} s"),
    ]
