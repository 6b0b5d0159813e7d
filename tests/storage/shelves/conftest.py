"""A real encrypted store with invented people, and its shelves."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from coordinator_app.bootstrap.desk import Desk
from coordinator_app.storage.local.shelves.everything import Shelves
from tests.ui.screens.sample_store import Sample, sample_of_everybody


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
def shelves(sample: Sample) -> Iterator[Shelves]:
    with sample.store.reading() as connection:
        yield Shelves(connection)
