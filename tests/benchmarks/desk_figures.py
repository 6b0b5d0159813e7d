"""What a nurse waits for at her desk: ranks, saves, lists, quiet rounds."""

import gc
import os
from contextlib import closing
from dataclasses import replace
from functools import partial
from itertools import cycle
from pathlib import Path
from unittest.mock import patch

from coordinator_app.bootstrap import profiles
from coordinator_app.bootstrap.desk import Desk, build_desk
from coordinator_app.domain.activity import Outcome
from coordinator_app.domain.ids import MemberId
from coordinator_app.domain.outreach.ledger import MemberStanding
from coordinator_app.domain.outreach.queue import build_queue
from coordinator_app.domain.ranked import Tab
from coordinator_app.services import ranking
from coordinator_app.services.call_logging import CallForm
from tests.benchmarks.figures import Figure, clocked, middle, repeated, timed
from tests.benchmarks.stage import PASSPHRASE

CALLS = 60


def ranking_figures(folder: Path) -> list[Figure]:
    """Rank everybody from rows in memory, as the rank's writer does; then everybody with a reason."""
    with closing(profiles.unlock(folder, PASSPHRASE)) as opened:
        desk = build_desk(opened.store)
        with patch.object(ranking, "build_queue", wraps=build_queue) as asked:
            whole = repeated(3, desk.queue.rewrite)
    listed, now, terms = asked.call_args.args
    people = list(listed)
    lent = cycle([each.rows for each in people if each.rows])
    busy = [each if each.rows else _lent(each, next(lent)) for each in people]
    gc.collect()
    # The window collects once a second on its own, between other work.
    gc.disable()
    try:
        all_as_they_are = repeated(9, lambda: build_queue(people, now, terms))
        all_with_reasons = repeated(9, lambda: build_queue(busy, now, terms))
    finally:
        gc.enable()
    rows = sum(len(each.rows) for each in people)
    return [
        timed(f"rank {len(people):,} people with {rows:,} rows in memory", all_as_they_are, 150),
        timed("  and if every one of them had reasons", all_with_reasons),
        timed("  read, rank and write the whole list", whole),
    ]


def save_figures(folder: Path) -> list[Figure]:
    """Save calls on the real store: until they are on the disk, the row's new place included."""
    with closing(profiles.unlock(folder, PASSPHRASE)) as opened:
        desk = build_desk(opened.store)
        people = _called(desk)
        record = desk.calls.record
        spent = middle(clocked(partial(record, CallForm(each, Outcome.NO_ANSWER))) for each in people)
    return [timed(f"save a call ({len(people)} calls)", spent, 10)]


def quiet_figures(folder: Path) -> list[Figure]:
    """Run rounds in which nothing is new."""
    with closing(profiles.unlock(folder, PASSPHRASE)) as opened:
        rounds = profiles.rounds_of(opened, build_desk(opened.store))
        rounds.run()
        return [timed("a round with nothing new", repeated(9, rounds.run), 150)]


def paint_figures(folder: Path) -> list[Figure]:
    """Read the first rows and paint the list: the window's own classes, on no screen."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from tests.benchmarks.painting import first_paints

    spent, total = first_paints(folder, 6)
    return [
        timed(f"first paint of a list of {total:,}, its first 200 rows read", middle(spent[1:]), 200),
        timed("  the first window of a process", spent[0]),
    ]


def _called(desk: Desk) -> list[MemberId]:
    tabs = (Tab.CALL_TODAY, Tab.DUE_SOON)
    return [row.member_id for tab in tabs for row in desk.queue.page(tab, limit=CALLS).rows][:CALLS]


def _lent(person: MemberStanding, rows: object) -> MemberStanding:
    return replace(person, rows=rows)  # type: ignore[arg-type]
