import tempfile
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from tests.simulation.cast import Cast
from tests.simulation.driver import fused
from tests.simulation.line import FAULTS
from tests.simulation.world import MEMORY, World

STATIONS = 3
WHO = st.integers(0, STATIONS - 1)


class Machine(RuleBasedStateMachine):
    """The world of the seeds, its events chosen by Hypothesis, which shrinks what fails to the fewest of them."""

    cast: ClassVar[Cast]
    made: ClassVar[int] = 0

    @initialize(seed=st.integers(1, 99))
    def begin(self, seed: int) -> None:
        type(self).made += 1
        self._folder = tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None)
        self._fused = fused()
        # Every example has a database of its own, also where Hypothesis tries a seed again.
        name = f"machine_{type(self).made}"
        self.world = World(
            self.cast, seed, Path(self._folder.name), self._fused.__enter__(), stations=STATIONS, name=name
        )

    @rule(who=WHO)
    def act(self, who: int) -> None:
        self.world.act(self.world.stations[who])

    @rule(who=WHO, at=st.integers(1, 20))
    def act_and_crash(self, who: int, at: int) -> None:
        self.world.act(self.world.stations[who], at)

    @rule(who=WHO)
    def sync(self, who: int) -> None:
        self.world.sync(self.world.stations[who])

    @rule(who=WHO, fault=st.tuples(st.integers(0, 7), st.sampled_from(FAULTS)))
    def sync_badly(self, who: int, fault: tuple[int, str]) -> None:
        self.world.sync(self.world.stations[who], fault)

    @rule(who=WHO, at=st.integers(1, 120))
    def sync_and_crash(self, who: int, at: int) -> None:
        self.world.sync(self.world.stations[who], None, at)

    @rule(who=WHO)
    def copy_the_computer(self, who: int) -> None:
        self.world.keep_image(self.world.stations[who])

    @rule(who=WHO)
    def put_the_copy_back(self, who: int) -> None:
        self.world.roll_back(self.world.stations[who])

    @rule(who=WHO)
    def set_a_clock(self, who: int) -> None:
        self.world.skew(self.world.stations[who])

    @rule(who=WHO)
    def read_a_page_for_later(self, who: int) -> None:
        self.world.stale_page(self.world.stations[who])

    @rule()
    def let_late_things_arrive(self) -> None:
        self.world.late()

    @rule()
    def move_people(self) -> None:
        self.world.move()

    @rule()
    def empty_a_panel(self) -> None:
        self.world.empty()

    @rule()
    def decide(self) -> None:
        self.world.decide()

    @rule()
    def load(self) -> None:
        self.world.load()

    @rule()
    def write_slowly(self) -> None:
        self.world.slow_writer()

    @precondition(lambda self: not self.world.centre.has_backup)
    @rule()
    def back_up(self) -> None:
        self.world.back_up()

    @precondition(lambda self: self.world.centre.has_backup)
    @rule()
    def restore(self) -> None:
        self.world.restore()

    def teardown(self) -> None:
        if hasattr(self, "world"):
            try:
                self.world.settle()
            finally:
                self.world.close()
                self._fused.__exit__(None, None, None)
                self._folder.cleanup()


# What one example costs makes more of them a matter for scripts/soak; there are as many steps as a seed has.
FEW = settings(
    max_examples=6,
    stateful_step_count=40,
    deadline=None,
    database=None,
    derandomize=True,
    print_blob=True,
    suppress_health_check=list(HealthCheck),
)


def test_any_order_of_events_ends_with_everybody_agreeing(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Machine, "cast", cast, raising=False)
    run_state_machine_as_test(Machine, settings=FEW)
