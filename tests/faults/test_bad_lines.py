import os
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest

from coordinator_app.central.embedded import Choices, postmaster, start
from coordinator_app.domain.trouble import Trouble
from coordinator_app.storage.central import conversation
from coordinator_app.storage.central.conversation import connected
from tests.conftest import QUICK, served
from tests.faults.desk import NURSE_OF_NORTH, Desk, nothing_lost
from tests.faults.proxy import Proxy, Toxics
from tests.simulation.cast import make_cast
from tests.simulation.centre import Centre
from tests.simulation.driver import Fuses

PUSH = b"sync_v1.push"


def lock_of(centre: Centre) -> str:
    """Return whom a test may lock: everybody of the panel."""
    return f"panel_id = '{centre.cast.panels['North']}'"


# --- each fault by itself -----------------------------------------------------------

FAULTS = {
    "latency": Toxics(latency=0.002),
    "down": Toxics(is_down=True),
    "bandwidth": Toxics(bytes_per_second=400_000),
    "slow_close": Toxics(slow_close=0.05),
    "slicer": Toxics(slice_bytes=7),
    "limit_data": Toxics(answers_left=2_500),
    "reset_peer": Toxics(resets_after=2_500),
    "cut_after_commit": Toxics(cut_after_commit_of=PUSH),
}
ENDS = {"down", "limit_data", "reset_peer", "cut_after_commit"}


@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_of_a_line_costs_nothing_but_time(name: str, desk: Desk, proxy: Proxy, centre: Centre) -> None:
    desk.round()
    desk.save(4)
    proxy.set(replace(FAULTS[name]))
    assert desk.try_round() == ("offline" if name in ENDS else "done")
    proxy.set()
    desk.round()
    nothing_lost(desk, centre)


# --- row 5: the server dies in the middle of a push ---------------------------------


@pytest.fixture(scope="module")
def mortal(servers_home: Path, run_as: str | None) -> Iterator[Centre]:
    """A center on a server of its own, whose processes die; the memory of the system does not."""
    with served(servers_home / "mortal", run_as, Choices(settings=QUICK)) as server:
        centre = Centre(make_cast(server, "mortal"), "dies")
        centre.leave()
        yield centre


def test_a_server_that_dies_while_it_is_sent_to_applies_every_act_once(
    mortal: Centre, fuses: Fuses, tmp_path: Path, run_as: str | None
) -> None:
    server = mortal.cast.server

    def die() -> None:
        running = postmaster.recorded(server.folder.cluster)
        assert running is not None
        # What pg_ctl -m immediate does.
        os.kill(running.pid, signal.SIGQUIT)

    deaths = 0
    with Proxy(server.port) as proxy:
        address = replace(mortal.address, port=proxy.port)
        path = tmp_path / "mortal.db"
        desk = Desk(mortal.cast, address, NURSE_OF_NORTH, path, fuse=fuses[path], now=lambda: datetime.now(UTC))
        desk.round()
        for number in range(4):
            desk.save(20)
            # Every other time it dies with the push in its hands, else after the work and before the answer.
            if number % 2:
                proxy.set(Toxics(cut_after_commit_of=PUSH, when_asked=die))
            else:
                proxy.set(Toxics(cut_after_commit_of=PUSH))
            deaths += desk.try_round() == "offline"
            proxy.set()
            if not number % 2:
                die()
            start(server.folder.root, port=server.port, run_as=run_as, choices=Choices(server.binaries))
        desk.round()
        assert deaths >= 3
        again = Centre.__new__(Centre)
        again.cast, again.name, again.slow = mortal.cast, mortal.name, None
        again._work = again.connect()
        nothing_lost(desk, again)
        again.leave()
        desk.close()


# --- row 6: the commit is done, the answer is lost ----------------------------------


def test_work_whose_answer_was_lost_after_the_commit_is_sent_again_and_is_a_duplicate(
    desk: Desk, proxy: Proxy, centre: Centre
) -> None:
    desk.round()
    desk.save(3)
    proxy.set(Toxics(cut_after_commit_of=PUSH))
    assert desk.try_round() == "offline"
    assert proxy.cuts == 1
    assert len(centre.ledger()) == 3
    assert desk.states() == {"waiting"}
    proxy.set()
    assert desk.round().outcomes == {"duplicate": 3}
    nothing_lost(desk, centre)


# --- row 7: half-open ---------------------------------------------------------------


