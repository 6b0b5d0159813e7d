"""The first paint of the Today list: from the wish to see it to its rows on the screen, in the real window."""

import time
from contextlib import closing
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
from typing_extensions import override

from coordinator_app.bootstrap import profiles
from coordinator_app.bootstrap.desk import Desk, build_desk
from coordinator_app.bootstrap.desktop import Around, Desktop
from coordinator_app.bootstrap.screens import today
from coordinator_app.bootstrap.window import application, dressed
from coordinator_app.domain.ranked import Tab
from coordinator_app.ui.screens.today.list_side import ListSide
from coordinator_app.ui.shared.courier import Courier, LanesClosed
from coordinator_app.ui.shared.theme import Theme
from tests.benchmarks.figures import Spent, clocked
from tests.benchmarks.stage import PASSPHRASE

PATIENCE = 30.0

# Most invented people have nothing open; a list of everybody lends them the rows of those who have.
_FILL = """
INSERT INTO rank (member_id, tier, points, due_on, rank, state, computed_for, shown)
SELECT m.id, r.tier, r.points, r.due_on, r.rank, 'call_today', r.computed_for, r.shown
  FROM (SELECT id, row_number() OVER (ORDER BY id) - 1 AS n FROM member
         WHERE id NOT IN (SELECT member_id FROM rank)) AS m
  JOIN (SELECT *, row_number() OVER (ORDER BY member_id) - 1 AS n, count(*) OVER () AS of FROM rank
         WHERE state = 'call_today') AS r ON r.n = m.n % r.of
"""


class _Watch(QObject):
    """Notes when the list was painted with rows in it."""

    def __init__(self, side: ListSide) -> None:
        super().__init__()
        self._side, self.is_painted = side, False
        side.rows.viewport().installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is not QEvent.Type.Paint or self.is_painted or not self._side.rows.rows.rowCount():
            return False
        self._side.rows.viewport().removeEventFilter(self)
        self._side.rows.viewport().event(event)
        self.is_painted = True
        return True


def first_paints(folder: Path, times: int) -> tuple[list[Spent], int]:
    """Open the window ``times`` times on a list of everybody; what showing it took, and how many rows it has."""
    app = application()
    theme = dressed(app, "light")
    with closing(profiles.unlock(folder, PASSPHRASE)) as opened, opened.store.saving() as connection:
        connection.exec_driver_sql(_FILL)
        connection.commit()
    spent, total = [], 0
    for _ in range(times):
        with closing(profiles.unlock(folder, PASSPHRASE)) as opened:
            desk = build_desk(opened.store)
            total = desk.queue.page().counts[Tab.CALL_TODAY]
            spent.append(_first_paint(app, theme, desk))
    return spent, total


def _first_paint(app: QApplication, theme: Theme, desk: Desk) -> Spent:
    faults: list[BaseException] = []
    courier = Courier(lambda error: None if isinstance(error, LanesClosed) else faults.append(error))
    desktop = Desktop(Around(app, theme, courier, lambda _: None, builders=(today.build,)), desk, "A nurse")
    desktop.window.resize(1440, 900)
    (side,) = desktop.window.findChildren(ListSide)
    watch = _Watch(side)

    def show() -> None:
        until = time.monotonic() + PATIENCE
        desktop.begin()
        while not watch.is_painted and not faults and time.monotonic() < until:
            app.processEvents()

    spent = clocked(show)
    desktop.window.hide()
    desktop.finish()
    for part in (desktop.hush, desktop.idle, desktop.window):
        part.deleteLater()
    app.processEvents()
    if not watch.is_painted:
        raise AssertionError("the list was not painted") from next(iter(faults), None)
    return spent
