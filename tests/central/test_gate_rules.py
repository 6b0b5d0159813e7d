"""What the doctor says of a gatekeeper: its version, and the settings that guard identity and transport."""

from pathlib import Path

import pytest

from coordinator_app.bootstrap.central import run
from coordinator_app.bootstrap.oversight import gate_doctoring
from coordinator_app.central.gate_rules import Gate, GateDoctoring
from coordinator_app.domain.oversight import Health
from coordinator_app.domain.trouble import Trouble

FLOOR = "1.25.2"


@pytest.fixture
def shipped(tmp_path: Path) -> str:
    out = tmp_path / "out"
    assert run(["provision", "--out", str(out), "--host", "db.example.org"]) == 0
    return (out / "pgbouncer.ini").read_text(encoding="utf-8")


def missing(settings: str, version: str | None = "PgBouncer 1.25.2") -> list[str]:
    found = GateDoctoring(lambda: Gate(settings, version), FLOOR).look()
    return [one.said for one in found if one.health is Health.MISSING]


def test_the_settings_we_ship_are_in_order(shipped: str) -> None:
    assert missing(shipped) == []


@pytest.mark.parametrize(
    ("shown", "spoiled"),
    [
        ("pool_mode = session", "pool_mode = transaction"),
        ("auth_type = scram-sha-256", "auth_type = trust"),
        ("auth_type = scram-sha-256", "auth_type = md5"),
        ("client_tls_sslmode = require", "client_tls_sslmode = allow"),
        ("server_tls_sslmode = verify-ca", "server_tls_sslmode = require"),
        ("query_timeout = 600", "query_timeout = 0"),
        ("idle_transaction_timeout = 600\n", ""),
    ],
)
def test_a_setting_that_opens_the_gate_is_named(shipped: str, shown: str, spoiled: str) -> None:
    assert shown in shipped
    (said,) = missing(shipped.replace(shown, spoiled))
    assert said.split(" = ")[0] == shown.split(" = ", maxsplit=1)[0].strip()


@pytest.mark.parametrize(
    ("told", "health"),
    [
        ("PgBouncer 1.18.0\nlibevent 2.1.12", Health.MISSING),
        ("PgBouncer 1.25.1", Health.MISSING),
        ("PgBouncer 1.25.2", Health.OK),
        ("PgBouncer 1.26.0", Health.OK),
        (None, Health.UNKNOWN),
    ],
)
def test_its_version_is_judged(shipped: str, told: str | None, health: Health) -> None:
    assert GateDoctoring(lambda: Gate(shipped, told), FLOOR).look()[0].health is health


def test_a_file_that_is_no_settings_file_is_said_to_be_none(tmp_path: Path) -> None:
    assert missing("[databases]\nx = y\n") == ["its settings cannot be read"]
    with pytest.raises(Trouble) as trouble:
        gate_doctoring(tmp_path / "nowhere.ini").look()
    assert trouble.value.code == "no_gate_file"
