"""The doctor finds a server of `provision` in order, and names what was spoiled; its backup comes back.

Taken away one at a time, each of these made a test fail: the look at the manifest when a backup is brought back, the
refusal of a folder with something in it.
"""

import gzip
import json
import os
import re
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from coordinator_app.bootstrap.central import run
from coordinator_app.central.doctoring_rules import access_finding, version_findings
from coordinator_app.domain.oversight import Health

HOST = "127.0.0.1"
MONTH = datetime.now(UTC).strftime("%Y_%m")

# What the fixtures' quick servers leave out on purpose.
QUICKENED = {"fsync = off", "full_page_writes = off"}


def looked(url, capsys, *words):
    capsys.readouterr()
    code = run(["doctor", "--url", url, "--json", *words])
    return code, json.loads(capsys.readouterr().out)["findings"]


def missing(findings):
    return {one["name"] for one in findings if one["state"] == "missing" and one["said"] not in QUICKENED}


@pytest.fixture
def kept(own_centre, tmp_path):
    """A centre of one test after a round of upkeep; a copied database has lost its own revokes."""
    own_centre.value(f'REVOKE ALL ON DATABASE "{own_centre.name}" FROM PUBLIC')
    own_centre.value(f'GRANT CONNECT ON DATABASE "{own_centre.name}" TO {own_centre.role("administrator")}')
    assert run(["upkeep", "--url", own_centre.url, "--once"]) == 0
    for initiative in ("Alpha", "Beta"):
        key = str(tmp_path / f"{initiative}.pem")
        words = ("seal-key", "--private", key, "--initiative", initiative)
        assert run(["device", "--url", own_centre.url, *words]) == 0
    return own_centre


@pytest.mark.server
def test_a_migrated_centre_lacks_nothing_once_upkeep_ran(kept, capsys):
    code, found = looked(kept.url, capsys)
    assert missing(found) == set()
    assert code == 1, "of a quick server the two settings are said"
    assert {one["said"] for one in found if one["state"] == "missing"} == QUICKENED
    assert {one["name"] for one in found if one["state"] == "unknown"} == {"access", "passwords", "backups"}
    assert missing(looked(kept.url, capsys, "--login", "postgres")[1]) == set()


@pytest.mark.server
@pytest.mark.parametrize(
    ("spoiled", "name"),
    [
        ("GRANT SELECT ON care.member TO PUBLIC", "public"),
        ("GRANT EXECUTE ON FUNCTION audit.seal_events() TO PUBLIC", "public"),
        ("GRANT USAGE ON SCHEMA sec TO PUBLIC", "public"),
        ("ALTER TABLE care.fact NO FORCE ROW LEVEL SECURITY", "row_security"),
        (f"ALTER TABLE audit.event_{MONTH} DISABLE ROW LEVEL SECURITY", "row_security"),
        ("ALTER FUNCTION sec.my_panels() RESET search_path", "definers"),
        ("CREATE VIEW care.everybody AS SELECT * FROM care.member", "views"),
        (f"DROP TABLE sync.change_{MONTH}", "partitions"),
        ("COMMENT ON SCHEMA roles IS 'groundwork 1'", "schema"),
        ("ALTER DATABASE {database} SET log_min_duration_statement = 0", "settings"),
        ("ALTER DATABASE {database} SET synchronous_commit = off", "settings"),
        ("DELETE FROM sec.seal_key WHERE initiative_id = '{Beta}'", "seal_key"),
    ],
)
def test_what_was_spoiled_is_named(kept, capsys, spoiled, name):
    kept.value(spoiled.replace("{database}", kept.name))
    code, found = looked(kept.url, capsys)
    assert (code, missing(found)) == (1, {name})
    assert all(one["way_out"] for one in found if one["name"] == name)


@pytest.mark.server
def test_a_role_above_row_security_and_an_old_audit_row_are_named(empty_centre, capsys):
    owner = empty_centre.role("owner")
    assert run(["upkeep", "--url", empty_centre.url, "--once"]) == 0
    empty_centre.value(f"ALTER ROLE {owner} BYPASSRLS")
    empty_centre.value("INSERT INTO audit.event (kind, at) VALUES ('old', now() - interval '20 minutes')")
    assert {"roles", "seals"} <= missing(looked(empty_centre.url, capsys)[1])
    empty_centre.value(f"ALTER ROLE {owner} NOBYPASSRLS")
    assert run(["upkeep", "--url", empty_centre.url, "--once"]) == 0
    assert {"roles", "seals"} & missing(looked(empty_centre.url, capsys)[1]) == set()


@pytest.mark.parametrize(
    ("number", "health"),
    [
        (150003, Health.MISSING),
        (150013, Health.MISSING),
        (150014, Health.OK),
        (160009, Health.MISSING),
        (180004, Health.OK),
        (190000, Health.UNKNOWN),
    ],
)
def test_a_version_is_judged_by_what_was_mended(number, health):
    assert [one.health for one in version_findings(number, {"15": "14", "16": "10", "18": "0"})] == [health]


