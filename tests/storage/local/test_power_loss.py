"""Power goes: what was said to be saved is there, whatever became of the log behind it; a flip in the log is no end."""

import random
from pathlib import Path

import pytest

from coordinator_app.domain.ids import new_id
from coordinator_app.storage.local import profile
from coordinator_app.storage.local.book import Bookkeeping, chain, nothing_derived
from coordinator_app.storage.local.engine import Store
from coordinator_app.storage.local.key_wrapping import Cost
from coordinator_app.storage.local.keys import KeySlots
from coordinator_app.storage.local.safe import Safe
from coordinator_app.storage.local.write_ahead import is_broken
from tests.storage.local.conftest import DEVICE, MIGRATIONS, NOON, PANEL, PERSON

PHRASE = "correct horse battery"
CHEAP = Cost(memory_kib=64, passes=1, lanes=1)
SAVES, FRAME = 12, 24 + 4096


class Desk:
    """A store that is being written, and the log's length each time a save had returned."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.path = folder, folder / "store.db"
        opened = self.safe.make(PHRASE, None)
        self.key = opened._key
        opened.learn({profile.PERSON: PERSON, profile.DEVICE: DEVICE, profile.LOGIN: "rosa"})
        member = new_id()
        with opened.store.saving() as connection:
            connection.exec_driver_sql(
                "INSERT INTO member (id, panel_id, initiative_id, person_key, birth_date, row_version) "
                "VALUES (?, ?, ?, ?, '1950-01-01', 1)",
                (member, PANEL, new_id(), new_id()),
            )
            connection.commit()
        opened.close()
        self.store = Store(self.path, self.key)
        self.lengths, self.ops = [], []
        books = Bookkeeping(self.store, lambda: NOON, nothing_derived)
        for number in range(SAVES):
            with books.open_book() as book:
                book.add("contact", {"member_id": member, "outcome": "reached", "note": f"call {number} " * 90})
                book.send("call", member)
                self.ops.append(book.commit().op_id)
            self.lengths.append(self.log.stat().st_size)
        self.main, self.whole = self.path.read_bytes(), self.log.read_bytes()
        self.store.close()

    @property
    def safe(self) -> Safe:
        return Safe(self.path, KeySlots(self.folder / "key-slots.json", lambda: 0.0, CHEAP), MIGRATIONS)

    @property
    def log(self) -> Path:
        return self.path.with_name("store.db-wal")

    def start_with(self, log: bytes) -> tuple[list[str], list[str]]:
        """Start as after a power cut that left this log; return the acts held, and what is asked of the nurse."""
        for file in self.folder.glob("store.db?*"):
            if not file.name.endswith(".head"):
                file.unlink()
        self.path.write_bytes(self.main)
        self.log.write_bytes(log)
        opened = self.safe.unlock(PHRASE, None)
        with opened.store.reading() as connection:
            rows = connection.exec_driver_sql(
                "SELECT op_id, device_seq, prev_hash, payload, hash FROM outbox ORDER BY rowid"
            ).all()
            asked = connection.exec_driver_sql("SELECT sentence FROM needs_you").scalars().all()
        opened.close()
        assert all(chain(row.prev_hash, row.op_id, row.device_seq, row.payload) == row.hash for row in rows)
        return [row.op_id for row in rows], list(asked)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.mark.parametrize("tail", ["cut", "zeroed", "noise", "shuffled"])
def test_every_save_that_had_returned_survives_and_none_by_half(desk: Desk, tail: str) -> None:
    luck = random.Random(f"power {tail}")
    for saved in range(1, SAVES + 1, 2):
        safe = desk.lengths[saved - 1]
        behind = desk.whole[safe : desk.lengths[saved] if saved < SAVES else None]
        pieces = [behind[at : at + 4096] for at in range(0, len(behind), 4096)]
        luck.shuffle(pieces)
        left = {
            "cut": behind[: luck.randrange(len(behind) + 1)] if behind else b"",
            "zeroed": bytes(len(behind)),
            "noise": luck.randbytes(len(behind)),
            "shuffled": b"".join(pieces),
        }[tail]
        held, asked = desk.start_with(desk.whole[:safe] + left)
        assert held[:saved] == desk.ops[:saved]
        assert set(held) <= set(desk.ops[: saved + 1])
        assert asked == []


@pytest.mark.parametrize("where", ["page", "sum", "salt", "number"])
def test_a_flip_in_the_middle_of_the_log_ends_nothing(desk: Desk, where: str) -> None:
    at = desk.lengths[3] + {"page": 24 + 2000, "sum": 17, "salt": 9, "number": 3}[where]
    flipped = bytearray(desk.whole)
    flipped[at] ^= 0x20
    desk.log.write_bytes(flipped)
    assert is_broken(desk.log)
    held, asked = desk.start_with(bytes(flipped))
    told = {"needs.store_mended", *(["needs.store_mended_lost"] if len(held) < SAVES else [])}
    assert set(asked) == told
    assert len(held) >= SAVES - 1
    assert set(desk.ops) - set(held) <= set(desk.ops[3:6])


def test_a_whole_log_and_one_of_an_earlier_turn_are_no_damage(desk: Desk) -> None:
    desk.log.write_bytes(desk.whole)
    assert not is_broken(desk.log)
    older = bytearray(desk.whole)
    for at in range(32 + 6 * FRAME, len(older) - FRAME + 1, FRAME):
        older[at + 8] ^= 0xFF
    desk.log.write_bytes(older)
    assert not is_broken(desk.log)


def test_a_save_that_was_under_way_and_is_there_in_part_is_the_end_and_no_damage(desk: Desk) -> None:
    begins = desk.lengths[-2]
    left = bytearray(desk.whole)
    left[begins : begins + FRAME] = bytes(FRAME)
    desk.log.write_bytes(left)
    assert not is_broken(desk.log)
    assert desk.start_with(bytes(left)) == (desk.ops[:-1], [])
