import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from threading import Event
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from coordinator_app.domain.trouble import Refusal, Trouble
from coordinator_app.jobs.sync_round import SyncRound
from coordinator_app.jobs.timetable import Timetable
from coordinator_app.sync.exchange import Received
from coordinator_app.sync.rounds import Report


@pytest.fixture
def timetable() -> Iterator[Timetable]:
    made = Timetable()
    yield made
    made.stop()


def test_work_is_put_on_the_lane_and_not_done_by_the_timetable(timetable: Timetable) -> None:
    came, lane = Event(), []
    worked = []

    def put_on_lane(work: Any) -> None:
        lane.append(work)
        came.set()

    timetable.every("sync", timedelta(hours=1), lambda: worked.append(1), put_on_lane, jitter=timedelta(minutes=1))
    timetable.start()
    timetable.do_now("sync")
    assert came.wait(10)
    assert worked == []
    lane[0]()
    assert worked == [1]


def test_a_name_stands_for_one_job(timetable: Timetable) -> None:
    for hour in (1, 2):
        timetable.daily("new day", datetime(2026, 1, 1, hour, tzinfo=ZoneInfo("America/New_York")), int, lambda _: None)
    timetable.start()
    assert timetable.names == ("new day",)


def test_a_timetable_that_never_began_can_be_ended() -> None:
    Timetable().stop()


class WeatherRounds:
    """Rounds that end as they are told to."""

    def __init__(self, end: Report | Exception) -> None:
        self.end = end

    def run(self, is_stopped: Any, progress: Any = None) -> Report:
        if isinstance(self.end, Exception):
            raise self.end
        assert not is_stopped()
        return self.end


def made(end: Report | Exception, heard: list[object]) -> SyncRound:
    return SyncRound(WeatherRounds(end), heard.append, heard.append)  # type: ignore[arg-type]


def test_a_round_is_announced_reached_or_not(caplog: pytest.LogCaptureFixture) -> None:
    heard: list[object] = []
    report = Report(Received(as_of=datetime.now(UTC)), 3, "offline", ())
    with caplog.at_level(logging.INFO):
        made(report, heard)()
    assert heard == [report]


@pytest.mark.parametrize("trouble", [Trouble("server_error", "It broke."), Refusal("login_refused", "No.")])
def test_trouble_is_told_and_never_raised_into_the_lane(trouble: Exception, caplog: pytest.LogCaptureFixture) -> None:
    heard: list[object] = []
    with caplog.at_level(logging.WARNING):
        made(trouble, heard)()
    assert heard == [trouble]
    assert [record.msg for record in caplog.records] == ["sync put off"]


def test_a_defect_of_ours_is_not_swallowed() -> None:
    with pytest.raises(ZeroDivisionError):
        made(ZeroDivisionError(), [])()
