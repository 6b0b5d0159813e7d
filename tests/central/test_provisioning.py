"""The files of `provision`: nothing left to fill in, nothing written where something is, no word that breaks out.

Taken away one at a time, each of these made a test fail: the look at the host's name, the look at paths.
"""

import json
import subprocess

import pytest

from coordinator_app.bootstrap.central import run

ALL = {
    "NEXT.txt",
    "backup.sh",
    "coordinator-backup.service",
    "coordinator-backup.timer",
    "coordinator-upkeep.service",
    "coordinator.conf",
    "monitoring.sql",
    "pg_hba.conf",
    "pgbouncer.ini",
    "pgbouncer.sql",
    "restore.sh",
}


def written(folder, *words):
    assert run(["provision", "--out", str(folder), "--host", "db.example.org", *words]) == 0
    return {path.name: path.read_text() for path in folder.iterdir()}


def test_every_place_is_filled_and_the_scripts_may_run(tmp_path, capsys):
    texts = written(tmp_path / "out", "--network", "10.20.0.0/16", "--network", "fd00::/8", "--json")
    assert set(texts) == ALL
    assert set(json.loads(capsys.readouterr().out)["files"]) == ALL
    for name, text in texts.items():
        assert not any(f"@{word}@" in text for word in ("host", "database", "port", "url", "archive", "scripts")), name
    for script in ("backup.sh", "restore.sh"):
        assert (tmp_path / "out" / script).stat().st_mode & 0o111
        checked = subprocess.run(["bash", "-n", tmp_path / "out" / script], capture_output=True, check=False)
        assert checked.stderr == b""


def test_only_the_named_networks_come_in_and_only_by_tls(tmp_path):
    rules = [
        line.split() for line in written(tmp_path, "--network", "10.20.0.0/16")["pg_hba.conf"].splitlines() if line
    ]
    far = [rule for rule in rules if rule[0].startswith("host") and rule[3] not in ("127.0.0.1/32", "::1/128")]
    assert far == [
        ["hostssl", "all", "all", "10.20.0.0/16", "scram-sha-256"],
        ["host", "all", "all", "all", "reject"],
    ]
    assert not any("trust" in rule or "md5" in rule for rule in rules)


def test_the_steps_name_the_very_url_of_this_server(tmp_path, capsys):
    written(tmp_path, "--database", "care", "--port", "5433")
    assert "postgresql+psycopg://db.example.org:5433/care?passfile=/etc/coordinator/passfile" in capsys.readouterr().out


def test_a_folder_with_something_in_it_is_left_alone(tmp_path, capsys):
    (tmp_path / "mine").write_text("mine")
    assert run(["provision", "--out", str(tmp_path), "--host", "db"]) == 3
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]
    assert "not empty" in capsys.readouterr().err


@pytest.mark.parametrize(
    "wrong",
    [
        ["--host", "db; rm -rf /"],
        ["--host", "db\nhost all all all trust"],
        ["--host", "db", "--database", "x'; DROP"],
        ["--host", "db", "--network", "10.20.0.0/16 trust"],
        ["--host", "db", "--backups", "/var/$(id)"],
        ["--host", "db", "--archive", "relative"],
        ["--host", "db", "--port", "70000"],
        ["--host", "db", "--shared-buffers", "a lot"],
    ],
)
def test_what_would_break_out_of_a_file_is_refused_and_nothing_is_written(tmp_path, wrong):
    assert run(["provision", "--out", str(tmp_path / "out"), *wrong]) == 3
    assert not (tmp_path / "out").exists()
