"""A workstation enrolls and syncs through Debian's PgBouncer: session mode, SCRAM passed through, TLS on both sides.

Taken away one at a time, each of these made a test fail: the look-up of verifiers at the gate, the group a login must
be in to be looked up.
"""

import contextlib
import os
import re
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from coordinator_app.bootstrap import profiles
from coordinator_app.bootstrap.central import run
from coordinator_app.bootstrap.desk import build_desk
from coordinator_app.domain.trouble import Refusal, Trouble
from coordinator_app.services.enrolling import Enrollment
from coordinator_app.storage.central.address import address_of
from coordinator_app.storage.central.conversation import connected
from tests.storage.central.conftest import Centre, dropped, migrated, peopled

pytestmark = pytest.mark.server

BINARY = Path("/usr/sbin/pgbouncer")
PASSPHRASE = "eleven green lamps"
# Newer than Debian's.
NOT_KNOWN_YET = ("transaction_timeout",)


@pytest.fixture(scope="module")
def behind(debian_server) -> Iterator[Centre]:
    made = peopled(migrated(debian_server))
    yield made
    dropped(made)


@pytest.fixture(scope="module")
def gate(behind: Centre, tmp_path_factory: pytest.TempPathFactory, run_as: str | None) -> Iterator[int]:
    """Start PgBouncer with the very files of ``provision``; return its port."""
    if not BINARY.exists():
        pytest.fail("Debian's pgbouncer is missing; scripts/test installs it.")
    server, port, files = behind.server, free_port(), tmp_path_factory.mktemp("files") / "out"
    assert run(["provision", "--out", str(files), "--host", "localhost", "--database", "gated"]) == 0
    tls, room = server.root_certificate.parent, server.folder.root.parent / f"gate-{port}"
    room.mkdir()
    prefix = behind.address.roles.prefix
    sql = (files / "pgbouncer.sql").read_text().replace("gated", prefix)
    behind.value(sql.replace(":'password'", "'a gate of its own'"))
    settings = (files / "pgbouncer.ini").read_text()
    told = {
        "listen_addr": "127.0.0.1",
        "listen_port": str(port),
        "auth_file": str(room / "userlist.txt"),
        "auth_user": f"{prefix}_gate",
        "client_tls_cert_file": str(tls / "server.crt"),
        "client_tls_key_file": str(room / "server.key"),
        "server_tls_ca_file": str(server.root_certificate),
        "server_tls_sslmode": "verify-ca",
    }
    for name, value in told.items():
        settings, count = re.subn(rf"(?m)^{name} = .*$", f"{name} = {value}", settings)
        assert count == 1, name
    settings = "\n".join(line for line in settings.splitlines() if not line.startswith(NOT_KNOWN_YET))
    database = f"{behind.name} = host=127.0.0.1 port={server.port} dbname={behind.name}"
    settings = re.sub(r"(?m)^gated = .*$", database, settings)
    (room / "pgbouncer.ini").write_text(f"{settings}\nunix_socket_dir = \n")
    (room / "userlist.txt").write_text(f'"{prefix}_gate" "a gate of its own"\n')
    shutil.copy(tls / "server.key", room / "server.key")
    if run_as is not None:
        for place in (room, *room.iterdir()):
            shutil.chown(place, run_as)
    words = [str(BINARY), *(["-u", run_as] if run_as else []), str(room / "pgbouncer.ini")]
    with (room / "said").open("w") as said:
        running = subprocess.Popen(words, stderr=said, stdout=said)
    try:
        wait_for(port, running, room / "said")
        yield port
    finally:
        running.terminate()
        running.wait(10)
        behind.value(f"DROP SCHEMA gate CASCADE; DROP OWNED BY {prefix}_gate; DROP ROLE {prefix}_gate")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as door:
        return int(door.getsockname()[1])


def wait_for(port: int, running: "subprocess.Popen[bytes]", said: Path) -> None:
    until = time.monotonic() + 20
    while time.monotonic() < until and running.poll() is None:
        with closing(socket.socket()) as line:
            if line.connect_ex(("127.0.0.1", port)) == 0:
                return
        os.sched_yield()
    pytest.fail(f"PgBouncer did not start: {said.read_text()}")


def url(behind: Centre, port: int, *more: str) -> str:
    root = behind.server.root_certificate
    words = "&".join(["sslmode=verify-full", f"sslrootcert={root}", *more, f"roles={behind.address.roles.prefix}"])
    return f"postgresql+psycopg://127.0.0.1:{port}/{behind.name}?{words}"


