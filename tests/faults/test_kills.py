import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from coordinator_app.storage.local import upgrade
from tests.faults.desk import Desk, nothing_lost
from tests.faults.killing import dies_at, is_sound, is_whole, which
from tests.simulation.cast import PANELS, ROOT
from tests.simulation.centre import Centre
from tests.simulation.driver import Fuses

NURSE_OF_EAST = 0
PAGE = 7


@pytest.fixture
def make(centre: Centre, fuses: Fuses, tmp_path: Path) -> Iterator[Callable[[], Desk]]:
    """Make workstations of one nurse; they speak to the center without a proxy, which no fork would take along."""
    made: list[Desk] = []

    def one() -> Desk:
        path = tmp_path / f"{len(made)}.db"
        desk = Desk(centre.cast, centre.address, NURSE_OF_EAST, path, fuse=fuses[path], now=lambda: datetime.now(UTC))
        desk.page_limit = desk.desk.page_limit = PAGE
        made.append(desk)
        return desk

    yield one
    for desk in made:
        desk.close()


def test_a_first_copy_killed_at_any_statement_loses_at_most_a_page(make: Callable[[], Desk], centre: Centre) -> None:
    desk, tried = make(), 0
    blank = desk.image_now()
    for nth in which("pull"):
        desk.become(blank)
        died = dies_at(nth, desk, desk.round)
        is_sound(desk)
        held = desk.held()
        (place,) = desk.desk.places() or (None,)
        if place is not None and place.s_old is not None:
            # A page and what it crosses off are one: nobody is here and owed, nobody is neither.
            owed = set(desk.desk.next_to_copy(place.panel_id, 1000))
            assert not held & owed
            assert len(held) + place.to_copy == PANELS["East"]
        else:
            assert held == set()
        received = desk.round()
        assert received.members == PANELS["East"] - len(held)
        nothing_lost(desk, centre)
        tried += died
        if not died:
            break
    print(f"{tried} kills")
    assert tried > 3


def test_a_feed_killed_at_any_statement_is_taken_once(make: Callable[[], Desk], centre: Centre) -> None:
    desk, tried = make(), 0
    desk.round()
    for nth in which("feed"):
        for member in sorted(desk.held())[:PAGE]:
            centre.change_facts(member, "change")
        died = dies_at(nth, desk, desk.round)
        is_sound(desk)
        desk.round()
        nothing_lost(desk, centre)
        tried += died
        if not died:
            break
    print(f"{tried} kills")
    assert tried > 3


def test_a_push_killed_at_any_statement_applies_every_act_once(make: Callable[[], Desk], centre: Centre) -> None:
    desk, tried = make(), 0
    desk.round()
    for nth in which("push"):
        desk.save(3)
        died = dies_at(nth, desk, desk.round)
        is_sound(desk)
        is_whole(desk)
        desk.round()
        nothing_lost(desk, centre)
        tried += died
        if not died:
            break
    print(f"{tried} kills")
    assert tried > 3


def test_a_save_killed_at_any_statement_is_whole_or_absent(make: Callable[[], Desk]) -> None:
    desk, tried = make(), 0
    desk.round()
    for nth in which("save", is_short=True):
        before = len(desk.outbox())
        died = dies_at(nth, desk, desk.save)
        is_sound(desk)
        is_whole(desk)
        assert len(desk.outbox()) - before in ({0, 1} if died else {1})
        tried += died
        if not died:
            break
    print(f"{tried} kills")
    assert tried > 8


NEXT = """
revision = "9999"
down_revision = "{before}"

from alembic import op


def upgrade() -> None:
    run = op.get_bind().exec_driver_sql
    run("CREATE TABLE more (a INTEGER PRIMARY KEY, b TEXT)")
    run("INSERT INTO more (b) SELECT id FROM member")
    run("ALTER TABLE contact ADD COLUMN more TEXT DEFAULT '' NOT NULL")
    run("DROP TABLE more")
"""


def test_an_upgrade_killed_at_any_statement_leaves_the_old_store_or_the_new_and_all_unsent_work(
    make: Callable[[], Desk], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, before = tmp_path / "migrations", upgrade.STORE_VERSION
    shutil.copytree(ROOT / "migrations" / "local", home, ignore=shutil.ignore_patterns("__pycache__"))
    (home / "versions" / "next.py").write_text(NEXT.format(before=before))
    first, tried = make(), 0
    first.round()
    first.save(4)
    work, image = first.outbox(), first.image_now()
    monkeypatch.setattr(upgrade, "STORE_VERSION", "9999")
    for nth in which("upgrade"):
        desk = make()
        desk.become(image)

        def grow(each: Desk = desk) -> None:
            each.close()
            upgrade.bring_up_to_date(each.path, each.key, home)

        died = dies_at(nth, desk, grow)
        is_sound(desk)
        assert upgrade.version_of(desk.path, desk.key) in ({before, "9999"} if died else {"9999"})
        assert desk.outbox() == work
        is_whole(desk)
        # Whatever it left, the next start brings it up to date.
        grow()
        desk.start()
        assert upgrade.version_of(desk.path, desk.key) == "9999"
        assert desk.outbox() == work
        tried += died
        if not died:
            break
    print(f"{tried} kills")
    assert tried > 3
