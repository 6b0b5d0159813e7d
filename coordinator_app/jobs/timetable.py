"""When things are done by themselves. APScheduler lives here only; a job puts work on a lane and does none itself."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

log = logging.getLogger(__name__)

Work = Callable[[], object]
PutOnLane = Callable[[Work], object]
"""Takes work that will be done in its turn, on the lane that may do it."""


class Timetable:
    """Rounds at their times; after a sleep all that were missed fall into one."""

    def __init__(self) -> None:
        self._scheduler = BackgroundScheduler(
            timezone=UTC,
            executors={"default": ThreadPoolExecutor(1)},
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )

    def every(
        self, name: str, pause: timedelta, work: Work, put_on_lane: PutOnLane, *, jitter: timedelta = timedelta()
    ) -> None:
        """Do ``work`` after every ``pause``, give or take ``jitter``: thousands of seats must not come at once."""
        self._scheduler.add_job(
            lambda: put_on_lane(work),
            "interval",
            id=name,
            name=name,
            replace_existing=True,
            seconds=pause.total_seconds(),
            jitter=jitter.total_seconds() or None,
        )

    def once(self, name: str, pause: timedelta, work: Work, put_on_lane: PutOnLane) -> None:
        """Do ``work`` once after a pause; the same name said again replaces what was planned."""
        self._scheduler.add_job(
            lambda: put_on_lane(work),
            "date",
            id=name,
            name=name,
            replace_existing=True,
            run_date=datetime.now(UTC) + pause,
        )

    def daily(self, name: str, at: datetime, work: Work, put_on_lane: PutOnLane) -> None:
        """Do ``work`` each day at the wall-clock time of ``at`` in its zone, through changes of the clock."""
        self._scheduler.add_job(
            lambda: put_on_lane(work),
            "cron",
            id=name,
            name=name,
            replace_existing=True,
            hour=at.hour,
            minute=at.minute,
            timezone=at.tzinfo or UTC,
        )

    @property
    def names(self) -> tuple[str, ...]:
        """What is on the timetable."""
        return tuple(sorted(job.id for job in self._scheduler.get_jobs()))

    def do_now(self, name: str) -> None:
        """Bring a job forward; its next time counts from now."""
        self._scheduler.modify_job(name, next_run_time=datetime.now(UTC))

    def start(self) -> None:
        """Begin."""
        self._scheduler.start()

    def stop(self) -> None:
        """End; what is under way on a lane is the lane's to finish."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=True)
