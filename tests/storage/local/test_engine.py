import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from coordinator_app.domain.trouble import Trouble
from coordinator_app.storage.local.engine import Store, connect
from coordinator_app.storage.local.lane import WriteLane
from coordinator_app.storage.tables import care


def test_the_file_and_its_log_hold_no_word_of_what_was_written(
    store: Store, add_member: Callable[..., str], path: Path
) -> None:
    add_member("Canarywood")
    written = path.read_bytes() + path.with_name("store.db-wal").read_bytes()
    assert b"Canarywood" not in written
    assert not written.startswith(b"SQLite format 3")
    with store.reading() as connection:
        assert connection.execute(select(care.member.c.family)).scalar() == "Canarywood"


def test_another_key_opens_nothing_and_says_so_quietly(path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(Trouble) as told:
        connect(path, os.urandom(32))
    assert told.value.code == "wrong_key"
    assert capfd.readouterr() == ("", "")


def test_every_connection_keeps_the_house_rules(store: Store) -> None:
    wanted = {"journal_mode": "wal", "foreign_keys": 1, "secure_delete": 1, "trusted_schema": 0, "mmap_size": 0}
    for opened, synchronous in ((store.saving, 2), (store.receiving, 1)):
        with opened() as connection:
            for name, value in wanted.items():
                assert connection.execute(text(f"PRAGMA {name}")).scalar() == value
            assert connection.execute(text("PRAGMA synchronous")).scalar() == synchronous


def test_a_reader_cannot_write(store: Store) -> None:
    with store.reading() as connection, pytest.raises(DBAPIError, match="readonly"):
        connection.execute(text("DELETE FROM profile"))


def test_a_reader_sees_one_moment_while_a_save_goes_on(store: Store, add_member: Callable[..., str]) -> None:
    counted = select(care.member.c.id)
    with store.reading() as connection:
        assert connection.execute(counted).all() == []
        add_member()
        assert connection.execute(counted).all() == []
    with store.reading() as connection:
        assert len(connection.execute(counted).all()) == 1


def test_what_was_not_committed_is_undone(store: Store) -> None:
    with store.saving() as connection:
        connection.execute(text("DELETE FROM profile"))
    with store.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM profile")).scalar() == 3


def test_a_full_disk_is_told_as_trouble(store: Store, add_member: Callable[..., str]) -> None:
    with store.saving() as connection:
        pages = connection.execute(text("PRAGMA page_count")).scalar()
        connection.execute(text(f"PRAGMA max_page_count = {pages}"))
    with pytest.raises(Trouble) as told:
        add_member("x" * 1_000_000)
    assert told.value.code == "disk_full"


def test_a_save_goes_before_the_next_page() -> None:
    lane, order = WriteLane(), []
    page_under_way, save_asked = threading.Event(), threading.Event()

    def pages() -> None:
        with lane.turn(first=False):
            page_under_way.set()
            assert save_asked.wait(5)
            order.append("page")
        with lane.turn(first=False):
            order.append("next page")

    def save() -> None:
        assert page_under_way.wait(5)
        lane_asked = threading.Timer(0.02, save_asked.set)
        lane_asked.start()
        with lane.turn(first=True):
            order.append("save")

    threads = [threading.Thread(target=pages), threading.Thread(target=save)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(5)
    assert order == ["page", "save", "next page"]
