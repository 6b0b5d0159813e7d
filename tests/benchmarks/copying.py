"""First copies against their floors."""

import time
from contextlib import closing
from pathlib import Path
from statistics import median

from coordinator_app.bootstrap import central, profiles
from coordinator_app.bootstrap.desk import build_desk
from coordinator_app.domain.ranked import Tab
from tests.benchmarks.figures import Figure, Spent, clocked, middle
from tests.benchmarks.floors import floor_two, naked_floor
from tests.benchmarks.stage import PASSPHRASE, Stage


def copy_figures(stage: Stage, login: str, people: int, limit: float, times: int) -> tuple[list[Figure], Path]:
    """Copy a panel ``times`` times, beside both floors in the same rounds; return the last workstation too."""
    password, held = stage.coordinator(login, people)
    copies: list[Spent] = []
    floors: list[Spent] = []
    usable, naked = [], []
    folder, rows = Path(), 0
    for turn in range(times):
        if turn:
            password = central.staffing(stage.url).reset(login)
        folder = stage.enroll(login, password)
        if turn + 1 < times:
            folder = folder.rename(folder.with_name(f"{login}-{turn}"))
        taken, first = _copy(folder)
        copies.append(taken)
        usable.append(first)
        with closing(profiles.unlock(folder, PASSPHRASE)) as opened:
            _, secret = opened.credentials()
        floor, rows = floor_two(stage.enroll_url, login, secret, stage.folder)
        floors.append(floor)
        naked.append(naked_floor(stage.enroll_url, login, secret, stage.folder))
    copied, floor = middle(copies), middle(floors)
    ratio = median(one.wall / other.wall for one, other in zip(copies, floors, strict=True))
    said = f"{rows:,} rows, {times} times; computed {copied.cpu:.2f} s"
    floors_said = (
        f"F2 {floor.wall:.2f} s, computed {floor.cpu:.2f} s (x{copied.cpu / floor.cpu:.2f}); "
        f"naked psql + sqlite3 {median(naked):.2f} s"
    )
    return [
        Figure(f"first copy of {held:,} people", copied.wall, "s", limit, said),
        Figure("  against F2 of the same round", ratio, "x", 2.0, floors_said),
        Figure("  until the list can be used", median(usable), "s", 5.0),
    ], folder


def _copy(folder: Path) -> tuple[Spent, float]:
    with closing(profiles.unlock(folder, PASSPHRASE)) as opened:
        desk = build_desk(opened.store)
        rounds = profiles.rounds_of(opened, desk)
        begun = time.perf_counter()
        first: list[float] = []

        def watch(*_: object) -> None:
            if not first and desk.queue.page(Tab.CALL_TODAY, limit=20).rows:
                first.append(time.perf_counter() - begun)

        taken = clocked(lambda: rounds.run(progress=watch))
    return taken, first[0] if first else taken.wall
