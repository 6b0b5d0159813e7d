"""What dies at its n-th statement, by kill -9, and what must be true of the store it leaves behind."""

import os
import signal
from collections.abc import Callable, Iterator
from random import Random

from coordinator_app.storage.tables import ACTS
from tests.faults.desk import Desk
from tests.simulation.driver import kill

SAMPLE = 8
"""How many of the statements are tried where not every one is."""


def which(seed: str, *, is_short: bool = False) -> Iterator[int]:
    """Give the statements to die at: every one of what is short or where the environment asks for it, else a few."""
    if is_short or os.environ.get("COORDINATOR_KILL_EVERY"):
        at = 0
        while True:
            at += 1
            yield at
    chance, at = Random(seed), 0
    for _ in range(SAMPLE):
        at += chance.randrange(1, 30)
        yield at


def dies_at(nth: int, desk: Desk, work: Callable[[], object]) -> bool:
    """Do ``work`` in a process of its own that is killed at its n-th statement; False where it ended before.

    What opening the store takes is not counted. Even numbers die before the statement, odd ones after it.
    """
    desk.close()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            desk.fuse.burn = kill
            desk.start()
            desk.warm()
            desk.fuse.arm(1 + nth // 2, is_after=bool(nth % 2))
            work()
            code = 0
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    assert status in {0, int(signal.SIGKILL)}, f"the child ended by itself with {status}"
    desk.start()
    return status != 0


def is_sound(desk: Desk) -> None:
    """Raise AssertionError where SQLite or the cipher finds anything wrong with the file."""
    assert desk.sql("PRAGMA integrity_check") == [("ok",)]
    assert desk.sql("PRAGMA cipher_integrity_check") == []
    assert desk.sql("PRAGMA foreign_key_check") == []


def is_whole(desk: Desk) -> None:
    """Raise AssertionError where an act is here by half: rows without its op, or an op without its rows."""
    rows = {
        str(op)
        for table in ACTS
        if table.name != "letter_file"
        for (op,) in desk.sql(f"SELECT DISTINCT op_id FROM {table.name} WHERE device_id = ?", desk.desk.device_id())
    }
    assert rows == set(desk.outbox())
