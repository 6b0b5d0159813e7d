"""First copies against their floors."""

import time
from contextlib import closing
from pathlib import Path
from statistics import median

from coordinator_app.bootstrap import workstation
from coordinator_app.bootstrap.desk import build_desk
from coordinator_app.domain.ranked import Tab
from tests.benchmarks.figures import Figure
from tests.benchmarks.floors import floor_two, naked_floor
from tests.benchmarks.stage import PASSPHRASE, Stage


def copy_figures(stage: Stage, people: int, limit: float, times: int) -> tuple[list[Figure], Path]:
    """Copy a panel ``times`` times, beside both floors in the same rounds; return the last workstation too."""
    login = f"copier{people}"
    password, held = stage.coordinator(login, people)
    copies, usable, floors, naked = [], [], [], []
    folder, rows = Path(), 0
    for turn in range(times):
        if turn:
            password = _again(stage, login)
        folder = stage.enroll(login, password)
        if turn + 1 < times:
            folder = folder.rename(folder.with_name(f"{login}-{turn}"))
        taken, first = _copy(folder)
        copies.append(taken)
        usable.append(first)
        with closing(workstation.unlock(folder, PASSPHRASE)) as opened:
            _, secret = opened.credentials()
        seconds, rows = floor_two(stage.enroll_url, login, secret, stage.folder)
        floors.append(seconds)
        naked.append(naked_floor(stage.enroll_url, login, secret, stage.folder))
    floor = median(floors)
    said = f"{rows:,} rows; F2 {floor:.2f} s, naked psql + sqlite3 {median(naked):.2f} s"
    return [
        Figure(f"first copy of {held:,} people", median(copies), "s", limit, said),
        Figure(f"first copy of {held:,} people, against F2", median(copies) / floor, "x", 2.0),
        Figure("  until the list can be used", median(usable), "s", 5.0),
    ], folder


def _copy(folder: Path) -> tuple[float, float]:
    with closing(workstation.unlock(folder, PASSPHRASE)) as opened:
        desk = build_desk(opened.store)
        begun = time.perf_counter()
        first: list[float] = []

        def watch(*_: object) -> None:
            if not first and desk.queue.page(Tab.CALL_TODAY, limit=20).rows:
                first.append(time.perf_counter() - begun)

        workstation.rounds_of(opened, desk).run(progress=watch)
        taken = time.perf_counter() - begun
    return taken, first[0] if first else taken


def _again(stage: Stage, login: str) -> str:
    from coordinator_app.bootstrap import central

    return central.staffing(stage.url).reset(login)
