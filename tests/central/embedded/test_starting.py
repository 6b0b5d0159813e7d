"""A server starts, stops and comes back, whatever happened to it in between."""

import os
import signal
import socket
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from coordinator_app.central.embedded import HOST, SUPERUSER, ServerFolder, bundled, start, status, stop
from coordinator_app.central.embedded.account import Account
from coordinator_app.central.embedded.sql import SuperuserSql
from coordinator_app.domain.trouble import Refusal, Trouble

pytestmark = pytest.mark.server


def superuser(data: Path, port: int | None) -> SuperuserSql:
    assert port is not None
    return SuperuserSql(Account(), bundled(), ServerFolder(data), port)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_started_server_is_found_running_by_the_next_start(begin, data):
    first, second = begin(), begin()
    assert (first.pid, first.port) == (second.pid, second.port)
    assert first.sentence != second.sentence
    assert status(data).running
    assert first.version is not None
    assert first.version.startswith("18.")


def test_the_urls_name_no_user_and_the_secrets_are_for_their_owner_only(begin, data):
    state = begin()
    assert state.url == f"postgresql+psycopg://127.0.0.1:{state.port}/coordinator?passfile={data}/passfile"
    assert state.enroll_url == f"postgresql+psycopg://127.0.0.1:{state.port}/coordinator?keyfile={data}/local.key"
    assert mode(data / "passfile") == 0o600
    assert mode(data / "local.key") == 0o600
    assert len((data / "local.key").read_bytes()) == 32


def test_nobody_comes_in_without_the_password(begin, data):
    state = begin()
    place = ["-h", HOST, "-p", str(state.port), "-U", SUPERUSER, "-d", "postgres", "-w", "-X", "-c", "SELECT 1"]
    for home, password in ((place, ""), (place, "guess"), (["-h", str(data / "run"), *place[2:]], "guess")):
        tried = subprocess.run(
            [bundled().psql, *home], env={"PGPASSWORD": password}, capture_output=True, text=True, check=False
        )
        assert tried.returncode != 0
        assert "password" in tried.stderr


def test_the_server_listens_on_the_loopback_address_only(begin, data):
    state = begin()
    assert superuser(data, state.port).on("postgres")("SHOW listen_addresses") == "127.0.0.1"
    assert superuser(data, state.port).on("postgres")("SHOW ssl") == "off"


def test_stopping_twice_is_no_trouble_and_the_port_stays_the_same(begin, data):
    port = begin().port
    assert stop(data).sentence == "The server has been stopped."
    assert stop(data).sentence == "The server was not running."
    assert not status(data).running
    assert begin().port == port


def test_a_folder_without_a_server_is_said_to_have_none(data):
    assert not status(data).running
    assert not stop(data).running
    assert not data.exists()


def test_a_taken_port_is_left_for_another_one_which_is_then_kept(begin, data):
    port = begin().port
    stop(data)
    with socket.create_server((HOST, port)):
        other = begin().port
        assert other != port
        stop(data)
    assert begin().port == other


def test_a_port_that_was_asked_for_and_is_taken_is_trouble(begin):
    with socket.create_server((HOST, 0)) as taken, pytest.raises(Trouble, match="taken"):
        begin(taken.getsockname()[1])


def test_a_running_server_does_not_move_to_another_port(begin):
    port = begin().port
    with pytest.raises(Refusal, match=str(port)):
        begin(port - 1)


def test_two_starts_at_once_make_one_server(begin):
    with ThreadPoolExecutor(4) as crowd:
        states = list(crowd.map(lambda _: begin(), range(4)))
    assert len({state.pid for state in states}) == 1
    assert [state.sentence for state in states].count("The server has been started.") == 1


def test_a_killed_server_comes_back_with_what_was_saved(begin, data):
    first = begin()
    sql = superuser(data, first.port).on("coordinator")
    sql("CREATE TABLE kept (what text); INSERT INTO kept VALUES ('saved'); CHECKPOINT")
    os.kill(first.pid, signal.SIGKILL)
    second = begin()
    assert second.pid != first.pid
    assert superuser(data, second.port).on("coordinator")("SELECT what FROM kept") == "saved"


def test_a_killed_server_is_told_to_be_down(begin, data):
    os.kill(begin().pid, signal.SIGKILL)
    assert not status(data).running
    assert stop(data).sentence == "The server was not running."


