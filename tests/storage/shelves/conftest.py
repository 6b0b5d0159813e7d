"""A real encrypted store with invented people, and its shelves."""

from collections.abc import Iterator

import pytest

from coordinator_app.storage.local.shelves.everything import Shelves
from tests.ui.screens.sample_store import Sample


@pytest.fixture
def shelves(sample: Sample) -> Iterator[Shelves]:
    with sample.store.reading() as connection:
        yield Shelves(connection)
