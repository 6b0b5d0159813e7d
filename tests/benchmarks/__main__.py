"""Runs the benchmarks, `python -m tests.benchmarks [--people N] [--quick]`; exit code 1 where a limit is not kept."""

import argparse
import sys

from tests.benchmarks.copying import copy_figures
from tests.benchmarks.crowds import morning_figures, storm_figures
from tests.benchmarks.desk_figures import paint_figures, quiet_figures, ranking_figures, save_figures
from tests.benchmarks.figures import Figure, show
from tests.benchmarks.judging import judging_figures
from tests.benchmarks.memory import memory_figures
from tests.benchmarks.policies import policy_figures
from tests.benchmarks.pushing import poll_figures, push_figures
from tests.benchmarks.returning import return_figures
from tests.benchmarks.rules import rule_figures
from tests.benchmarks.stage import stage
from tests.benchmarks.window_thread import window_figures


def main() -> int:
    """Print every section and say whether all limits are kept."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=17_000)
    parser.add_argument("--quick", action="store_true", help="one round of each first copy")
    given = parser.parse_args()
    found: list[Figure] = []

    def section(title: str, figures: list[Figure]) -> None:
        show(title, figures)
        found.extend(figures)

    seats = 20 if given.quick else 200
    section("Rules alone", rule_figures())
    section("Memory", memory_figures((given.people // 10, given.people)))
    with stage() as centre:
        made = centre.people(given.people)
        section("Making people", [Figure(f"make and load {given.people:,} people", made, "s", 60)])
        section("Judging", judging_figures(centre, given.people))
        small, desk = copy_figures(centre, "panel", min(1_000, given.people), 6, 1 if given.quick else 3)
        section("A coordinator's panel", [*small, *quiet_figures(desk), *save_figures(desk)])
        large, desk = copy_figures(centre, "everybody", given.people, 90, 1 if given.quick else 3)
        section("Everybody", [*large, *ranking_figures(desk), *paint_figures(desk)])
        # From here on calls are sent about everybody: nobody is left to be called today.
        some = min(3_000, given.people)
        middle, desk = copy_figures(centre, "three_thousand", some, 20, 1 if given.quick else 3)
        section("Three thousand", [*middle, *return_figures(centre, desk), *window_figures(centre, some)])
        section("Polls and policies", [*poll_figures(centre, some), *policy_figures(centre, some)])
        section("Pushes", push_figures(centre, 5 if given.quick else 20))
        section("Many at once", [*morning_figures(centre, seats), *storm_figures(centre, seats * 2)])
    return 0 if all(figure.is_kept for figure in found) else 1


if __name__ == "__main__":
    sys.exit(main())
