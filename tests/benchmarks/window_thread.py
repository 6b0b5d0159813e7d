"""What a first copy leaves of the window's thread: each pass of its event loop, by the clock and by its own work."""

import os
import time
from contextlib import closing
from pathlib import Path

from coordinator_app.bootstrap import profiles
from coordinator_app.bootstrap.desk import build_desk
from tests.benchmarks.figures import Figure
from tests.benchmarks.stage import PASSPHRASE, Stage

PATIENCE = 300.0
BREATH = 0.001
IDLE = 0.000_1


def window_figures(stage: Stage, people: int) -> list[Figure]:
    """Open the window on an empty store and let the first copy run under it."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    password, held = stage.coordinator("watched", people)
    folder = stage.enroll("watched", password)
    passes, copied = _watched(folder)
    walls, own = sorted(wall for wall, _ in passes), sorted(cpu for _, cpu in passes)
    late = walls[int(len(walls) * 0.99)] * 1000
    said = f"{len(passes):,} passes while {copied:,} of {held:,} people came; longest {walls[-1] * 1000:.0f} ms"
    return [
        Figure("the window's thread in a first copy, longest own work", own[-1] * 1000, "ms", 50, said),
        Figure("  99 of 100 passes by the clock", late, "ms", 50),
    ]


def _watched(folder: Path) -> tuple[list[tuple[float, float]], int]:
    from coordinator_app.bootstrap.desktop import Around, Desktop
    from coordinator_app.bootstrap.window import application, dressed
    from coordinator_app.ui.shared.courier import Courier, LanesClosed

    app = application()
    theme = dressed(app, "light")
    faults: list[BaseException] = []
    passes: list[tuple[float, float]] = []
    over: list[object] = []
    with closing(profiles.unlock(folder, PASSPHRASE)) as opened:
        desk = build_desk(opened.store)
        courier = Courier(lambda error: None if isinstance(error, LanesClosed) else faults.append(error))
        around = Around(app, theme, courier, lambda _: None, rounds=profiles.rounds_of(opened, desk))
        desktop = Desktop(around, desk, "A nurse")
        desktop.window.resize(1440, 900)
        desktop.begin()
        # The window itself is built and painted; from here on only what the copy causes is counted.
        for _ in range(5):
            app.processEvents()
        desktop.syncing.reported.connect(over.append)
        until = time.monotonic() + PATIENCE
        while not over and not faults and time.monotonic() < until:
            wall, cpu = time.perf_counter(), time.thread_time()
            app.processEvents()
            spent = (time.perf_counter() - wall, time.thread_time() - cpu)
            # What found nothing to do is no work and would hide what did.
            if spent[1] > IDLE:
                passes.append(spent)
            time.sleep(BREATH)
        copied = desk.status.now().members
        desktop.window.hide()
        desktop.finish()
        for part in (desktop.hush, desktop.idle, desktop.window):
            part.deleteLater()
        app.processEvents()
    if not over:
        raise AssertionError("the copy did not end") from next(iter(faults), None)
    return passes, copied
