"""What a nurse waits for at her desk: ranks, saves, lists, quiet rounds."""

import time
from contextlib import closing
from pathlib import Path
from statistics import median
from unittest.mock import patch

from coordinator_app.bootstrap import workstation
from coordinator_app.bootstrap.desk import build_desk
from coordinator_app.domain.activity import Outcome
from coordinator_app.domain.outreach.queue import build_queue
from coordinator_app.domain.ranked import Tab
from coordinator_app.services import ranking
from coordinator_app.services.call_logging import CallForm
from tests.benchmarks.figures import Figure, median_seconds
from tests.benchmarks.stage import PASSPHRASE


def ranking_figures(folder: Path) -> list[Figure]:
    """Rank everybody from rows in memory, as ``build_queue`` is used by the rank's writer."""
    with closing(workstation.unlock(folder, PASSPHRASE)) as opened:
        desk = build_desk(opened.store)
        with patch.object(ranking, "build_queue", wraps=build_queue) as asked:
            desk.queue.rewrite()
    listed, now, terms = asked.call_args.args
    people = list(listed)
    seconds = median_seconds(7, lambda: build_queue(people, now, terms))
    return [Figure(f"rank {len(people):,} people from rows in memory", seconds * 1000, "ms", 150)]


def save_figures(folder: Path) -> list[Figure]:
    """Save calls on the real store: the commit as the nurse feels it, ranking of the row included."""
    with closing(workstation.unlock(folder, PASSPHRASE)) as opened:
        desk = build_desk(opened.store)
        people = [row.member_id for row in desk.queue.page(Tab.CALL_TODAY, limit=60).rows]
        people += [row.member_id for row in desk.queue.page(Tab.DUE_SOON, limit=60).rows]
        taken = []
        for member_id in people[:60]:
            begun = time.perf_counter()
            desk.calls.record(CallForm(member_id, Outcome.NO_ANSWER))
            taken.append(time.perf_counter() - begun)
    return [Figure(f"save a call, {len(taken)} of them", median(taken) * 1000, "ms", 10)]


def quiet_figures(folder: Path) -> list[Figure]:
    """Run rounds in which nothing is new."""
    with closing(workstation.unlock(folder, PASSPHRASE)) as opened:
        rounds = workstation.rounds_of(opened, build_desk(opened.store))
        rounds.run()
        seconds = median_seconds(9, rounds.run)
    return [Figure("a round with nothing new", seconds * 1000, "ms", 150)]


def paint_figures(folder: Path) -> list[Figure]:
    """Read the first rows and paint the list; the window's own classes, offscreen."""
    import os

    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from tests.benchmarks.painting import first_paint_seconds

    with closing(workstation.unlock(folder, PASSPHRASE)) as opened:
        seconds, total = first_paint_seconds(build_desk(opened.store))
    return [Figure(f"first paint of a list of {total:,} with its first rows read", seconds * 1000, "ms", 200)]
