"""A real encrypted store of one enrolled nurse, and a child process that dies at the n-th statement."""

import os
import signal
import sys
from collections.abc import Callable, Collection, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import insert

from coordinator_app.domain.ids import new_id
from coordinator_app.storage.local import profile
from coordinator_app.storage.local.engine import Store
from coordinator_app.storage.local.upgrade import bring_up_to_date
from coordinator_app.storage.tables import care

MIGRATIONS = Path(__file__).resolve().parents[3] / "migrations" / "local"
NOON = datetime(2026, 11, 20, 17, tzinfo=UTC)
PANEL = new_id(1)
PERSON = new_id(2)
DEVICE = new_id(3)


@pytest.fixture
def key() -> bytes:
    return os.urandom(32)


@pytest.fixture
def path(tmp_path: Path, key: bytes) -> Path:
    place = tmp_path / "store.db"
    bring_up_to_date(place, key, MIGRATIONS)
    return place


@pytest.fixture
def store(path: Path, key: bytes) -> Iterator[Store]:
    opened = Store(path, key)
    with opened.saving() as connection:
        profile.write(connection, {profile.PERSON: PERSON, profile.DEVICE: DEVICE, profile.LOGIN: "rosa"})
        connection.commit()
    yield opened
    opened.close()


@pytest.fixture
def add_member(store: Store) -> Callable[[str], str]:
    def add(family: str = "Canarywood") -> str:
        member_id = new_id()
        with store.saving() as connection:
            connection.execute(
                insert(care.member).values(
                    id=member_id,
                    panel_id=PANEL,
                    initiative_id=new_id(),
                    person_key=new_id(),
                    family=family,
                    given="Ana",
                    birth_date=NOON.date(),
                    row_version=1,
                )
            )
            connection.commit()
        return member_id

    return add


STATEMENTS = frozenset({"do_execute", "do_executemany", "do_execute_no_params", "do_commit"})


def killed_at(nth: int, work: Callable[[], object], steps: Collection[str] = STATEMENTS) -> bool:
    """Do ``work`` in a child that kills itself before its n-th statement; True where it died, False where it ended.

    ``steps`` are the names of the functions to count, where it is not statements.

    The caller has closed its own connections: a fork may not inherit an open SQLite.
    """
    child = os.fork()
    if child == 0:
        seen = 0

        def count(frame: object, event: str, _: object) -> None:
            nonlocal seen
            if event == "call" and frame.f_code.co_name in steps:  # type: ignore[attr-defined]
                seen += 1
                if seen == nth:
                    os.kill(os.getpid(), signal.SIGKILL)

        try:
            sys.setprofile(count)
            work()
        except BaseException:
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert status in {0, int(signal.SIGKILL)}
    return status != 0
