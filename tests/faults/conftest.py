"""A center with one small panel behind a bad line, and a nurse's workstation that speaks through it."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.conftest import ServerForTests
from tests.faults.desk import NURSE_OF_NORTH, Desk
from tests.faults.proxy import Proxy
from tests.simulation.cast import Cast, make_cast
from tests.simulation.centre import Centre
from tests.simulation.driver import Fuses, fused


@pytest.fixture(scope="session")
def cast(server: ServerForTests) -> Cast:
    return make_cast(server, "faults")


@pytest.fixture
def centre(cast: Cast) -> Iterator[Centre]:
    centre = Centre(cast, "bad_line")
    yield centre
    centre.drop()


@pytest.fixture
def fuses() -> Iterator[Fuses]:
    with fused() as fuses:
        yield fuses


@pytest.fixture
def proxy(centre: Centre) -> Iterator[Proxy]:
    with Proxy(centre.cast.server.port) as proxy:
        yield proxy


@pytest.fixture
def make_desk(centre: Centre, proxy: Proxy, fuses: Fuses, tmp_path: Path) -> Iterator[Callable[[int], Desk]]:
    made: list[Desk] = []

    def make(number: int = NURSE_OF_NORTH) -> Desk:
        path = tmp_path / f"{number}.db"
        address = replace(centre.address, port=proxy.port)
        made.append(Desk(centre.cast, address, number, path, fuse=fuses[path], now=lambda: datetime.now(UTC)))
        return made[-1]

    yield make
    for desk in made:
        desk.close()


@pytest.fixture
def desk(make_desk: Callable[[], Desk]) -> Desk:
    return make_desk()
