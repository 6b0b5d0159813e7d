"""A folder for one server of one test, stopped at its end."""

import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from coordinator_app.central.embedded import Choices, ServerState, start, stop

Begin = Callable[..., ServerState]


@pytest.fixture
def data(servers_home: Path) -> Iterator[Path]:
    """A folder that is not there yet; whatever server a test starts in it is stopped."""
    place = servers_home / uuid.uuid4().hex
    yield place
    stop(place)


@pytest.fixture
def begin(data: Path, run_as: str | None) -> Begin:
    """Start the server in `data` the way the product does, but for the wait for the disk."""

    def begin(port: int | None = None) -> ServerState:
        return start(data, port, run_as, Choices(settings={"fsync": "off"}))

    return begin