def test_a_line_that_says_nothing_any_more_is_given_up(
    desk: Desk, proxy: Proxy, centre: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.round()
    desk.save(2)
    for name in ("SILENT_SECONDS", "PAGE_SECONDS"):
        monkeypatch.setattr(f"coordinator_app.storage.central.hub.{name}", 0.3)
    with desk.hub.session() as session:
        session.hello(desk.desk.device_id())
        proxy.set(Toxics(is_silent=True))
        with pytest.raises(Trouble) as told:
            session.push(desk.desk.device_id(), desk.desk.waiting(10))
    assert told.value.code == "offline"
    proxy.set()
    desk.round()
    nothing_lost(desk, centre)


def test_the_system_gives_a_dead_line_up_within_twenty_seconds(desk: Desk) -> None:
    with connected(desk.hub._address, desk.person.login, desk.person.password) as driver:
        line = socket.socket(fileno=os.dup(driver.fileno()))
        try:
            asked = {
                name: line.getsockopt(socket.IPPROTO_TCP, getattr(socket, f"TCP_{name}"))
                for name in ("KEEPIDLE", "KEEPINTVL", "KEEPCNT", "USER_TIMEOUT")
            }
            assert line.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE)
        finally:
            line.close()
    assert asked["KEEPIDLE"] + asked["KEEPINTVL"] * asked["KEEPCNT"] <= 20
    assert asked["USER_TIMEOUT"] <= 20_000
    assert conversation.SILENT_SECONDS <= 20


# --- row 8: slow, far and often reset -----------------------------------------------


def test_a_first_copy_over_a_bad_line_goes_on_and_never_begins_again(
    make_desk: Callable[[int], Desk], proxy: Proxy, centre: Centre
) -> None:
    desk = make_desk(0)
    desk.page_limit = desk.desk.page_limit = 3
    chance, owed, rounds = Random(8), [], 0
    while True:
        rounds += 1
        proxy.set(Toxics(latency=0.002, bytes_per_second=300_000, resets_after=chance.randrange(4_000, 30_000)))
        how = desk.try_round()
        owed += [place.to_copy for place in desk.desk.places() if place.s_old is not None]
        if how == "done":
            break
        assert rounds < 200
    assert owed == sorted(owed, reverse=True)
    assert owed[0] > 0
    assert rounds > 2
    proxy.set()
    desk.round()
    nothing_lost(desk, centre)


# --- row 9: sliced to one byte ------------------------------------------------------


def test_answers_that_come_byte_by_byte_say_the_same(desk: Desk, proxy: Proxy, centre: Centre) -> None:
    proxy.set(Toxics(slice_bytes=1))
    desk.round()
    desk.save(3)
    desk.round()
    nothing_lost(desk, centre)


# --- row 10: the first of two back ends still works on the same batch --------------------


def test_a_second_try_waits_for_the_first_that_is_still_at_work_and_doubles_nothing(
    desk: Desk, proxy: Proxy, centre: Centre
) -> None:
    desk.round()
    desk.save(3)
    asked = threading.Event()
    proxy.set(Toxics(cut_after_commit_of=PUSH, when_asked=asked.set))
    first: list[str] = []
    waits = "wait_event_type = 'Lock'"
    with centre.connect(autocommit=False) as holder:
        holder.execute(f"SELECT FROM care.member WHERE {lock_of(centre)} FOR UPDATE")  # type: ignore[call-overload]
        zombie = threading.Thread(target=lambda: first.append(desk.try_round()))
        zombie.start()
        assert asked.wait(20)
        _until(centre, waits, 1)
        # Its line ends, and it knows nothing of that: it has its work.
        proxy.cut()
        zombie.join(20)
        assert first == ["offline"]
        second: list[dict[str, int]] = []
        again = threading.Thread(target=lambda: second.append(dict(desk.round().outcomes)))
        again.start()
        _until(centre, waits, 2)
        assert not second
        holder.rollback()
    again.join(20)
    assert second == [{"duplicate": 3}]
    nothing_lost(desk, centre)


def _until(centre: Centre, what: str, count: int) -> None:
    asked = (
        f"SELECT count(*) FROM pg_stat_activity WHERE datname = '{centre.name}' AND pid <> pg_backend_pid() AND {what}"
    )
    for _ in range(20_000):
        if centre.rows(asked)[0][0] >= count:
            return
    pytest.fail(f"the center never came to {what}")
