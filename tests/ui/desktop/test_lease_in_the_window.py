"""The lease in the window: said before it takes anything, and a lock that only the centre opens."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from coordinator_app.services.touched import Touched
from coordinator_app.storage.local import profile
from tests.ui.desktop.conftest import PASSPHRASE
from tests.ui.screens.sample_people import NOW

DAY = timedelta(days=1)


@pytest.fixture
def stand(desktop, sample, qtbot):
    """Let days go by since the centre was last reached, and the window look."""

    def after(days: float, renewed: float = 0) -> None:
        with sample.store.saving() as connection:
            profile.write(connection, {profile.LEASE: (NOW + (renewed + 7) * DAY).isoformat(), profile.SKEW_MS: 0})
            connection.commit()
        sample.now = NOW + days * DAY
        desktop.minutes.look()
        desktop.noticeboard.post(Touched.SYNC)
        courier = desktop.parts.courier
        qtbot.waitUntil(lambda: courier.is_idle)
        QApplication.processEvents()
        qtbot.waitUntil(lambda: courier.is_idle)
        QApplication.processEvents()

    return after


def unlock(desktop, qtbot):
    QTest.keyClicks(desktop.curtain.field.line, PASSPHRASE)
    QTest.keyClick(desktop.curtain.field.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: desktop.parts.courier.is_idle)
    QApplication.processEvents()


def test_the_status_bar_says_days_ahead_what_will_pause(desktop, stand):
    stand(3)
    assert "Not synced for days" not in desktop.window.status._status.words
    stand(5)
    assert desktop.window.status._status.words == "Not synced for days: booking and letters pause on 1-Dec-2026"


def test_after_a_week_the_status_bar_says_what_is_still_saved(desktop, stand):
    stand(8)
    status = desktop.window.status._status
    assert status.words == "Calls, notes and teaching only. Locked on 8-Dec-2026 unless it syncs"
    assert status.is_offline
    assert not desktop.curtain.is_closed


def test_after_two_weeks_the_passphrase_alone_opens_nothing(desktop, stand, qtbot, faults):
    stand(14.5)
    assert desktop.curtain.is_closed
    assert desktop.curtain._title.text() == "Locked until this computer reaches the center"
    unlock(desktop, qtbot)
    assert desktop.curtain.is_closed
    assert "two weeks" in desktop.curtain.field.error
    stand(14.5, renewed=14.5)
    unlock(desktop, qtbot)
    assert not desktop.curtain.is_closed
    faults.clear()


def test_a_clock_set_back_is_said_as_what_it_is(desktop, stand, faults):
    stand(6)
    stand(5)
    assert desktop.curtain._title.text() == "Locked: the clock was set back. It opens after the next sync"
    faults.clear()
