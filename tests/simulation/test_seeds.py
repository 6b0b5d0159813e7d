import pytest

from tests.simulation.cast import Cast
from tests.simulation.world import live_through

# Seed 0 restores an old copy of the center; the others go on in one history. scripts/soak does thousands.
SLICE = range(20)
# These found what waited at a center that was restored (200, 400), rows that stayed with a person who came back (600),
# visits of a lost history (800), and people given back while they were about to be deleted (50000). Each has a test of
# its own in tests/sync.
ONCE_FAILED = (200, 400, 600, 800, 50_000)


@pytest.mark.parametrize("seed", [*SLICE, *ONCE_FAILED])
def test_a_world_of_faults_ends_with_everybody_agreeing(cast: Cast, seed: int) -> None:
    live_through(cast, seed)


def test_the_same_seed_is_the_same_world(cast: Cast) -> None:
    first = live_through(cast, 7, events=40)
    assert live_through(cast, 7, events=40) == first
    assert live_through(cast, 8, events=40) != first
