"""Root lends the server to somebody else, openly, and opens no folder for it."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from coordinator_app.central.embedded import start, status, stop
from coordinator_app.central.embedded.account import Account, choose
from coordinator_app.domain.trouble import Refusal, Trouble

as_root = pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() != 0, reason="only root can run a server as somebody else"
)
as_anybody = pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() == 0, reason="root may run a server as somebody else"
)


@as_root
@pytest.mark.server
def test_the_server_runs_as_the_user_named_and_never_as_root(begin, data, run_as):
    state = begin()
    import pwd

    assert pwd.getpwuid((data / "pgdata").stat().st_uid).pw_name == run_as
    assert Path(f"/proc/{state.pid}").stat().st_uid == pwd.getpwnam(run_as).pw_uid
    assert (data / "passfile").stat().st_uid == 0
    assert (data / "conf" / "pg_hba.conf").stat().st_uid == 0


@as_root
def test_a_closed_parent_is_named_and_stays_closed(servers_home, run_as):
    closed = servers_home / "closed"
    closed.mkdir(mode=0o700)
    with pytest.raises(Trouble, match=str(closed)):
        start(closed / "deeper" / "data", run_as=run_as)
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700
    assert list(closed.iterdir()) == []


@as_root
def test_a_folder_of_the_caller_alone_is_named_too(servers_home, run_as):
    mine = servers_home / "mine"
    mine.mkdir(mode=0o700)
    with pytest.raises(Trouble, match=str(mine)):
        start(mine, run_as=run_as)
    assert stat.S_IMODE(mine.stat().st_mode) == 0o700


@as_root
def test_an_unknown_user_comes_with_the_line_that_makes_one(data):
    with pytest.raises(Trouble, match="useradd --system"):
        start(data, run_as="nobody-of-that-name")
    assert not data.exists()


@as_root
def test_root_itself_is_no_user_for_a_server(data):
    with pytest.raises(Trouble, match="never runs as root"):
        start(data, run_as="root")


@as_root
@pytest.mark.server
def test_a_server_keeps_its_user(begin, data):
    begin()
    with pytest.raises(Refusal, match="belongs to"):
        start(data, run_as="nobody")


@as_anybody
def test_only_root_may_name_another_user(data):
    with pytest.raises(Refusal, match="Only root"):
        start(data, run_as="nobody-of-that-name")


@as_anybody
def test_a_folder_of_somebody_else_is_trouble_not_a_crash(data):
    data.mkdir()
    (data / "pgdata").mkdir()
    data.chmod(0)
    try:
        for ask in (start, stop, status):
            with pytest.raises(Trouble, match="somebody else"):
                ask(data)
    finally:
        data.chmod(0o700)


@as_anybody
def test_a_caller_without_rights_runs_the_server_in_person(tmp_path):
    assert choose(None, tmp_path) == Account()


@as_root
@pytest.mark.server
def test_the_servers_own_user_cannot_read_the_secrets_beside_it(begin, data, run_as):
    begin()
    asked = subprocess.run(
        ["/bin/sh", "-c", 'test -r "$1" || test -r "$2"', "sh", data / "passfile", data / "local.key"],
        user=run_as,
        check=False,
    )
    assert asked.returncode == 1
