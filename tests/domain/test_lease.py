"""How long a workstation may be used alone, and what a clock that lies does not get."""

from datetime import UTC, datetime, timedelta

import pytest

from coordinator_app.domain.lease import Held, Lease, Standing, held

MONDAY = datetime(2026, 11, 16, 12, tzinfo=UTC)
GRANTED = MONDAY + timedelta(days=7)
SECOND = timedelta(seconds=1)


def lease(seen: datetime | None = MONDAY, ahead: timedelta = timedelta()) -> Lease:
    return Lease(GRANTED, ahead, seen)


@pytest.mark.parametrize(
    ("days", "standing"),
    [(0, Standing.FULL), (7, Standing.NOTES), (14, Standing.LOCKED), (30, Standing.OVER), (364, Standing.OVER)],
)
def test_each_day_allows_what_it_should_and_not_a_second_longer(days: int, standing: Standing) -> None:
    at = MONDAY + timedelta(days=days)
    assert held(lease(), at).standing is standing
    if standing is not Standing.FULL and days < 31:
        assert held(lease(), at - SECOND).standing is Standing(standing - 1)


def test_it_says_when_it_becomes_stricter() -> None:
    assert held(lease(), MONDAY).until == GRANTED
    assert held(lease(), GRANTED).until == MONDAY + timedelta(days=14)
    assert held(lease(), MONDAY + timedelta(days=40)).until is None


def test_the_centres_clock_counts_not_this_computers() -> None:
    slow = lease(ahead=timedelta(hours=3))
    assert held(slow, GRANTED - timedelta(hours=3)).standing is Standing.NOTES
    assert held(slow, GRANTED - timedelta(hours=3) - SECOND).standing is Standing.FULL


def test_a_clock_set_back_opens_nothing() -> None:
    seen = MONDAY + timedelta(days=6)
    assert held(lease(seen), seen - timedelta(minutes=5)).standing is Standing.FULL
    assert held(lease(seen), seen - timedelta(minutes=5) - SECOND) == Held(Standing.LOCKED, "clock_back")
    assert held(lease(seen), MONDAY).cause == "clock_back"


def test_a_clock_three_years_ahead_locks_and_erases_nothing() -> None:
    assert held(lease(), MONDAY + timedelta(days=1100)) == Held(Standing.LOCKED, "clock_ahead")


def test_a_store_that_was_never_granted_anything_is_usable() -> None:
    assert held(Lease(), MONDAY) == Held()
