"""What the tests of screens share: sentences, a filled store, its desk, a courier that answers at once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from coordinator_app.bootstrap.desk import Desk
from coordinator_app.ui.shared.courier import InstantCourier
from coordinator_app.ui.shared.noticeboard import Noticeboard
from coordinator_app.workstation.catalogue import Catalogue
from tests.ui.screens.sample_store import RESOURCES, Sample, sample_of_everybody


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return Catalogue.load(RESOURCES / "i18n", "en")


@pytest.fixture
def filled(tmp_path: Path) -> Iterator[tuple[Sample, Desk]]:
    sample, desk = sample_of_everybody(tmp_path)
    yield sample, desk
    sample.close()


@pytest.fixture
def sample(filled: tuple[Sample, Desk]) -> Sample:
    return filled[0]


@pytest.fixture
def desk(filled: tuple[Sample, Desk]) -> Desk:
    return filled[1]


@pytest.fixture
def courier() -> InstantCourier:
    return InstantCourier()


@pytest.fixture
def noticeboard(qapp: object) -> Noticeboard:
    return Noticeboard()