def test_sessions_left_by_a_killed_server_do_not_hinder_the_next(begin, data):
    first = begin()
    busy = subprocess.Popen(
        [bundled().psql, "-h", HOST, "-p", str(first.port), "-U", SUPERUSER, "-d", "postgres", "-X", "-At"],
        env={"PGPASSFILE": str(data / "passfile")},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    busy.stdin.write("SELECT 'here';\nSELECT pg_sleep(60);\n")
    busy.stdin.flush()
    assert busy.stdout.readline().strip() == "here"
    os.kill(first.pid, signal.SIGKILL)
    assert begin().running
    busy.communicate(timeout=30)


def test_the_number_of_a_dead_server_carried_by_another_process_does_not_confuse(begin, data, run_as):
    begin()
    stop(data)
    become = {} if run_as is None else {"user": run_as}
    with subprocess.Popen([sys.executable if run_as is None else "/bin/sleep", *sleep(run_as)], **become) as other:
        recorded = data / "pgdata" / "postmaster.pid"
        recorded.write_text(f"{other.pid}\n{data}/pgdata\n1700000000\n15000\n{data}/run\n127.0.0.1\n1 1\nready\n")
        if run_as is not None:
            os.chown(recorded, (data / "pgdata").stat().st_uid, (data / "pgdata").stat().st_gid)
        assert not status(data).running
        assert begin().running
        other.kill()


def sleep(run_as: str | None) -> list[str]:
    return ["60"] if run_as is not None else ["-c", "import time; time.sleep(60)"]


def test_what_an_interrupted_first_start_left_is_thrown_away(begin, data):
    (data / "pgdata.new-cut").mkdir(parents=True)
    (data / "pgdata.new-cut" / "PG_VERSION").write_text("18\n")
    (data / ".told-cut").write_text("a password")
    data.chmod(0o711)
    assert begin().running
    assert sorted(entry.name for entry in data.iterdir()) == [
        "conf", "local.key", "lock", "passfile", "pgdata", "port", "run",
    ]  # fmt: skip


def test_a_folder_of_other_things_is_refused_and_left_alone(begin, data):
    data.mkdir()
    data.chmod(0o711)
    (data / "letter.txt").write_text("mine")
    with pytest.raises(Refusal, match="other things"):
        begin()
    assert [entry.name for entry in data.iterdir()] == ["letter.txt"]


def test_a_stranger_on_the_port_is_not_taken_for_the_server(begin, data, server):
    begin()
    stop(data)
    sleeping = data / "pgdata" / "postmaster.pid"
    pid = (server.folder.cluster / "postmaster.pid").read_text().splitlines()[0]
    sleeping.write_text(f"{pid}\n{data}/pgdata\n1700000000\n{server.port}\n{data}/run\n127.0.0.1\n1 1\nready\n")
    assert not status(data).running


def test_a_lost_passfile_is_told_by_name(begin, data):
    begin()
    stop(data)
    (data / "passfile").unlink()
    with pytest.raises(Trouble, match="passfile is missing"):
        begin()


def test_a_path_too_long_for_a_socket_goes_without_one(servers_home, run_as):
    long = servers_home / ("long" * 25)
    try:
        state = start(long, run_as=run_as)
        assert state.socket is None
        assert status(long).running
    finally:
        stop(long)


def test_a_name_that_a_shell_would_read_is_refused(servers_home, run_as):
    with pytest.raises(Refusal, match="name"):
        start(servers_home / "$(touch read)", run_as=run_as)


def test_own_settings_beside_ours_are_read_last(begin, data):
    begin()
    stop(data)
    (data / "conf" / "site.conf").write_text("work_mem = '7MB'\n")
    (data / "conf" / "site.conf").chmod(0o644)
    assert superuser(data, begin().port).on("postgres")("SHOW work_mem") == "7MB"


def test_a_setting_that_cannot_be_is_named(begin, data):
    begin()
    stop(data)
    (data / "conf" / "site.conf").write_text("max_connections = many\n")
    (data / "conf" / "site.conf").chmod(0o644)
    with pytest.raises(Trouble, match=r"max_connections.*site\.conf"):
        begin()


def test_a_file_in_the_place_of_the_folder_is_trouble(servers_home, run_as):
    place = servers_home / "file"
    place.touch()
    with pytest.raises((Trouble, Refusal)):
        start(place, run_as=run_as)