@pytest.mark.parametrize(
    ("rule", "health"),
    [
        ((1, "hostssl", "10.0.0.0", "scram-sha-256", False), Health.OK),
        ((1, "local", None, "peer", False), Health.OK),
        ((1, "host", "all", "reject", False), Health.OK),
        ((1, "host", "10.0.0.0", "scram-sha-256", False), Health.MISSING),
        ((1, "hostnossl", "10.0.0.0", "scram-sha-256", False), Health.MISSING),
        ((1, "hostssl", "10.0.0.0", "md5", False), Health.MISSING),
        ((1, "local", None, "trust", False), Health.MISSING),
        ((1, "hostssl", "10.0.0.0", "peer", False), Health.MISSING),
        ((1, "", "", "", True), Health.MISSING),
    ],
)
def test_an_access_rule_is_judged(rule, health):
    assert access_finding([rule], "").health is health


@pytest.fixture(scope="module")
def provisioned(debian_server, servers_home, run_as, tmp_path_factory):
    """A server of Debian's that was told what `provision` wrote, save for its place."""
    from coordinator_app.central.embedded import Choices, ServerFolder, start, stop

    written = tmp_path_factory.mktemp("provision") / "files"
    tls = debian_server.root_certificate.parent
    archive = servers_home / "provisioned-wal"
    archive.mkdir()
    if run_as is not None:
        shutil.chown(archive, run_as)
    words = ["--network", "10.20.0.0/16", "--shared-buffers", "64MB", "--archive", str(archive)]
    certificate = ["--certificate", str(tls / "server.crt"), "--private-key", str(tls / "server.key")]
    assert run(["provision", "--out", str(written), "--host", HOST, *words, *certificate]) == 0
    lines = (written / "coordinator.conf").read_text().splitlines()
    told = dict(re.fullmatch(r"(\w+) = '?(.*?)'?", line).groups() for line in lines if line and line[0] != "#")
    for place in ("port", "listen_addresses"):
        told.pop(place)
    access = [line for line in (written / "pg_hba.conf").read_text().splitlines() if line and line[0] != "#"]
    # A test's server runs as another user than postgres, so the backup comes in by password.
    access.insert(-1, f"hostssl replication postgres {HOST}/32 scram-sha-256")
    choices = Choices(debian_server.binaries, told, tuple(access))
    data = servers_home / "provisioned"
    state = start(data, run_as=run_as, choices=choices)
    try:
        yield ServerFolder(data), state.port, written, tls, archive
    finally:
        stop(data, choices=choices)


@pytest.mark.server
def test_a_server_put_up_with_the_files_is_in_order(provisioned, capsys):
    folder, port, _, tls, archive = provisioned
    url = (
        f"postgresql+psycopg://{HOST}:{port}/postgres?passfile={folder.passfile}"
        f"&sslmode=verify-full&sslrootcert={tls / 'authority.crt'}"
    )
    assert run(["migrate", "--url", url]) == 0
    assert run(["upkeep", "--url", url, "--once"]) == 0
    code, found = looked(url, capsys)
    assert (code, missing(found)) == (0, set()), found
    assert {one["name"] for one in found if one["state"] == "unknown"} == {"tls", "access", "passwords", "backups"}
    code, found = looked(url, capsys, "--login", "postgres")
    assert code == 0, found
    assert {one["name"] for one in found if one["state"] == "unknown"} == {"backups"}
    assert next(one for one in found if one["name"] == "tls")["said"].startswith("encrypted")
    assert archive.is_dir()


@pytest.mark.server
def test_its_backup_comes_back_whole_and_a_spoiled_one_is_refused(provisioned, debian_server, run_as, servers_home):
    folder, port, written, _, _ = provisioned
    backups = servers_home / "backups"
    backups.mkdir()
    scripts = servers_home / "scripts"
    shutil.copytree(written, scripts)
    for path in (scripts, *scripts.iterdir()):
        path.chmod(0o755)
    words = servers_home / "backup.passfile"
    shutil.copy(folder.passfile, words)
    if run_as is not None:
        shutil.chown(backups, run_as)
        shutil.chown(words, run_as)
    words.chmod(0o600)
    surroundings = {
        "PATH": f"{debian_server.binaries.psql.parent}:{os.environ['PATH']}",
        "PGHOST": HOST,
        "PGUSER": "postgres",
        "PGPASSFILE": str(words),
    }

    def said_by(script, *given):
        text = (scripts / script).read_text().replace("--port 5432", f"--port {port}")
        (scripts / script).write_text(text)
        return subprocess.run(
            ["bash", str(scripts / script), *map(str, given)],
            env=surroundings,
            cwd=servers_home,
            user=run_as,
            extra_groups=[] if run_as else None,
            capture_output=True,
            text=True,
            check=False,
        )

    backed_up = said_by("backup.sh", backups)
    assert backed_up.returncode == 0, backed_up.stderr
    backup = Path(backed_up.stdout.strip().splitlines()[-1])
    back = backups / "back"
    restored = said_by("restore.sh", backup, back)
    assert restored.returncode == 0, restored.stderr
    assert (back / "PG_VERSION").exists()
    assert said_by("restore.sh", backup, back).returncode == 3, "a folder with something in it is left alone"

    # One letter of one file, in an archive that unpacks: only the manifest knows better.
    content = gzip.decompress((backup / "base.tar.gz").read_bytes())
    assert b"15\n\0" in content
    (backup / "base.tar.gz").write_bytes(gzip.compress(content.replace(b"15\n\0", b"14\n\0", 1), 1))
    assert said_by("restore.sh", backup, backups / "spoiled").returncode != 0
