import os
import shutil
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest

from coordinator_app.storage.local import profile
from coordinator_app.storage.local.engine import Store
from tests.faults.desk import Desk
from tests.simulation.centre import Centre
from tests.simulation.driver import Fuses

NURSE_OF_EAST = 0
SAVES = 12
PIECE = 4096


@dataclass(frozen=True)
class Left:
    """What lies on the disk after the power was cut: the store, its log, and how much of the log had been forced."""

    store: Path
    log: Path
    forced: int
    acts: frozenset[str]
    """The acts whose save had returned by then."""
    key: bytes

    def copy_to(self, folder: Path) -> "Left":
        folder.mkdir()
        store = folder / "store.db"
        shutil.copy(self.store, store)
        shutil.copy(self.log, folder / "store.db-wal")
        return Left(store, folder / "store.db-wal", self.forced, self.acts, self.key)


@pytest.fixture
def desk(centre: Centre, fuses: Fuses, tmp_path: Path) -> Iterator[Desk]:
    path = tmp_path / "store.db"
    desk = Desk(centre.cast, centre.address, NURSE_OF_EAST, path, fuse=fuses[path], now=lambda: datetime.now(UTC))
    desk.round()
    yield desk
    desk.close()


@contextmanager
def writing(desk: Desk, work: Callable[[Callable[[], None]], None]) -> Iterator[Callable[[], tuple[str, int] | None]]:
    """Have another process save and say after each act what is safe and how long the log then is; killed at the end."""
    desk.close()
    hear, say = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(hear)
            desk.start()
            log = desk.path.with_name(f"{desk.path.name}-wal")

            def told() -> None:
                (newest,) = desk.sql("SELECT op_id FROM outbox ORDER BY device_seq DESC LIMIT 1")[0]
                with desk._store.saving() as connection:
                    # Only FULL forces the log with each commit; under anything less nothing counts as forced.
                    is_forced = connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
                os.write(say, f"{newest} {log.stat().st_size if is_forced else 0}\n".encode())

            work(told)
            os.write(say, b"end\n")
            signal.pause()
        finally:
            os._exit(1)
    os.close(say)
    heard = os.fdopen(hear)

    def next_word() -> tuple[str, int] | None:
        line = heard.readline().split()
        assert line
        return None if line == ["end"] else (line[0], int(line[1]))

    try:
        yield next_word
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        heard.close()


def acts_in(left: Left) -> set[str]:
    """Open what is left as the program would, and return the acts in it; a store that is damaged says so."""
    store = Store(left.store, left.key)
    try:
        with store.reading() as connection:
            run = connection.exec_driver_sql
            assert run("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert run("PRAGMA cipher_integrity_check").fetchall() == []
            ops = {str(row[0]) for row in run("SELECT op_id FROM outbox")}
            assert {str(row[0]) for row in run("SELECT DISTINCT op_id FROM note")} == ops
            return ops
    finally:
        store.close()


def note(desk: Desk) -> None:
    desk.act("note", {"note": [{"member_id": desk.offered()[0], "text": "said" * 50}]}, desk.offered()[0], None)


def save_and_receive(desk: Desk) -> Callable[[Callable[[], None]], None]:
    """Save some acts, then take pages in, whose commits are not forced to the disk."""

    def work(told: Callable[[], None]) -> None:
        for _ in range(SAVES):
            note(desk)
            told()
        for number in range(8):
            with desk._store.receiving() as connection:
                profile.write(connection, {f"page {number}": "x" * 3 * PIECE})
                connection.commit()

    return work


@pytest.fixture
def left(desk: Desk, tmp_path: Path) -> Left:
    acts, forced = set(), 0
    with writing(desk, save_and_receive(desk)) as next_word:
        while (word := next_word()) is not None:
            acts.add(word[0])
            forced = word[1]
    at = desk.path
    kept = Left(at, at.with_name(f"{at.name}-wal"), forced, frozenset(acts), desk.key).copy_to(tmp_path / "left")
    assert kept.log.stat().st_size > forced + 8 * PIECE
    return kept


def cut(tail: bytes, chance: Random) -> bytes:
    return tail[: chance.randrange(len(tail))]


def zero(tail: bytes, chance: Random) -> bytes:
    pieces = [tail[at : at + PIECE] for at in range(0, len(tail), PIECE)]
    gone = set(chance.sample(range(len(pieces)), chance.randrange(1, len(pieces))))
    return b"".join(bytes(len(piece)) if number in gone else piece for number, piece in enumerate(pieces))


def reorder(tail: bytes, chance: Random) -> bytes:
    pieces = [tail[at : at + PIECE] for at in range(0, len(tail), PIECE)]
    chance.shuffle(pieces)
    return b"".join(pieces)


@pytest.mark.parametrize("harm", [cut, zero, reorder])
def test_what_was_saved_is_there_whatever_becomes_of_the_logs_unforced_end(
    left: Left, tmp_path: Path, harm: Callable[[bytes, Random], bytes]
) -> None:
    chance = Random(harm.__name__)
    for number in range(8):
        copy = left.copy_to(tmp_path / f"{harm.__name__}{number}")
        whole = copy.log.read_bytes()
        copy.log.write_bytes(whole[: left.forced] + harm(whole[left.forced :], chance))
        assert acts_in(copy) == left.acts


def test_a_log_harmed_before_its_forced_end_would_be_noticed_here(left: Left, tmp_path: Path) -> None:
    # The other way round: were the last save not forced, what the tests above do would lose it.
    copy = left.copy_to(tmp_path / "too_much")
    copy.log.write_bytes(copy.log.read_bytes()[: left.forced - PIECE])
    assert acts_in(copy) < left.acts


def test_a_copy_taken_at_any_moment_while_saving_has_every_act_that_was_saved_before(
    desk: Desk, tmp_path: Path
) -> None:
    def work(told: Callable[[], None]) -> None:
        for _ in range(SAVES):
            note(desk)
            told()

    safe: set[str] = set()
    log = desk.path.with_name(f"{desk.path.name}-wal")
    with writing(desk, work) as next_word:
        while (word := next_word()) is not None:
            safe.add(word[0])
            # The next save is under way while this is copied.
            copy = Left(desk.path, log, word[1], frozenset(safe), desk.key).copy_to(tmp_path / f"copy{len(safe)}")
            assert copy.acts <= acts_in(copy)
    assert len(safe) == SAVES
