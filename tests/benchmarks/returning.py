"""Back after five days without a network: 400 acts out, 20,000 changes in; and what opening a store takes."""

from contextlib import closing
from functools import partial
from itertools import cycle, islice
from pathlib import Path

from sqlalchemy import text

from coordinator_app.bootstrap import profiles
from coordinator_app.bootstrap.desk import build_desk
from coordinator_app.domain.activity import Outcome
from coordinator_app.domain.ids import MemberId, new_id
from coordinator_app.domain.ranked import Tab
from coordinator_app.services.call_logging import CallForm
from coordinator_app.storage.central.address import address_of
from coordinator_app.storage.central.engine import open_service, transaction
from tests.benchmarks.figures import Figure, clocked, repeated, timed
from tests.benchmarks.stage import PASSPHRASE, Stage

ACTS = 400
CHANGES = 20_000

_FIVE_DAYS = """
UPDATE care.fact SET display = :word WHERE id IN (
    SELECT id FROM care.fact WHERE panel_id = ANY (CAST(:panels AS uuid[])) ORDER BY id LIMIT :most)
"""


def return_figures(stage: Stage, folder: Path) -> list[Figure]:
    """Work offline, change much at the centre, then run one round; the panel was copied before."""
    unlocked = repeated(5, lambda: profiles.unlock(folder, PASSPHRASE).close())
    with closing(profiles.unlock(folder, PASSPHRASE)) as opened:
        desk = build_desk(opened.store)
        rounds = profiles.rounds_of(opened, desk)
        rounds.run()
        panels = [place["panel_id"] for place in _places(opened.store)]
        record = desk.calls.record
        called = [row.member_id for tab in Tab for row in desk.queue.page(tab, limit=ACTS).rows]
        for member in islice(cycle(called), ACTS):
            record(CallForm(MemberId(member), Outcome.NO_ANSWER))
        with transaction(open_service(address_of(stage.url), "loader")) as connection:
            told = {"word": new_id(), "panels": "{" + ",".join(panels) + "}", "most": CHANGES}
            changed = connection.execute(text(_FIVE_DAYS), told).rowcount
        waiting = desk.status.now().waiting
        came = []
        spent = clocked(partial(_round, rounds, came))
    report = came[0]
    said = f"{waiting} acts out, {changed:,} rows of {report.received.members:,} people in; computed {spent.cpu:.2f} s"
    return [
        Figure("back after five days", spent.wall, "s", 10, said),
        Figure("  acts not taken", float(report.waiting), "", 0),
        timed("unlock a store", unlocked, 1_500),
    ]


def _round(rounds: object, came: list) -> None:  # type: ignore[type-arg]
    came.append(rounds.run())  # type: ignore[attr-defined]


def _places(store: object) -> list[dict[str, str]]:
    with store.reading() as connection:  # type: ignore[attr-defined]
        return [dict(row._mapping) for row in connection.exec_driver_sql("SELECT panel_id FROM feed_place")]
