"""The passfile holds what libpq reads, for its owner only."""

import subprocess

import pytest

from coordinator_app.central import passfile
from coordinator_app.central.embedded import HOST
from coordinator_app.central.passfile import Entry
from coordinator_app.domain.trouble import Trouble


def test_what_is_put_in_comes_out_again(tmp_path):
    path = tmp_path / "passfile"
    odd = Entry("127.0.0.1", r"na:me\ñ", r"pa:ss\word", "5432", "co:ord")
    passfile.put(path, [odd, Entry(HOST, "loader", "second")])
    assert passfile.read(path) == (odd, Entry(HOST, "loader", "second"))
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_new_password_takes_the_place_of_the_old_one(tmp_path):
    path = tmp_path / "passfile"
    passfile.put(path, [Entry(HOST, "loader", "old"), Entry(HOST, "evaluator", "same")])
    passfile.put(path, [Entry(HOST, "loader", "new")])
    assert passfile.read(path) == (Entry(HOST, "loader", "new"), Entry(HOST, "evaluator", "same"))


def test_a_password_is_found_for_its_login_and_place_only(tmp_path):
    path = tmp_path / "passfile"
    passfile.put(path, [Entry(HOST, "loader", "here", "5432"), Entry("db.example", "loader", "there")])
    assert passfile.password_of(path, HOST, 5432, "any", "loader") == "here"
    assert passfile.password_of(path, "db.example", 1, "any", "loader") == "there"
    assert passfile.password_of(path, HOST, 5433, "any", "loader") is None
    assert passfile.password_of(path, HOST, 5432, "any", "owner") is None


def test_a_file_that_others_may_read_is_trouble(tmp_path):
    path = tmp_path / "passfile"
    passfile.put(path, [Entry(HOST, "loader", "secret")])
    path.chmod(0o640)
    with pytest.raises(Trouble, match="0600"):
        passfile.read(path)


def test_a_missing_or_broken_file_is_named_without_its_words(tmp_path):
    path = tmp_path / "passfile"
    with pytest.raises(Trouble, match="no passfile"):
        passfile.read(path)
    passfile.write_private(path, b"127.0.0.1:hunter2\n")
    with pytest.raises(Trouble) as told:
        passfile.read(path)
    assert "hunter2" not in told.value.sentence


def test_no_password_shows_in_a_line_printed_by_mistake():
    assert "hunter2" not in repr(Entry(HOST, "loader", "hunter2"))


@pytest.mark.server
def test_libpq_reads_an_odd_password_as_we_wrote_it(server, tmp_path):
    server.sql(r"""CREATE ROLE "odd:one" LOGIN PASSWORD E'co:lon\\back'""")
    passfile.put(tmp_path / "passfile", [Entry(HOST, "odd:one", "co:lon\\back")])
    place = ["-h", HOST, "-p", str(server.port), "-U", "odd:one", "-d", "postgres"]
    asked = subprocess.run(
        [server.binaries.psql, "-X", "-w", "-At", *place, "-c", "SELECT current_user"],
        env={"PGPASSFILE": str(tmp_path / "passfile")},
        capture_output=True,
        text=True,
        check=True,
    )
    assert asked.stdout.strip() == "odd:one"
    server.sql('DROP ROLE "odd:one"')
