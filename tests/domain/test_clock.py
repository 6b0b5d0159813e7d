"""A wrong clock is told from two minutes, signs nothing from a day, and being set meanwhile changes no offset."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from coordinator_app.domain.clock import ClockWatch, is_off, may_sign

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


class Desk:
    """A computer with two clocks, of which a person can set one."""

    def __init__(self) -> None:
        self.wall, self.steady = NOON, 100.0

    def passes(self, seconds: float) -> None:
        self.wall += timedelta(seconds=seconds)
        self.steady += seconds

    def watch(self) -> ClockWatch:
        return ClockWatch(lambda: self.wall, lambda: self.steady)


def test_a_clock_is_told_to_be_off_from_two_minutes() -> None:
    assert [is_off(timedelta(seconds=each)) for each in (0, 119, 120, -120, -86400)] == [False, False, True, True, True]


def test_nothing_is_signed_from_a_day() -> None:
    day = timedelta(hours=24)
    assert [may_sign(each) for each in (timedelta(), day - timedelta(seconds=1), day, -day)] == [
        True,
        True,
        False,
        False,
    ]


@given(st.floats(0, 1e6), st.integers(-(10**7), 10**7), st.floats(0, 1e6))
def test_what_was_done_to_the_clock_is_seen_however_long_ago(before: float, seconds: int, after: float) -> None:
    desk = Desk()
    watch = desk.watch()
    desk.passes(before)
    desk.wall += timedelta(seconds=seconds)
    desk.passes(after)
    moved = watch.moved()
    assert abs(moved - timedelta(seconds=seconds)) < timedelta(milliseconds=1) or (seconds == 0 and not moved)
    watch.mark()
    assert watch.moved() == timedelta()