def test_a_workstation_enrolls_and_syncs_through_the_gate_with_a_password_it_chose_there(behind, gate, tmp_path):
    once = behind.passwords["newcomer"]
    place = url(behind, gate, "gatekeeper=pgbouncer")
    asked = Enrollment(place, "newcomer", once, PASSPHRASE, is_passphrase_only=True)
    enrolled = profiles.enrolling(tmp_path / "profile").enroll(asked)
    assert (enrolled.role, enrolled.panels) == ("coordinator", 1)
    with closing(profiles.unlock(tmp_path / "profile", PASSPHRASE)) as opened:
        report = profiles.rounds_of(opened, build_desk(opened.store)).run()
    assert report.state == "online"
    assert report.received.members == 2
    # Identity is the login, also behind the gate: one session is never lent to another.
    with connected(address_of(place), "nurse2", behind.passwords["nurse2"]) as driver:
        assert driver.execute("SELECT session_user::text").fetchone() == (behind.role("nurse2"),)
        assert driver.execute("SELECT count(*) FROM care.member").fetchone() == (1,)


def test_a_wrong_password_and_a_service_do_not_come_in_by_the_gate(behind, gate):
    address = address_of(url(behind, gate, "gatekeeper=pgbouncer"))
    loader = behind.password("loader")
    for login, password in (("nurse2", "not hers"), ("loader", loader), ("nobody", "x")):
        with pytest.raises((Refusal, Trouble)), connected(address, login, password):
            pass


def test_through_the_gate_channel_binding_cannot_hold_and_is_never_given_up_by_falling_back(behind, gate):
    straight = address_of(url(behind, gate, "channel_binding=require"))
    with pytest.raises((Refusal, Trouble)), connected(straight, "nurse2", behind.passwords["nurse2"]):
        pass


def test_the_login_that_looks_verifiers_up_can_do_nothing_else(behind, gate):
    name = f"{behind.address.roles.prefix}_gate"
    done = behind.server.psql("SELECT count(*) FROM care.member", behind.name, name, "a gate of its own")
    assert "permission denied" in done.stderr
    seen = behind.server.psql(
        "; ".join(
            f"SELECT count(*) FROM gate.verifier_of('{role}')"
            for role in (behind.role("nurse2"), "postgres", behind.role("loader"))
        ),
        behind.name, name, "a gate of its own",
    )  # fmt: skip
    assert seen.stdout.split() == ["1", "0", "0"]


PLACES = 5
"""How many connections a login may have at the server."""


def come_at_once(address, password, count):
    """Have a login come ``count`` times, the first ones staying until all others have knocked; how each fared."""
    answers, knocked, inside = [], threading.Semaphore(0), threading.Barrier(PLACES + 1)

    def stay() -> None:
        with connected(address, "nurse2", password) as driver:
            inside.wait(20)
            for _ in range(count - PLACES):
                knocked.acquire()
            answers.append(driver.execute("SELECT count(*) FROM care.member").fetchone())

    def come() -> None:
        try:
            for _ in range(PLACES):
                knocked.release()
            with connected(address, "nurse2", password) as driver:
                answers.append(driver.execute("SELECT count(*) FROM care.member").fetchone())
        except (Refusal, Trouble) as failure:
            answers.append(failure.code)

    early = [threading.Thread(target=stay) for _ in range(PLACES)]
    for lane in early:
        lane.start()
    inside.wait(20)
    late = [threading.Thread(target=come) for _ in range(count - PLACES)]
    for lane in late:
        lane.start()
    for lane in (*early, *late):
        lane.join()
    return answers


def test_more_who_come_at_once_than_there_are_places_wait_and_none_is_turned_away(behind, gate):
    password = behind.passwords["nurse2"]
    assert come_at_once(address_of(url(behind, gate, "gatekeeper=pgbouncer")), password, 16) == [(1,)] * 16


def test_without_the_gate_some_of_them_would_be_turned_away(behind):
    address = address_of(url(behind, behind.server.port, "channel_binding=require"))
    with contextlib.ExitStack() as held:
        for _ in range(PLACES):
            held.enter_context(connected(address, "boss_a", behind.passwords["boss_a"]))
        with pytest.raises(Trouble) as turned_away, connected(address, "boss_a", behind.passwords["boss_a"]):
            pass
    assert turned_away.value.code == "offline"
