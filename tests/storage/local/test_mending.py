"""A damaged store: found after a crash and weekly, replaced, and nothing that was shown as saved is lost in silence."""

import json
import os
import zlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from coordinator_app.domain.ids import new_id
from coordinator_app.domain.trouble import Refusal, Trouble
from coordinator_app.storage.local import profile
from coordinator_app.storage.local.book import Bookkeeping, nothing_derived
from coordinator_app.storage.local.ending import erase, seal_unsent
from coordinator_app.storage.local.engine import Store, connect
from coordinator_app.storage.local.key_wrapping import Cost
from coordinator_app.storage.local.keys import KeySlots
from coordinator_app.storage.local.mending import Integrity
from coordinator_app.storage.local.pages import PAGE, damaged_pages
from coordinator_app.storage.local.safe import OpenProfile, Safe
from coordinator_app.storage.sealed import new_pair, unseal
from tests.storage.local.conftest import DEVICE, MIGRATIONS, NOON, PANEL, PERSON, killed_at

PHRASE = "correct horse battery"
CHEAP = Cost(memory_kib=64, passes=1, lanes=1)
CALLS, LONG = 60, "She said that she would ask her daughter. " * 40


class Shop:
    """A profile with a panel, sixty calls that wait and two unfinished forms, closed as a program closes it."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "store.db"
        self.safe = Safe(self.path, KeySlots(folder / "key-slots.json", lambda: 0.0, CHEAP), MIGRATIONS)
        opened = self.safe.make(PHRASE, None)
        self.key = opened._key
        opened.learn({profile.PERSON: PERSON, profile.DEVICE: DEVICE, profile.LOGIN: "rosa", profile.PASSWORD: "hers"})
        self.members = [new_id() for _ in range(CALLS)]
        with opened.store.saving() as connection:
            for member in self.members:
                connection.exec_driver_sql(
                    "INSERT INTO member (id, panel_id, initiative_id, person_key, birth_date, row_version, given) "
                    "VALUES (?, ?, ?, ?, '1950-01-01', 1, ?)",
                    (member, PANEL, new_id(), new_id(), "x" * 900),
                )
            for member in self.members[:2]:
                connection.exec_driver_sql(
                    "INSERT INTO draft (id, member_id, kind, content, saved_at) VALUES (?, ?, 'call', ?, 0)",
                    (new_id(), member, json.dumps({"note": LONG})),
                )
            connection.commit()
        books = Bookkeeping(opened.store, lambda: NOON, nothing_derived)
        self.saved = []
        for member in self.members:
            with books.open_book() as book:
                book.add("contact", {"member_id": member, "outcome": "reached", "note": LONG})
                book.send("call", member)
                self.saved.append(book.commit().op_id)
        opened.close()

    def root_of(self, name: str) -> int:
        """Return the first page of a table or an index."""
        driver = connect(self.path, self.key)
        try:
            return int(driver.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (name,)).fetchone()[0])
        finally:
            driver.close()

    def root_of_sound(self, sound: bytes, name: str) -> int:
        """Return the first page of a table of a store that was sound."""
        damaged = self.path.read_bytes()
        self.path.write_bytes(sound)
        root = self.root_of(name)
        for end in ("-wal", "-shm"):
            self.path.with_name(f"store.db{end}").unlink(missing_ok=True)
        self.path.write_bytes(damaged)
        return root

    def pages_with(self, words: bytes) -> list[int]:
        """Return the pages on which words stand, as only who has the key can say."""
        found, content = [], self.path.read_bytes()
        for number in range(2, len(content) // PAGE + 1):
            page = content[(number - 1) * PAGE : number * PAGE]
            reader = Cipher(algorithms.AES(self.key), modes.CBC(page[-80:-64])).decryptor()
            if words in reader.update(page[:-80]):
                found.append(number)
        return found

    def flip(self, page: int, at: int, bit: int = 0x10) -> None:
        with self.path.open("r+b") as file:
            file.seek((page - 1) * PAGE + at)
            byte = file.read(1)[0]
            file.seek((page - 1) * PAGE + at)
            file.write(bytes([byte ^ bit]))

    def reopen(self, *, after_a_crash: bool = True) -> OpenProfile:
        if after_a_crash:
            Integrity(self.path, MIGRATIONS).suspect()
        return self.safe.unlock(PHRASE, None)


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return Shop(tmp_path)


def ask(opened: OpenProfile, statement: str) -> list[tuple[object, ...]]:
    with opened.store.reading() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(statement)]


def accounted_for(shop: Shop, opened: OpenProfile) -> tuple[int, int, int]:
    """Return how many calls are as they were, put together again, and told as lost; every one is one of these."""
    outbox = ask(opened, "SELECT op_id, member_id, payload FROM outbox")
    whole = {row[0] for row in outbox} & set(shop.saved)
    again = {row[1] for row in outbox if row[0] not in shop.saved}
    told = {row[0] for row in ask(opened, "SELECT op_id FROM needs_you WHERE sentence = 'needs.store_mended_lost'")}
    assert all(json.loads(str(row[2]))["rows"]["contact"][0]["note"] == LONG for row in outbox)
    for op_id, member in zip(shop.saved, shop.members, strict=True):
        assert (op_id in whole) + (member in again) + (op_id in told) == 1
    return len(whole), len(again), len(told)


def test_a_sound_store_is_left_as_it_is(shop: Shop) -> None:
    opened = shop.reopen()
    assert ask(opened, "SELECT count(*) FROM member") == [(CALLS,)]
    assert ask(opened, "SELECT count(*) FROM needs_you") == [(0,)]
    opened.close()
    assert not list(shop.path.parent.glob("*.damaged*"))


@pytest.mark.parametrize("at", [5, 20, 60, 104, 110, 1000, 4020, 4090])
def test_a_damaged_first_page_loses_nothing(shop: Shop, at: int) -> None:
    shop.flip(1, at)
    opened = shop.reopen(after_a_crash=False)
    assert accounted_for(shop, opened) == (CALLS, 0, 0)
    assert ask(opened, "SELECT count(*) FROM draft") == [(2,)]
    assert opened.credentials() == ("rosa", "hers")
    assert ask(opened, "SELECT kind, sentence FROM needs_you") == [("store_mended", "needs.store_mended")]
    assert ask(opened, "SELECT count(*) FROM member") == [(0,)]
    opened.close()
    assert damaged_pages(shop.path, shop.key) == []


@pytest.mark.parametrize("name", ["member", "ix_outbox_state", "sqlite_autoindex_outbox_1", "contact", "sqlite_schema"])
def test_damage_outside_of_what_was_saved_loses_nothing(shop: Shop, name: str) -> None:
    shop.flip(shop.root_of(name) if name != "sqlite_schema" else 3, 2000)
    opened = shop.reopen()
    assert accounted_for(shop, opened)[0] == CALLS
    assert ask(opened, "SELECT count(*) FROM draft") == [(2,)]
    opened.close()


@pytest.mark.parametrize("at", [4, 3000, 3900])
def test_pages_of_the_outbox_in_turn_and_every_call_is_accounted_for(shop: Shop, at: int) -> None:
    sound, rebuilt = shop.path.read_bytes(), 0
    pages = [shop.root_of("outbox"), *shop.pages_with(b'{"kind":"call"')[::5]]
    assert len(pages) > 5
    for page in pages:
        for file in shop.path.parent.glob("store.db*"):
            if file != shop.path and file.suffix != ".head":
                file.unlink()
        shop.path.write_bytes(sound)
        shop.flip(page, at)
        opened = shop.reopen()
        _, again, lost = accounted_for(shop, opened)
        rebuilt += again
        assert lost == 0, f"page {page}"
        opened.close()
    assert rebuilt > 0


def test_a_call_that_nobody_can_read_any_more_is_told_by_name(shop: Shop) -> None:
    opened = shop.reopen()
    with opened.store.saving() as connection:
        connection.exec_driver_sql(
            "UPDATE outbox SET payload = replace(payload, 'daughter', 'daughtes') WHERE device_seq = 7"
        )
        connection.exec_driver_sql("UPDATE contact SET row_version = 1 WHERE op_id = ?", (shop.saved[6],))
        connection.commit()
    opened.close()
    shop.flip(shop.root_of("member"), 2000)
    opened = shop.reopen()
    assert ask(opened, "SELECT op_id FROM needs_you WHERE sentence = 'needs.store_mended_lost'") == [(shop.saved[6],)]
    assert ask(opened, "SELECT count(*) FROM outbox") == [(CALLS - 1,)]
    assert opened.read(profile.DEVICE) != DEVICE
    opened.close()
    assert (shop.path.parent / "store.db.kept").exists()


def test_damage_is_found_after_an_unclean_end_and_once_a_week_and_not_each_time(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[bool] = []
    from coordinator_app.storage.local import mending

    real = mending.damaged_pages
    monkeypatch.setattr(mending, "damaged_pages", lambda path, key: looked.append(True) or real(path, key))
    shop.reopen(after_a_crash=False).close()
    assert looked == []
    opened = shop.reopen(after_a_crash=False)
    opened.learn({"checked_at": int((datetime.now(UTC) - timedelta(days=8)).timestamp() * 1_000_000)})
    opened.close()
    shop.reopen(after_a_crash=False).close()
    assert looked == [True]
    child = os.fork()
    if child == 0:
        store = Store(shop.path, shop.key)
        with store.saving() as connection:
            profile.write(connection, {"half": "open"})
            connection.commit()
        os._exit(9)
    os.waitpid(child, 0)
    shop.reopen(after_a_crash=False).close()
    assert looked == [True, True]


def test_nobody_mends_a_store_that_another_program_has_open(shop: Shop) -> None:
    other = Store(shop.path, shop.key)
    with other.reading() as connection:
        connection.exec_driver_sql("SELECT count(*) FROM outbox").scalar()
        shop.flip(shop.root_of("member"), 2000)
        opened = shop.reopen()
        opened.close()
        assert not list(shop.path.parent.glob("*.damaged*"))
    other.close()


@pytest.mark.parametrize("cut", ["copied", "filled"])
def test_a_mending_that_is_cut_short_begins_again(shop: Shop, monkeypatch: pytest.MonkeyPatch, cut: str) -> None:
    shop.flip(1, 20)
    from coordinator_app.storage.local import mending

    with monkeypatch.context() as patched:
        if cut == "copied":
            patched.setattr(mending, "salvage", _die)
        else:
            patched.setattr(Integrity, "tidy", _die)
            patched.setattr(mending, "_unlink", lambda file: None)
        with pytest.raises(KeyboardInterrupt):
            shop.reopen(after_a_crash=False)
    opened = shop.reopen(after_a_crash=False)
    assert accounted_for(shop, opened) == (CALLS, 0, 0)
    opened.close()
    assert not (shop.path.parent / "store.db.damaged").exists()


def _die(*_told: object) -> None:
    raise KeyboardInterrupt


def test_a_wrong_passphrase_is_no_damage(shop: Shop) -> None:
    with pytest.raises(Refusal, match="wrong"):
        shop.safe.unlock("not the passphrase", None)
    assert not list(shop.path.parent.glob("*.damaged*"))


def test_a_file_that_is_no_store_any_more_says_enroll_and_keeps_what_there_was(shop: Shop) -> None:
    shop.path.write_bytes(os.urandom(40 * PAGE))
    (shop.path.parent / "store.db.head").unlink()
    opened = shop.reopen(after_a_crash=False)
    with pytest.raises(Trouble, match="enroll"):
        opened.credentials()
    assert ask(opened, "SELECT sentence FROM needs_you") == [("needs.store_mended_all",)]
    opened.close()
    assert (shop.path.parent / "store.db.kept").exists()


STEPS = frozenset({"replace", "unlink", "copyfile", "sign_anew", "write_back", "salvage", "touch", "do_commit"})


def test_a_mending_killed_at_any_step_loses_nothing(shop: Shop) -> None:
    sound, head = shop.path.read_bytes(), (shop.path.parent / "store.db.head").read_bytes()
    nth, died = 0, True
    while died:
        nth += 1
        for file in shop.path.parent.glob("store.db*"):
            file.unlink()
        shop.path.write_bytes(sound)
        (shop.path.parent / "store.db.head").write_bytes(head)
        shop.flip(1, 20)
        shop.flip(shop.root_of_sound(sound, "outbox"), 3000)
        died = killed_at(nth, lambda: shop.reopen(after_a_crash=False).close(), STEPS)
        opened = shop.reopen(after_a_crash=False)
        assert accounted_for(shop, opened)[2] == 0, f"step {nth}"
        opened.close()
    assert nth > 8


def test_an_end_killed_at_any_step_leaves_the_store_or_the_sealed_outbox(shop: Shop) -> None:
    (private, public), folder = new_pair(), shop.path.parent
    opened = shop.reopen(after_a_crash=False)
    opened.learn({profile.SEAL_KEY: public.hex()})
    opened.close()
    kept = {file.name: file.read_bytes() for file in folder.iterdir()}
    nth, died = 0, True

    def end() -> None:
        opened = shop.safe.unlock(PHRASE, None)
        seal_unsent(opened.store, folder)
        opened.close()
        erase(folder / "key-slots.json", shop.path)

    while died:
        nth += 1
        for file in folder.iterdir():
            file.unlink()
        for name, content in kept.items():
            (folder / name).write_bytes(content)
        died = killed_at(nth, end, STEPS)
        sealed = list(folder.glob("*.sealed"))
        if sealed:
            told = json.loads(zlib.decompress(unseal(private, sealed[0].read_bytes())[1]))
            assert {op["op_id"] for op in told["ops"]} == set(shop.saved)
        else:
            opened = shop.safe.unlock(PHRASE, None)
            assert ask(opened, "SELECT count(*) FROM outbox") == [(CALLS,)]
            opened.close()
    assert nth > 4
    assert {file.name for file in folder.iterdir()} == {sealed[0].name}


def test_what_an_erasure_cut_short_left_is_no_damage_to_the_next_profile(shop: Shop) -> None:
    (shop.path.parent / "key-slots.json").unlink()
    opened = shop.safe.make("another passphrase", None)
    assert ask(opened, "SELECT count(*) FROM needs_you") == [(0,)]
    assert ask(opened, "SELECT count(*) FROM outbox") == [(0,)]
    opened.close()
    assert (shop.path.parent / "store.db.without-key").exists()
