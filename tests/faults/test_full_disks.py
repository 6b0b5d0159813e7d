import os
import resource
import signal
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from coordinator_app.domain.trouble import Trouble
from tests.faults.desk import Desk, nothing_lost
from tests.faults.killing import is_sound, is_whole
from tests.simulation.centre import Centre
from tests.simulation.driver import Fuses

NURSE_OF_EAST = 0
KIB = 1024
FULL = 3


@pytest.fixture
def desk(centre: Centre, fuses: Fuses, tmp_path: Path) -> Iterator[Desk]:
    path = tmp_path / "store.db"
    desk = Desk(centre.cast, centre.address, NURSE_OF_EAST, path, fuse=fuses[path], now=lambda: datetime.now(UTC))
    desk.page_limit = desk.desk.page_limit = 5
    yield desk
    desk.close()


def hits_the_limit(desk: Desk, most: int, work: Callable[[], object]) -> bool:
    """Do ``work`` where files may not grow beyond ``most`` bytes; True where it said that the disk is full."""
    desk.close()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
            desk.start()
            work()
            code = 0
        except Trouble as trouble:
            code = FULL if trouble.code == "disk_full" else 1
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    desk.start()
    assert os.waitstatus_to_exitcode(status) in {0, FULL}
    return status != 0


def test_a_pull_that_fills_the_disk_stops_between_pages_and_goes_on_when_there_is_room(
    desk: Desk, centre: Centre
) -> None:
    stopped = 0
    for most in (64 * KIB, 160 * KIB, 320 * KIB, 640 * KIB):
        stopped += hits_the_limit(desk, most, desk.round)
        is_sound(desk)
        for place in desk.desk.places():
            if place.s_old is not None:
                assert not desk.held() & set(desk.desk.next_to_copy(place.panel_id, 1000))
    assert stopped > 1
    desk.round()
    nothing_lost(desk, centre)


def test_a_save_that_finds_the_disk_full_says_so_and_leaves_nothing_by_half_and_the_draft(
    desk: Desk, centre: Centre
) -> None:
    desk.round()
    with desk._store.saving() as connection:
        connection.exec_driver_sql("INSERT INTO draft VALUES ('d', NULL, 'call', '{}', 1)")
        connection.commit()
    # The first limit does not even let the store be opened, the second stops the save itself.
    for most in (4 * KIB, 40 * KIB):
        assert hits_the_limit(desk, most, desk.save)
    is_sound(desk)
    is_whole(desk)
    assert desk.outbox() == {}
    assert desk.sql("SELECT id FROM draft") == [("d",)]
    desk.save()
    desk.round()
    nothing_lost(desk, centre)


def test_a_store_that_may_not_grow_takes_no_page_and_no_half_of_one(desk: Desk, centre: Centre) -> None:
    # The connection of pages is the only one of its kind, so that this holds until the store is opened anew.
    with desk._store.receiving() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 4}")
    with pytest.raises(Trouble) as told:
        desk.round()
    assert told.value.code == "disk_full"
    is_sound(desk)
    desk.become(desk.image_now())
    desk.round()
    nothing_lost(desk, centre)
