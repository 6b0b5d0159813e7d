"""The cast of the simulation, made once."""

import pytest

from tests.conftest import ServerForTests
from tests.simulation.cast import Cast, make_cast


@pytest.fixture(scope="session")
def cast(server: ServerForTests) -> Cast:
    return make_cast(server)
