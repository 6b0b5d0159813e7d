"""Rounds come faster while somebody works, and after a refusal later and later, never all together."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from coordinator_app.jobs.pausing import AT_REST, IN_USE, LONGEST, Pausing

chances = st.floats(0, 1, exclude_max=True)


@given(chances)
def test_a_window_in_use_asks_more_often_and_no_two_alike(chance: float) -> None:
    pausing = Pausing(lambda: chance)
    used, rested = pausing.next(is_in_use=True), pausing.next(is_in_use=False)
    assert used < rested
    assert IN_USE * 0.8 <= used <= IN_USE * 1.2
    assert AT_REST * 0.8 <= rested <= AT_REST * 1.2


@given(chances, st.integers(1, 60), st.booleans())
def test_the_more_often_it_was_refused_the_longer_it_may_wait_up_to_half_an_hour(
    chance: float, missed: int, is_in_use: bool
) -> None:
    pausing = Pausing(lambda: chance)
    for _ in range(missed):
        pausing = pausing.refused()
    assert pausing.is_backing_off
    assert timedelta(seconds=5) <= pausing.next(is_in_use=is_in_use) <= LONGEST
    further = Pausing(lambda: 0.999, missed + 1).next(is_in_use=is_in_use)
    assert further >= Pausing(lambda: 0.999, missed).next(is_in_use=is_in_use)
    assert not pausing.reached().is_backing_off


def test_three_thousand_turned_away_at_once_come_back_apart() -> None:
    tenth = Pausing(lambda: 0.1, 1).next(is_in_use=True)
    ninth = Pausing(lambda: 0.9, 1).next(is_in_use=True)
    assert ninth - tenth > timedelta(minutes=1)
